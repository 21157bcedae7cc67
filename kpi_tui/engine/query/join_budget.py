"""How many rows the joins of a fact make, estimated from the sizes and keys of its relations before it is computed.

A join in columns that are unique on one side makes no row more; any other multiplies. What is refused here would have
taken the memory of the machine; what cannot be estimated (a sub-query) is left to the watch on memory.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.sql import guard
from kpi_tui.tables.polars_sql import execute

MOST_JOINED_ROWS = 20_000_000
"""Where a workspace without the shipped library has no setting `most_joined_rows`."""

KeyOf = Callable[[str], tuple[str, ...]]
"""The columns that tell the rows of a relation apart; none where nobody says."""


class JoinBudget:
    """The rows that joins may make in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._most = workspace.number("most_joined_rows", MOST_JOINED_ROWS)
        self._key_of = workspace.key_of

    def exceeded(self, sql: str, frames: Mapping[str, pl.LazyFrame]) -> str:
        """Why the joins of a fact's SQL may not run over `frames`; "" when they may, and without joins at once."""
        most, sizes = self._most, dict[str, int]()
        for select in guard.statement(sql).selects:
            sources = list(_sources(select, frames)) if select.args.get("joins") else []
            for name in {source.relation for source in sources} - {"", *sizes}:
                sizes[name] = int(frames[name].select(pl.len()).collect().item())
            if math.prod(sizes.get(source.relation, 1) for source in sources) <= most:
                continue
            rows = _Estimate(frames, sizes, self._key_of, select).rows(sources)
            if rows > max(most, *(sizes.get(source.relation, 0) for source in sources)):
                return say(
                    "joining {tables} makes too many rows, about {rows:,.0f} (setting most_joined_rows: {most:,.0f});"
                    " join in columns that are unique on one side",
                    tables=listed(source.relation or source.alias for source in sources), rows=rows, most=most,
                )  # fmt: skip
        return ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A relation of a SELECT, "" where it is a sub-query; `using`: its columns named by USING."""

    alias: str
    relation: str
    using: tuple[str, ...] = ()


def _sources(select: exp.Select, frames: Mapping[str, pl.LazyFrame]) -> Iterator[_Source]:
    first = select.args.get("from_")
    for node in [first, *select.args["joins"]] if first else select.args["joins"]:
        table, using = node.this, tuple(part.name for part in node.args.get("using") or ())
        known = isinstance(table, exp.Table) and table.name in frames
        yield _Source(table.alias_or_name, table.name if known else "", using)


class _Estimate:
    """The rows of one SELECT before its groups and conditions over several relations."""

    def __init__(
        self, frames: Mapping[str, pl.LazyFrame], sizes: Mapping[str, int], key_of: KeyOf, select: exp.Select
    ) -> None:
        self._frames, self._sizes, self._key_of = frames, sizes, key_of
        written = [select.args.get("where"), *(join.args.get("on") for join in select.args["joins"])]
        self._conditions = [part for one in written if one for part in _conjuncts(one)]

    def rows(self, sources: Sequence[_Source]) -> float:
        """Source by source, each multiplied with those before it."""
        rows = 1.0
        for place, source in enumerate(sources):
            if source.relation:
                rows *= self._factor(source, sources[:place]) if place else self._sizes[source.relation]
        return rows

    def _factor(self, source: _Source, before: Sequence[_Source]) -> float:
        """Rows of `source` that meet one of the rows before it, on the mean."""
        pairs = [self._met(source, other) for other in before]
        if not any(pairs):
            return self._sizes[source.relation] if all(other.relation for other in before) else 1.0
        factors = [
            self._meeting(source, other, columns) for other, columns in zip(before, pairs, strict=True) if columns
        ]
        return min(factors)

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
        key, their_key = self._key_of(source.relation), self._key_of(other.relation)
        if key and set(key) <= set(mine):
            return 1.0
        size, other_size = self._sizes[source.relation], self._sizes.get(other.relation, 0)
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
            exp.alias_(exp.to_table(source.relation), source.alias, table=True)
        )
        own = [part.copy() for part in self._conditions if _only_of(part, source.alias)]
        counts = counts.where(*own) if own else counts
        sql = counts.group_by(*(exp.column(name, table=source.alias) for name in columns)).sql(guard.DIALECT)
        return execute(sql, {source.relation: self._frames[source.relation]})


def _conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    inner = condition.this if isinstance(condition, exp.Where) else condition
    yield from inner.flatten() if isinstance(inner, exp.And) else [inner]


def _only_of(condition: exp.Expr, alias: str) -> bool:
    columns = list(condition.find_all(exp.Column))
    return bool(columns) and not condition.find(exp.Select) and all(column.table == alias for column in columns)
