"""Periods of the independent readings, made with pandas instead of kpi_tui.definitions.period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

ORDER = ("day", "week", "month", "quarter")
CODES = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q"}


@dataclass(frozen=True)
class When:
    """A period: `start <= time < end`; weeks are ISO weeks, Monday first (R004)."""

    start: pd.Timestamp
    end: pd.Timestamp
    grain: str

    @classmethod
    def of(cls, text: str) -> When:
        """2026-10-15, 2026-W43, 2026-10 or 2026-Q4."""
        if "W" in text:
            return cls.around(pd.Timestamp.fromisocalendar(int(text[:4]), int(text[-2:]), 1), "week")
        grain = "quarter" if "Q" in text else "month" if len(text) == 7 else "day"
        return cls.around(pd.Period(text.replace("-Q", "Q") if "Q" in text else text).start_time, grain)

    @classmethod
    def around(cls, moment: pd.Timestamp, grain: str) -> When:
        """The period of `grain` that holds the moment."""
        span = moment.to_period(CODES[grain])
        return cls(span.start_time, (span + 1).start_time, grain)

    @property
    def last_day(self) -> pd.Timestamp:
        """The last day inside."""
        return self.end - pd.Timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    def before(self, count: int = 1) -> When:
        """The period `count` places earlier."""
        found = self
        for _ in range(count):
            found = When.around(found.start - pd.Timedelta(days=1), self.grain)
        return found

    def last_year(self) -> When:
        """The same bucket one year earlier (months and quarters)."""
        return When.around(self.start - pd.DateOffset(years=1), self.grain)

    def split(self, grain: str) -> Iterator[When]:
        """The shorter periods inside; a week belongs where its Monday lies ("weeks of month")."""
        for day in pd.date_range(self.start, self.last_day):
            part = When.around(day, grain)
            if part.start == day:
                yield part

    def has(self, stamps: pd.Series) -> pd.Series:
        """Which stamps lie inside."""
        return (stamps >= self.start) & (stamps < self.end)
