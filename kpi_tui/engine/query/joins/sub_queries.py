"""What a statement reads, tables and sub-queries alike: about how many rows, and which columns tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl
from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from kpi_tui.sql import guard
from kpi_tui.tables.polars_sql import execute

KeyOf = Callable[[str], tuple[str, ...]]
"""The columns that tell the rows of a relation apart; none where nobody says."""


@dataclass(frozen=True, slots=True)
class ReadRelation:
    """`rows`: at most, about; `key`: columns that tell its rows apart, () where that is not known.

    `constant`: columns with the same value in every row; `frame`: its rows, where they are read as they stand.
    """

    rows: float
    key: tuple[str, ...] = ()
    frame: Callable[[], pl.LazyFrame] | None = None
    constant: frozenset[str] = frozenset()
    is_table: bool = False


class ReadRelations:
    """Those of one statement, over frames by name."""

    def __init__(self, frames: Mapping[str, pl.LazyFrame], key_of: KeyOf) -> None:
        self._frames, self._key_of = frames, key_of
        self._made: dict[int, ReadRelation] = {}
        self._size = cache(lambda name: int(frames[name].select(pl.len()).collect().item()))
        self.largest = 0.0
        """Rows of the largest table that was looked at."""

    def of(self, source: object) -> ReadRelation:
        """Of a table, or of a sub-query that was kept; one row where it is neither."""
        if isinstance(source, exp.Table) and source.name in self._frames:
            name = source.name
            rows = float(self._size(name))
            self.largest = max(self.largest, rows)
            return ReadRelation(rows, self._key_of(name), lambda: self._frames[name], is_table=True)
        return self._made.get(id(source)) or ReadRelation(1.0)

    def keep(self, scope: Scope, rows: float, alias: str = "", key: tuple[str, ...] = ()) -> float:
        """How many rows a sub-query has; `key`: of its first relation, called `alias`, where its joins keep it."""
        query = scope.expression
        if not isinstance(query, exp.Select):
            self._made[id(scope)] = ReadRelation(rows)
            return rows
        rows, key = min(rows, _most_of(query)), _key_of(query, alias, key)
        constant = frozenset(one.alias_or_name for one in query.selects if not one.find(exp.Column, exp.Star, exp.Func))
        inner = self.of(scope.sources.get(alias)).frame
        frame = (lambda: self._plain(scope, inner())) if inner and _is_plain(query) else None
        self._made[id(scope)] = ReadRelation(rows, key, frame, constant)
        return rows

    def _plain(self, scope: Scope, rows: pl.LazyFrame) -> pl.LazyFrame:
        """The rows of a SELECT of one relation, given its rows."""
        query = scope.expression.copy()
        query.set("with_", None)
        table = query.args["from_"].this
        query.args["from_"].set("this", exp.alias_(exp.to_table("inner_rows"), table.alias_or_name, table=True))
        return execute(query.sql(guard.DIALECT), {"inner_rows": rows})


def _is_plain(query: exp.Select) -> bool:
    """Whether it reads one relation row by row, so that its rows are as quick to count as those of a table."""
    parts = {name for name, value in query.args.items() if value}
    return parts <= {"expressions", "from_", "where", "with_", "kind"} and not query.find(
        exp.Window, exp.AggFunc, exp.Subquery, exp.Exists
    )


def _most_of(query: exp.Select) -> float:
    """Rows that a SELECT has at most by its own words."""
    limit = query.args.get("limit")
    if isinstance(limit, exp.Limit) and isinstance(limit.expression, exp.Literal) and limit.expression.is_int:
        return float(limit.expression.name)
    whole = not query.args.get("group") and any(
        isinstance(one.unalias(), exp.AggFunc) and not isinstance(one.unalias(), exp.Window) for one in query.selects
    )
    return 1.0 if whole else float("inf")


def _key_of(query: exp.Select, alias: str, key: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that tell the rows of a SELECT apart, by the names it gives them."""
    group = query.args.get("group")
    if group:
        wanted = [part.sql(guard.DIALECT) for part in group.expressions]
        given = {one.unalias().sql(guard.DIALECT): one.alias_or_name for one in query.selects}
        given |= {one.alias_or_name: one.alias_or_name for one in query.selects}
        return tuple(given[part] for part in wanted) if wanted and all(part in given for part in wanted) else ()
    if query.args.get("distinct"):
        return () if query.is_star else tuple(one.alias_or_name for one in query.selects)
    found = [_passed(query, alias, name) for name in key]
    return tuple(found) if all(found) else ()


def _passed(query: exp.Select, alias: str, column: str) -> str:
    """By which name a SELECT gives a column of its relation on; "" where it does not."""
    for one in query.selects:
        inner = one.unalias()
        if isinstance(inner, exp.Star) or (isinstance(inner, exp.Column) and inner.is_star and inner.table == alias):
            return column
        if isinstance(inner, exp.Column) and inner.name == column and inner.table in ("", alias):
            return str(one.alias_or_name)
    return ""
