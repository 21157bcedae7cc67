"""The Pages screen's question to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.page import PageAnswer
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """Every section of a page in a period; `assumed`: what if, by the kind of projection.

    `beside`: the workspaces whose boards stand below.
    """

    page: str
    period: Period
    assumed: tuple[tuple[str, Assumed], ...] = ()
    beside: tuple[Path, ...] = ()

    def ask(self, book: Book, progress: Progress, /) -> PageAnswer:
        """The page; UsageError when there is none of that name."""
        if self.assumed:
            return book.pages.of(self.page, self.period, progress=progress, assumed=dict(self.assumed))
        found = book.pages.of(self.page, self.period, progress=progress)
        if self.beside:
            from kpi_tui.book.person.other_boards import other_boards

            return replace(found, beside=other_boards(book, self.period, progress))
        return found
