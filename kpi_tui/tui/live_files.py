"""Files that change while the app is open: noticed by their stamps, read when nobody is typing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual.timer import Timer

from kpi_tui.book.files.changed_files import ChangedFiles
from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.command_runner import CommandRunner
from kpi_tui.tui.computing.computer import Computer
from kpi_tui.tui.computing.jobs import Job, Work
from kpi_tui.tui.first_view import Start, start
from kpi_tui.tui.host import Host

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

NAMED = 2
"""So many changed files are named, the others counted."""


class LiveHost(Host, Protocol):
    """The app, as far as live files know it."""

    commands: CommandRunner

    def put(self, began: Start) -> None:
        """Another book in place of the one that is open."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Any:
        """Call from time to time."""


class LiveFiles:
    """Looks from time to time; definitions are read at once, data when the person says so or wants it by itself.

    A look is a job like any other: it waits behind what is being computed and never asks a Book two things at once.
    """

    def __init__(self, app: LiveHost) -> None:
        self._app = app
        self._told = ChangedFiles()  # what was said, or failed, already
        self._timer: Timer | None = None

    def start(self) -> None:
        """Look every `options.watch` seconds from now on; 0: never."""
        if self._timer is not None:
            self._timer.stop()
        if self._app.options.watch > 0:
            self._timer = self._app.set_interval(self._app.options.watch, self.look)

    def look(self) -> None:
        """Compare the files with those that were read."""
        if self._app.book is not None and not self._app.jobs.busy:
            self._submit("files", partial(_changed, self._app.book), self._seen)

    def read_again(self) -> None:
        """Read what changed, whatever it is, and compute anew."""
        if self._app.book is not None:
            self._submit("reopen", partial(_reopened, self._app.book, self._app.computer), self._reopened)

    def _seen(self, changed: ChangedFiles) -> None:
        if changed == self._told or self._app.commands.typing:
            return
        cells = bool(changed.cells)
        self._told = changed
        if changed.definitions or (changed.data and self._app.options.reload_data):
            self.read_again()
        elif changed.data:
            names, count = _names(changed.data), len(changed.data)
            say = n_("{files} changed; F5 reads it.", "{files} changed; F5 reads them.", count, files=names)
            self._app.say(say, "warning")
        if cells:
            self._app.edited()

    def _reopened(self, began: Start | None) -> None:
        """The new book in place of the old one; a cell that was opened meanwhile is not disturbed."""
        read, self._told = (*self._told.definitions, *self._told.data), ChangedFiles()
        main = self._app.commands.main
        if main is None or self._app.commands.typing:
            return  # the next look finds the change again
        if began is None:
            main.compute_again()
            return
        self._app.put(began)
        if read:
            say = n_("{files} was read again.", "{files} were read again.", len(read), files=_names(read))
            self._app.say(say, "done")

    def _failed(self, error: BaseException) -> None:
        """The former definitions stay in force."""
        if isinstance(error, WorkspaceError):
            self._app.say(_("The former definitions stay: {problem}", problem=error), "error")
        else:
            self._app.say_error(error)

    def _submit(self, key: str, work: Work, done: Callable[[Any], None]) -> None:
        self._app.jobs.submit(Job(key, self._app, work, done, self._failed))


def _changed(book: Book, _progress: Progress) -> ChangedFiles:
    return book.files.changed()


def _reopened(book: Book, computer: Computer, progress: Progress) -> Start | None:
    """A book of the files as they are now; None where none has changed."""
    return start(book.reopened, computer, progress) if book.files.changed() else None


def _names(files: tuple[str, ...]) -> str:
    named, more = listed(files[:NAMED]), len(files) - NAMED
    return n_("{files} and {count} more", "{files} and {count} more", more, files=named) if more > 0 else named
