"""The currency of each row, where a file names it: amounts of several are never added up (docs/data.md)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from sqlglot import exp

from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, ColumnType, TableSchema, TableSource
from kpi_tui.sql import guard

_NAME = re.compile(r"[a-z]*currency(code|id|name)?|ccy|\w*(币种|币别)(代码)?|\w{0,2}货币(类型|代码|单位)?")

OF_SOURCES = "currency"
"""Where `currency` of tables.toml says what amounts are in, and of all sources of a table together."""


MIXED = ""
"""The currency of a group whose rows say several: their sum is an amount of none."""


def currency_columns(
    columns: Iterable[str],
    mapped: Collection[str],
    source: TableSource,
    schema: TableSchema,
    own: Collection[str] = (),
) -> list[str]:
    """Columns of a file named as currencies, where some amount is mapped that is not turned into one of them.

    By the file or by the mapping (`currency = "cur"`). The first of them counts; where the mapping says which one
    does, that one alone is it. `own`: extra columns that may be amounts.
    """
    money = [*(name for name in amounts(source, schema) if name in mapped), *own]
    said = source.currency_column
    given = {sql.strip('"') for name, sql in source.columns.items() if is_called_currency(name)}
    called = [name for name in columns if (name == said if said else is_called_currency(name) or name in given)]
    return [name for name in called if any(unconverted(money, name, source))]


def is_called_currency(name: str) -> bool:
    """Whether a column of a file is called so that its cells are currencies."""
    return _NAME.fullmatch(bare(name)) is not None


def amounts(source: TableSource, schema: TableSchema) -> list[str]:
    """Columns of a table that may hold money: those with fractions, but for what its schema says is none."""
    types = {**source.types, **{name: column.type for name, column in schema.columns.items()}}
    said = {**{name: column.money for name, column in schema.columns.items()}, **source.money}
    floats = [name for name, kind in types.items() if kind is ColumnType.FLOAT]
    return [name for name in dict.fromkeys((*floats, *source.money)) if said.get(name, True)]


def unconverted(money: Iterable[str], currency: str, source: TableSource) -> Iterator[str]:
    """Columns whose amounts stand as the file has them, whatever their currency.

    A mapping that reads the currency turns it into another, or one that reads what was looked up by it (a rate).
    """
    lookups = [join for join in source.joins.values() if currency in join.on]
    given = {name for join in lookups for name in join.source.columns}
    for name in money:
        read = columns_read(source.columns.get(name, name))
        looked_up = bool(lookups) and bool(read & given or len(read) > 1)
        if read and currency not in read and not looked_up:
            yield name


def currency_of_row(
    columns: Iterable[str], mapped: Collection[str], source: TableSource, schema: TableSchema
) -> dict[str, str]:
    """The hidden column of a table that says it, and its SQL; none where nothing says it.

    A group has the currency that all of its rows say, none beside a gap, and `MIXED` where they say several.
    Whether an own column is a number is not known yet: of a table without an amount it is dropped again.
    """
    own = [name for name in source.columns if name not in schema.columns and name not in source.money]
    found = currency_columns(columns, mapped, source, schema, own)
    sql = [f"nullif(upper(trim(cast({_quoted(name)} as varchar))), '')" for name in found[:1]]
    if source.group_by:
        sql = [
            f"case when min({one}) <> max({one}) then '{MIXED}' when count({one}) = count(*) then min({one}) end"
            for one in sql
        ]
    return dict(zip((CURRENCY_OF_ROW,), sql, strict=False))


def called(columns: Iterable[str], words: frozenset[str]) -> Iterator[str]:
    """Columns with one of some names, whatever their case and signs."""
    return (name for name in columns if bare(name) in words)


def bare(name: str) -> str:
    """A header without blanks, signs and capitals."""
    return re.sub(r"[\s_\-()（）]", "", name).casefold()


def columns_read(sql: str) -> set[str]:
    """The columns a mapping reads; the name of a column need not be SQL."""
    try:
        return {column.name for column in guard.expression(sql).tree.find_all(exp.Column)} | {sql.strip('"')}
    except guard.FragmentError:
        return {sql}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
