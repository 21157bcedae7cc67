"""Calendars: on which day a week begins, in which month a year, and how weeks and years are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
END, START = "end", "start"
YEAR_NAMES = (END, START)
"""A year that begins inside a calendar year is called by the one in which it ends, or in which it starts."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days make weeks and years; unless told otherwise as ISO 8601 does, with calendar years.

    A week belongs to the calendar year that holds most of its days, whichever day it begins on; the first such week
    is number 1. From Monday that is ISO 8601, from Sunday the MMWR week of the CDC.
    """

    week_start: str = WEEKDAYS[0]
    fiscal_year: str = MONTHS[0]  # the month its years begin in
    fiscal_year_name: str = END

    @property
    def is_fiscal(self) -> bool:
        """Whether its years are not those of the calendar: they are written FY2026."""
        return self.fiscal_year != MONTHS[0]

    @property
    def is_iso(self) -> bool:
        """Whether its weeks are those of ISO 8601, and its years calendar years."""
        return self.week_start == WEEKDAYS[0] and not self.is_fiscal

    # --- weeks --------------------------------------------------------------------------------
    def week_around(self, day: date) -> date:
        """The first day of the week that holds a day."""
        return day - timedelta(days=(day.weekday() - WEEKDAYS.index(self.week_start)) % 7)

    def week_number(self, first: date) -> tuple[int, int]:
        """Year and number of the week that begins on a day: those of its fourth day."""
        middle = first + timedelta(days=3)
        return middle.year, (middle.timetuple().tm_yday - 1) // 7 + 1

    def week_called(self, year: int, number: int) -> date:
        """The first day of a week of a year. ValueError when the year has none of that number."""
        first = self._first_week(year) + (number - 1) * _WEEK
        if self.week_number(first) != (year, number):
            raise ValueError(f"{year}-W{number:02d}")
        return first

    def weeks_in(self, year: int) -> int:
        """How many weeks a year has: 52 or 53."""
        return (self._first_week(year + 1) - self._first_week(year)) // _WEEK

    def _first_week(self, year: int) -> date:
        return self.week_around(date(year, 1, 4))  # in the week that has four days of the year or more

    # --- years --------------------------------------------------------------------------------
    def year_around(self, day: date) -> date:
        """The first day of the year that holds a day."""
        month = MONTHS.index(self.fiscal_year) + 1
        return date(day.year if day.month >= month else day.year - 1, month, 1)

    def year_number(self, first: date) -> int:
        """The number of the year that begins on a day."""
        return first.year + (1 if self.is_fiscal and self.fiscal_year_name == END else 0)

    def year_called(self, number: int) -> date:
        """The first day of the year of that number."""
        late = 1 if self.is_fiscal and self.fiscal_year_name == END else 0
        return date(number - late, MONTHS.index(self.fiscal_year) + 1, 1)

    def year_id(self, first: date) -> str:
        """How the year that begins on a day is written: 2026, or FY2026 where it is no calendar year."""
        return f"FY{self.year_number(first)}" if self.is_fiscal else f"{self.year_number(first)}"

    def quarter_of(self, first: date) -> int:
        """Which quarter of its year begins on a day: 1 … 4."""
        return (first.month - 1 - MONTHS.index(self.fiscal_year)) % 12 // 3 + 1


ISO = Calendar()
"""Weeks of ISO 8601, calendar years."""
