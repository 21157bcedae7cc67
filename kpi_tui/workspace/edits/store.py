"""Cells saved safely: one writer at a time, cell by cell, with history, undo and redo (R009, R038).

The order of a save is: lock, read again, check every cell, write and sync the history, replace the file.
A crash before the history is whole leaves nothing done; after it, the file is the old one and the next
writer voids the lines (`history.py`), or the new one and everything is there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from kpi_tui.definitions.edit import Author, Change, Edit, KeyPath
from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.target import Target
from kpi_tui.workspace.edits.allowed_edits import check_edits
from kpi_tui.workspace.edits.atomic import DurabilityUnknown, make_folder, sweep, write_atomic
from kpi_tui.workspace.edits.cell_files import CellFile, CellFiles
from kpi_tui.workspace.edits.history import REDO, UNDO, Void, append, read_log, read_tail, redo_of, undo_of, unlanded
from kpi_tui.workspace.edits.lock import TIMEOUT, locked, network_note
from kpi_tui.workspace.edits.merge import EditConflict, conflict, merge
from kpi_tui.workspace.edits.period_files import PeriodFiles

Reverse = Callable[[Sequence[Change], str], tuple[str, dict[str, list[Edit]]]]


def _now() -> datetime:
    return datetime.now().astimezone()


def _never(period: str) -> bool:
    return not period


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the changes saved together share."""

    kind: str
    why: str
    late: Collection[str]
    at: datetime
    id: str
    of: str = ""

    def change(self, number: int, author: Author, file: CellFile, edit: Edit) -> Change:
        kind = "clear" if self.kind == "set" and edit.to is None else self.kind
        return Change(
            id=f"{self.id}-{number}",
            at=self.at,
            who=author.name,
            role=edit.key[0],
            metric=".".join(edit.key[1:]),
            period=file.id,
            before=edit.base,
            after=None if edit.to is None else float(edit.to),
            why=_clean(_both(edit.why, self.why)),
            kind=kind,
            batch=self.id,
            of=self.of,
            revision=file.revision + 1,
            late=file.id in self.late,
            account=author.account,
            keys=() if len(edit.key) == 2 else edit.key,
        )


