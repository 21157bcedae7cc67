"""Periods: day, ISO week, month, quarter, year, or any span of days (R004, ISO 8601)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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


_MIN_YEAR, _MAX_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date
    grain: Grain

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO 8601 period; ValueError names the accepted forms."""
        text = text.strip()
        try:
            if not _MIN_YEAR <= int(text[:4]) <= _MAX_YEAR:
                raise ValueError(text)
            if "/" in text:
                first, last = (date.fromisoformat(part) for part in text.split("/", 1))
                if last < first:
                    raise ValueError(text)
                return cls(first, last + timedelta(days=1), Grain.SPAN)
            if re.fullmatch(r"\d{4}", text):
                return cls.containing(date(int(text), 1, 1), Grain.YEAR)
            if found := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text):
                return cls.containing(date(int(found[1]), int(found[2]) * 3 - 2, 1), Grain.QUARTER)
            if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
                return cls.containing(date(int(found[1]), int(found[2]), 1), Grain.MONTH)
            if found := re.fullmatch(r"(\d{4})-?[Ww](\d{2})", text):
                return cls.containing(date.fromisocalendar(int(found[1]), int(found[2]), 1), Grain.WEEK)
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return cls.containing(date.fromisoformat(text), Grain.DAY)
        except (ValueError, OverflowError):
            pass
        raise ValueError(say("{text!r} is not a period; write {forms}", text=text, forms=_FORMS))

    @classmethod
    def containing(cls, day: date, grain: Grain) -> Period:
        """The period of `grain` that holds `day` (weeks begin on Monday)."""
        if grain is Grain.DAY:
            return cls(day, day + timedelta(days=1), grain)
        if grain is Grain.WEEK:
            start = day - timedelta(days=day.weekday())
            return cls(start, start + timedelta(days=7), grain)
        if grain is Grain.MONTH:
            return cls(day.replace(day=1), _month_start(day, 1), grain)
        if grain is Grain.QUARTER:
            start = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            return cls(start, _month_start(start, 3), grain)
        if grain is Grain.YEAR:
            return cls(date(day.year, 1, 1), date(day.year + 1, 1, 1), grain)
        raise ValueError(say("a span has no period of its own around a day"))

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
        """ISO 8601 text; `Period.parse(p.id) == p`."""
        start = self.start
        if self.grain is Grain.DAY:
            return start.isoformat()
        if self.grain is Grain.WEEK:
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02d}"
        if self.grain is Grain.MONTH:
            return f"{start:%Y-%m}"
        if self.grain is Grain.QUARTER:
            return f"{start.year}-Q{(start.month + 2) // 3}"
        if self.grain is Grain.YEAR:
            return f"{start.year}"
        return f"{start.isoformat()}/{self.last_day.isoformat()}"

    def __str__(self) -> str:
        return self.id

    def previous(self, count: int = 1) -> Period:
        """The period `count` places before; a span moves back by its own length."""
        return self.shift(-count)

    def next(self, count: int = 1) -> Period:
        """The period `count` places after."""
        return self.shift(count)

    def shift(self, count: int) -> Period:
        """The period `count` places later (negative: earlier)."""
        if self.grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
            months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[self.grain]
            return Period.containing(_month_start(self.start, months * count), self.grain)
        step = timedelta(days=self.days * count)
        return Period(self.start + step, self.end + step, self.grain)

    def a_year_earlier(self) -> Period:
        """The same bucket one year earlier: W43 of last year, October of last year, …"""
        if self.grain is Grain.WEEK:
            year, week, _ = self.start.isocalendar()
            last = date(year - 1, 12, 28).isocalendar().week
            return Period.containing(date.fromisocalendar(year - 1, min(week, last), 1), Grain.WEEK)
        if self.grain in (Grain.DAY, Grain.SPAN):
            start = _same_day_last_year(self.start)
            return Period(start, start + timedelta(days=self.days), self.grain)
        return Period.containing(self.start.replace(year=self.start.year - 1), self.grain)

    def split(self, grain: Grain) -> Iterator[Period]:
        """The periods of a shorter `grain` inside this one; a week belongs where its Monday lies."""
        part = Period.containing(self.start, grain)
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


def _month_start(day: date, months: int) -> date:
    """The first day of the month `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _same_day_last_year(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
