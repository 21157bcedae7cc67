"""Periods: day, week, month, quarter, year, or any span of days (R004, ISO 8601), in a calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.message import say


class Grain(StrEnum):
    """Length of a period. SPAN is any other run of days, written START/END, both included."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"

    @property
    def word(self) -> str:
        """What people call it."""
        return _WORDS[self]


_WORDS = {
    Grain.DAY: say("day"),
    Grain.WEEK: say("week"),
    Grain.MONTH: say("month"),
    Grain.QUARTER: say("quarter"),
    Grain.YEAR: say("year"),
    Grain.SPAN: say("span"),
}

GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
_FORMS = say("2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-15 or 2026-10-01/2026-10-15")
_FISCAL_FORMS = say("FY2026, FY2026-Q4, 2026-10, 2026-W43, 2026-10-15 or 2026-10-01/2026-10-15")

_MIN_YEAR, _MAX_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to, not including, `end`.

    The calendar says how it is called and what comes before and after; two periods of the same days are equal.
    """

    start: date
    end: date
    grain: Grain
    calendar: Calendar = field(default=ISO, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str, calendar: Calendar = ISO) -> Period:
        """Read a period of a calendar; ValueError names the accepted forms."""
        text = text.strip()
        try:
            return _read(text, calendar)
        except (ValueError, OverflowError):
            pass
        if calendar.is_fiscal and _CALENDAR_YEAR.fullmatch(text):
            raise ValueError(_which_year(_read(f"FY{text}", calendar), text))
        forms = _FISCAL_FORMS if calendar.is_fiscal else _FORMS
        raise ValueError(say("{text!r} is not a period; write {forms}", text=text, forms=forms))

    @classmethod
    def containing(cls, day: date, grain: Grain, calendar: Calendar = ISO) -> Period:
        """The period of `grain` that holds `day`."""
        if grain is Grain.DAY:
            return cls(day, day + timedelta(days=1), grain, calendar)
        if grain is Grain.WEEK:
            start = calendar.week_around(day)
            return cls(start, start + timedelta(days=7), grain, calendar)
        if grain is Grain.SPAN:
            raise ValueError(say("a span has no period of its own around a day"))
        months = _LENGTHS[grain]
        first = calendar.year_around(day)
        done = (day.year - first.year) * 12 + day.month - first.month
        start = _month_start(first, done // months * months)
        return cls(start, _month_start(start, months), grain, calendar)

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days

    def days_until(self, day: date) -> int:
        """Its days up to `day`, that one included: 0 … `days`."""
        return min(max((day - self.start).days + 1, 0), self.days)

    @property
    def id(self) -> str:
        """ISO 8601 text, years that are no calendar years as FY2026; `Period.parse(p.id, p.calendar) == p`."""
        start = self.start
        if self.grain is Grain.DAY:
            return start.isoformat()
        if self.grain is Grain.WEEK:
            year, week = self.calendar.week_number(start)
            return f"{year}-W{week:02d}"
        if self.grain is Grain.MONTH:
            return f"{start:%Y-%m}"
        if self.grain is Grain.QUARTER:
            return f"{self.calendar.year_id(self.calendar.year_around(start))}-Q{self.calendar.quarter_of(start)}"
        if self.grain is Grain.YEAR:
            return self.calendar.year_id(start)
        return self.days_said

    def __str__(self) -> str:
        return self.id

    @property
    def days_said(self) -> str:
        """First and last day, as ISO 8601 writes an interval."""
        return f"{self.start.isoformat()}/{self.last_day.isoformat()}"

    @property
    def is_plain(self) -> bool:
        """Whether its id means these days to everybody: a week of ISO 8601, a calendar year, anything shorter."""
        if self.grain is Grain.WEEK:
            return self.calendar.week_start == ISO.week_start
        return not self.calendar.is_fiscal or self.grain not in (Grain.QUARTER, Grain.YEAR)

    def previous(self, count: int = 1) -> Period:
        """The period `count` places before; a span moves back by its own length."""
        return self.shift(-count)

    def next(self, count: int = 1) -> Period:
        """The period `count` places after."""
        return self.shift(count)

    def shift(self, count: int) -> Period:
        """The period `count` places later (negative: earlier)."""
        if self.grain in _LENGTHS:
            return self.around(_month_start(self.start, _LENGTHS[self.grain] * count), self.grain)
        step = timedelta(days=self.days * count)
        return Period(self.start + step, self.end + step, self.grain, self.calendar)

    def around(self, day: date, grain: Grain) -> Period:
        """The period of `grain` that holds `day`, in the calendar of this one."""
        return Period.containing(day, grain, self.calendar)

    def called_in(self, calendar: Calendar) -> Period:
        """The same days in another calendar; where they are none of its periods, the one around the first day."""
        if self.calendar == calendar:
            return self
        if self.grain is Grain.SPAN:
            return Period(self.start, self.end, Grain.SPAN, calendar)
        return Period.containing(self.start, self.grain, calendar)

    def span(self, start: date, end: date) -> Period:
        """The days from `start` up to, not including, `end`, in the calendar of this one."""
        return Period(start, end, Grain.SPAN, self.calendar)

    def a_year_earlier(self) -> Period:
        """The same bucket one year earlier: W43 of last year, October of last year, …"""
        if self.grain is Grain.WEEK:
            year, week = self.calendar.week_number(self.start)
            return self.around(
                self.calendar.week_called(year - 1, min(week, self.calendar.weeks_in(year - 1))), Grain.WEEK
            )
        if self.grain in (Grain.DAY, Grain.SPAN):
            start = _same_day_last_year(self.start)
            return Period(start, start + timedelta(days=self.days), self.grain, self.calendar)
        return self.around(self.start.replace(year=self.start.year - 1), self.grain)

    def split(self, grain: Grain) -> Iterator[Period]:
        """The periods of a shorter `grain` inside this one; a week belongs where its first day lies."""
        part = self.around(self.start, grain)
        if part.start < self.start:
            part = part.next()
        while part.start < self.end:
            yield part
            part = part.next()

    def holds(self, grain: Grain) -> bool:
        """True when this period is not shorter than `grain` (R004)."""
        if self.grain is Grain.SPAN:
            return any(part.end <= self.end for part in self.split(grain))
        return GRAINS.index(self.grain) >= GRAINS.index(grain)


_LENGTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_CALENDAR_YEAR = re.compile(r"(?:19|20|21)\d{2}(?:-?Q[1-4])?", re.IGNORECASE)
_FORM = re.compile(
    r"(?P<fy>FY)?(?P<year>\d{4})(?:-?Q(?P<quarter>[1-4])|-?W(?P<week>\d{2})|-(?P<month>\d{2})(?P<day>-\d{2})?)?",
    re.IGNORECASE,
)


def _read(text: str, calendar: Calendar) -> Period:
    """The period that a text writes; ValueError when it writes none."""
    if "/" in text:
        first, last = (date.fromisoformat(part) for part in text.split("/", 1))
        if last < first or not _MIN_YEAR <= first.year <= _MAX_YEAR:
            raise ValueError(text)
        return Period(first, last + timedelta(days=1), Grain.SPAN, calendar)
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, of_year = int(found["year"]), not (found["week"] or found["month"])
    if not _MIN_YEAR <= year <= _MAX_YEAR or bool(found["fy"]) != (calendar.is_fiscal and of_year):
        raise ValueError(text)
    if found["week"]:
        return Period.containing(calendar.week_called(year, int(found["week"])), Grain.WEEK, calendar)
    if found["day"]:
        return Period.containing(date.fromisoformat(text), Grain.DAY, calendar)
    if found["month"]:
        return Period.containing(date(year, int(found["month"]), 1), Grain.MONTH, calendar)
    first = calendar.year_called(year)
    if found["quarter"]:
        return Period.containing(_month_start(first, (int(found["quarter"]) - 1) * 3), Grain.QUARTER, calendar)
    return Period.containing(first, Grain.YEAR, calendar)


def _which_year(meant: Period, text: str) -> str:
    return say(
        "{text!r} could be of a calendar year, and years do not begin in January here; "
        "write {id} for {first} to {last}, or the days you mean",
        text=text,
        id=meant.id,
        first=meant.start,
        last=meant.last_day,
    )


def _month_start(day: date, months: int) -> date:
    """The first day of the month `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _same_day_last_year(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
