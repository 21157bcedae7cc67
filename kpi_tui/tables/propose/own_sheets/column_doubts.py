"""What columns of a sheet seem to be by their names and are not by their cells; columns that say two currencies."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.tables.currencies.currency_of_row import is_called_currency
from kpi_tui.tables.currencies.disagreeing import two_currencies
from kpi_tui.tables.propose.by_column_names import Match, misfits
from kpi_tui.tables.propose.column_shapes import shape_of
from kpi_tui.tables.propose.lookups import FileColumns
from kpi_tui.tables.source.text_cells import tidy


def misread(best: Match, seen: FileColumns, schema: TableSchema) -> Iterator[str]:
    """What a column seems to be by its name and cannot be by its cells."""
    for column, name in misfits(schema, seen.shapes, best.columns).items():
        kind = schema.columns[column].type
        cells = seen.frame[name].drop_nulls()
        yield seen.shapes[name].odd.get(kind) or say(
            "{name} is called as {column} is, but its cells cannot be read so, e.g. {example!r}: it is not used",
            name=name,
            column=column,
            example=_unread(cells, kind),
        )


def _unread(cells: pl.Series, kind: ColumnType) -> str:
    """The first cell that keeps a column from being read as a type."""
    few = tidy(cells.cast(pl.String)).drop_nulls().unique(maintain_order=True)
    return next((cell for cell in few if kind not in shape_of("cell", pl.Series([cell])).sql), str(few.first() or ""))


def two_currencies_said(seen: FileColumns) -> Iterator[str]:
    """Columns of currencies of which rows say two: whose the amounts are in nobody can tell."""
    named = [name for name in seen.shapes if is_called_currency(name)]
    for found in two_currencies(lambda name: seen.frame[name].cast(pl.String), named):
        yield say(
            '{found}: {column} is taken to be that of the amounts; else write currency_column = "{other}"',
            found=found.in_words(),
            column=found.column,
            other=found.other,
        )
