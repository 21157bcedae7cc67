"""Periods: day, week, month, quarter, year, or any span of days (R004, ISO 8601), in a calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kpi_tui.definitions.calendar import GRAINS, ISO, TO_DAY, Calendar, Grain, ambiguous, no_period
from kpi_tui.definitions.message import say, says
from kpi_tui.definitions.written.period_forms import meant, named, span_named

__all__ = ["GRAINS", "TO_DAY", "Grain", "Period"]


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
            if "/" in text:
                first, last = span_named(text)
                return cls(first, last + timedelta(days=1), Grain.SPAN, calendar)
            return cls.containing(*named(text, calendar), calendar)
        except (ValueError, OverflowError):
            pass
        if calendar.is_fiscal and (other := meant(text, calendar)):
            there = cls.containing(*other, calendar)
            raise ValueError(ambiguous(text, there.id, there.start, there.last_day))
        raise ValueError(no_period(text, calendar))

    @classmethod
    def containing(cls, day: date, grain: Grain, calendar: Calendar = ISO) -> Period:
        """The period of `grain` that holds `day`."""
        if grain is Grain.DAY:
            return cls(day, day + timedelta(days=1), grain, calendar)
        if grain is Grain.WEEK:
            start = calendar.week_around(day)
            return cls(start, start + timedelta(days=7), grain, calendar)
        if grain in TO_DAY:
            first = calendar.year_around(day) if grain is Grain.YTD else day - timedelta(days=_ROLLING[grain] - 1)
            return cls(first, day + timedelta(days=1), grain, calendar)
        if grain is Grain.SPAN:
            raise ValueError(say("a span has no period of its own around a day"))
        number, place = calendar.month_at(day)
        return cls._of_months(number, place // _LENGTHS[grain], grain, calendar)

    @classmethod
    def _of_months(cls, number: int, place: int, grain: Grain, calendar: Calendar) -> Period:
        """The month, quarter or year at a place (0 …) of a year."""
        months = calendar.months_of(number)
        first = place * _LENGTHS[grain]
        return cls(months[first], months[first + _LENGTHS[grain]], grain, calendar)

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
        start, calendar = self.start, self.calendar
        if self.grain is Grain.SPAN:
            return self.days_said
        if self.grain in TO_DAY:
            return f"{self.grain}-{self.last_day.isoformat()}"
        if self.grain is Grain.DAY:
            return start.isoformat()
        if self.grain is Grain.WEEK:
            year, week = calendar.week_number(start)
            return f"{'FY' if calendar.in_weeks else ''}{year}-W{week:02d}"
        if self.grain is Grain.YEAR:
            return calendar.year_id(start)
        if self.grain is Grain.MONTH and not calendar.in_weeks:
            return f"{start:%Y-%m}"
        year_id, place = calendar.year_id(calendar.year_around(start)), calendar.month_at(start)[1]
        return f"{year_id}-P{place + 1:02d}" if self.grain is Grain.MONTH else f"{year_id}-Q{place // 3 + 1}"

    def __str__(self) -> str:
        return self.id

    @property
    def said(self) -> str:
        """How headings and sentences call it: `year to 2026-10-15`, `7 days to 2026-10-15`, any other by its id."""
        day = self.last_day.isoformat()
        if self.grain is Grain.YTD:
            return say("year to {day}", day=day)
        if self.grain not in TO_DAY:
            return self.id
        return says("{count} day to {day}", "{count} days to {day}", self.days, day=day)

    @property
    def axis(self) -> str:
        """How an axis calls it: what runs to a day by that day, any other by its id."""
        return self.last_day.isoformat() if self.grain in TO_DAY else self.id

    @property
    def days_said(self) -> str:
        """First and last day, as ISO 8601 writes an interval."""
        return f"{self.start.isoformat()}/{self.last_day.isoformat()}"

    @property
    def is_plain(self) -> bool:
        """Whether its id means these days to everybody: a week of ISO 8601, a calendar year, anything shorter."""
        if self.calendar.in_weeks or self.grain in TO_DAY:
            return self.grain in (Grain.DAY, Grain.SPAN)
        if self.grain is Grain.WEEK:
            return self.calendar.week_start == ISO.week_start
        return not self.calendar.is_fiscal or self.grain not in (Grain.QUARTER, Grain.YEAR)

    @property
    def month_number(self) -> int:
        """Which month of the year it begins in: 1 … 12, of the calendar or of a year of weeks."""
        return self.calendar.month_at(self.start)[1] + 1 if self.calendar.in_weeks else self.start.month

    def previous(self, count: int = 1) -> Period:
        """The period `count` places before; a span moves back by its own length, a year to date by years."""
        return self.shift(-count)

    def next(self, count: int = 1) -> Period:
        """The period `count` places after."""
        return self.shift(count)

    def shift(self, count: int) -> Period:
        """The period `count` places later (negative: earlier)."""
        if self.grain in _LENGTHS:
            number, place = self.calendar.month_at(self.start)
            years, there = divmod(place // _LENGTHS[self.grain] + count, 12 // _LENGTHS[self.grain])
            return self._of_months(number + years, there, self.grain, self.calendar)
        if self.grain is Grain.YTD:
            return self._to_date_of_year(count)
        step = timedelta(days=self.days * count)
        return Period(self.start + step, self.end + step, self.grain, self.calendar)

    def around(self, day: date, grain: Grain) -> Period:
        """The period of `grain` that holds `day`, in the calendar of this one."""
        return Period.containing(day, grain, self.calendar)

    def called_in(self, calendar: Calendar) -> Period:
        """The same days in another calendar; where they are none of its periods, the one around the first day."""
        if self.calendar == calendar:
            return self
        if self.grain in TO_DAY:
            return Period.containing(self.last_day, self.grain, calendar)
        if self.grain is Grain.SPAN:
            return Period(self.start, self.end, Grain.SPAN, calendar)
        return Period.containing(self.start, self.grain, calendar)

    def span(self, start: date, end: date) -> Period:
        """The days from `start` up to, not including, `end`, in the calendar of this one."""
        return Period(start, end, Grain.SPAN, self.calendar)

    def a_year_earlier(self) -> Period:
        """The same bucket one year earlier: W43 of last year, October of last year, …

        In a calendar of weeks as many days 52 weeks before: after a year of 53 weeks that year is restated, so that
        its second week stands beside the first of this one. Where these days are no period they are a span.
        """
        if self.calendar.in_weeks:
            start = self.start - _A_YEAR_OF_WEEKS
            there = self.span(start, start + timedelta(days=self.days))
            return there.as_period(self.grain) or there
        if self.grain is Grain.WEEK:
            year, week = self.calendar.week_number(self.start)
            return self.around(
                self.calendar.week_called(year - 1, min(week, self.calendar.weeks_in(year - 1))), Grain.WEEK
            )
        if self.grain in TO_DAY:
            return self.around(_same_day(self.last_day, -1), self.grain)
        if self.grain in (Grain.DAY, Grain.SPAN):
            start = _same_day(self.start, -1)
            return Period(start, start + timedelta(days=self.days), self.grain, self.calendar)
        return self.around(self.start.replace(year=self.start.year - 1), self.grain)

    def split(self, grain: Grain) -> Iterator[Period]:
        """The periods of a shorter `grain` inside this one; a week belongs where its first day lies.

        Restated days are split as the period is that they are compared with (`a_year_earlier`).
        """
        if (restated := self._compared_with()) and self.as_period(restated.grain) is None:
            yield from (part.a_year_earlier() for part in restated.split(grain))
            return
        part = self.around(self.start, grain)
        if part.start < self.start:
            part = part.next()
        while part.start < self.end:
            yield part
            part = part.next()

    def as_period(self, grain: Grain) -> Period | None:
        """The period of `grain` that has just these days; None where none has."""
        if grain is Grain.SPAN:
            return None
        found = self.around(self.last_day if grain in TO_DAY else self.start, grain)
        return found if (found.start, found.end) == (self.start, self.end) else None

    def _to_date_of_year(self, count: int) -> Period:
        """The year to the same day, `count` years later; of a year of weeks to as many days into it."""
        if not self.calendar.in_weeks:
            return self.around(_same_day(self.last_day, count), Grain.YTD)
        first = self.calendar.year_called(self.calendar.year_number(self.start) + count)
        return Period(first, first + timedelta(days=self.days), Grain.YTD, self.calendar)

    def _compared_with(self) -> Period | None:
        """The period 52 weeks later that has as many days as this span of a calendar of weeks."""
        if self.grain is not Grain.SPAN or not self.calendar.in_weeks:
            return None
        later = self.span(self.start + _A_YEAR_OF_WEEKS, self.end + _A_YEAR_OF_WEEKS)
        return next((one for grain in _LENGTHS if (one := later.as_period(grain))), None)

    def holds(self, grain: Grain) -> bool:
        """True when this period is not shorter than `grain` (R004)."""
        if self.grain.is_span:
            return any(part.end <= self.end for part in self.split(grain))
        return GRAINS.index(self.grain) >= GRAINS.index(grain)


_ROLLING = {Grain.LAST_7: 7, Grain.LAST_28: 28}
_LENGTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_A_YEAR_OF_WEEKS = timedelta(weeks=52)


def _same_day(day: date, years: int) -> date:
    """The day of that name in another year; the 28th for a 29 February it lacks."""
    last = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))