class TargetStore:
    """A folder of files whose cells are edited, as `who` reads and changes it. `clock` says the time.

    `files`: what its files are like; those of periods unless given.
    """

    def __init__(
        self,
        folder: Path,
        who: str,
        clock: Callable[[], datetime] = _now,
        *,
        timeout: float = TIMEOUT,
        account: str = "",
        files: CellFiles | None = None,
    ) -> None:
        self.files = files or PeriodFiles(folder)
        self.folder = folder
        self.author = Author(_clean(who), _clean(account))
        self.notes: list[str] = []
        """Sentences for the person about the last call: durability, network folder, damaged history."""
        self._clock = clock
        self._timeout = timeout
        self._history = folder / "history.jsonl"

    # --- reading ----------------------------------------------------------------------------
    def sheet(self, period_id: str) -> CellFile:
        """The cells of a period as they stand in the file; WorkspaceError names a file that cannot be read."""
        return self.files.read(period_id)

    def periods(self) -> list[str]:
        """Ids of the periods that have a file, in time order; a file that is no period's is left to a note."""
        periods, strange = self.files.known()
        self.notes = [
            say("{file}: the name is no period, so nobody reads this file", file=Path(self.folder.name, name))
            for name in strange
        ]
        return periods

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        """Every change that reached its file, newest last, of one role, metric or period if given."""
        self.notes = []
        return [
            change
            for change in self._log()
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
        self.notes = []
        if not any(edits.values()):
            return []
        with self._writing():
            return self._commit(edits, self._batch(kind, why, late), check_base=check_base)

    def undo(self, *, late: Callable[[str], bool] = _never, why: str = "") -> list[Change]:
        """Take back my last batch that is not undone; [] when there is none.

        ConflictError when somebody has changed one of its cells since. `late(period id)` says whether a
        period is over: then a reason is needed, as for any late change.
        """
        return self._reverse(undo_of, UNDO, late, why)

    def redo(self, *, late: Callable[[str], bool] = _never, why: str = "") -> list[Change]:
        """Bring back the batch I undid last; [] when there is none or a new edit of mine came after."""
        return self._reverse(redo_of, REDO, late, why)

    # --- one save ---------------------------------------------------------------------------
    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, with everything a dead writer left behind tidied up."""
        try:
            make_folder(self.folder)
            if note := network_note(self.folder):
                self.notes.append(note)
            with locked(self.folder / ".lock", self.author.name, timeout=self._timeout):
                sweep(self.folder)
                self._repair()
                yield
        except OSError as error:  # of reading or tidying: `_write` speaks for itself
            raise WorkspaceError(
                say("{folder}: {why}; nothing was saved", folder=self.folder, why=error.strerror or error)
            ) from error

    def _reverse(self, reverse: Reverse, kind: str, late: Callable[[str], bool], why: str) -> list[Change]:
        self.notes = []
        with self._writing():
            of, edits = reverse(self._log(), self.author.name)
            if not of:
                return []
            overdue = tuple(period for period in edits if late(period))
            check_edits(edits, overdue, why)
            return self._commit(edits, self._batch(kind, why, overdue, of), check_base=True)

    def _batch(self, kind: str, why: str, late: Collection[str], of: str = "") -> _Batch:
        at = self._clock()
        return _Batch(kind, why, late, at if at.tzinfo else at.astimezone(), uuid4().hex[:16], of)

    def _commit(self, edits: Mapping[str, Sequence[Edit]], batch: _Batch, *, check_base: bool) -> list[Change]:
        files: dict[str, CellFile] = {}
        changes: list[Change] = []
        clashes: list[EditConflict] = []
        for period, some in edits.items():
            file = files[period] = self.files.read(period)
            # an undo that finds its work done is written down, or it would stand in the way of the next one
            wanted, found = merge(file, some, self.author.name, check_base=check_base, keep_done=bool(batch.of))
            clashes += found
            changes += [
                batch.change(len(changes) + number, self.author, file, edit) for number, edit in enumerate(wanted)
            ]
        if clashes:
            raise conflict(clashes)
        touched = dict.fromkeys(change.period for change in changes)
        contents = {period: self._render(files[period], changes) for period in touched}
        if changes:
            self._write(contents, changes)
        return changes

    def _render(self, file: CellFile, changes: Sequence[Change]) -> bytes:
        cells: dict[KeyPath, Target | None] = {c.key: _cell(c) for c in changes if c.period == file.id}
        return self.files.render(file, cells)

    def _write(self, contents: Mapping[str, bytes], changes: Sequence[Change]) -> None:
        """History first, then the files: see the top of this module."""
        saved: list[str] = []
        try:
            self._note_doubt(append, self._history, changes)
            for period, data in contents.items():
                self._note_doubt(write_atomic, self.files.path(period), data)
                saved.append(period)
        except OSError as error:
            failed = {Void(change.batch, change.period) for change in changes if change.period not in saved}
            with contextlib.suppress(OSError, DurabilityUnknown):  # else the next writer will do it
                append(self._history, failed)
            done = say("only {names} was saved", names=", ".join(saved)) if saved else say("nothing was saved")
            raise WorkspaceError(
                say("{folder}: {why}; {done}", folder=self.folder, why=error.strerror or error, done=done)
            ) from error

    def _note_doubt(self, write: Callable[..., None], *arguments: object) -> None:
        """Run `write`; a file that is in place without the disk's word for it is a note, not a failure."""
        try:
            write(*arguments)
        except DurabilityUnknown as doubt:
            self.notes.append(str(doubt))

    # --- history against files --------------------------------------------------------------
    def _log(self) -> Sequence[Change]:
        log = read_log(self._history, self._revisions(read_tail(self._history)))
        self.notes += log.notes
        return log.changes

    def _repair(self) -> None:
        """Void the last batch where its file never followed."""
        tail = read_tail(self._history)
        if lost := unlanded(tail, self._revisions(tail)):
            self._note_doubt(append, self._history, lost)

    def _revisions(self, changes: Sequence[Change]) -> dict[str, int]:
        """The revision each period's file has reached; without the periods whose file cannot be read."""
        revisions = {}
        for period in dict.fromkeys(change.period for change in changes):
            with contextlib.suppress(WorkspaceError):  # reported by whoever asks for that period's targets
                revisions[period] = self.files.read(period).revision
        return revisions


def _cell(change: Change) -> Target | None:
    if change.after is None:
        return None
    return Target(change.after, change.who, change.at.isoformat(timespec="seconds"), change.why, change.late)


def _both(own: str, common: str) -> str:
    """Why this cell, and why all of them: an edit that brings its own word still keeps the reason of a late save."""
    return own if not common or common in own else f"{common} ({own})" if own else common


def _clean(text: str) -> str:
    """Without halves of characters that a terminal may deliver and UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
