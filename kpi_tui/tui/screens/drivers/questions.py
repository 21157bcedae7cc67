"""The Drivers screen's question to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class DriversQuestion:
    """What moved a metric or tree since the period before, by one of METHODS; `expand`: also the metrics inside."""

    subject: str
    period: Period
    method: str
    expand: bool

    def ask(self, book: Book, progress: Progress, /) -> Drivers:
        """Take the change apart."""
        return book.drivers.of(self.subject, self.period, method=self.method, expand=self.expand, progress=progress)
