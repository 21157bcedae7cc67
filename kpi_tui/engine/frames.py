"""Small services around polars frames."""

from __future__ import annotations

from datetime import date

import polars as pl

from kpi_tui.definitions.table import ColumnType, TableSchema
from kpi_tui.engine import relations
from kpi_tui.tables.convert import DTYPES


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


def days_with_rows(frame: pl.LazyFrame, time: str) -> tuple[date | None, date | None, int]:
    """First and last day that have rows, and the most days between two neighbouring ones.

    Rows the tracking check rejects say nothing about the days a table covers (spec R007).
    """
    day = pl.col(f"{time}_day")
    if "is_valid" in frame.collect_schema():
        frame = frame.filter(pl.col("is_valid").fill_null(True))
    days = frame.select(day.drop_nulls().unique()).collect(engine="streaming").to_series().sort()
    if days.is_empty():
        return None, None, 1
    gaps = days.diff().dt.total_days().max()
    return days[0], days[-1], int(gaps) if isinstance(gaps, int) else 1
