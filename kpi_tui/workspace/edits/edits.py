"""Edits of the numbers in a folder: unsaved cells with their own undo, a draft on disk, then the store (R009, R038).

Cells are kept per (period id, key). `base` is the saved value the person saw when the edit was made, so
that a save can tell whether somebody else changed the same cell meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kpi_tui.definitions.issue import Issue, Severity, WorkspaceError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Change, Edit, Target, TargetKey
from kpi_tui.workspace.edits.draft import Draft as DraftFound
from kpi_tui.workspace.edits.draft import draft_path, load_draft, save_draft, set_aside
from kpi_tui.workspace.edits.store import TargetStore
from kpi_tui.workspace.edits.targets_file import ACTUALS, sheet_path

CellKey = tuple[str, TargetKey]


@dataclass(frozen=True, slots=True)
class EditStep:
    """One act of editing: what the touched cells were before and after (None: as saved)."""

    before: Mapping[CellKey, Edit | None]
    after: Mapping[CellKey, Edit | None]


def _never(period: Period) -> bool:
    return not period


class Edits:
    """Edits of one person in one folder: of targets, or of numbers typed by hand.

    `is_over` says whether a period is closed: a later change needs a reason and is marked late (R009).
    """

    def __init__(
        self, store: TargetStore, draft: Path | None = None, is_over: Callable[[Period], bool] = _never
    ) -> None:
        self._store = store
        self._draft = draft
        self._is_over = is_over
        self._unsaved: dict[CellKey, Edit] = {}
        self._done: list[EditStep] = []
        self._undone: list[EditStep] = []
        self._sheets: dict[str, tuple[tuple[int, ...], Mapping[TargetKey, Target]]] = {}
        self._notes: list[str] = []
        self._former: DraftFound | None = None

    @classmethod
    def open(
        cls,
        root: Path,
        folder: str,
        who: str,
        environ: Mapping[str, str] | None,
        clock: Callable[[], datetime],
        is_over: Callable[[Period], bool] = _never,
    ) -> Edits:
        """The edits of `who` in a folder of the workspace at `root`; without `environ` they keep no draft."""
        kept_for = root / folder if folder == ACTUALS else root
        draft = None if environ is None else draft_path(kept_for, who, environ)
        return cls(TargetStore(root / folder, who, clock), draft, is_over)

    @property
    def who(self) -> str:
        """Whose edits these are."""
        return self._store.who

    # --- reading ----------------------------------------------------------------------------
    def of(self, period: Period) -> Mapping[TargetKey, Target]:
        """The cells of a period, unsaved edits laid over the saved ones."""
        cells = dict(self.saved(period))
        for (when, key), unsaved in self._unsaved.items():
            if when != period.id:
                continue
            if unsaved.to is None:
                cells.pop(key, None)
            else:
                cells[key] = replace(cells.get(key, Target(unsaved.to)), value=unsaved.to, by=self.who)
        return cells

    def saved(self, period: Period) -> Mapping[TargetKey, Target]:
        """The cells of a period as they stand in the file; read again only when the file changed."""
        stamp = _stamp(sheet_path(self._store.folder, period.id))
        known = self._sheets.get(period.id)
        if known is None or known[0] != stamp:
            known = (stamp, self._store.sheet(period.id).cells)
            self._sheets[period.id] = known
        return known[1]

    def pending(self) -> dict[CellKey, tuple[float | None, float | None]]:
        """Unsaved cells: (period id, key) -> (saved value as last seen, new value)."""
        return {cell: (unsaved.base, unsaved.to) for cell, unsaved in self._unsaved.items()}

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """Every saved change, newest last; of one role, metric or period (its id) if given."""
        return self._store.history(role, metric, period)

    def is_locked(self, period: Period) -> bool:
        """True when data exist beyond the period: edits need a reason and are marked late (R009)."""
        return self._is_over(period)

    def notes(self) -> list[str]:
        """What is to be said beside the answers: durability, a network folder, damaged history or draft."""
        said, self._notes = [*self._notes, *self._store.notes], []
        return list(dict.fromkeys(said))

    def issues(self) -> list[Issue]:
        """Target files that cannot be read, and lines of the history that are damaged."""
        found: list[Issue] = []
        for period in self._store.periods():
            try:
                self._store.sheet(period)
            except WorkspaceError as error:
                found += error.issues or [Issue(Severity.ERROR, str(error), file=f"targets/{period}.toml")]
        try:
            self._store.history()
        except WorkspaceError as error:
            found += error.issues or [Issue(Severity.ERROR, str(error), file="targets/history.jsonl")]
        notes = [
            Issue(Severity.WARNING, note, file="targets/history.jsonl", code="history") for note in self._store.notes
        ]
        return found + notes

    # --- editing ----------------------------------------------------------------------------
    def set(self, key: TargetKey, period: Period, value: float | None, why: str = "") -> None:
        """Set or clear (None) one cell in memory; kept as a draft on disk until saved or discarded."""
        self.set_all({period.id: {key: value}}, why)

    def set_all(self, cells: Mapping[str, Mapping[TargetKey, float | None]], why: str = "") -> int:
        """Set or clear cells, period id -> key -> value, as one step; how many changed. A value as saved is no edit."""
        after: dict[CellKey, Edit | None] = {}
        for period_id, some in cells.items():
            period = Period.parse(period_id)
            saved, now = self.saved(period), self.of(period)
            for key, to in some.items():
                shown = now[key].value if key in now else None
                if to != shown:
                    base = saved[key].value if key in saved else None
                    after[period_id, key] = None if to == base else Edit(key, to, base, why)
        if after:
            step = EditStep({cell: self._unsaved.get(cell) for cell in after}, after)
            self._done.append(step)
            self._undone.clear()
            self._lay(step.after)
        return len(after)

    def discard(self) -> None:
        """Forget every unsaved edit and the draft, a former session's included."""
        self._former = DraftFound()
        self._unsaved.clear()
        self._done.clear()
        self._undone.clear()
        self._keep()

    def undo(self) -> list[Change] | str | None:
        """Take back the last step: an unsaved edit (returns its text), else my last saved batch; None: nothing."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self._lay(step.before)
            return _step_text(step)
        return self._store.undo(late=self._is_late, why="undo") or None

    def redo(self) -> list[Change] | str | None:
        """Do again what undo took back; None when there is nothing."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._lay(step.after)
            return _step_text(step)
        return self._store.redo(late=self._is_late, why="redo") or None

    def save(self, why: str = "") -> list[Change]:
        """Write everything unsaved as one batch.

        ConflictError shows both sides of a cell changed by two people; it, UsageError and WorkspaceError save nothing.
        """
        late = {period for period, _ in self._unsaved if self._is_late(period)}
        changes = self._store.apply_all(self._by_period(), late=late, why=why)
        self.discard()
        return changes

    def _is_late(self, period: str) -> bool:
        return self.is_locked(Period.parse(period))

    # --- after a conflict -------------------------------------------------------------------
    def keep_mine(self, period: Period, key: TargetKey) -> None:
        """My unsaved value shall replace what somebody else saved meanwhile."""
        cell = (period.id, key)
        if cell in self._unsaved:
            saved = self.saved(period)
            base = saved[key].value if key in saved else None
            self._lay({cell: replace(self._unsaved[cell], base=base)})

    def take_theirs(self, period: Period, key: TargetKey) -> None:
        """Drop my unsaved value of this cell."""
        self._lay({(period.id, key): None})

    # --- draft ------------------------------------------------------------------------------
    def draft_found(self) -> int:
        """How many edits a former session left unsaved."""
        return len(self._left_behind())

    def restore_draft(self) -> int:
        """Take them up again, as one step; how many."""
        edits = self._left_behind().edits
        found = {(period, edit.key): edit for period, some in edits.items() for edit in some}
        self._former = DraftFound()
        if found:
            self._done.append(EditStep({cell: self._unsaved.get(cell) for cell in found}, dict(found)))
            self._lay(found)
        return len(found)

    def close(self) -> None:
        """Make sure the draft is on disk."""
        if self._unsaved:
            self._keep()

    def _left_behind(self) -> DraftFound:
        """The draft on disk when this session first looked; what it holds afterwards is our own."""
        if self._former is None:
            self._former = load_draft(self._draft) if self._draft else DraftFound()
            self._notes += [self._former.note] if self._former.note else []
        return self._former

    def _lay(self, cells: Mapping[CellKey, Edit | None]) -> None:
        for cell, unsaved in cells.items():
            if unsaved is None:
                self._unsaved.pop(cell, None)
            else:
                self._unsaved[cell] = unsaved
        self._keep()

    def _keep(self) -> None:
        """Write the draft. A former one that was neither taken up nor discarded is moved aside first."""
        if self._draft is None:
            return
        try:
            if len(self._left_behind()):
                self._notes.append(set_aside(self._draft))
                self._former = DraftFound()
            save_draft(self._draft, self._by_period())
        except WorkspaceError as error:  # an edit is not lost with its draft: it is still in memory
            self._notes.append(str(error))

    def _by_period(self) -> dict[str, list[Edit]]:
        edits: dict[str, list[Edit]] = {}
        for (period, _), edit in self._unsaved.items():
            edits.setdefault(period, []).append(edit)
        return edits


def _stamp(path: Path) -> tuple[int, ...]:
    """Changes whenever the file is replaced."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def _step_text(step: EditStep) -> str:
    (period, key), *more = step.after
    return f"{period} {key.role} {key.metric}" + (f" +{len(more)}" if more else "")
