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
    """What moved a metric or tree since the period before, by one of METHODS; `expand`: also the metrics inside."""

    subject: str
    period: Period
    method: str
    expand: bool

    def ask(self, book: Book, progress: Progress, /) -> Drivers:
        """Take the change apart."""
        return book.drivers.of(self.subject, self.period, method=self.method, expand=self.expand, progress=progress)


@dataclass(frozen=True, slots=True)
class SegmentsQuestion:
    """Which segments moved a metric since the period before, inside those gone into."""

    metric: str
    period: Period
    way: WayIn

    def ask(self, book: Book, progress: Progress, /) -> SegmentDrivers:
        """Take the change apart by a column."""
        return book.segments.of(self.metric, self.period, by=self.way.by, path=self.way.path, progress=progress)
