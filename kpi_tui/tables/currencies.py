"""The currency of each row, where a file names it: amounts of several are never added up (docs/data.md)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from sqlglot import exp

from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, ColumnType, TableSchema, TableSource
from kpi_tui.sql import guard

_NAMES = frozenset(
    "currency currencycode currencyid ccy 币种 货币 货币类型 货币代码 币别 结算币种 交易币种 订单币种".split()
)


def currency_columns(
    columns: Iterable[str], mapped: Collection[str], source: TableSource, schema: TableSchema
) -> list[str]:
    """Columns of a file named as currencies; none that a mapping of an amount or a look-up sees to."""
    types = {**{name: column.type for name, column in schema.columns.items()}, **source.types}
    money = [name for name in mapped if types.get(name) is ColumnType.FLOAT]
    seen = {name for column in money for name in _read(source.columns.get(column, column))}
    seen |= {name for join in source.joins.values() for name in join.on}
    return [name for name in called(columns, _NAMES) if name not in seen] if money else []


def currency_of_row(
    columns: Iterable[str], mapped: Collection[str], source: TableSource, schema: TableSchema
) -> dict[str, str]:
    """The hidden column of a table that says it, and its SQL; none where nothing says it, or rows are grouped."""
    found = [] if source.group_by else currency_columns(columns, mapped, source, schema)
    sql = [f"nullif(upper(trim(cast({_quoted(name)} as varchar))), '')" for name in found[:1]]
    return dict(zip((CURRENCY_OF_ROW,), sql, strict=False))


def called(columns: Iterable[str], words: frozenset[str]) -> Iterator[str]:
    """Columns with one of some names, whatever their case and signs."""
    return (name for name in columns if re.sub(r"[\s_\-()（）]", "", name).casefold() in words)


def _read(sql: str) -> tuple[str, ...]:
    return tuple(column.name for column in guard.expression(sql).tree.find_all(exp.Column))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
