"""What is doubtful about files as such: amounts of several currencies, words nobody maps."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.tables.convert import Converted
from kpi_tui.tables.currencies.amounts_by_word import by_word, is_none
from kpi_tui.tables.currencies.currency_of_row import OF_SOURCES, amounts, currency_columns
from kpi_tui.tables.currencies.own_numbers import own_fractions
from kpi_tui.tables.source.raw_rows import FILE, ROW, Raw
from kpi_tui.tables.source.text_cells import tidy

T = TypeVar("T")
_MOST_WORDS = 8


def currencies(raw: Raw, made: Converted, source: TableSource, schema: TableSchema) -> dict[str, dict[str, int]]:
    """Rows per currency, by the column of the file that counts; none where a mapping of an amount sees to it.

    Where no column says it, what tables.toml says.
    """
    found = {}
    fractions = own_fractions(made.frame.schema, source, schema)
    for name in currency_columns(raw.columns, made.mapped, source, schema, fractions)[:1]:
        texts = kept_texts(raw, made, name).str.to_uppercase().replace("", None)
        words = _beside_amounts(texts, made, source, schema).drop_nulls().value_counts()
        words = words.sort("count", words.columns[0], descending=[True, False])
        if words.height:
            found[name] = {str(word): int(count) for word, count in words.iter_rows()}
    if not found and source.currency and (fractions or any(name in made.mapped for name in amounts(source, schema))):
        return {OF_SOURCES: {source.currency: made.frame.height}}
    return found


def _beside_amounts(texts: pl.Series, made: Converted, source: TableSource, schema: TableSchema) -> pl.Series:
    """Those of rows that may hold an amount: of all but those of which words say that their only one is none."""
    named = [name for name in amounts(source, schema) if name in made.mapped]
    words = {name: by_word(name, source, schema) for name in named}
    rows = made.frame
    if source.group_by or not named or not all(words.values()) or own_fractions(rows.schema, source, schema):
        return texts
    held = [pl.col(name).is_not_null() & ~is_none(said) for name, said in words.items() if said]
    return texts.filter(rows.select(pl.any_horizontal(held)).to_series())


def unknown_words(raw: Raw, source: TableSource) -> list[FileDoubt]:
    """Words of a status that the mapping does not know: nobody said whether their rows count."""
    found = []
    for name, known in source.words.items():
        if name not in raw.columns:
            continue
        counts = tidy(raw.frame[name]).drop_nulls().value_counts(sort=True)
        others = [(str(word), int(count)) for word, count in counts.iter_rows() if word not in known]
        for word, count in others[:_MOST_WORDS]:
            said = says(
                "{column}: {word!r} of {count} row is no word the mapping knows",
                "{column}: {word!r} of {count} rows is no word the mapping knows",
                count,
                column=name,
                word=word,
            )
            write = say(
                "see to it in `where` or `columns`, then add it to [tables.{table}.words]",
                table=source.id,
            )
            found.append(FileDoubt("unknown-word", said, write))
    return found


def kept_texts(raw: Raw, made: Converted, name: str) -> pl.Series:
    """The texts of a column of the file in the rows that count."""
    rows = raw.frame.select(FILE, ROW, pl.col(name).cast(pl.String).str.strip_chars())
    return rows.join(made.kept, on=[FILE, ROW], how="semi")[name]
