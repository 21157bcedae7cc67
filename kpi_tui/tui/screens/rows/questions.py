"""The question of the rows screen to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.rows.counted_rows import CountedRows, RowsWish
from kpi_tui.definitions.answers.rows.refused_rows import RefusedRows
from kpi_tui.definitions.period import Period
from kpi_tui.tui.computing.questions import BookQuestion
from kpi_tui.tui.rows_wanted import RowsWanted

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class RefusedQuestion:
    """Which rows of a table's files did not arrive."""

    table: str
    wish: RowsWish

    def ask(self, book: Book, progress: Progress, /) -> RefusedRows:
        """A page of them."""
        return book.rows.refused(self.table, wish=self.wish, progress=progress)


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


def asked_rows(wanted: RowsWanted, measure: str, wish: RowsWish) -> BookQuestion[CountedRows | RefusedRows]:
    """Refused rows of a table, or those behind a number."""
    if wanted.table:
        return RefusedQuestion(wanted.table, wish)
    return RowsQuestion(wanted.metric, wanted.period, measure, wanted.where, wish)
