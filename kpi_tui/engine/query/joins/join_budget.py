"""How many rows the joins of a fact make, estimated from the sizes and keys of its relations before it is computed.

A join in columns that are unique on one side makes no row more; any other multiplies. What is refused here would have
taken the memory of the machine. A sub-query counts as its own SELECT, estimated before the one around it; it is run for
its keys only where that one could make too many rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.scope import Scope, traverse_scope

from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.query.joins.sub_queries import Relation, Relations
from kpi_tui.sql import guard
from kpi_tui.tables.polars_sql import execute

MOST_JOINED_ROWS = 20_000_000
"""Where a workspace without the shipped library has no setting `most_joined_rows`."""
_MOST_UNITED = 20
"""How many times the rows of the largest relation a UNION may have, where that is more."""


class JoinBudget:
    """The rows that joins may make in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._most = workspace.number("most_joined_rows", MOST_JOINED_ROWS)
        self._key_of = workspace.key_of

    def exceeded(self, sql: str, frames: Mapping[str, pl.LazyFrame]) -> str:
        """Why the joins of a fact's SQL may not run over `frames`; "" when they may, and without joins at once."""
        tree = guard.statement(sql).tree
        if not tree.find(exp.Join, exp.SetOperation):
            return ""
        try:
            scopes = traverse_scope(tree)
        except OptimizeError:  # an alias given twice: the engine says so
            return ""
        relations = Relations(frames, self._key_of)
        for scope in scopes:  # the inner ones before those around them
            if why := self._too_many(scope, relations):
                return why
        return ""

    def _too_many(self, scope: Scope, relations: Relations) -> str:
        query = scope.expression
        if isinstance(query, exp.SetOperation):
            parts = [relations.of(part) for part in scope.set_operation_scopes]
            rows = relations.keep(scope, sum(part.rows for part in parts))
            if rows <= max(self._most, _MOST_UNITED * relations.largest):
                return ""
            return say(
                "its UNION makes too many rows, about {rows:,.0f} (setting most_joined_rows: {most:,.0f})",
                rows=rows, most=self._most,
            )  # fmt: skip
        if not isinstance(query, exp.Select):
            return ""
        sources = list(_sources(query, scope, relations))
        rows = math.prod(source.relation.rows for source in sources)
        if len(sources) > 1 and rows > self._most:
            rows = _Estimate(query).rows(sources)
            if rows > max(self._most, *(source.relation.rows for source in sources)):
                return say(
                    "joining {tables} makes too many rows, about {rows:,.0f} (setting most_joined_rows: {most:,.0f});"
                    " join in columns that are unique on one side",
                    tables=listed(source.name for source in sources), rows=rows, most=self._most,
                )  # fmt: skip
        estimate = _Estimate(query)
        first = sources[0] if sources else None
        is_one = all(estimate.is_one(source, sources[:place]) for place, source in enumerate(sources) if place)
        relations.keep(scope, rows, first.alias if first else "", first.relation.key if first and is_one else ())
        return ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A relation of a SELECT; `using`: its columns named by USING."""

    alias: str
    name: str
    relation: Relation
    using: tuple[str, ...] = ()


def _sources(select: exp.Select, scope: Scope, relations: Relations) -> Iterator[_Source]:
    first = select.args.get("from_")
    for node in [*([first] if first else []), *(select.args.get("joins") or ())]:
        alias, using = node.this.alias_or_name, tuple(part.name for part in node.args.get("using") or ())
        name = node.this.name if isinstance(node.this, exp.Table) else alias
        yield _Source(alias, name or alias, relations.of(scope.sources.get(alias)), using)


class _Estimate:
    """The rows of one SELECT before its groups and conditions over several relations."""

    def __init__(self, select: exp.Select) -> None:
        written = [select.args.get("where"), *(join.args.get("on") for join in select.args.get("joins") or ())]
        self._conditions = [part for one in written if one for part in _conjuncts(one)]

    def rows(self, sources: Sequence[_Source]) -> float:
        """Source by source, each multiplied with those before it."""
        rows = 1.0
        for place, source in enumerate(sources):
            rows *= self._factor(source, sources[:place]) if place else source.relation.rows
        return rows

    def is_one(self, source: _Source, before: Sequence[_Source]) -> bool:
        """Whether a row before it meets one row of `source` at most, by its key."""
        met = ({own for own, _their in self._met(source, other)} for other in before)
        return any(source.relation.key and set(source.relation.key) <= own for own in met)

    def _factor(self, source: _Source, before: Sequence[_Source]) -> float:
        """Rows of `source` that meet one of the rows before it, on the mean."""
        if self.is_one(source, before):
            return 1.0
        pairs = [self._met(source, other) for other in before]
        if not any(pairs):
            return source.relation.rows
        return min(self._meeting(source, other, met) for other, met in zip(before, pairs, strict=True) if met)

    def _met(self, source: _Source, other: _Source) -> list[tuple[str, str]]:
        """(column of `source`, column of `other`) that a condition holds equal."""
        found = [(name, name) for name in source.using]
        for part in self._conditions:
            if (
                isinstance(part, exp.EQ)
                and isinstance(part.this, exp.Column)
                and isinstance(part.expression, exp.Column)
            ):
                sides = {part.this.table: part.this.name, part.expression.table: part.expression.name}
                if sides.keys() == {source.alias, other.alias}:
                    found.append((sides[source.alias], sides[other.alias]))
        return found

    def _meeting(self, source: _Source, other: _Source, columns: Sequence[tuple[str, str]]) -> float:
        mine, theirs = [own for own, _their in columns], [their for _own, their in columns]
        size, other_size, their_key = source.relation.rows, other.relation.rows, other.relation.key
        if not other_size or (their_key and set(their_key) <= set(theirs)):
            return size / max(other_size, 1) if other_size else 1.0
        left, right = self._counts(other, theirs), self._counts(source, mine)
        met = left.join(right, on=["k0", *(f"k{n}" for n in range(1, len(mine)))])
        pairs = met.select((pl.col("n").cast(pl.Float64) * pl.col("n_right")).sum()).collect().item()
        return float(pairs or 0) / other_size

    def _counts(self, source: _Source, columns: Sequence[str]) -> pl.LazyFrame:
        """How many rows have each key, of those that the conditions on this relation alone keep."""
        keys = [exp.column(name, table=source.alias).as_(f"k{place}") for place, name in enumerate(columns)]
        counts = exp.select(*keys, exp.Count(this=exp.Star()).as_("n")).from_(
            exp.alias_(exp.to_table("counted"), source.alias, table=True)
        )
        own = [part.copy() for part in self._conditions if _only_of(part, source.alias)]
        counts = counts.where(*own) if own else counts
        sql = counts.group_by(*(exp.column(name, table=source.alias) for name in columns)).sql(guard.DIALECT)
        return execute(sql, {"counted": source.relation.frame()})


def _conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    inner = condition.this if isinstance(condition, exp.Where) else condition
    yield from inner.flatten() if isinstance(inner, exp.And) else [inner]


def _only_of(condition: exp.Expr, alias: str) -> bool:
    columns = list(condition.find_all(exp.Column))
    return bool(columns) and not condition.find(exp.Select) and all(column.table == alias for column in columns)
