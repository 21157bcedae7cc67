"""The workspace is read beside the first picture; what it says is shown, and what a person may want next is offered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.tui.computing.jobs import Job
from kpi_tui.tui.first_view import Start, start
from kpi_tui.tui.host import Host
from kpi_tui.tui.live_files import LiveFiles
from kpi_tui.tui.own_choices import OwnChoices

if TYPE_CHECKING:
    from kpi_tui.book import Book


class OpeningHost(Host, Protocol):
    """The app, as far as opening knows it."""

    live: LiveFiles
    choices: OwnChoices
    error: BaseException | None

    @property
    def current_mode(self) -> str:
        """The main screen that is shown."""

    def open_at(self, root: Path) -> None:
        """Open the workspace of another folder."""

    def take(self, began: Start) -> bool:
        """A book to show from now on; whether it comes in place of another."""

    def switch_mode(self, mode: str) -> Any:
        """Show a main screen."""

    def exit(self, result: int) -> None:
        """End the app."""


class Opening:
    """Opens the workspace that was asked for, and later others."""

    def __init__(self, app: OpeningHost, open_book: Callable[[], Book]) -> None:
        self._app = app
        self._open_book = open_book

    async def begin(self) -> None:
        """Read the workspace; the scorecard stands there until then."""
        if self._app.current_mode == "start":
            await self._app.switch_mode("scorecard")
        work = partial(start, self._open_book, self._app.computer)
        self._app.jobs.submit(Job("open", self._app, work, self._opened, self._not_opened))

    def at(self, root: Path) -> None:
        """Open the workspace of another folder, as at a start."""
        self._open_book = partial(_book_at, root, self._app.computer.reads_rows)
        self._app.jobs.cancel()
        self._app.call_later(self.begin)

    def _opened(self, began: Start) -> None:
        app = self._app
        again = app.take(began)  # the wizard has written another workspace, or more for this one
        app.look(role=began.role, period=began.period, page=BOARD if began.screen == "page" else "")
        if began.settings is not None:
            app.choices.take_up(began.settings)
        if screen := began.screen or ("scorecard" if again else ""):
            app.call_later(app.action_go, screen)
        for problem in (*app.options.problems, *began.warnings):
            app.call_later(app.say, problem, "warning")  # on the screen that is then shown
        if began.drafts:
            app.call_later(self._offer_draft, began.drafts)
        elif began.as_of is None and not began.book.workspace.tables and not began.book.read_only:
            app.call_later(self._offer_files)
        app.live.start()

    def _not_opened(self, error: BaseException) -> None:
        self._app.error = error
        self._app.exit(ExitCode.PROBLEM)

    def _offer_files(self) -> None:
        from kpi_tui.tui.screens.wizard.ways_on import ask_how_to_begin

        ask_how_to_begin(self._app)

    def _offer_draft(self, count: int) -> None:
        from kpi_tui.tui.overlays.draft_question import ask_draft

        ask_draft(self._app, count)


def _book_at(root: Path, rows: bool) -> Book:
    from kpi_tui.book import Book

    return Book.open(root, rows=rows)
