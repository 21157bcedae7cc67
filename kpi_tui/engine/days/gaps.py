"""Days without rows inside a table about which something is to be said, and those that nobody need be told of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kpi_tui.engine.days.days_covered import RowDays

REST_DAYS = "rest_days"
"""Setting: days, with or without a year, on which no rows are expected (`12-25 2026-02-17`)."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """`holes`: first and last day of every long silence; `missing`: single days without rows, of `days` in all."""

    holes: tuple[tuple[date, date], ...] = ()
    missing: tuple[date, ...] = ()
    days: int = 0


def gaps_of(days: RowDays, complete_until: date | None, rest: str, unread: Collection[str]) -> Gaps:
    """Those after the day up to which a table is declared complete; `rest`: the days of the setting; `unread`: those
    (ISO) of rows that could not be read, which is told of them.
    """
    known = frozenset((*rest.replace(",", " ").split(), *unread))
    after = complete_until or date.min
    return Gaps(
        tuple(hole for hole in days.holes if hole[1] > after),
        tuple(day for day in days.missing if day > after and not {day.isoformat(), f"{day:%m-%d}"} & known),
        (days.last - days.first).days + 1,
    )
