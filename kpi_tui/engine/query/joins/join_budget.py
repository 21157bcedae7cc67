"""How many rows the joins of a fact make, estimated from the sizes and keys of its relations before it is computed.

A join in columns that are unique on one side makes no row more; any other multiplies. What is refused here would have
taken the memory of the machine. A sub-query counts as its own SELECT, estimated before the one around it; where a join
keeps rows by a window or an aggregate of one, how many it keeps is left to the watch on memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.scope import Scope, traverse_scope

from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.query.joins.sub_queries import ReadRelation, ReadRelations
from kpi_tui.sql import guard
from kpi_tui.tables.polars_sql import execute

MOST_JOINED_ROWS = 20_000_000
"""Where a workspace without the shipped library has no setting `most_joined_rows`."""
_FEW = 1_000
"""Rows of a sub-query that may stand beside every row: periods, steps, one total."""
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
        relations = ReadRelations(frames, self._key_of)
        for scope in scopes:  # the inner ones before those around them
            if why := self._too_many(scope, relations):
                return why
        return ""

    def exceeded_inside(self, sql: str, frames: Mapping[str, pl.LazyFrame]) -> str:
        """The same of the sub-queries that conditions of measures read, in a statement of our own making."""
        tree = guard.statement(sql).tree
        if not tree.find(exp.Join, exp.SetOperation):
            return ""
        inner = (query for query in tree.find_all(exp.Query) if _is_of_condition(query))
        return next((why for query in inner if (why := self.exceeded(query.sql(guard.DIALECT), frames))), "")

    def _too_many(self, scope: Scope, relations: ReadRelations) -> str:
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
        if len(sources) > 1 and rows > self._most / _MOST_UNITED:  # fewer do no harm, however often they are united
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
    relation: ReadRelation
    using: tuple[str, ...] = ()


def _sources(select: exp.Select, scope: Scope, relations: ReadRelations) -> Iterator[_Source]:
    first = select.args.get("from_")
    for node in [*([first] if first else []), *(select.args.get("joins") or ())]:
        alias, using = node.this.alias_or_name, tuple(part.name for part in node.args.get("using") or ())
        name = node.this.name if isinstance(node.this, exp.Table) else alias
        yield _Source(alias, name or alias, relations.of(scope.sources.get(alias)), using)


def _is_of_condition(query: exp.Expr) -> bool:
    """Whether it stands in a condition: column IN (SELECT …), EXISTS (SELECT …)."""
    above = query.parent.parent if isinstance(query.parent, exp.Subquery) else query.parent
    return isinstance(query.parent, exp.In | exp.Exists) or not isinstance(
        above, exp.From | exp.Join | exp.CTE | exp.Query | exp.With | exp.Subquery | None
    )


_Pair = tuple[exp.Expr, exp.Expr]


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
        key = set(source.relation.key)
        return any(key and key <= _names(own for own, _their in self._met(source, other)) for other in before)

    def _factor(self, source: _Source, before: Sequence[_Source]) -> float:
        """Rows of `source` that meet one of the rows before it, on the mean."""
        if self.is_one(source, before):
            return 1.0
        pairs = [self._met(source, other) for other in before]
        if factors := [self._meeting(source, other, met) for other, met in zip(before, pairs, strict=True) if met]:
            return min(factors)
        is_unclear = not source.relation.is_table and (source.relation.rows <= _FEW or self._names_no_table())
        return 1.0 if is_unclear else source.relation.rows

    def _names_no_table(self) -> bool:
        """Whether a condition holds columns equal without saying of which relations."""
        equal = (part for part in self._conditions if isinstance(part, exp.EQ))
        return any(not column.table for part in equal for column in part.find_all(exp.Column))

    def _met(self, source: _Source, other: _Source) -> list[_Pair]:
        """(what of `source`, what of `other`) a condition holds equal, columns that are no constants or more."""
        found: list[_Pair] = [
            (exp.column(name, table=source.alias), exp.column(name, table=other.alias)) for name in source.using
        ]
        for part in self._conditions:
            if isinstance(part, exp.EQ):
                for own, their in ((part.this, part.expression), (part.expression, part.this)):
                    if _is_of(own, source) and _is_of(their, other):
                        found.append((own, their))
        return found

    def _meeting(self, source: _Source, other: _Source, pairs: Sequence[_Pair]) -> float:
        size, other_size, their_key = source.relation.rows, other.relation.rows, set(other.relation.key)
        if not other_size or (their_key and their_key <= _names(their for _own, their in pairs)):
            return size / max(other_size, 1) if other_size else 1.0
        if not (source.relation.frame and other.relation.frame) or self._hangs_on_uncounted(source, other):
            return 1.0
        left = self._counts(other, other.relation.frame(), [their for _own, their in pairs])
        right = self._counts(source, source.relation.frame(), [own for own, _their in pairs])
        met = left.join(right, on=[f"k{n}" for n in range(len(pairs))])
        count = met.select((pl.col("n").cast(pl.Float64) * pl.col("n_right")).sum()).collect().item()
        return float(count or 0) / other_size

    def _hangs_on_uncounted(self, *sources: _Source) -> bool:
        """Whether a condition keeps rows by an aggregate or a window of a sub-query: the last row of each key."""
        columns = (column for part in self._conditions for column in part.find_all(exp.Column))
        names = {(column.table, column.name) for column in columns}
        return any(
            (table, name) in names for one in sources for name in one.relation.uncounted for table in (one.alias, "")
        )

    def _counts(self, source: _Source, rows: pl.LazyFrame, keys: Sequence[exp.Expr]) -> pl.LazyFrame:
        """How many rows have each key, of those that the conditions on this relation alone keep."""
        named = [key.copy().as_(f"k{place}") for place, key in enumerate(keys)]
        counts = exp.select(*named, exp.Count(this=exp.Star()).as_("n")).from_(
            exp.alias_(exp.to_table("counted"), source.alias, table=True)
        )
        own = [part.copy() for part in self._conditions if _only_of(part, source.alias)]
        counts = counts.where(*own) if own else counts
        sql = counts.group_by(*(key.copy() for key in keys)).sql(guard.DIALECT)
        return execute(sql, {"counted": rows})


def _names(parts: Iterable[exp.Expr]) -> set[str]:
    return {part.name for part in parts if isinstance(part, exp.Column)}


def _is_of(part: exp.Expr, source: _Source) -> bool:
    """Whether it is worked out of columns of that relation, and differs from row to row."""
    columns = list(part.find_all(exp.Column))
    return (
        {column.table for column in columns} == {source.alias}
        and not part.find(exp.Select)
        and not {column.name for column in columns} <= source.relation.constant
    )


def _conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    inner = condition.this if isinstance(condition, exp.Where) else condition
    yield from inner.flatten() if isinstance(inner, exp.And) else [inner]


def _only_of(condition: exp.Expr, alias: str) -> bool:
    columns = list(condition.find_all(exp.Column))
    return bool(columns) and not condition.find(exp.Select) and all(column.table == alias for column in columns)
