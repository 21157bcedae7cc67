"""Columns whose cells are currencies although nothing calls them so: told where amounts are added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.written.currencies import ISO_4217, NAMES
from kpi_tui.tables.currencies.currency_of_row import amounts, currency_columns, unconverted
from kpi_tui.tables.currencies.disagreeing import Texts
from kpi_tui.tables.source.text_cells import tidied

_LOOKED = 200
_MOST = 12
"""Rows that are looked at first; currencies of a column with more words are none."""


def unnamed(
    frame: pl.DataFrame, texts: Texts, mapped: Iterable[str], source: TableSource, schema: TableSchema
) -> Iterator[FileDoubt]:
    """A doubt for a column of two and more codes, where nothing else says in which currency an amount is."""
    money = [name for name in amounts(source, schema) if name in set(mapped)]
    if source.currency or source.currency_column or not money or currency_columns(frame.columns, money, source, schema):
        return
    names = [one for one, kind in frame.schema.items() if kind == pl.String and not one.startswith("kpi:")]
    for cells in tidied(frame.select(names).head(_LOOKED)).iter_columns():
        name = cells.name
        if not _are_currencies(cells, 1) or not (touched := tuple(unconverted(money, name, source))):
            continue
        cells = texts(name)
        if _are_currencies(cells, 2):
            write = say(
                'write currency_column = "{column}" in [tables.{table}], or currency where all are in one',
                column=name,
                table=source.id,
            )
            yield FileDoubt("unnamed-currencies", _added_up(cells, name), write, columns=touched)
            return


def _are_currencies(cells: pl.Series, least: int) -> bool:
    """Whether all filled cells are codes or names of so many currencies."""
    words = {word.strip().upper() for word in cells.unique() if word} - {""}
    codes = {NAMES.get(word, word) for word in words}
    return least <= len(codes) and len(words) <= _MOST and codes <= ISO_4217


def _added_up(cells: pl.Series, column: str) -> Message:
    counts = cells.drop_nulls().str.strip_chars().value_counts().sort("count", cells.name, descending=[True, False])
    words = listed(f"{word} ({rows:,})" for word, rows in counts.iter_rows())
    return say("{column} holds several currencies, and amounts are added up: {words}", column=column, words=words)
