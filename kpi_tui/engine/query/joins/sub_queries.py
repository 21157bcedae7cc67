"""What a statement reads, tables and sub-queries alike: about how many rows, and which columns tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

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

    `constant`: columns with the same value in every row; `frame`: its rows, where they are read as they stand, without
    the columns that are `uncounted`: aggregates and windows are not computed to count rows.
    """

    rows: float
    key: tuple[str, ...] = ()
    frame: Callable[[], pl.LazyFrame] | None = None
    constant: frozenset[str] = frozenset()
    is_table: bool = False
    uncounted: frozenset[str] = frozenset()


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
        first = self.of(scope.sources.get(alias))
        counted = _counted(query, first.uncounted) if first.frame else None
        frame, uncounted = None, frozenset[str]()
        if first.frame and counted:
            uncounted = _uncounted(query, counted, first.uncounted)
            frame = partial(_rows_of, counted, first.frame)
        self._made[id(scope)] = ReadRelation(rows, key, frame, constant, uncounted=uncounted)
        return rows


def _rows_of(query: exp.Select, inner: Callable[[], pl.LazyFrame]) -> pl.LazyFrame:
    """The rows of a SELECT of one relation, given its rows."""
    query = query.copy()
    table = query.args["from_"].this
    query.args["from_"].set("this", exp.alias_(exp.to_table("inner_rows"), table.alias_or_name, table=True))
    return execute(query.sql(guard.DIALECT), {"inner_rows": inner()})


def _counted(query: exp.Select, unknown: frozenset[str]) -> exp.Select | None:
    """A SELECT of one relation without what is not needed to count its rows by a key: windows and aggregates.

    None where its rows are not as quick to count as those of a table, or hang on a column that is `unknown`.
    """
    parts = {name for name, value in query.args.items() if value}
    if not parts <= {"expressions", "from_", "where", "with_", "kind", "group", "having", "distinct", "order"}:
        return None
    made = query.copy()
    for part in ("with_", "order"):
        made.set(part, None)
    kept = [one for one in made.expressions if not (one.find(exp.Window, exp.AggFunc) or _names_any(one, unknown))]
    if made.args.get("distinct") and len(kept) < len(made.expressions):
        made.set("distinct", None)  # fewer columns tell fewer rows apart
    made.set("expressions", kept)
    hangs = [made.args.get(part) for part in ("where", "group", "having")]
    if not kept or made.find(exp.Subquery, exp.Exists) or any(one and _names_any(one, unknown) for one in hangs):
        return None
    return made


def _names_any(part: exp.Expr, names: frozenset[str]) -> bool:
    return any(column.name in names for column in part.find_all(exp.Column))


def _uncounted(query: exp.Select, counted: exp.Select, before: frozenset[str]) -> frozenset[str]:
    """The columns that the counted form of a SELECT lacks; a star hands on those that its relation lacks, too."""
    given = {one.alias_or_name for one in query.expressions} - {one.alias_or_name for one in counted.expressions}
    return frozenset(given | before) if query.is_star else frozenset(given)


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
