"""Edits of the numbers in a folder: unsaved cells with their own undo, a draft on disk, then the store (R009, R038).

Cells are kept per (file id, key path); the files of targets are those of periods. `base` is the saved value the
person saw when the edit was made, so that a save can tell whether somebody else changed the same cell meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.edit import Change, Edit, KeyPath
from kpi_tui.definitions.issue import Issue, UsageError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target
from kpi_tui.workspace.edits.allowed_edits import refuse_views
from kpi_tui.workspace.edits.cell_files import stamp
from kpi_tui.workspace.edits.draft import DraftEdits
from kpi_tui.workspace.edits.kept_draft import KeptDraft
from kpi_tui.workspace.edits.period_files import PeriodFiles
from kpi_tui.workspace.edits.steps import Steps
from kpi_tui.workspace.edits.store import TargetStore
from kpi_tui.workspace.edits.unreadable_files import unreadable_files

K = TypeVar("K", bound=KeyPath)


@dataclass(frozen=True, slots=True)
class EditStep(Generic[K]):
    """One act of editing: what the touched cells were before and after (None: as saved)."""

    before: Mapping[tuple[str, K], Edit | None]
    after: Mapping[tuple[str, K], Edit | None]


def never(period: Period) -> bool:
    return not period


class Edits(Generic[K]):
    """Edits of one person in the files of one folder; K is what a cell's key path is read as (`TargetKey`).

    A `period` is the one whose file holds the cell; a file of another kind is named by its id.
    `is_over` says whether a period is closed: a later change needs a reason and is marked late (R009).
    """

    def __init__(
        self,
        store: TargetStore,
        key: Callable[[KeyPath], K],
        draft: Path | None = None,
        is_over: Callable[[Period], bool] = never,
        calendar: Calendar = ISO,
    ) -> None:
        self._store = store
        self._calendar = calendar
        self._key = key
        self._draft = KeptDraft(draft, calendar, self._not_saved)
        self._is_over = is_over
        self._unsaved: dict[tuple[str, K], Edit] = {}
        self._steps: Steps[EditStep[K]] = Steps()
        self._files: dict[str, tuple[tuple[int, ...], Mapping[K, Target]]] = {}

    @property
    def who(self) -> str:
        """Whose edits these are."""
        return self._store.author.name

    def judge_over(self, is_over: Callable[[Period], bool]) -> None:
        """Ask this from now on whether a period is closed: the data behind the answer were read again."""
        self._is_over = is_over

    def follow(self, calendar: Calendar) -> None:
        """Call the periods as in this calendar from now on. WorkspaceError while anything is unsaved: what is meant
        by it would move."""
        if calendar == self._calendar:
            return
        if self._unsaved:
            raise WorkspaceError(
                say("weeks or years begin on another day now: save or discard what is unsaved here before")
            )
        self._calendar = calendar
        self._draft.follow(calendar)
        self._store.files = PeriodFiles(self._store.folder, calendar)
        self._files.clear()
        self._steps.clear()

    # --- reading ----------------------------------------------------------------------------
    def of(self, period: Period | str) -> Mapping[K, Target]:
        """The cells of a period, unsaved edits laid over the saved ones."""
        file = self._file(period)
        cells = dict(self.saved(file))
        for (where, key), unsaved in self._unsaved.items():
            if where != file:
                continue
            if unsaved.to is None:
                cells.pop(key, None)
            else:
                cells[key] = replace(cells.get(key, Target(unsaved.to)), value=unsaved.to, by=self.who)
        return cells

    def saved(self, period: Period | str) -> Mapping[K, Target]:
        """The cells of a period as they stand in the file; read again only when the file changed."""
        file = self._file(period)
        seen = stamp(self._store.files.path(file))
        known = self._files.get(file)
        if known is None or known[0] != seen:
            cells = self._store.sheet(file).cells
            known = (seen, {self._key(path): target for path, target in cells.items()})
            self._files[file] = known
        return known[1]

    def files(self) -> list[str]:
        """Ids of the files there are, those of periods in time order."""
        return self._store.files.known()[0]

    def periods(self) -> list[Period]:
        """The same as periods."""
        return [Period.parse(file, self._calendar) for file in self.files()]

    def pending(self) -> dict[tuple[str, K], tuple[float | None, float | None]]:
        """Unsaved cells: (period id, key) -> (saved value as last seen, new value)."""
        return {cell: (unsaved.base, unsaved.to) for cell, unsaved in self._unsaved.items()}

    def unsaved(self) -> Mapping[tuple[str, K], Edit]:
        """The unsaved edits by (file id, key), for `take_up` of another process."""
        return dict(self._unsaved)

    def take_up(self, unsaved: Mapping[tuple[str, K], Edit]) -> None:
        """These are the unsaved edits now; nothing is kept of them and no step can be taken back."""
        self._unsaved = dict(unsaved)

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """Every saved change, newest last; of one role, metric or period (its id) if given."""
        return self._store.history(role, metric, period)

    def is_locked(self, period: Period | str) -> bool:
        """True when data exist beyond the period: edits need a reason and are marked late (R009)."""
        try:
            return self._is_over(period if isinstance(period, Period) else Period.parse(period, self._calendar))
        except ValueError:  # a file that is no period's is never over
            return False

    def notes(self) -> list[str]:
        """What is to be said beside the answers: durability, a network folder, damaged history or draft."""
        return list(dict.fromkeys([*self._draft.notes(), *self._store.notes]))

    def issues(self) -> list[Issue]:
        """Files that cannot be read, and lines of the history that are damaged."""
        return unreadable_files(self._store)

    # --- editing ----------------------------------------------------------------------------
    def set(self, key: K, period: Period | str, value: float | None, why: str = "") -> None:
        """Set or clear (None) one cell in memory; kept as a draft on disk until saved or discarded."""
        self.set_all({self._file(period): {key: value}}, why)

    def set_all(self, cells: Mapping[str, Mapping[K, float | None]], why: str = "") -> int:
        """Set or clear cells, period id -> key -> value, as one step; how many changed. A value as saved is no edit.

        WorkspaceError where nothing can be changed here.
        """
        refuse_views(cells)
        after: dict[tuple[str, K], Edit | None] = {}
        for file, some in cells.items():
            saved, now = self.saved(file), self.of(file)
            for key, to in some.items():
                shown = now[key].value if key in now else None
                if to != shown:
                    base = saved[key].value if key in saved else None
                    after[file, key] = None if to == base else Edit(key, to, base, why)
        if after:
            self._store.expect_writable()
            self._steps.add(self._step(after))
            self._lay(after)
        return len(after)

    def discard(self) -> None:
        """Forget every unsaved edit and the draft, a former session's included."""
        self._draft.decide()
        self._unsaved.clear()
        self._steps.clear()
        self._keep()

    def undo(self, why: str = "") -> list[Change] | str | None:
        """Take back the last step: an unsaved edit (returns its text), else my last saved batch; None: nothing.

        ReasonNeeded where that batch changed a period that is over, as for any change of it.
        """
        if step := self._steps.undo():
            self._lay(step.before)
            return _step_text(step)
        return self._store.undo(late=self.is_locked, why=why) or None

    def redo(self, why: str = "") -> list[Change] | str | None:
        """Do again what undo took back; None when there is nothing. ReasonNeeded: as `undo`."""
        if step := self._steps.redo():
            self._lay(step.after)
            return _step_text(step)
        return self._store.redo(late=self.is_locked, why=why) or None

    def save(self, why: str = "") -> list[Change]:
        """Write everything unsaved as one batch.

        ConflictError shows both sides of a cell changed by two people; it, UsageError and WorkspaceError save nothing.
        """
        late = {file for file, _ in self._unsaved if self.is_locked(file)}
        changes = self._store.apply_all(self._by_file(), late=late, why=why)
        self.discard()
        return changes

    # --- after a conflict -------------------------------------------------------------------
    def keep_mine(self, period: Period | str, key: K) -> None:
        """My unsaved value shall replace what somebody else saved meanwhile."""
        cell = (self._file(period), key)
        if cell in self._unsaved:
            saved = self.saved(period)
            base = saved[key].value if key in saved else None
            self._lay({cell: replace(self._unsaved[cell], base=base)})

    def take_theirs(self, period: Period | str, key: K) -> None:
        """Drop my unsaved value of this cell."""
        self._lay({(self._file(period), key): None})

    # --- draft ------------------------------------------------------------------------------
    def draft_found(self) -> int:
        """How many edits a former session left unsaved."""
        return len(self._draft.former())

    def restore_draft(self) -> int:
        """Take them up again, as one step; how many."""
        edits = self._draft.decide().edits
        found: dict[tuple[str, K], Edit | None] = {
            (file, self._key(edit.key)): edit for file, some in edits.items() for edit in some
        }
        if found:
            self._steps.add(self._step(found))
            self._lay(found)
        return len(found)

    def _not_saved(self, edits: DraftEdits) -> DraftEdits:
        """Cells that the file holds as they were to be are saved: a save is whole for each file."""
        found: dict[str, list[Edit]] = {}
        for file, some in edits.items():
            saved = {key: target.value for key, target in self.saved(file).items()}
            if left := [edit for edit in some if saved.get(self._key(edit.key)) != edit.to]:
                found[file] = left
        return found

    def draft_lost(self) -> str:
        """Why the unsaved edits are not kept on disk; empty where they are."""
        return self._draft.lost

    def close(self) -> None:
        """Make sure the draft is on disk."""
        if self._unsaved:
            self._keep()

    def _step(self, after: Mapping[tuple[str, K], Edit | None]) -> EditStep[K]:
        return EditStep({cell: self._unsaved.get(cell) for cell in after}, after)

    def _lay(self, cells: Mapping[tuple[str, K], Edit | None]) -> None:
        for cell, unsaved in cells.items():
            if unsaved is None:
                self._unsaved.pop(cell, None)
            else:
                self._unsaved[cell] = unsaved
        self._keep()

    def _keep(self) -> None:
        self._draft.keep(self._by_file())

    def _file(self, period: Period | str) -> str:
        """UsageError for a period of another calendar which this one does not have: its name means other days here."""
        if isinstance(period, str):
            return period
        same = period.called_in(self._calendar)
        if same != period:
            raise UsageError(say("{days} are no period of the calendar of this workspace", days=period.days_said))
        return same.id

    def _by_file(self) -> dict[str, list[Edit]]:
        edits: dict[str, list[Edit]] = {}
        for (file, _), edit in self._unsaved.items():
            edits.setdefault(file, []).append(edit)
        return edits


def _step_text(step: EditStep[K]) -> str:
    (file, key), *more = step.after
    return " ".join((file, *key)) + (f" +{len(more)}" if more else "")
