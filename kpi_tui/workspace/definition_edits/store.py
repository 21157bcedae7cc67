"""Definitions saved safely: lock, read again, compare, check, history, files (R009, R038).

The files are hand-written and bear no revision: in the history, the revision of a file is a number made of its bytes
(`unfinished.state_of`), one more than that of the file it was before, so that a line whose file never followed is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kpi_tui.definitions.edit import Author, Change, Edit, KeyPath
from kpi_tui.definitions.issue import ConflictError, Issue, ReasonNeeded, Severity, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.definition_edits.documents import Documents
from kpi_tui.workspace.definition_edits.rewritten import rewritten
from kpi_tui.workspace.definition_edits.sections import NATURAL_KEYS
from kpi_tui.workspace.definition_edits.unfinished import Contents, Unfinished, state_of, write_file
from kpi_tui.workspace.edits.history import REDO, UNDO, redo_of, undo_of
from kpi_tui.workspace.edits.lock import TIMEOUT
from kpi_tui.workspace.edits.merge import LOOK_AGAIN, contested
from kpi_tui.workspace.edits.recorded_writes import Batch, RecordedWrites, nothing_saved, now
from kpi_tui.workspace.files.plain_file import followed

FOLDER = "definitions"
"""Where the history of definitions lies, below the workspace; the definitions stay where they are."""
Cell = tuple[str, KeyPath]
"""A key of a definition: the id of the period since which its value counts ("": since ever), and its path."""
Judge = Callable[[Documents, Documents], None]
"""Compares what was and what shall be. UsageError: this may not be saved."""
IsLate = Callable[[KeyPath, str], bool]


class DefinitionStore:
    """The definitions of a workspace as `author` changes them."""

    def __init__(
        self, root: Path, author: Author, clock: Callable[[], datetime] = now, *, timeout: float = TIMEOUT
    ) -> None:
        self._root = root
        self._unfinished = Unfinished(root, root / FOLDER)
        self._writes = RecordedWrites(
            root / FOLDER,
            author,
            lambda file: state_of(root / file),
            clock,
            timeout=timeout,
            before=self._finish,
        )
        self.author = self._writes.author

    @property
    def notes(self) -> list[str]:
        """Sentences for the person about the last call."""
        return self._writes.notes

    def expect_writable(self) -> None:
        """WorkspaceError where nothing can be changed here."""
        self._writes.expect_writable(self._root)

    def finish(self) -> None:
        """Finish a save that was cut short. WorkspaceError or ConflictError when it cannot be."""
        if self._unfinished.there:
            with self._writes.writing():
                pass

    def history(self) -> list[Change]:
        """Every change that reached its file, newest last."""
        self._writes.notes = []
        return list(self._writes.log())

    # --- writing ----------------------------------------------------------------------------
    def save(self, edits: Sequence[Edit], judge: Judge, is_late: IsLate, why: str = "") -> list[Change]:
        """Save edits in their order as one batch, and return the changes made (none for what is there already).

        ConflictError when somebody changed the same since; UsageError when `judge` refuses, or a change that reaches
        into a closed period has no reason (R009); WorkspaceError when a file cannot be read or written. In all three
        nothing was saved.
        """
        self._writes.notes = []
        if not edits:
            return []
        with self._writes.writing():
            return self._commit(edits, self._writes.batch("set", why), judge, is_late)

    def undo(self, judge: Judge, is_late: IsLate, why: str = "") -> list[Change]:
        """Take back my last batch that is not undone; [] when there is none. Errors: as `save`."""
        return self._reverse(UNDO, judge, is_late, why)

    def redo(self, judge: Judge, is_late: IsLate, why: str = "") -> list[Change]:
        """Bring back the batch I undid last; [] when there is none or a new edit of mine came after."""
        return self._reverse(REDO, judge, is_late, why)

    def _reverse(self, kind: str, judge: Judge, is_late: IsLate, why: str) -> list[Change]:
        self._writes.notes = []
        with self._writes.writing():
            of, by_file = (undo_of if kind == UNDO else redo_of)(self._writes.log(), self.author)
            if not of:
                return []
            edits = [edit for some in by_file.values() for edit in some]
            return self._commit(edits, self._writes.batch(kind, why, of=of), judge, is_late)

    def _commit(self, edits: Sequence[Edit], batch: Batch, judge: Judge, is_late: IsLate) -> list[Change]:
        before = Documents.read(self._root)
        after = before.copy()
        if clashes := self.lay(after, edits):
            raise self._conflict(clashes)
        judge(before, after)
        changed = changed_cells(before, after, edits, keep_done=bool(batch.of))
        late = {(edit.since, edit.key) for edit in changed if is_late(edit.key, edit.since)}
        if late and not batch.why.strip() and not all(edit.why.strip() for edit in changed):
            since, path = min(late)
            raise ReasonNeeded(
                say(
                    "{path} since {since} reaches into a closed period: such a change needs a reason (why)",
                    path=".".join(path),
                    since=since or say("ever"),
                )
            )
        batch, files = replace(batch, late=late), [_file(before, after, edit) for edit in changed]
        changes = [
            batch.change(number, self.author, file, state_of(self._root / file), edit)
            for number, (file, edit) in enumerate(zip(files, changed, strict=True))
        ]
        contents = {name: self._content(name, data) for name, data in after.data.items() if data != before.of(name)}
        for name in contents:
            followed(self._root / name)
        if changes:
            self._write(contents, changes)
        return changes

    def _content(self, name: str, data: dict[str, Any]) -> bytes | None:
        path = self._root / name
        made = rewritten(path.read_bytes() if path.exists() else b"", data, name)
        return made if made.strip() else None

    # --- the files --------------------------------------------------------------------------
    def _finish(self) -> None:
        if note := self._unfinished.finish():
            self._writes.notes.append(note)

    def _write(self, contents: Contents, changes: Sequence[Change]) -> None:
        """History, the plan where several files are replaced, then the files."""
        saved: list[str] = []
        try:
            self._writes.record(changes)
            if len(contents) > 1:
                self._unfinished.plan(contents)
            for name, data in contents.items():
                self._writes.note_doubt(write_file, self._root / name, data)
                saved.append(name)
            self._unfinished.done()
        except OSError as error:
            why = error.strerror or str(error)
            if len(saved) == len(contents):  # the plan alone is still there: finishing it again changes nothing
                return
            if saved:
                raise WorkspaceError(
                    say(
                        "{folder}: {why}; the rest is saved when the workspace is opened next",
                        folder=self._root,
                        why=why,
                    )
                ) from error
            self._give_up(changes)
            raise nothing_saved(self._root, error) from error

    def _give_up(self, changes: Sequence[Change]) -> None:
        """Nothing is written: neither plan nor lines of the history shall say so."""
        try:
            self._unfinished.done()
        except OSError as error:
            raise WorkspaceError(
                say(
                    "{folder}: {why}; it is saved when the workspace is opened next",
                    folder=self._root,
                    why=error.strerror or error,
                )
            ) from error
        self._writes.void(changes)

    def lay(self, documents: Documents, edits: Sequence[Edit]) -> list[tuple[Edit, Any]]:
        """Do edits in their order; those whose key somebody changed since, each with what stands there now.

        That both wish the same is no agreement, as with targets; what I saved myself (and died over) is done.
        """
        clashes, log = [], list(self._writes.log())
        for edit in edits:
            value = documents.value(edit.key, edit.since)
            last = _last(log, edit)
            done = value == edit.to and last is not None and self.author.wrote(last)
            if value != edit.base and not done:
                clashes.append((edit, value))
            if value != edit.to:
                documents.put(edit.key, edit.to, edit.since)
        return clashes

    def last_change(self, edit: Edit) -> Change | None:
        """Who changed last what an edit is about; None: nobody, by what the history says."""
        return _last(list(self._writes.log()), edit)

    def _conflict(self, clashes: Sequence[tuple[Edit, Any]]) -> ConflictError:
        log = list(self._writes.log())
        issues = tuple(
            Issue(
                Severity.ERROR,
                _clash(edit, value, _last(log, edit)),
                LOOK_AGAIN,
                code="definition.conflict",
            )
            for edit, value in clashes
        )
        return contested(issues)


def changed_cells(before: Documents, after: Documents, edits: Sequence[Edit], *, keep_done: bool = False) -> list[Edit]:
    """What the edits come to: each key once, a list as a whole where a table of it came or went."""
    cells: dict[Cell, str] = {}
    for edit in edits:
        path, pair = edit.key, (before.value(edit.key, edit.since), after.value(edit.key, edit.since))
        if len(path) > 1 and path[-2] in NATURAL_KEYS and None in pair and pair != (None, None):
            path = path[:-1]
        cells.setdefault((edit.since, path), edit.why)
    found = []
    for (since, path), why in cells.items():
        if any((since, path[:length]) in cells for length in range(1, len(path))):
            continue  # said by a longer-reaching one
        old, new = before.value(path, since), after.value(path, since)
        if old != new or keep_done:
            found.append(Edit(path, new, old, why, since))
    return found


def _file(before: Documents, after: Documents, edit: Edit) -> str:
    return after.file_of(edit.key) if edit.base is None else before.file_of(edit.key)


def _last(log: Sequence[Change], edit: Edit) -> Change | None:
    return next((one for one in reversed(log) if _touches(one, edit)), None)


def _touches(change: Change, edit: Edit) -> bool:
    """Whether a change of the past is of the same key, or of one around it or below it."""
    shorter = min(len(change.key), len(edit.key))
    return change.key[:shorter] == edit.key[:shorter]


def _clash(edit: Edit, value: Any, last: Change | None) -> str:
    path = ".".join(edit.key)
    seen, wanted, there = shown(edit.base), shown(edit.to), shown(value)
    if last is None:
        return say(
            "{path}: you saw {seen} and want {wanted}, but it says {value} now",
            path=path,
            seen=seen,
            wanted=wanted,
            value=there,
        )
    return say(
        "{path}: you saw {seen} and want {wanted}, but it says {value} now ({who} changed it {at})",
        path=path,
        seen=seen,
        wanted=wanted,
        value=there,
        who=last.who,
        at=last.at.strftime("%Y-%m-%d %H:%M"),
    )


def shown(value: Any) -> str:
    """A value in a sentence: short, on one line."""
    import json

    if value is None:
        return say("nothing")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
