"""What the screens have in common: whose numbers, of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpi_tui.definitions.period import Grain, Period


@dataclass(frozen=True, slots=True)
class InView:
    """The role (or person), the period and the metric the reader is looking at; empty until the book is open."""

    role: str = ""
    period: Period | None = None
    metric: str = ""


def of_grain(period: Period, grain: Grain, as_of: date | None = None) -> Period:
    """The day, week, month, quarter or year around the period's last day that has data."""
    day = as_of if as_of and period.start <= as_of < period.last_day else period.last_day
    return period.around(day, grain)
