"""Frames made without a file: the rows of a made relation, a prepared table without rows."""

from __future__ import annotations

import polars as pl

from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.engine.query import period_relations as relations
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
