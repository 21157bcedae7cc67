"""Days without rows inside a table about which something is to be said, and those that nobody need be told of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kpi_tui.engine.days.days_covered import FAR, FEW, HOLE, RowDays

REST_DAYS = "rest_days"
"""Setting: days, with or without a year, on which no rows are expected (`12-25 2026-02-17`)."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """`holes`: first and last day of every long silence; `missing`: single days without rows, of `days` in all.

    `declared`: days of such silences that a person's `complete_until` says to be whole, of which nothing else is said.
    """

    holes: tuple[tuple[date, date], ...] = ()
    missing: tuple[date, ...] = ()
    days: int = 0
    declared: tuple[date, ...] = ()


def gaps_of(
    days: RowDays, complete_until: date | None, by_hand: date | None, rest: str, unread: Collection[str]
) -> Gaps:
    """Those after the day up to which a table is declared complete, and what a person declared (`by_hand`) before it.

    `rest`: the days of the setting; `unread`: those (ISO) of rows that could not be read, which is told of them.
    """
    known = frozenset((*rest.replace(",", " ").split(), *unread))
    after, said = complete_until or date.min, by_hand or date.min
    silences = [(day, day) for day in days.missing] + [*days.holes, *_ending(days, said)]
    declared = {day for first, last in silences if last <= said for day in _days(first, last)}
    return Gaps(
        tuple(hole for hole in days.holes if hole[1] > after),
        tuple(day for day in days.missing if day > after and not _is_known(day, known)),
        (max(days.last, said) - days.first).days + 1,
        tuple(sorted(day for day in declared if not _is_known(day, known))),
    )


def _is_known(day: date, known: Collection[str]) -> bool:
    return day.isoformat() in known or f"{day:%m-%d}" in known


def _ending(days: RowDays, until: date) -> Iterator[tuple[date, date]]:
    """The silence between the last row and a day, where the table is usually not so long silent.

    One with few days has no rhythm yet.
    """
    least = days.usual if days.is_dense else max(HOLE, FAR * days.usual)
    if days.count >= FEW and (until - days.last).days >= least:
        yield days.last + timedelta(days=1), until


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
