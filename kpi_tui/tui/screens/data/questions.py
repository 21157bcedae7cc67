"""The Data screen's question to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import TableError
from kpi_tui.views.data.tables import TablesFound

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class TablesQuestion:
    """What the data hold."""

    def ask(self, book: Book, progress: Progress, /) -> TablesFound:
        """Profiles, what cannot be read, and what is missing."""
        book.data.load(progress)
        try:
            as_of = book.as_of()
        except TableError:
            as_of = None
        coverage = book.data.coverage()
        unlocks = {u.missing.table: u.metrics for u in coverage.unlocks if not u.missing.column}
        lost = {id_: str(error) for id_, error in book.data.unreadable().items()}
        return TablesFound(book.data.profiles(), lost, as_of, coverage, unlocks)
