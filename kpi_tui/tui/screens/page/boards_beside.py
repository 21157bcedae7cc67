"""The boards of other workspaces below one's own, by their folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.widgets.prompt import Prompt, Question

if TYPE_CHECKING:
    from kpi_tui.book import Book


class ShowsBoard(Protocol):
    """The screen, as far as this knows it."""

    at: str

    @property
    def open_book(self) -> Book:
        """The book, which is open."""

    @property
    def prompt(self) -> Prompt:
        """Where something is asked."""

    def refresh_view(self) -> None:
        """Ask for the page anew."""


class BoardsBeside:
    """Runs `J`: asks for folders, and keeps them for this workspace. `shown`: those of the page in view."""

    def __init__(self, screen: ShowsBoard) -> None:
        self._screen = screen
        self.shown: tuple[Path, ...] = ()

    def of(self, page: str) -> tuple[Path, ...]:
        """The folders whose boards stand on a page."""
        return self._screen.open_book.board.others if page == BOARD else ()

    def why_not(self, command: str) -> str:
        """Only below a board."""
        wrong = command == "page.beside" and self._screen.at != BOARD
        return _("Boards stand beside a board: gb shows yours.") if wrong else ""

    def action_beside(self) -> None:
        """Ask for the folders."""
        board = self._screen.open_book.board

        def taken(text: str) -> str:
            try:
                board.lay_beside(text)
            except KpiError as error:
                return told(str(error))
            self._screen.refresh_view()
            return ""

        asked = _("Folders of other workspaces, with commas between (empty: none)")
        self._screen.prompt.ask(Question(asked, taken, ", ".join(map(str, board.others))))
