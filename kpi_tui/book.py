"""The one door: a Book opens a workspace, answers questions, takes edits, undoes, saves.

Screens, commands and reports talk to this file only. Nothing here imports Textual or rich, and polars
is imported by the first question that needs rows, not before.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.book_baseline import BaselineQuestions
from kpi_tui.book_chain import ChainBook
from kpi_tui.book_drivers import DriverQuestions
from kpi_tui.book_goods import GoodsQuestions
from kpi_tui.book_private import PrivateQuestions
from kpi_tui.definitions.coverage import Coverage
from kpi_tui.definitions.issue import Issue, KpiError, Severity, TableError, UsageError, WorkspaceError
from kpi_tui.definitions.metric import Metric
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.proposal import Proposal
from kpi_tui.definitions.score import Scorecard
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.definitions.value import Explanation, Profile, Value
from kpi_tui.definitions.workspace import Setting, Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.scoring.combine import Post
    from kpi_tui.scoring.scorecard import Rules
    from kpi_tui.workspace.desk import Desk
    from kpi_tui.workspace.find import Found

Progress = Callable[[str, int, int], None]
"""progress(what, done, total): called from the computing thread; raise Cancelled in it to stop."""

DEFAULT_ZONE = "Asia/Shanghai"
FOLDERS = ("targets", "actuals")  # what was agreed, and what was typed by hand
GROWTH = ".growth"
TREND = 6
"""Periods of a scorecard's trend, the current one included."""


class Cancelled(Exception):
    """Raised by a progress callback to stop long work."""


