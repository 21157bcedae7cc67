"""A column that holds amounts in some rows and seconds in others: which, says a word of the row (`events.event`)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kpi_tui.definitions.library.table import AmountsByWord, TableSchema, TableSource
from kpi_tui.sql.quoted_text import quoted_text


def by_word(name: str, source: TableSource, schema: TableSchema) -> AmountsByWord | None:
    """By which words a column holds amounts; None where it does in every row, or in none."""
    said, column = source.money.get(name), schema.columns.get(name)
    if isinstance(said, bool) or column is None or column.by_word is None:
        return None
    return column.by_word if said is None else replace(column.by_word, amounts=said, others=None)


def is_amount(words: AmountsByWord) -> pl.Expr:
    """Rows whose word says that the column is an amount."""
    return pl.col(words.column).is_in(words.amounts).fill_null(False)


def is_none(words: AmountsByWord) -> pl.Expr:
    """Rows whose word says that it is none; of the rest nobody knows."""
    if words.others is None:
        return ~is_amount(words)
    return pl.col(words.column).is_in(words.others).fill_null(False)


def may_be_amount(words: AmountsByWord) -> str:
    """The condition, in SQL, that the column may be an amount."""
    said = words.amounts if words.others is None else words.others
    listed = ", ".join(map(quoted_text, said)) or "''"
    return f"coalesce({words.column}, '') {'' if words.others is None else 'not '}in ({listed})"
