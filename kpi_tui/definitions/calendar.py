"""Grains; calendars: on which day a week begins, in which month a year, of what months are, how all are numbered."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from kpi_tui.definitions.message import say

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
MONTHLY = "months"
PATTERNS = {"4-4-5": (4, 4, 5), "4-5-4": (4, 5, 4), "5-4-4": (5, 4, 4)}
"""Weeks of the three months of every quarter, where months are of whole weeks."""
KINDS = (MONTHLY, *PATTERNS)
NEAREST, LAST = "nearest", "last"
YEAR_ENDS = (NEAREST, LAST)
"""A year of weeks ends on the last day of the week nearest to the end of its last month, or on the last one in it."""
_WEEK = timedelta(days=7)


class Grain(StrEnum):
    """Length of a period. SPAN is any other run of days, written START/END, both included.

    YTD and the last days up to one (written `ytd-2026-10-31`, `28d-2026-10-31`) are looked at; targets have none.
    """

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"
    YTD = "ytd"
    LAST_7 = "7d"
    LAST_28 = "28d"

    @property
    def word(self) -> str:
        """What people call it."""
        return _WORDS[self]

    @property
    def is_span(self) -> bool:
        """Whether it is a run of days between others: none of GRAINS."""
        return self not in GRAINS


_WORDS = {
    Grain.DAY: say("day"),
    Grain.WEEK: say("week"),
    Grain.MONTH: say("month"),
    Grain.QUARTER: say("quarter"),
    Grain.YEAR: say("year"),
    Grain.SPAN: say("span"),
    Grain.YTD: say("year to date"),
    Grain.LAST_7: say("last 7 days"),
    Grain.LAST_28: say("last 28 days"),
}

GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
TO_DAY = (Grain.YTD, Grain.LAST_7, Grain.LAST_28)
"""Days up to one, that one included."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days make weeks and years; unless told otherwise as ISO 8601 does, with calendar years.

    A week belongs to the calendar year that holds most of its days, whichever day it begins on; the first such week
    is number 1. From Monday that is ISO 8601, from Sunday the MMWR week of the CDC.

    A calendar of weeks (4-4-5, 4-5-4 as the NRF's, 5-4-4) has months of four or five whole weeks, P01 … P12; its weeks
    are numbered in its own years, of 52 weeks or 53, and the month `week_53` is one week longer in the long ones.
    """

    week_start: str = WEEKDAYS[0]
    fiscal_year: str = MONTHS[0]  # the month its years begin in
    fiscal_year_name: str = END
    kind: str = MONTHLY
    year_end: str = NEAREST
    week_53: int = 12  # the month (1 … 12) of a year of weeks that takes week 53

    @property
    def in_weeks(self) -> bool:
        """Whether its months are of whole weeks."""
        return self.kind != MONTHLY

    @property
    def is_fiscal(self) -> bool:
        """Whether its years are not those of the calendar: they are written FY2026."""
        return self.in_weeks or self.fiscal_year != MONTHS[0]

    # --- weeks --------------------------------------------------------------------------------
    def week_around(self, day: date) -> date:
        """The first day of the week that holds a day."""
        return day - timedelta(days=(day.weekday() - WEEKDAYS.index(self.week_start)) % 7)

    def week_number(self, first: date) -> tuple[int, int]:
        """Year and number of the week that begins on a day: those of its fourth day, or of the year of weeks."""
        if self.in_weeks:
            year = self.year_around(first)
            return self.year_number(year), (first - year) // _WEEK + 1
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
        if self.in_weeks:
            return self.year_called(year)
        return self.week_around(date(year, 1, 4))  # in the week that has four days of the year or more

    # --- years --------------------------------------------------------------------------------
    def year_around(self, day: date) -> date:
        """The first day of the year that holds a day."""
        if not self.in_weeks:
            return self._nominal(day)
        late = self._nominal(day + _WEEK)  # a year of weeks begins at most six days early and three days late
        first = self._begins(late)
        return first if first <= day else self._begins(late.replace(year=late.year - 1))

    def year_number(self, first: date) -> int:
        """The number of the year that begins on a day."""
        nominal = self._nominal(first + _WEEK) if self.in_weeks else first
        return nominal.year + self._late

    def year_called(self, number: int) -> date:
        """The first day of the year of that number."""
        nominal = date(number - self._late, MONTHS.index(self.fiscal_year) + 1, 1)
        return self._begins(nominal) if self.in_weeks else nominal

    @property
    def _late(self) -> int:
        """By how much the number of a year is ahead of the calendar year in which it begins."""
        return 1 if self.fiscal_year != MONTHS[0] and self.fiscal_year_name == END else 0

    def _nominal(self, day: date) -> date:
        """The first day of the month in which years begin, at or before a day."""
        month = MONTHS.index(self.fiscal_year) + 1
        return date(day.year if day.month >= month else day.year - 1, month, 1)

    def _begins(self, nominal: date) -> date:
        """Where the year of weeks begins that is nearest to a first of its month (`last`: at or before it)."""
        return self.week_around(nominal + timedelta(days=3) if self.year_end == NEAREST else nominal)

    # --- months -------------------------------------------------------------------------------
    def months_of(self, number: int) -> tuple[date, ...]:
        """The first days of the twelve months of a year, and of the year after it."""
        return _months_of(self, number)

    def month_at(self, day: date) -> tuple[int, int]:
        """The number of the year of a day, and the place of its month in it: 0 … 11."""
        number = self.year_number(self.year_around(day))
        return number, bisect_right(self.months_of(number), day) - 1

    def month_year(self, number: int, month: int) -> int:
        """The calendar year of the month of that number (1 … 12) in the year of that number."""
        return number - self._late + (month - 1 < MONTHS.index(self.fiscal_year))

    def month_called(self, year: int, month: int) -> date:
        """The first day of the month that is called as a calendar month: of February in a year of weeks that begins
        near the first of February, P01."""
        place = (month - 1 - MONTHS.index(self.fiscal_year)) % 12
        number = year + self._late - (month - 1 < MONTHS.index(self.fiscal_year))
        return self.months_of(number)[place]

    def year_id(self, first: date) -> str:
        """How the year that begins on a day is written: 2026, or FY2026 where it is no calendar year."""
        return f"FY{self.year_number(first)}" if self.is_fiscal else f"{self.year_number(first)}"


@lru_cache(maxsize=1024)
def _months_of(calendar: Calendar, number: int) -> tuple[date, ...]:
    first, after = calendar.year_called(number), calendar.year_called(number + 1)
    if not calendar.in_weeks:
        months = (first.month - 1 + place for place in range(12))
        return (*(date(first.year + month // 12, month % 12 + 1, 1) for month in months), after)
    weeks = list(PATTERNS[calendar.kind] * 4)
    weeks[calendar.week_53 - 1] += (after - first) // _WEEK - 52
    return tuple(first + sum(weeks[:place]) * _WEEK for place in range(13))


ISO = Calendar()
"""Weeks of ISO 8601, calendar years."""

_FORMS = say("2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-15 or 2026-10-01/2026-10-15")
_FISCAL_FORMS = say("FY2026, FY2026-Q4, 2026-10, 2026-W43, 2026-10-15 or 2026-10-01/2026-10-15")
_WEEK_FORMS = say("FY2026, FY2026-Q4, FY2026-P09, FY2026-W39, 2026-10-15 or 2026-10-01/2026-10-15")


def no_period(text: str, calendar: Calendar) -> str:
    """The forms a period has in that calendar."""
    forms = _WEEK_FORMS if calendar.in_weeks else _FISCAL_FORMS if calendar.is_fiscal else _FORMS
    return say("{text!r} is not a period; write {forms}", text=text, forms=forms)


def ambiguous(text: str, meant: str, first: date, last: date) -> str:
    """A period of the calendar year, where years, or months too, are others."""
    return say(
        "{text!r} could be of a calendar year, and the years here are others; "
        "write {id} for {first} to {last}, or the days you mean",
        text=text,
        id=meant,
        first=first,
        last=last,
    )
