"""The days on which a table has rows, read off its frame: what its span and the first day of all data rest on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from itertools import pairwise
from math import ceil
from zoneinfo import ZoneInfo

import polars as pl

from kpi_tui.definitions.library.table import SOURCE, TableSource
from kpi_tui.engine.days.days_covered import FAR, HOLE, RowDays
from kpi_tui.engine.days.missing_days import missing_days

USUAL = 0.95
"""The share of the silences of a table that are its rhythm."""
_FOUR_WEEKS = 28
_PATIENCE = 31  # days ahead of the clock that may be right: bookings, a table of the whole month


def days_with_rows(frame: pl.LazyFrame, time: str, today: date) -> RowDays | None:
    """The days that have rows; None for none.

    Rows the tracking check rejects say nothing about the days a table covers (R007). Neither do mis-dated
    ones: days after `today` that lie farther from the days before them than any silence inside those but holes.
    """
    day = f"{time}_day"
    columns = frame.collect_schema()
    if "is_valid" in columns:
        frame = frame.filter(pl.col("is_valid").fill_null(True))
    timed = isinstance(columns.get(time), pl.Datetime)
    latest = pl.col(time).dt.time().max() if timed else pl.lit(None, pl.Time)
    found = (
        frame.drop_nulls(day)
        .group_by(day)
        .agg(latest.alias("latest"), pl.len().alias("rows"))
        .collect(engine="streaming")
        .sort(day)
    )
    days: list[date] = found[day].to_list()
    known = days[: bisect_right(days, today)]
    if known and len(known) < len(days):
        ahead = (days[len(known)] - known[-1]).days
        days = known if ahead > max(_longest(_gaps(known)), _PATIENCE) else days
    if not days:
        return None
    found, gaps = found.head(len(days)), _gaps(days)
    missing = missing_days(dict(zip(days, found["rows"], strict=True)), _longer(gaps, FAR * _silence(gaps, USUAL)))
    usual = _silence(gaps, USUAL, missing)
    holes = _holes(days, usual, missing)
    missing = tuple(one for one in missing if not any(first <= one <= last for first, last in holes))
    return RowDays(days[0], days[-1], len(days), usual, _has_ended(found["latest"].to_list()), holes, missing)


def days_of_sources(frame: pl.LazyFrame, source: TableSource, time: str, timezone: str) -> dict[str, RowDays]:
    """The days of a table that have rows, or of each of its sources, by its id; `timezone` says which day today is."""
    today = datetime.now(ZoneInfo(timezone)).date()
    found = {id_: days_with_rows(rows, time, today) for id_, rows in _parts(frame, source).items()}
    return {id_: days for id_, days in found.items() if days}


def days_of(frame: pl.LazyFrame, source: TableSource, time: str) -> dict[str, tuple[str, ...]]:
    """The days that have rows, as ISO days, of a table or each of its sources, by its id."""
    day = pl.col(f"{time}_day")
    parts = _parts(frame, source).items()
    found = ((id_, rows.select(day.drop_nulls().unique().sort()).collect(engine="streaming")) for id_, rows in parts)
    return {id_: tuple(days.to_series().cast(pl.String)) for id_, days in found}


def _parts(frame: pl.LazyFrame, source: TableSource) -> dict[str, pl.LazyFrame]:
    return {part.id: rows_of_source(frame, name) for name, part in source.sources.items()} or {source.id: frame}


def rows_of_source(frame: pl.LazyFrame, source: str) -> pl.LazyFrame:
    """The rows of one source of a table."""
    return frame.filter(pl.col(SOURCE) == source)


def _silence(gaps: Sequence[tuple[date, date]], share: float, missing: Sequence[date] = ()) -> int:
    """How many days such a share of the silences lasts at most, but for those of missing days; 1 is none."""
    inside = {bisect_right(gaps, one, key=_begins) - 1 for one in missing}
    lasting = sorted((day - before).days for at, (before, day) in enumerate(gaps) if at not in inside)
    return lasting[ceil(share * (len(lasting) - 1))] if lasting else 1


def _longest(gaps: Sequence[tuple[date, date]]) -> int:
    """How many days the longest silence lasts that is no hole: one row of 1970 is no rhythm for one of 2062."""
    most = max(HOLE, FAR * _silence(gaps, USUAL))
    return max((days for before, day in gaps if (days := (day - before).days) <= most), default=1)


def _begins(gap: tuple[date, date]) -> date:
    return gap[0]


def _gaps(days: Sequence[date]) -> list[tuple[date, date]]:
    """Each day with rows but the first, behind the one before it."""
    return list(pairwise(days))


def _holes(days: Sequence[date], usual: int, missing: tuple[date, ...]) -> tuple[tuple[date, date], ...]:
    """The silences within the days that last HOLE days, and HOLE times the usual one, FAR times in a sparse table.

    A table is as dense as it is without those of FAR: missing days say nothing about what is usual.
    """
    gaps = _gaps(days)
    far = _longer(gaps, FAR * usual)
    apart = tuple(one for one in missing if not any(first <= one <= last for first, last in far))
    known = RowDays(days[0], days[-1], len(days), holes=far, missing=apart)
    return _longer(gaps, HOLE * usual) if known.is_dense else known.holes


def _longer(gaps: Sequence[tuple[date, date]], least: int) -> tuple[tuple[date, date], ...]:
    one = timedelta(days=1)
    return tuple((before + one, day - one) for before, day in gaps if (day - before).days > max(HOLE, least))


def _has_ended(latest: Sequence[time_of_day | None]) -> bool:
    """Whether the last day has a row as late as every day of four weeks before it; stamps without a time say so."""
    *before, last = latest[-_FOUR_WEEKS - 1 :]
    known = [one for one in before if one is not None]
    if not known or max(known) == time_of_day(0):
        return True
    return last is not None and last >= min(known)


def earliest_day(frame: pl.LazyFrame) -> date | None:
    """The first day of any date in a table."""
    days = [name for name, kind in frame.collect_schema().items() if name.endswith("_day") and kind == pl.Date]
    if not days:
        return None
    found = frame.select(pl.min_horizontal(pl.col(name).min() for name in days)).collect(engine="streaming").item()
    return found if isinstance(found, date) else None
