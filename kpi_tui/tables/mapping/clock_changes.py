"""Local stamps that a clock change makes impossible or unclear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import polars as pl

_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)  # clocks were not changed before; nobody knows about after


@dataclass(frozen=True, slots=True)
class Localised:
    """Stamps in the wanted zone, naive; null where the hour does not exist. `twice`: so many exist two times."""

    values: pl.Series
    twice: int = 0


def localised(stamps: pl.Series, zone: str, target: str) -> Localised:
    """Naive stamps of `zone` as naive stamps of `target`; of an hour that exists twice the first is taken.

    Midnight stands for its day, and stays on it where the clocks skip it.
    """
    odd = _near_changes(stamps, zone)
    if odd is None and zone == target:
        return Localised(stamps)
    doubtful = stamps.set(~odd, None) if odd is not None and zone == target else stamps
    first = doubtful.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    second = doubtful.dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
    twice = int((first != second).sum())
    skipped = doubtful.is_not_null() & first.is_null()
    midnight = skipped & (doubtful == doubtful.dt.truncate("1d")).fill_null(False)
    if zone == target:
        return Localised(stamps.set(skipped & ~midnight, None), twice)
    if midnight.any():
        later = stamps.dt.offset_by("1h").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        first = first.zip_with(~midnight, later)
    return Localised(first.dt.convert_time_zone(target).dt.replace_time_zone(None), twice)


def _near_changes(stamps: pl.Series, zone: str) -> pl.Series | None:
    """Which stamps lie about a day on which the clocks of a zone change; None for none."""
    low, high = stamps.min(), stamps.max()
    if not isinstance(low, datetime) or not isinstance(high, datetime):
        return None
    days = _changes(zone, max(low.date(), _FIRST), min(high.date(), _LAST))
    if not days:
        return None
    odd = stamps.dt.date().is_in(list(days)).fill_null(False)
    return odd if odd.any() else None


@lru_cache(maxsize=64)
def _changes(zone: str, first: date, last: date) -> frozenset[date]:
    """Days on which the time of a zone moves, with the days around them."""
    clock = ZoneInfo(zone)
    days = [first + timedelta(at) for at in range(-2, (last - first).days + 3)]
    offsets = [datetime(day.year, day.month, day.day, 12, tzinfo=clock).utcoffset() for day in days]
    moved = [at for at in range(1, len(days)) if offsets[at] != offsets[at - 1]]
    return frozenset(days[near] for at in moved for near in (at - 1, at, at + 1) if near < len(days))
