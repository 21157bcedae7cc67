"""Orders that a later file has again, changed since, where nothing says that the later one counts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.tables.source.raw_rows import FILE, ROW


def orders_again(
    lines: pl.DataFrame, names: Sequence[str], source: TableSource, schema: TableSchema
) -> list[FileDoubt]:
    """Of a table of orders the numbers that stand in several files with other cells; `lines`: as they are compared.

    A whole copy counts once anyway; a changed one counts beside the former, or its lines are added to those.
    """
    number = _number(source, schema)
    if source.latest_by or len(names) < 2 or number not in lines.columns:
        return []
    once = lines.unique([name for name in lines.columns if name not in (FILE, ROW)], keep="first").drop_nulls(number)
    again = once.group_by(number).agg(pl.col(FILE).n_unique().alias("files"), pl.col(FILE).max()).sort(number)
    again = again.filter(pl.col("files") > 1)
    if again.is_empty():
        return []
    said = says(
        "{count:,} order stands in several files with other cells ({example}, last in {file}): each counts, the later "
        "one does not replace the one before",
        "{count:,} orders stand in several files with other cells (first {example}, last in {file}): each counts, the "
        "later ones do not replace those before",
        again.height,
        example=str(again[number][0]),
        file=names[again[FILE][0]],
    )
    write = say(
        "`kpi-tui init DIR {files}` again lets the last file count (it adds latest_by to [tables.{table}])",
        files=listed(names),
        table=source.id,
    )
    return [FileDoubt("order-again", said, write)]


def _number(source: TableSource, schema: TableSchema) -> str:
    """The column of the file that numbers the orders, where the mapping takes it as it stands."""
    key = schema.key[0] if schema.paid and len(schema.key) == 1 else ""
    return source.columns.get(key, key).strip('"')
