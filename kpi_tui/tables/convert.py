"""Rows of a file into the columns of a table (first version)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kpi_tui.definitions.table import ColumnType, TableSchema, TableSource
from kpi_tui.sql import guard
from kpi_tui.tables.raw import Raw

DTYPES: Mapping[ColumnType, pl.DataType] = {
    ColumnType.STR: pl.String(),
    ColumnType.INT: pl.Int64(),
    ColumnType.FLOAT: pl.Float64(),
    ColumnType.BOOL: pl.Boolean(),
    ColumnType.DATE: pl.Date(),
    ColumnType.DATETIME: pl.Datetime("us"),
}


def convert(raw: Raw, source: TableSource, schema: TableSchema) -> tuple[pl.DataFrame, int]:
    """Mapped columns and the number of filtered rows."""
    columns = {**{n: f'"{n}"' for n in schema.columns if n in raw.columns}, **source.columns}
    select = ", ".join(f'{guard.expression(sql).sql}\n AS "{name}"' for name, sql in columns.items())
    frame = raw.frame
    with pl.SQLContext({"file": frame}) as context:
        if source.where:
            frame = context.execute(f"SELECT * FROM file WHERE {guard.predicate(source.where).sql}").collect()
            context.register("file", frame)
        sql = f"SELECT {select} FROM file"
        if source.group_by:
            sql += " GROUP BY " + ", ".join(guard.expression(k).sql for k in source.group_by)
        mapped = context.execute(sql).collect()
    for name, kind in {**source.types, **{n: c.type for n, c in schema.columns.items()}}.items():
        if name in mapped.columns:
            mapped = mapped.with_columns(_cast(mapped[name], kind))
        else:
            mapped = mapped.with_columns(pl.lit(None, dtype=DTYPES[kind]).alias(name))
    days = [
        pl.col(name).cast(pl.Date).alias(f"{name}_day")
        for name, dtype in mapped.schema.items()
        if dtype == pl.Date or isinstance(dtype, pl.Datetime)
    ]
    return mapped.with_columns(days), raw.frame.height - frame.height


def _cast(column: pl.Series, kind: ColumnType) -> pl.Series:
    if column.dtype == pl.String and kind is ColumnType.DATETIME:
        return column.str.to_datetime(time_unit="us", strict=False)
    if column.dtype == pl.String and kind is ColumnType.BOOL:
        return column.str.to_lowercase().is_in(["true", "1", "yes", "是"])
    return column.cast(DTYPES[kind], strict=False)
