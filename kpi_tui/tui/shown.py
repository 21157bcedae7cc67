"""What the screens have in common: whose numbers, of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpi_tui.definitions.period import GRAINS, Grain, Period


@dataclass(frozen=True, slots=True)
class View:
    """The role (or person), the period and the metric the reader is looking at; empty until the book is open."""

    role: str = ""
    period: Period | None = None
    metric: str = ""


def next_grain(period: Period, as_of: date | None = None) -> Period:
    """The next longer grain around the period's last day that has data, from year back to day (a span: its month)."""
    day = as_of if as_of and period.start <= as_of < period.last_day else period.last_day
    if period.grain is Grain.SPAN:
        return Period.containing(day, Grain.MONTH)
    grain = GRAINS[(GRAINS.index(period.grain) + 1) % len(GRAINS)]
    return Period.containing(day, grain)


def days_covered(period: Period, as_of: date) -> int:
    """Days of the period up to and including the as-of day, 0 … period.days."""
    return min(max((as_of - period.start).days + 1, 0), period.days)
