"""Which columns of a table say of what kind its rows are: by them a number can be taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from kpi_tui.definitions.library.table import SOURCE, ColumnType, TableSchema, TableSource

_LITERAL = re.compile(r"\s*('[^']*'|true|false|null)\s*", re.IGNORECASE)
_WORDS = (ColumnType.STR, ColumnType.BOOL)


def is_word(table: TableSchema, name: str, asked: Set[str]) -> bool:
    """Whether a column says of what kind a row is, not which row; an id where metrics are `asked` by it."""
    column = table.columns.get(name)
    if column is None or column.type not in _WORDS or name in table.key:
        return False
    return name in asked or not name.endswith("_id")


def added_words(source: TableSource | None, table: TableSchema) -> set[str]:
    """Columns that the workspace adds to a table and does not call numbers or days; ids of rows are none, nor are the
    names of ids, which stand beside them."""
    names = {column.named_by for column in table.columns.values()}
    added = source.mapped - table.columns.keys() - {SOURCE} - names if source else frozenset()
    others = {name for name, kind in source.types.items() if kind not in _WORDS} if source else set()
    return {name for name in added - others if not name.endswith("_id")}


def is_constant(column: str, table: str, tables: Mapping[str, TableSource]) -> bool:
    """Whether the mapping gives every row one and the same word (`domain = "'public'"`): that takes nothing apart."""
    owner, _dot, name = column.rpartition(".")
    source = tables.get(owner or table)
    said = {part.columns.get(name, "") for part in source.parts()} if source else set()
    return len(said) == 1 and _LITERAL.fullmatch(said.pop()) is not None


def leads_to(table: TableSchema) -> set[str]:
    """The tables that its ids point at."""
    return {column.references.partition(".")[0] for column in table.columns.values() if column.references}
