"""The boards of other workspaces, below one's own: what the same person pinned there, in the same period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.answers.page import PageAnswer, SectionAnswer
from kpi_tui.definitions.issue import KpiError, UsageError
from kpi_tui.definitions.library.analysis_parts import ComparePart
from kpi_tui.definitions.library.page import Page, Section
from kpi_tui.definitions.message import say
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.definitions.text import Text

if TYPE_CHECKING:
    from kpi_tui.book.person.board import Board
    from kpi_tui.definitions.period import Grain, Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace


class AnswersPages(Protocol):
    """The pages of a book."""

    def find(self, page: str, /) -> Page:
        """The page; UsageError where there is none."""

    def of(self, page: str, period: Period, /, *, progress: Progress | None = None) -> PageAnswer:
        """Every section of it."""


class OpenBook(Protocol):
    """A book, as far as a board is asked of it."""

    workspace: Workspace

    @property
    def board(self) -> Board:
        """What is pinned there."""

    @property
    def pages(self) -> AnswersPages:
        """Its pages."""

    def period(self, text: str, grain: Grain = ..., /) -> Period:
        """A period written out, or `current`."""

    def beside(self, folder: Path, /) -> OpenBook:
        """The workspace of another folder."""

    def close(self) -> None:
        """Be done with it."""


OtherBoard = tuple[PageAnswer, "Workspace"]


def other_board(
    book: OpenBook, folder: Path, when: Callable[[OpenBook], Period], progress: Progress | None = None
) -> OtherBoard:
    """The board of a folder; `when` says of which period there.

    UsageError where its amounts are in another currency (they would stand under the sign of the first) and where
    nothing is pinned; WorkspaceError where there is none.
    """
    first, other = book.workspace, book.beside(folder)
    try:
        space = other.workspace
        if space.currency != first.currency:
            raise UsageError(
                say(
                    "{folder}: its amounts are in {other}, those of the first workspace in {currency}; ask it alone",
                    folder=folder,
                    other=space.currency,
                    currency=first.currency,
                )
            )
        try:
            other.pages.find(BOARD)  # nothing pinned is said before a period is looked up
            return other.pages.of(BOARD, when(other), progress=progress), space
        except UsageError as error:
            raise UsageError(say("{folder}: {problem}", folder=folder, problem=str(error))) from None
    finally:
        other.close()


def other_boards(book: OpenBook, period: Period, progress: Progress | None = None) -> tuple[OtherBoard, ...]:
    """Of every folder of the setting; in the place of one that cannot be shown, why."""
    return tuple(_or_why(book, folder, period, progress) for folder in book.board.others)


def _or_why(book: OpenBook, folder: Path, period: Period, progress: Progress | None) -> OtherBoard:
    try:
        return other_board(book, folder, lambda other: other.period(period.id), progress)
    except KpiError as error:
        section = Section("why", "compare", Text(), ComparePart(()))
        page = Page(BOARD, Text(), (section,), Text())
        named = replace(book.workspace, name=Text(folder.name))
        return PageAnswer(page, period, (SectionAnswer(section, None, str(error)),)), named
