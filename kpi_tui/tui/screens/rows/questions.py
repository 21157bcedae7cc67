"""The question of the rows screen to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.rows.counted_rows import CountedRows, RowsWish
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class RowsQuestion:
    """Which rows a measure of a metric counted ("": its first one), of those that are `where`."""

    metric: str
    period: Period
    measure: str
    where: str
    wish: RowsWish

    def ask(self, book: Book, progress: Progress, /) -> CountedRows:
        """A page of them."""
        return book.rows.of(
            self.metric, self.period, self.measure, where=self.where or None, wish=self.wish, progress=progress
        )
