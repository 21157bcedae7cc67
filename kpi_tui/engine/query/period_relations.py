"""The relations the engine makes for the periods asked for: periods, period_days, calendar, windows.

Plain Python rows, no polars: every engine turns them into its own frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpi_tui.definitions.period import Period
from kpi_tui.engine.query.windows import trailing_start

BACK = 12
"""How many earlier periods `period_days` reaches back."""

NUMBERS = frozenset({"back", "day_no", "w_period"})
"""Columns of made relations that hold whole numbers; all others hold days."""

_EPOCH = date(1970, 1, 1)
_MARGIN = 400


@dataclass(frozen=True)
class Relation:
    """A small table: columns and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[date | int, ...]]


def periods(asked: Sequence[Period], as_of: date | None = None) -> Relation:
    """periods(period, period_start, period_end, prev_start); period_end is exclusive."""
    rows: list[tuple[date | int, ...]] = [(p.start, p.start, _end(p, as_of), p.previous().start) for p in asked]
    return Relation(("period", "period_start", "period_end", "prev_start"), rows)


def period_days(asked: Sequence[Period], as_of: date | None = None) -> Relation:
    """period_days(period, back, day): the days of each period (back 0) and of the 12 before it."""
    rows: list[tuple[date | int, ...]] = []
    for period in asked:
        for back in range(BACK + 1):
            one = period.previous(back)
            rows.extend((period.start, back, day) for day in days_of(one) if day < _end(one, as_of))
    return Relation(("period", "back", "day"), rows)


def calendar(first: date, last: date) -> Relation:
    """calendar(day, day_no) from well before `first` to well after `last`."""
    days = range(first.toordinal() - _MARGIN, last.toordinal() + _MARGIN)
    return Relation(("day", "day_no"), [(date.fromordinal(day), day - _EPOCH.toordinal()) for day in days])


def window_of_period(asked: Sequence[Period], as_of: date | None = None) -> Relation:
    """(day, place of the period in `asked`) pairs: the days of each period."""
    return _pairs((p.start, _end(p, as_of)) for p in asked)


def window_to_date(asked: Sequence[Period], first: date, as_of: date | None = None) -> Relation:
    """(day, place) pairs: every day from `first` up to the period end."""
    return _pairs((first, _end(p, as_of)) for p in asked)


def window_trailing(asked: Sequence[Period], days: int, as_of: date | None = None) -> Relation:
    """(day, place) pairs: the `days` days before the period end."""
    return _pairs((trailing_start(_end(p, as_of), days), _end(p, as_of)) for p in asked)


def days_of(period: Period) -> Iterable[date]:
    """Every day from start up to, not including, end."""
    return map(date.fromordinal, range(period.start.toordinal(), period.end.toordinal()))


def _end(period: Period, as_of: date | None) -> date:
    """Where a period ends for its rows: the running one after the as-of day; what comes later is not known yet."""
    if as_of is None or period.start > as_of:
        return period.end
    return min(period.end, as_of + timedelta(days=1))


def _pairs(spans: Iterable[tuple[date, date]]) -> Relation:
    rows: list[tuple[date | int, ...]] = [
        (day, place)
        for place, (start, end) in enumerate(spans)
        for day in map(date.fromordinal, range(start.toordinal(), end.toordinal()))
    ]
    return Relation(("w_day", "w_period"), rows)