class Book(BaselineQuestions, DriverQuestions, GoodsQuestions, ChainBook, PrivateQuestions):
    """A workspace, its data and its targets, open for questions and edits."""

    def __init__(
        self,
        workspace: Workspace,
        issues: tuple[Issue, ...],
        numbers: Numbers,
        desk: Desk,
        actuals: Desk,
    ) -> None:
        self.workspace = workspace
        self.issues = issues
        self._numbers = numbers
        self._desk = desk
        self._actuals = actuals

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        data: Path | None = None,
        who: str = "",
        draft: bool = True,
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> Book:
        """Read the TOML of the workspace at `root` (no data yet, no polars).

        Definitions with errors are left out and listed in `issues`; WorkspaceError when
        workspace.toml itself cannot be read. With `draft` False unsaved edits leave no trace on disk
        (commands, which must not touch the draft of an open app).
        """
        from kpi_tui.engine.cache import Cache, cache_file
        from kpi_tui.engine.numbers import Numbers
        from kpi_tui.engine.plain import with_measures
        from kpi_tui.workspace.desk import Desk
        from kpi_tui.workspace.load import load

        loaded = load(root, data)
        if loaded.workspace is None:
            why = loaded.issues[0].message if loaded.issues else "it is no workspace"
            raise WorkspaceError(f"{root}: {why}", loaded.issues)
        drafts, name = environ if draft else None, who or user_name(environ)
        desk, actuals = (Desk.open(loaded.workspace.root, name, drafts, clock, folder) for folder in FOLDERS)
        numbers = Numbers(with_measures(loaded.workspace), Cache(cache_file(root, environ)))
        return cls(loaded.workspace, loaded.issues, numbers, desk, actuals)

    @property
    def who(self) -> str:
        """Whose edits these are."""
        return self._desk.who

    # --- time -------------------------------------------------------------------------------
    def as_of(self) -> date:
        """workspace.as_of, else the last day that has data. TableError when there is none."""
        return self._numbers.as_of()

    def period(self, text: str, grain: Grain = Grain.MONTH) -> Period:
        """An ISO period, or `current` / `previous` (`grain` counted from the as-of day). UsageError when it is none."""
        if text in ("current", "previous"):
            current = Period.containing(self.as_of(), grain)
            return current if text == "current" else current.previous()
        try:
            return Period.parse(text)
        except ValueError as error:
            raise UsageError(f"{error}, current or previous") from None

    # --- data -------------------------------------------------------------------------------
    def load(self, progress: Progress | None = None) -> None:
        """Learn about every table now (otherwise the first question does)."""
        self._numbers.load(progress)

    def profiles(self) -> Mapping[str, Profile]:
        """What was read from each readable table."""
        return self._numbers.profiles()

    def unreadable(self) -> Mapping[str, TableError]:
        """Tables that cannot be read, and why (exit code 4)."""
        return self._numbers.errors()

    def check(self) -> tuple[Issue, ...]:
        """Every problem of definitions, targets and data at once, most severe first."""
        from kpi_tui.analysis.health import data_issues, stale_issues
        from kpi_tui.workspace.check_targets import stray_targets
        from kpi_tui.workspace.lint import lint

        found = [*self.issues, *lint(self.workspace), *stray_targets(self.workspace)]
        found += [*self._desk.issues(), *self._actuals.issues()]
        for error in self._numbers.errors().values():
            found += error.issues or [Issue(Severity.ERROR, str(error), file="tables.toml")]
        found += data_issues(self.profiles(), self.workspace.tables)
        if any(profile.last_day for profile in self.profiles().values()):
            found += stale_issues(self._numbers.silent_days())
        found += self._lines_without_data()
        order = list(Severity)
        return tuple(sorted(dict.fromkeys(found), key=lambda issue: order.index(issue.severity)))

    def _lines_without_data(self) -> Iterable[Issue]:
        for role in self.workspace.roles.values():
            for line in role.lines:
                lack = self._numbers.lack_of(line.metric) if line.metric in self.workspace.metrics else ""
                if lack and line.weight:
                    message = f"{role.id}: {line.metric} has no number: {lack}"
                    hint = "map it in tables.toml, or choose another metric"
                    yield Issue(
                        Severity.WARNING, message, hint, line.place.file, line.place.line, line.metric, "no-table"
                    )

    # --- numbers ----------------------------------------------------------------------------
    def values(
        self,
        metrics: Sequence[str],
        period: Period,
        *,
        by: str | None = None,
        where: str | None = None,
        last: int = 1,
        campaign: str = "",
        progress: Progress | None = None,
    ) -> list[Value]:
        """Values per metric, for the `last` periods up to `period` (oldest first), per segment.

        `id.growth` is the relative-growth form of an absolute metric (R005). With `by`, the total
        (segment None) comes first and is recomputed from rows. With `campaign`, only its participants count,
        usually over `campaign_period` (R146). UsageError on an unknown metric, column or campaign.
        """
        from kpi_tui.engine.plan import Cut

        for metric in metrics:
            self.metric(metric)
        if where:
            _judge(where)
        periods = [period.previous(back) for back in range(last - 1, -1, -1)]
        cut = Cut(by, where, campaign)
        if not any(self.metric(metric).chain for metric in metrics):
            return self._numbers.values(list(metrics), periods, cut, progress)
        from kpi_tui.book_chain_metrics import ChainMetrics

        return ChainMetrics(self, progress).among(list(metrics), periods, cut)

    def explain(self, metric: str, period: Period, *, where: str | None = None, campaign: str = "") -> Explanation:
        """Formula, every base measure with its number, window, settings, rows and SQL (R172)."""
        from kpi_tui.engine.plan import Cut

        if where:
            _judge(where)
        if self.metric(metric).chain:
            from kpi_tui.book_chain_metrics import ChainMetrics

            return ChainMetrics(self).explain(metric, period)
        return self._numbers.explain(metric, period, Cut(None, where, campaign))

    def campaign_period(self, campaign: str) -> Period:
        """The span of a campaign, both its days included (R146). UsageError when there is no such campaign."""
        return self._numbers.campaign_period(campaign)

    def is_live(self, metric: str) -> tuple[bool, str]:
        """Whether the tables a metric needs are here, and if not, which table or column it wants."""
        lack = self._numbers.lack_of(metric)
        return not lack, lack

    def coverage(self) -> Coverage:
        """How many metrics of each category are live, and what one more table or column would unlock."""
        from kpi_tui.analysis.coverage import coverage

        metrics = self.search()
        lacks = {metric.id: self._numbers.lacks_of(metric.id) for metric in metrics}
        return coverage(metrics, list(self.workspace.categories), lacks)

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """The raw tables behind a metric, facts resolved."""
        return self._numbers.tables_of(metric)

    def settings_of(self, metric: str) -> Mapping[str, Setting]:
        """The settings in force that touch a metric (R008)."""
        return self._numbers.settings_of(metric)

    # --- library ----------------------------------------------------------------------------
    def metric(self, metric: str) -> Metric:
        """A metric by id (with or without `.growth`); UsageError names the nearest one."""
        from difflib import get_close_matches

        known = self.workspace.metrics
        if metric.removesuffix(GROWTH) in known:
            return known[metric.removesuffix(GROWTH)]
        near = get_close_matches(metric, list(known), n=1)
        raise UsageError(f"there is no metric {metric!r}" + (f"; did you mean {near[0]!r}?" if near else ""))

    def search(self, query: str = "", category: str = "") -> list[Metric]:
        """Metrics in library order, or best match first over ids and names in both languages (R167)."""
        from kpi_tui.analysis.search import search

        shelves = list(self.workspace.categories)
        shown = (m for m in self.workspace.metrics.values() if m.category not in self.workspace.modules_off)
        kept = [m for m in shown if category in ("", m.category)]
        return search(query, sorted(kept, key=lambda m: shelves.index(m.category) if m.category in shelves else 99))

    def plan(self) -> dict[str, list[Metric]]:
        """The five planning dimensions in their order, each with its metrics in library order (R012)."""
        from kpi_tui.workspace.parse_metrics import DIMENSIONS

        metrics = self.search()
        return {dimension: [m for m in metrics if m.dimension == dimension] for dimension in DIMENSIONS}

    def off_focus(self, role: str, metric: str) -> bool:
        """Whether a metric serves another stage than the role's present aim (R024)."""
        from kpi_tui.workspace.lint import off_focus

        return off_focus(self.workspace.roles[role], self.metric(metric))

    def roles_of(self, metric: str) -> tuple[str, ...]:
        """Ids of the roles whose scorecards hold the metric."""
        roles = self.workspace.roles.values()
        return tuple(role.id for role in roles if any(line.metric == metric for line in role.lines))

    # --- scores -----------------------------------------------------------------------------
    def scorecard(self, role: str, period: Period, *, progress: Progress | None = None) -> Scorecard:
        """Score of a role or of a person's joined roles (R033), pending edits included."""
        from kpi_tui.scoring.scorecard import Actuals, build

        post, rules = self._post(role), self._rules()
        metrics = list(dict.fromkeys([*(held.line.metric for held in post.lines), self.workspace.north_star]))
        metrics = [metric for metric in metrics if metric in self.workspace.metrics]
        rows: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self.values(metrics, period, last=TREND, progress=progress):
            rows[value.metric].append(value)
        self._numbers.flush()

        def actuals(back: int) -> Actuals:
            return Actuals(
                {metric: row[-1 - back] for metric, row in rows.items()},
                {metric: None if row[-2 - back].partial else row[-2 - back].value for metric, row in rows.items()},
                {metric: tuple(value.value for value in row[: len(row) - back]) for metric, row in rows.items()},
            )

        before = period.previous()
        last = build(post, before, actuals(1), self.targets(before), rules)
        return build(post, period, actuals(0), self.targets(period), rules, _complete_score(last))

    def rescore(self, card: Scorecard, *, saved: bool = False) -> Scorecard:
        """The same actuals against the targets as they stand now, pending edits included. Fast, no polars.

        With `saved`, against the targets as they stand in the file: the sheet shows what edits do to a score.
        """
        from kpi_tui.scoring.scorecard import rescore

        targets = self.saved_targets(card.period) if saved else self.targets(card.period)
        return rescore(card, self._post(card.role), targets, self._rules())

    def _post(self, role: str) -> Post:
        from kpi_tui.scoring.combine import combine, post_of

        workspace = self.workspace
        if role in workspace.roles:
            return post_of(workspace.roles[role])
        if role in workspace.people:
            return combine(workspace.people[role], workspace.roles)
        known = ", ".join([*workspace.roles, *workspace.people]) or "none"
        raise UsageError(f"there is no role or person {role!r}; known: {known}")

    def _rules(self) -> Rules:
        from kpi_tui.scoring.scorecard import Rules

        workspace = self.workspace
        return Rules(workspace.metrics, workspace.north_star, workspace.settings, workspace.bonus)

    # --- targets ----------------------------------------------------------------------------
    def targets(self, period: Period) -> Mapping[TargetKey, Target]:
        """Targets of a period, pending edits included."""
        return self._desk.targets(period.id)

    def saved_targets(self, period: Period) -> Mapping[TargetKey, Target]:
        """Targets of a period as they stand in the file."""
        return self._desk.saved(period.id)

    def is_locked(self, period: Period) -> bool:
        """True when data exist beyond the period: edits need a reason and are marked late (R009)."""
        try:
            return self.as_of() > period.last_day
        except TableError:
            return False

    def edit(self, key: TargetKey, period: Period, value: float | None, why: str = "") -> None:
        """Set or clear (None) one cell in memory; kept as a draft on disk until saved or discarded."""
        self._desk.edit(period.id, {key: value}, why)

    def keep_mine(self, period: Period, key: TargetKey) -> None:
        """After a conflict: my unsaved value shall replace what somebody else saved."""
        self._desk.rebase((period.id, key))

    def take_theirs(self, period: Period, key: TargetKey) -> None:
        """After a conflict: drop my unsaved value of this cell."""
        self._desk.forget((period.id, key))

    def notes(self) -> list[str]:
        """What the last save has to say beside its success: unconfirmed durability, a network folder …"""
        return self._desk.notes()

    def copy_targets(self, period: Period, source: Period) -> int:
        """Pending edits that take over every target of `source` that `period` lacks; how many cells changed."""
        mine, theirs = self.targets(period), self.targets(source)
        known = self.workspace.metrics  # a chain's points and growth stay with their month
        cells = {key: target.value for key, target in theirs.items() if key not in mine and key.metric in known}
        return self._desk.edit(period.id, cells, f"copied from {source.id}")

    def raise_targets(self, period: Period, factor: float, role: str | None = None) -> int:
        """Pending edits that multiply targets by `factor` (1.05 = +5 %); how many cells changed.

        Targets that are counts become whole numbers, rounded half up (R003).
        """
        chosen = {
            key: self._times(key.metric, target.value, factor)
            for key, target in self.targets(period).items()
            if key.role == role or (role is None and key.metric in self.workspace.metrics)  # not a chain's points
        }
        return self._desk.edit(period.id, chosen, f"× {factor:g}")

    def _times(self, metric: str, value: float, factor: float) -> float:
        from kpi_tui.definitions.rounding import times, whole

        known = self.workspace.metrics.get(metric)
        product = times(value, factor)
        return whole(product) if known is not None and known.unit == "count" else product

    def pending(self) -> Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]:
        """Unsaved cells: (period id, key) -> (saved value, new value)."""
        return self._desk.pending()

    def discard(self) -> None:
        """Forget unsaved edits and the draft."""
        self._desk.discard()

    def save(self, why: str = "") -> list[Change]:
        """Write pending edits safely; ConflictError shows both sides of a cell changed by two people."""
        late = {period for period, _ in self.pending() if self.is_locked(Period.parse(period))}
        return self._desk.save(why, late)

    def undo(self) -> list[Change] | str | None:
        """Take back the last step: an unsaved edit (returns its text), else the last saved batch of mine."""
        return self._desk.undo(self._is_late)

    def redo(self) -> list[Change] | str | None:
        """Do again what undo took back."""
        return self._desk.redo(self._is_late)

    def _is_late(self, period: str) -> bool:
        return self.is_locked(Period.parse(period))

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """The append-only history, newest last."""
        changes = self._desk.history()
        return [c for c in changes if role in ("", c.role) and metric in ("", c.metric) and period in ("", c.period)]

    def draft_found(self) -> int:
        """Number of unsaved edits a former session left behind (offered at start)."""
        return self._desk.draft_found()

    def restore_draft(self) -> int:
        """Take the former session's draft as pending edits; how many."""
        return self._desk.restore_draft()

    def close(self) -> None:
        """Flush the draft; safe to call from a signal handler."""
        self._desk.close()
        self._actuals.close()


