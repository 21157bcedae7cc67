"""Cells saved safely: one writer at a time, cell by cell, with history, undo and redo (R009, R038)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kpi_tui.definitions.answers.targets.former_file import FormerFile
from kpi_tui.definitions.edit import Author, Change, Edit, KeyPath
from kpi_tui.definitions.message import say
from kpi_tui.definitions.target import Target
from kpi_tui.workspace.edits.allowed_edits import check_edits
from kpi_tui.workspace.edits.cell_files import CellFile, CellFiles
from kpi_tui.workspace.edits.history import REDO, RENAME, UNDO, redo_of, undo_of
from kpi_tui.workspace.edits.lock import TIMEOUT
from kpi_tui.workspace.edits.merge import EditConflict, conflict, merge
from kpi_tui.workspace.edits.period_files import DAYS, PeriodFiles, name_of, plain_days
from kpi_tui.workspace.edits.recorded_writes import Batch, RecordedWrites, now

Reverse = Callable[[Sequence[Change], Author], tuple[str, dict[str, list[Edit]]]]


def _never(period: str) -> bool:
    return not period


class TargetStore:
    """A folder of files whose cells are edited, as `who` (or somebody of that name) reads and changes it.

    `files`: what its files are like; those of periods unless given.
    """

    def __init__(
        self,
        folder: Path,
        who: Author | str,
        clock: Callable[[], datetime] = now,
        *,
        timeout: float = TIMEOUT,
        files: CellFiles | None = None,
    ) -> None:
        self.files = files or PeriodFiles(folder)
        self.folder = folder
        author = who if isinstance(who, Author) else Author(who)
        self._writes = RecordedWrites(folder, author, self._revision, clock, timeout=timeout)
        self.author = self._writes.author

    @property
    def notes(self) -> list[str]:
        """Sentences for the person about the last call: durability, network folder, damaged history."""
        return self._writes.notes

    def expect_writable(self) -> None:
        """WorkspaceError where nothing can be changed here."""
        self._writes.expect_writable()

    # --- reading ----------------------------------------------------------------------------
    def sheet(self, period_id: str) -> CellFile:
        """The cells of a period as they stand in the file; WorkspaceError names a file that cannot be read."""
        return self.files.read(period_id)

    def periods(self) -> list[str]:
        """Ids of the periods that have a file, in time order; a file that is no period's is left to a note."""
        periods, strange = self.files.known()
        self._writes.notes = [
            say("{file}: the name is no period, so nobody reads this file", file=Path(self.folder.name, name))
            for name in strange
            if not plain_days(name_of(Path(name)))  # of a period of another calendar the check of names tells
        ]
        return periods

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """Every change that reached its file, newest last, of one role, metric or period if given."""
        self._writes.notes = []
        return [
            change
            for change in self._writes.log()
            if role in ("", change.role) and metric in ("", change.metric) and period in ("", change.period)
        ]

    # --- writing ----------------------------------------------------------------------------
    def apply(
        self,
        period_id: str,
        edits: Sequence[Edit],
        *,
        kind: str = "set",
        check_base: bool = True,
        late: bool = False,
        why: str = "",
    ) -> list[Change]:
        """Save edits of one period; see `apply_all`."""
        overdue = (period_id,) if late else ()
        return self.apply_all({period_id: edits}, kind=kind, check_base=check_base, late=overdue, why=why)

    def apply_all(
        self,
        edits: Mapping[str, Sequence[Edit]],
        *,
        kind: str = "set",
        check_base: bool = True,
        late: Collection[str] = (),
        why: str = "",
    ) -> list[Change]:
        """Save edits per period as one batch, and return the changes made (none for what is there already).

        ConflictError when somebody changed a cell since `edit.base`; UsageError for a number that is not
        finite, or a change without reason in a period listed as `late` (R009); WorkspaceError when a file
        cannot be read or written. In all three nothing was saved, unless the sentence says otherwise.
        """
        check_edits(edits, late, why)
        self._writes.notes = []
        if not any(edits.values()):
            return []
        with self._writes.writing():
            return self._commit(edits, self._writes.batch(kind, why, late), check_base=check_base)

    def undo(self, *, late: Callable[[str], bool] = _never, why: str = "") -> list[Change]:
        """Take back my last batch that is not undone; [] when there is none.

        ConflictError when somebody has changed one of its cells since. `late(period id)` says whether a
        period is over: then a reason is needed, as for any late change.
        """
        return self._reverse(undo_of, UNDO, late, why)

    def redo(self, *, late: Callable[[str], bool] = _never, why: str = "") -> list[Change]:
        """Bring back the batch I undid last; [] when there is none or a new edit of mine came after."""
        return self._reverse(redo_of, REDO, late, why)

    # --- another calendar -------------------------------------------------------------------
    def rename(self, former: Sequence[FormerFile], files: PeriodFiles) -> list[Change]:
        """Name files after their days; each cell gets a line in the history. What cannot be renamed is a note.

        WorkspaceError: nothing, or not all, could be written; doing it again goes on.
        """
        self._writes.notes = []
        with self._writes.writing():
            batch = self._writes.batch(RENAME, "")
            changes: list[Change] = []
            contents: dict[str, bytes] = {}
            done: list[Path] = []
            for one in former:
                file, there = files.former(one.name), files.path(one.now.id)
                if there.exists() and files.read(one.now.id).cells != file.cells:
                    self._writes.notes.append(
                        say("{name} stays: {now} is there already", name=one.name, now=there.name)
                    )
                    continue
                done.append(files.former_path(one.name))
                if there.exists():  # a rename that was cut short
                    continue
                kept = {key: value for key, value in file.document.items() if key not in ("period", DAYS)}
                contents[one.now.id] = files.render(CellFile(one.now.id, file.revision, file.cells, kept), {})
                why = say("was called {name}", name=one.name)
                for key, cell in file.cells.items():
                    edit = Edit(key, cell.value, cell.value, why)
                    changes.append(batch.change(len(changes), self.author, one.now.id, file.revision, edit))
            self._writes.write(contents, changes, files.path)
            for path in done:
                path.unlink(missing_ok=True)
        return changes

    # --- one save ---------------------------------------------------------------------------
    def _reverse(self, reverse: Reverse, kind: str, late: Callable[[str], bool], why: str) -> list[Change]:
        self._writes.notes = []
        with self._writes.writing():
            of, edits = reverse(self._writes.log(), self.author)
            if not of:
                return []
            overdue = tuple(period for period in edits if late(period))
            check_edits(edits, overdue, why)
            return self._commit(edits, self._writes.batch(kind, why, overdue, of), check_base=True)

    def _commit(self, edits: Mapping[str, Sequence[Edit]], batch: Batch, *, check_base: bool) -> list[Change]:
        files: dict[str, CellFile] = {}
        changes: list[Change] = []
        clashes: list[EditConflict] = []
        for period, some in edits.items():
            file = files[period] = self.files.read(period)
            # an undo that finds its work done is written down, or it would stand in the way of the next one
            wanted, found = merge(file, some, self.author.name, check_base=check_base, keep_done=bool(batch.of))
            clashes += found
            changes += [
                batch.change(len(changes) + number, self.author, file.id, file.revision, _in_floats(edit))
                for number, edit in enumerate(wanted)
            ]
        if clashes:
            raise conflict(clashes)
        touched = dict.fromkeys(change.period for change in changes)
        contents = {period: self._render(files[period], changes) for period in touched}
        if changes:
            self._writes.write(contents, changes, self.files.path)
        return changes

    def _render(self, file: CellFile, changes: Sequence[Change]) -> bytes:
        cells: dict[KeyPath, Target | None] = {c.key: _cell(c) for c in changes if c.period == file.id}
        return self.files.render(file, cells)

    def _revision(self, file: str) -> int:
        return self.files.read(file).revision


def _in_floats(edit: Edit) -> Edit:
    return edit if edit.to is None else replace(edit, to=float(edit.to))


def _cell(change: Change) -> Target | None:
    if change.after is None:
        return None
    return Target(change.after, change.who, change.at.isoformat(timespec="seconds"), change.why, change.late)
