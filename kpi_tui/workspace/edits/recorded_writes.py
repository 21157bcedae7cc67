"""Files replaced one writer at a time, each replacement preceded by its lines in the history (R009, R038).

The order of a save is: lock, read again, check, write and sync the history, replace the files. A crash before the
history is whole leaves nothing done; after it, a file is the old one and the next writer voids its lines
(`history.py`), or the new one and everything is there.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from kpi_tui.definitions.edit import Author, Change, Edit
from kpi_tui.definitions.issue import Issue, UsageError, WorkspaceError
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.atomic import DurabilityUnknown, make_folder, sweep, write_atomic
from kpi_tui.workspace.edits.history import Void, append, read_log, read_tail, unlanded
from kpi_tui.workspace.edits.lock import TIMEOUT, locked, network_note, unwritable
from kpi_tui.workspace.files.shared_rights import share_folders
from kpi_tui.workspace.find import FILE
from kpi_tui.workspace.toml.source import read_toml

HISTORY = "history.jsonl"
READ_ONLY = say("this workspace was opened with --read-only: nothing is changed in it; leave that out to edit")


def now() -> datetime:
    """The moment, in the zone of the machine."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Batch:
    """What the changes saved together share. `late`: files, or cells, of a period that is over."""

    kind: str
    why: str
    late: Collection[object]
    at: datetime
    id: str
    of: str = ""

    def change(self, number: int, author: Author, file: str, revision: int, edit: Edit) -> Change:
        """The line of the history that an edit of a file at a revision becomes."""
        return Change(
            id=f"{self.id}-{number}",
            at=self.at,
            who=author.name,
            role=edit.key[0],
            metric=".".join(edit.key[1:]),
            period=file,
            before=edit.base,
            after=edit.to,
            why=clean(_both(edit.why, self.why)),
            kind="clear" if self.kind == "set" and edit.to is None else self.kind,
            batch=self.id,
            of=self.of,
            revision=revision + 1,
            late=file in self.late or (edit.since, edit.key) in self.late,
            account=author.account,
            keys=() if isinstance(edit.key, TargetKey) else edit.key,
            since=edit.since,
        )


class RecordedWrites:
    """A folder with a lock and a history. `revision` tells what state a file of it has reached (0: no file).

    `before`: what has to be done, under the lock, before anything is written or the history is judged.
    """

    def __init__(
        self,
        folder: Path,
        author: Author,
        revision: Callable[[str], int],
        clock: Callable[[], datetime] = now,
        *,
        timeout: float = TIMEOUT,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self.author = Author(clean(author.name), clean(author.account), author.read_only)
        self.notes: list[str] = []
        """Sentences for the person about the last call: durability, network folder, damaged history."""
        self._revision = revision
        self._clock = clock
        self._timeout = timeout
        self._before = before
        self._history = folder / HISTORY

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock, with everything a dead writer left behind tidied up."""
        if self.author.read_only:
            raise WorkspaceError(READ_ONLY)
        try:
            make_folder(self.folder)
            if _is_shared(self.folder.parent):
                share_folders(self.folder.parent, (self.folder.parent, self.folder))
            if note := network_note(self.folder):
                self.notes.append(note)
            with locked(self.folder / ".lock", self.author.name, timeout=self._timeout):
                sweep(self.folder)
                self._before()
                self._repair()
                yield
        except OSError as error:  # of reading or tidying: `write` speaks for itself
            raise nothing_saved(self.folder, error) from error

    def batch(self, kind: str, why: str, late: Collection[object] = (), of: str = "") -> Batch:
        """What is about to be saved together."""
        at = self._clock()
        return Batch(kind, why, late, at if at.tzinfo else at.astimezone(), uuid4().hex[:16], of)

    def write(self, contents: Mapping[str, bytes], changes: Sequence[Change], path: Callable[[str], Path]) -> None:
        """History first, then the files: see the top of this module."""
        saved: list[str] = []
        try:
            self.record(changes)
            for file, data in contents.items():
                self.note_doubt(partial(write_atomic, follow=False), path(file), data)
                saved.append(file)
        except (OSError, WorkspaceError) as error:
            self.void(change for change in changes if change.period not in saved)
            if isinstance(error, WorkspaceError):  # a link that was planted in this very moment
                raise
            if not saved:
                raise nothing_saved(self.folder, error) from error
            done = say("only {names} was saved", names=listed(saved))
            raise WorkspaceError(
                say("{folder}: {why}; {done}", folder=self.folder, why=error.strerror or error, done=done)
            ) from error

    def record(self, changes: Sequence[Change]) -> None:
        """Write and sync lines of the history. OSError when they may not be there."""
        self.note_doubt(append, self._history, changes)

    def void(self, changes: Iterable[Change]) -> None:
        """Take back lines whose file was not replaced."""
        failed = {Void(change.batch, change.period) for change in changes}
        with contextlib.suppress(OSError, DurabilityUnknown):  # else the next writer will do it
            append(self._history, failed)

    def note_doubt(self, write: Callable[..., None], *arguments: object) -> None:
        """Run `write`; a file that is in place without the disk's word for it is a note, not a failure."""
        try:
            write(*arguments)
        except DurabilityUnknown as doubt:
            self.notes.append(str(doubt))

    def expect_writable(self, *more: Path) -> None:
        """WorkspaceError where nothing can be changed here, or in `more`: said at the edit, not at the save."""
        there = self.folder if os.access(self.folder, os.F_OK) else self.folder.parent
        if why := READ_ONLY if self.author.read_only else unwritable((there, self._history, *more)):
            raise WorkspaceError(why)

    # --- history against files --------------------------------------------------------------
    def log(self) -> Sequence[Change]:
        """Every change that reached its file, in the order written."""
        log = read_log(self._history, self._revisions(read_tail(self._history)))
        self.notes += log.notes
        return log.changes

    def _repair(self) -> None:
        """Void the last batch where its file never followed."""
        tail = read_tail(self._history)
        if lost := unlanded(tail, self._revisions(tail)):
            self.note_doubt(append, self._history, lost)

    def _revisions(self, changes: Sequence[Change]) -> dict[str, int]:
        """The revision each file has reached; without the files that cannot be read."""
        revisions = {}
        for file in dict.fromkeys(change.period for change in changes):
            # a name of another calendar is no period here; a file that cannot be read is reported by
            with contextlib.suppress(WorkspaceError, UsageError):  # whoever asks for what stands in that file
                revisions[file] = self._revision(file)
        return revisions


def _is_shared(root: Path) -> bool:
    """Whether workspace.toml says `shared = "group"`."""
    said = read_toml(root / FILE, FILE)
    return not isinstance(said, Issue) and said.data.get("shared") == "group"


def _both(own: str, common: str) -> str:
    """Why this cell, and why all of them: an edit that brings its own word still keeps the reason of a late save."""
    return own if not common or common in own else f"{common} ({own})" if own else common


def nothing_saved(folder: Path, error: OSError) -> WorkspaceError:
    """The sentence about a save that was not begun."""
    if sentence := unwritable((folder.parent, folder, folder / HISTORY)):
        return WorkspaceError(sentence)
    with contextlib.suppress(OSError):
        if isinstance(error, PermissionError) and folder.stat().st_mode & stat.S_ISVTX:
            why = say("{folder} is sticky: only who wrote a file may replace it there", folder=folder)
            return WorkspaceError(say("{why}; take that away (chmod -t), nothing was saved", why=why))
    return WorkspaceError(say("{folder}: {why}; nothing was saved", folder=folder, why=error.strerror or error))


def clean(text: str) -> str:
    """Without halves of characters that a terminal may deliver and UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
