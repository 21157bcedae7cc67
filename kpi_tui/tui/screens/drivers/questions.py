"""The Drivers screen's questions to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.segments import SegmentDrivers
from kpi_tui.definitions.period import Period
from kpi_tui.tui.screens.drivers.way_in import WayIn

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class DriversQuestion:
    """What moved a metric or tree since the period before, by one of METHODS; `expand`: also the metrics inside.

    `within`: the value of a role whose rows alone are meant.
    """

    subject: str
    period: Period
    method: str
    expand: bool
    within: str = ""

    def ask(self, book: Book, progress: Progress, /) -> Drivers:
        """Take the change apart."""
        where = book.scores.rows_of(self.within, self.period) or None
        return book.drivers.of(
            self.subject, self.period, method=self.method, expand=self.expand, where=where, progress=progress
        )


@dataclass(frozen=True, slots=True)
class SegmentsQuestion:
    """Which segments moved a metric since the period before, inside those gone into; `within` as above."""

    metric: str
    period: Period
    way: WayIn
    within: str = ""

    def ask(self, book: Book, progress: Progress, /) -> SegmentDrivers:
        """Take the change apart by a column."""
        where = book.scores.rows_of(self.within, self.period)
        return book.segments.of(
            self.metric, self.period, by=self.way.by, where=where, path=self.way.path, progress=progress
        )
