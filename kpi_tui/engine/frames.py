"""Small services around polars frames."""

from __future__ import annotations

from datetime import date

import polars as pl

from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.engine.query import period_relations as relations
from kpi_tui.tables.convert import DTYPES

_PATIENCE = 31  # days ahead of the clock that may be right: bookings, a table of the whole month


def frame_of(relation: relations.Relation) -> pl.LazyFrame:
    """A made relation as a polars frame."""
    schema = {name: pl.Int64 if name in relations.NUMBERS else pl.Date for name in relation.columns}
    return pl.DataFrame(relation.rows, schema=schema, orient="row").lazy()


def empty(schema: TableSchema) -> pl.LazyFrame:
    """A prepared table without rows."""
    dated = (ColumnType.DATE, ColumnType.DATETIME)
    columns = {name: DTYPES[column.type] for name, column in schema.columns.items()}
    days = {f"{name}_day": pl.Date() for name, column in schema.columns.items() if column.type in dated}
    return pl.LazyFrame(schema={**columns, **days})


def days_with_rows(frame: pl.LazyFrame, time: str, today: date) -> tuple[date | None, date | None, int]:
    """First and last day that have rows, and the most days between two neighbouring ones.

    Rows the tracking check rejects say nothing about the days a table covers (spec R007). Neither do mis-dated
    ones: days after `today` that lie farther from the days before them than any silence inside those.
    """
    day = pl.col(f"{time}_day")
    if "is_valid" in frame.collect_schema():
        frame = frame.filter(pl.col("is_valid").fill_null(True))
    days = frame.select(day.drop_nulls().unique()).collect(engine="streaming").to_series().sort()
    known = days.filter(days <= today)
    ahead = days.filter(days > today)
    if len(known) and len(ahead) and (ahead[0] - known[-1]).days > max(_silence(known), _PATIENCE):
        days = known
    return (days[0], days[-1], _silence(days)) if len(days) else (None, None, 1)


def earliest_day(frame: pl.LazyFrame) -> date | None:
    """The first day of any date in a table."""
    days = [name for name, kind in frame.collect_schema().items() if name.endswith("_day") and kind == pl.Date]
    if not days:
        return None
    found = frame.select(pl.min_horizontal(pl.col(name).min() for name in days)).collect(engine="streaming").item()
    return found if isinstance(found, date) else None


def _silence(days: pl.Series) -> int:
    gaps = days.diff().dt.total_days().max()
    return int(gaps) if isinstance(gaps, int) else 1
