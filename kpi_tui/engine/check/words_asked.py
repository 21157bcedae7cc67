"""Words that the SQL of a condition or of a fact compares columns with: worked out once for the same text."""

from __future__ import annotations

from functools import lru_cache

from sqlglot import exp

from kpi_tui.sql import guard
from kpi_tui.sql.column_origins import sources
from kpi_tui.sql.compared_words import compared

ColumnWords = tuple[str, tuple[str, ...]]
"""A column, and the words it is compared with."""


@lru_cache(maxsize=4096)
def words_of_condition(sql: str, *, negated: bool) -> tuple[ColumnWords, ...]:
    """Those of `column = 'word'` and `column in ('word', …)` outside sub-queries; `negated`: also of `<>` and `not`."""
    tree = guard.predicate(sql).tree.copy()  # alone: what it was parsed in is a SELECT too
    found = compared(tree, negated=negated)
    return tuple((column.name, tuple(words)) for column, words in found if column.find_ancestor(exp.Select) is None)


@lru_cache(maxsize=2048)
def words_of_fact(sql: str, *, negated: bool) -> tuple[tuple[str, ColumnWords], ...]:
    """Those of the WHEREs of a fact, each with the table the column is read from."""
    found = compared(guard.query(sql).tree, negated=negated)
    held = (
        (_holder(column), (column.name, tuple(words))) for column, words in found if column.find_ancestor(exp.Where)
    )
    return tuple((table, words) for table, words in held if table)


def _holder(column: exp.Column) -> str:
    """The table that a column of a fact is read from, where its SELECT reads one, or names it."""
    select = column.find_ancestor(exp.Select)
    around = sources(select) if select is not None else []
    found = [one for one in around if column.table in ("", one.alias_or_name)]
    return found[0].name if len(found) == 1 and isinstance(found[0], exp.Table) else ""
