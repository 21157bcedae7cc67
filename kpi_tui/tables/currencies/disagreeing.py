"""Files that say two currencies of one amount: two columns of currencies that differ, signs in the cells that do.

Whose word counts nobody can tell from the file: the first column does until `currency_column` names one, and every
value of the amounts says so (docs/data.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import Message, listed, say, says
from kpi_tui.definitions.written.currencies import NAMES, SIGN, codes_of_sign
from kpi_tui.tables.currencies.currency_of_row import (
    amounts,
    columns_read,
    currency_columns,
    is_called_currency,
    unconverted,
)

_CODE = re.compile(r"[A-Z]{3}")
Texts = Callable[[str], pl.Series]
"""The texts of a column of the file, of the rows that count."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two places of a file say of the currency of its rows; `here` and `there` are the most frequent words."""

    column: str
    other: str
    rows: int
    here: str
    there: str

    def in_words(self) -> Message:
        """How many rows, and what they say."""
        return says(
            "{count:,} row says two currencies: {column} {here!r}, {other} {there!r}",
            "{count:,} rows say two currencies: {column} {here!r}, {other} {there!r}, for example",
            self.rows,
            column=self.column,
            here=self.here,
            other=self.other,
            there=self.there,
        )


def two_currencies(texts: Texts, columns: Iterable[str]) -> Iterator[Disagreement]:
    """Columns of currencies of which rows say something else than the first one."""
    first, *others = [*columns] or [""]
    for other in others:
        if found := _apart(pl.DataFrame([texts(first).alias("one"), texts(other).alias("other")])):
            yield Disagreement(first, other, *found)


def disagreeing(
    texts: Texts, columns: Sequence[str], mapped: Iterable[str], source: TableSource, schema: TableSchema
) -> Iterator[FileDoubt]:
    """A doubt for every two columns, and for amounts whose signs say another currency than their row or each other."""
    money = [name for name in amounts(source, schema) if name in set(mapped)]
    named = currency_columns(columns, money, source, schema)
    for found in two_currencies(texts, named):
        touched = {*unconverted(money, named[0], source)} & {*unconverted(money, found.other, source)}
        write = say(
            'say which is that of the amounts: currency_column = "{column}" or "{other}" in [tables.{table}]; '
            "until then {column} counts",
            column=found.column,
            other=found.other,
            table=source.id,
        )
        if touched:
            yield FileDoubt("two-currencies", found.in_words(), write, columns=tuple(sorted(touched)))
    if not source.currency_column and not (source.currency and not named):
        yield from _signs(texts, columns, money, named[:1], source)


def _signs(
    texts: Texts, columns: Sequence[str], money: Sequence[str], named: Sequence[str], source: TableSource
) -> Iterator[FileDoubt]:
    """Amounts whose mapping takes signs of currencies away that do not agree with the row, or with each other."""
    taken = {name: source.columns.get(name, name) for name in money}
    read = {
        name: [one for one in columns_read(sql) if one in columns]
        for name, sql in taken.items()
        if sql.strip('"') not in columns  # as it stands a cell with a sign is no number
        and not any(map(is_called_currency, columns_read(sql)))  # such a mapping sees to it
    }
    for column in dict.fromkeys(one for reads in read.values() for one in reads if one not in named):
        cells = texts(column)
        signs = cells.set(~cells.str.contains(r"\d"), None).str.to_uppercase().str.extract(SIGN, 1)
        if signs.null_count() == len(signs):
            continue
        touched = tuple(name for name, reads in read.items() if column in reads)
        if said := _of_row(signs, texts, column, named) or (None if named else _of_each_other(signs, column)):
            write = say(
                "say in which they are: currency_column of [tables.{table}], or currency where all are in one; until "
                "then no sign is looked at",
                table=source.id,
            )
            yield FileDoubt("currency-signs", said, write, columns=touched)


def _of_row(signs: pl.Series, texts: Texts, column: str, named: Sequence[str]) -> Message | None:
    """Signs of another currency than the column of currencies names."""
    for name in named:
        pairs = pl.DataFrame([texts(name).alias("one"), signs.alias("other")]).drop_nulls()
        words = pairs.group_by("one", "other").len("rows").sort("rows", "one", "other", descending=[True, False, False])
        odd = [(one, sign, rows) for one, sign, rows in words.rows() if _code(one) and not _may_be(sign, _code(one))]
        if odd:
            count = sum(rows for _, _, rows in odd)
            return Disagreement(name, column, count, odd[0][0], odd[0][1]).in_words()
    return None


def _of_each_other(signs: pl.Series, column: str) -> Message | None:
    """Signs of several currencies: no two of them can mean one."""
    counts = signs.drop_nulls().value_counts().sort("count", column, descending=[True, False])
    if not counts.height or frozenset.intersection(*map(codes_of_sign, counts[column])):
        return None
    said = listed(f"{sign} ({rows:,})" for sign, rows in counts.iter_rows())
    return say("{column} holds signs of several currencies, and they are added up: {signs}", column=column, signs=said)


def _apart(pairs: pl.DataFrame) -> tuple[int, str, str] | None:
    """Rows whose two words mean two currencies: two codes that differ, or a word that goes with several."""
    clean = pairs.select(pl.all().str.strip_chars().str.to_uppercase().replace("", None)).drop_nulls()
    words = clean.group_by("one", "other").len("rows").sort("rows", "one", "other", descending=[True, False, False])
    odd: list[tuple[int, str, str]] = []
    partner: dict[str, str] = {}
    for one, other, rows in words.rows():
        known = partner.setdefault(other, one)
        codes = _code(one), _code(other)
        if (codes[0] != codes[1]) if all(codes) else known != one:
            odd.append((rows, one, other))
    return (sum(rows for rows, _, _ in odd), odd[0][1], odd[0][2]) if odd else None


def _code(word: str) -> str:
    """The code of a currency that a word is or means; "" of a word nobody knows."""
    word = word.strip().upper()
    return NAMES.get(word, word if _CODE.fullmatch(word) else "")


def _may_be(sign: str, code: str) -> bool:
    return code in codes_of_sign(sign)
