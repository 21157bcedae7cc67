"""Groups whose rows are in several currencies: their sums are amounts of none (docs/data.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, TableSchema, TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.tables.currencies.currency_of_row import MIXED, currency_columns
from kpi_tui.tables.currencies.own_numbers import own_fractions


def mixed_groups(rows: pl.DataFrame) -> int:
    """How many rows of a table are made of several currencies."""
    if CURRENCY_OF_ROW not in rows.columns:
        return 0
    return rows.filter(pl.col(CURRENCY_OF_ROW) == MIXED).height


def in_several(
    rows: pl.DataFrame, columns: Iterable[str], mapped: Collection[str], source: TableSource, schema: TableSchema
) -> Iterator[FileDoubt]:
    """What is said of them: no rate can be put to them any more. `columns`: of the file; `mapped`: of the table."""
    if count := mixed_groups(rows):
        column = next(
            iter(currency_columns(columns, mapped, source, schema, own_fractions(rows.schema, source, schema)))
        )
        said = says(
            "{count:,} row of {table} adds up amounts in several currencies ({column}) by group_by: none has a number",
            "{count:,} rows of {table} add up amounts in several currencies ({column}) by group_by: none has a number",
            count,
            table=source.id,
            column=column,
        )
        write = say(
            "turn each amount into one currency before it is added: "
            "\"sum(AMOUNT * case when {column} = 'EUR' then RATE else 1 end)\", or group by {column} too",
            column=column,
        )
        yield FileDoubt("mixed-groups", said, write, columns=(column,))