def find(explicit: Path | None, environ: Mapping[str, str] = os.environ, cwd: Path | None = None) -> Found:
    """Which workspace would be opened, and why; `root` None means the demo."""
    from kpi_tui.workspace.find import find_workspace

    return find_workspace(explicit, environ, cwd or Path.cwd())


def create_demo(folder: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """The demo workspace in `folder`, or in the user's data folder; made unless it is there already."""
    from kpi_tui.workspace.demo import create_demo, demo_folder

    return create_demo(folder or demo_folder(environ))


def propose(files: Sequence[Path], *, timezone: str = DEFAULT_ZONE) -> Proposal:
    """Which canonical tables the files seem to fill, column by column, for a person to confirm."""
    from kpi_tui.tables.propose import propose

    return propose(files, _library().schemas, timezone)


def create_workspace(
    folder: Path,
    name: str,
    proposal: Proposal,
    *,
    preset: str = "",
    timezone: str = DEFAULT_ZONE,
    currency: str = "CNY",
) -> list[Path]:
    """A new workspace with the proposed tables and, with `preset`, its roles; the files written.

    UsageError when there is a workspace already, or no such preset; then nothing is written.
    """
    import shutil

    from kpi_tui.workspace.presets import read_preset
    from kpi_tui.workspace.scaffold import create

    roles = read_preset(preset, _library().metrics).files if preset else ()
    written = list(create(folder, name, proposal, timezone=timezone, currency=currency))
    for source in roles:
        target = folder / "roles" / source.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, target)
        written.append(target)
    return written


