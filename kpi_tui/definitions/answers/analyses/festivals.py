"""Days of this year beside those of last year: of the same festival, or the same weekdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period


def ratio(now: Value | None, before: Value | None) -> float | None:
    """This year's value as a share of last year's; None where either is unknown, not whole or below 0."""
    if now is None or before is None or now.value is None or before.value is None:
        return None
    if now.partial or before.partial or before.value <= 0 or now.value < 0:
        return None
    return now.value / before.value


@dataclass(frozen=True, slots=True)
class YearPair:
    """A day (or a week) and its counterpart of last year, None where nobody knows which day that was.

    `number` counts from 1. `to_come`: there are no data up to it yet; its value is not known then.
    """

    number: int
    now: Value
    before: Value | None
    to_come: bool = False

    @property
    def ratio(self) -> float | None:
        """The share of last year's."""
        return None if self.to_come else ratio(self.now, self.before)


@dataclass(frozen=True, slots=True)
class MetricYears:
    """A metric on every day, and in all days done so far: their sum, or what is counted over all of them.

    `why`: why there is no such total, or why the days do not sum to it.
    """

    metric: str
    unit: str
    pairs: tuple[YearPair, ...]
    total: YearPair | None = None
    why: str = ""

    @property
    def latest(self) -> YearPair | None:
        """The last day that is done."""
        return next((pair for pair in reversed(self.pairs) if not pair.to_come), None)


@dataclass(frozen=True, slots=True)
class FestivalYears:
    """The days of a festival (its id, or `weekday`) this year and last, metric by metric.

    `before` is None where last year's day is not known; `lack` says so.
    """

    festival: str
    period: Period
    before: Period | None
    metrics: tuple[MetricYears, ...]
    lack: str = ""


@dataclass(frozen=True, slots=True)
class FestivalDates:
    """When a festival is, in a year and the one before: its day and its span; None where it is not listed."""

    festival: str
    year: int
    day: date | None
    now: Period | None
    last_day: date | None
    before: Period | None


@dataclass(frozen=True, slots=True)
class FestivalCalendar:
    """The dates of every festival, in the order of the year."""

    rows: tuple[FestivalDates, ...]
