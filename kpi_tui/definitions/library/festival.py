"""Festivals: days of a year that move sales, and how many days around them belong to them (festivals.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.text import Text

WEEKDAY = "weekday"
"""No festival: every day beside the same weekday of last year."""
YEAR_OF_WEEKS = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival: the same `month` and `day` every year, or one of the listed `days` a year.

    It lasts from `first` to `last`, counted in days from that day: -10 and 1 are ten days before and one after.
    """

    id: str
    name: Text
    fixed: tuple[int, int] | None = None  # month and day
    days: tuple[date, ...] = ()
    first: int = 0
    last: int = 0
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)
    short: Text = Text()  # below a chart; else its name

    def day_in(self, year: int) -> date | None:
        """Its day in a calendar year; None where the list does not say."""
        if self.fixed is not None:
            return date(year, *self.fixed)
        return next((day for day in self.days if day.year == year), None)

    def span_in(self, year: int, calendar: Calendar = ISO) -> Period | None:
        """All its days around that of a calendar year; None where that is not known."""
        day = self.day_in(year)
        if day is None:
            return None
        return Period(day + timedelta(days=self.first), day + timedelta(days=self.last + 1), Grain.SPAN, calendar)

    def latest(self, until: date) -> int | None:
        """The year of the last one that has begun by a day; None where none has."""
        years = range(until.year + 1, until.year - 2, -1)
        return next((year for year in years if (span := self.span_in(year)) and span.start <= until), None)