def _library() -> Workspace:
    """The shipped library."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.load import load

    loaded = load(shipped_config()).workspace
    if loaded is None:
        raise WorkspaceError("the shipped library cannot be read; install kpi-tui again")
    return loaded


def disk_note(folder: Path) -> str:
    """A warning when `folder` lies on a network disk, whose locks are not to be trusted; else empty."""
    from kpi_tui.workspace.lock import network_note

    return network_note(folder)


def user_name(environ: Mapping[str, str]) -> str:
    """Who edits: $KPI_TUI_USER, else the login name."""
    if name := environ.get("KPI_TUI_USER", ""):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _complete_score(card: Scorecard) -> float | None:
    """A score fit for comparison: only when every line is known and complete."""
    whole = all(not line.actual.partial and line.points is not None for line in card.lines if line.weight)
    return card.score if whole else None


def _judge(where: str) -> None:
    from kpi_tui.sql.guard import FragmentError, predicate

    try:
        fragment = predicate(where)
    except FragmentError as error:
        raise UsageError(f"--where {where!r}: {error}") from None
    if fragment.tables:
        raise UsageError(f"--where {where!r}: a condition may not read other tables")


__all__ = [
    "Book",
    "Cancelled",
    "Found",
    "KpiError",
    "Progress",
    "create_demo",
    "create_workspace",
    "disk_note",
    "find",
    "propose",
    "user_name",
]
