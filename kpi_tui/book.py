"""The one door: a Book opens a workspace, answers questions, takes edits, undoes, saves.

Screens, commands and reports talk to this class only. Nothing here imports Textual or rich,
and polars is imported by the first question that needs rows, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.metric import Metric
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.score import Scorecard
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.definitions.value import Explanation, Profile, Value
from kpi_tui.definitions.workspace import Workspace

Progress = Callable[[str, int, int], None]
"""progress(what, done, total): called from the computing thread; raise Cancelled in it to stop."""


class Cancelled(Exception):
    """Raised by a progress callback to stop long work."""


class Book:
    """A workspace, its data and its targets, open for questions and edits."""

    @classmethod
    def open(cls, root: Path, *, data: Path | None = None, who: str = "") -> Book:
        """Read the TOML of the workspace at `root` (no data yet, no polars).

        Definitions with errors are left out and listed in `issues`; WorkspaceError when
        workspace.toml itself cannot be read.
        """
        raise NotImplementedError

    workspace: Workspace
    issues: tuple[Issue, ...]
    who: str

    # --- time -------------------------------------------------------------------------------
    def as_of(self) -> date:
        """workspace.as_of, else the last day that has data (reads table profiles)."""
        raise NotImplementedError

    def period(self, text: str, grain: Grain = Grain.MONTH) -> Period:
        """An ISO period, `current` or `previous` (by as-of day). UsageError when it is none."""
        raise NotImplementedError

    # --- data -------------------------------------------------------------------------------
    def load(self, progress: Progress | None = None) -> None:
        """Read every table now (otherwise the first question does)."""
        raise NotImplementedError

    def profiles(self) -> Mapping[str, Profile]:
        """What was read from each table."""
        raise NotImplementedError

    def check(self) -> tuple[Issue, ...]:
        """Every problem of definitions and data at once, most severe first."""
        raise NotImplementedError

    # --- numbers ----------------------------------------------------------------------------
    def values(
        self,
        metrics: Sequence[str],
        period: Period,
        *,
        by: str | None = None,
        where: str | None = None,
        last: int = 1,
        progress: Progress | None = None,
    ) -> list[Value]:
        """Values per metric, for the `last` periods up to `period` (oldest first), per segment.

        `id.growth` is the relative-growth form of an absolute metric (R005). With `by`, the total
        (segment None) comes first and is recomputed from rows. UsageError on an unknown metric or column.
        """
        raise NotImplementedError

    def explain(self, metric: str, period: Period, *, where: str | None = None) -> Explanation:
        """Formula, every base measure with its number, window, settings, rows and SQL (R172)."""
        raise NotImplementedError

    def is_live(self, metric: str) -> tuple[bool, str]:
        """Whether the tables a metric needs are here, and if not, which table and columns it wants."""
        raise NotImplementedError

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """The raw tables behind a metric, facts resolved."""
        raise NotImplementedError

    # --- library ----------------------------------------------------------------------------
    def search(self, query: str = "", category: str = "") -> list[Metric]:
        """Metrics in library order, or best match first over ids and names in both languages (R167)."""
        raise NotImplementedError

    def roles_of(self, metric: str) -> tuple[str, ...]:
        """Ids of the roles whose scorecards hold the metric."""
        raise NotImplementedError

    # --- scores -----------------------------------------------------------------------------
    def scorecard(self, role: str, period: Period, *, progress: Progress | None = None) -> Scorecard:
        """Score of a role or of a person's joined roles (R033), pending edits included."""
        raise NotImplementedError

    def rescore(self, card: Scorecard, *, saved: bool = False) -> Scorecard:
        """The same actuals against the targets as they stand now, pending edits included. Fast, no polars.

        With `saved`, against the targets as they stand in the file: the sheet shows what edits do to a score.
        """
        raise NotImplementedError

    # --- targets ----------------------------------------------------------------------------
    def targets(self, period: Period) -> Mapping[TargetKey, Target]:
        """Targets of a period, pending edits included."""
        raise NotImplementedError

    def saved_targets(self, period: Period) -> Mapping[TargetKey, Target]:
        """Targets of a period as they stand in the file."""
        raise NotImplementedError

    def is_locked(self, period: Period) -> bool:
        """True when the period is over: edits need a reason and are marked late (R009)."""
        raise NotImplementedError

    def edit(self, key: TargetKey, period: Period, value: float | None, why: str = "") -> None:
        """Set or clear (None) one cell in memory; kept as a draft on disk until saved or discarded."""
        raise NotImplementedError

    def copy_targets(self, period: Period, source: Period) -> int:
        """Pending edits that take over every target of `source`; how many cells changed."""
        raise NotImplementedError

    def raise_targets(self, period: Period, factor: float, role: str | None = None) -> int:
        """Pending edits that multiply targets by `factor` (1.05 = +5 %)."""
        raise NotImplementedError

    def pending(self) -> Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]:
        """Unsaved cells: (period id, key) -> (saved value, new value)."""
        raise NotImplementedError

    def discard(self) -> None:
        """Forget unsaved edits and the draft."""
        raise NotImplementedError

    def save(self, why: str = "") -> list[Change]:
        """Write pending edits safely; ConflictError shows both sides of a cell changed by two people."""
        raise NotImplementedError

    def undo(self) -> list[Change] | str | None:
        """Take back the last step: an unsaved edit (returns its text), else the last saved batch of mine."""
        raise NotImplementedError

    def redo(self) -> list[Change] | str | None:
        """Do again what undo took back."""
        raise NotImplementedError

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """The append-only history, newest last."""
        raise NotImplementedError

    def draft_found(self) -> int:
        """Number of unsaved edits a former session left behind (offered at start)."""
        raise NotImplementedError

    def restore_draft(self) -> int:
        """Take the former session's draft as pending edits."""
        raise NotImplementedError

    def close(self) -> None:
        """Flush the draft; safe to call from a signal handler."""
        raise NotImplementedError
