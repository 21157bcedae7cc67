"""What facts and measures may read: names of relations, and the columns of each."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from kpi_tui.definitions.library.table import ColumnType, TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.sql import guard

MADE: Mapping[str, frozenset[str]] = {
    "periods": frozenset({"period", "period_start", "period_end", "prev_start"}),
    "period_days": frozenset({"period", "back", "day"}),
    "calendar": frozenset({"day", "day_no"}),
}
"""Relations the engine makes (docs/architecture.md, What a fact may read)."""

Columns = frozenset[str] | None
"""Names of columns; None when they cannot be told."""

_TIMES = (ColumnType.DATE, ColumnType.DATETIME)


@dataclass
class Relations:
    """Columns by relation. Facts are added as they prove sound."""

    columns: dict[str, Columns] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)  # default time column

    @property
    def readable(self) -> Mapping[str, Columns]:
        """These and what the engine makes, as they are and come to be."""
        return ChainMap(self.columns, dict(MADE))

    def add_table(self, schema: TableSchema, source: TableSource | None) -> None:
        """A prepared table: its schema, the extra columns of tables.toml, a `_day` for every time."""
        extra = source.mapped if source else frozenset()
        types = {name: column.type for name, column in schema.columns.items()}
        types |= dict(source.types) if source else {}
        days = {f"{name}_day" for name, kind in types.items() if kind in _TIMES}
        self.columns[schema.id] = frozenset({*schema.columns, *extra, *days})
        self.times[schema.id] = schema.time


def column_names(relations: Relations) -> set[str]:
    """Every column a cut may name: by itself, or with its table as `users.channel_id`."""
    pairs = [(table, name) for table, columns in relations.columns.items() for name in columns or ()]
    return {name for _, name in pairs} | {f"{table}.{name}" for table, name in pairs}


def fact_outputs(sql: str, relations: Mapping[str, Columns]) -> tuple[Columns, tuple[str, ...]]:
    """`query_outputs` of a fact's SQL, kept: a workspace read again mostly asks for what it asked before."""
    named = sorted(name for name in guard.query(sql).named if name in relations)
    return _kept_outputs(sql, tuple((name, relations[name]) for name in named))


@lru_cache(maxsize=1024)
def _kept_outputs(sql: str, relations: tuple[tuple[str, Columns], ...]) -> tuple[Columns, tuple[str, ...]]:
    outputs, problems = query_outputs(guard.query(sql).tree, dict(relations))
    return outputs, tuple(problems)


def query_outputs(tree: exp.Expression, relations: Mapping[str, Columns]) -> tuple[Columns, list[str]]:
    """Output columns of a judged query, and a sentence for every column that no relation has."""
    walk = _Walk(relations)
    return walk.run(tree), walk.problems


class _Walk:
    """Goes through the scopes of a query, innermost first."""

    def __init__(self, relations: Mapping[str, Columns]) -> None:
        self._relations = relations
        self._outputs: dict[int, Columns] = {}
        self.problems: list[str] = []

    def run(self, tree: exp.Expression) -> Columns:
        scopes = traverse_scope(tree)
        for scope in scopes:
            self._outputs[id(scope)] = self._selected(scope)
            if isinstance(scope.expression, exp.Select):
                self._check(scope, scope.expression)
        return self._outputs[id(scopes[-1])] if scopes else None

    def _sources(self, scope: Scope) -> dict[str, Columns]:
        """Columns by alias of what a SELECT reads."""
        return {name: self._columns_of(source) for name, (_, source) in scope.selected_sources.items()}

    def _columns_of(self, source: exp.Table | Scope) -> Columns:
        if isinstance(source, exp.Table):
            return self._relations.get(source.name)
        return self._outputs.get(id(source))

    def _selected(self, scope: Scope) -> Columns:
        if scope.set_operation_scopes:
            return self._outputs.get(id(scope.set_operation_scopes[0]))
        if not isinstance(scope.expression, exp.Select):
            return None
        names: set[str] = set()
        for projection in scope.expression.selects:
            if projection.is_star:
                table = projection.table if isinstance(projection, exp.Column) else ""
                columns = _union(known for alias, known in self._sources(scope).items() if table in ("", alias))
                if columns is None:
                    return None
                names |= columns
            else:
                names.add(projection.alias_or_name)
        return frozenset(names)

    def _check(self, scope: Scope, select: exp.Select) -> None:
        """Every column of the SELECT stands in what it reads, its own aliases, or the queries around it."""
        sources = self._sources(scope)
        around = _around(scope)
        while around is not None:
            if isinstance(around.expression, exp.Select):
                sources = {**self._sources(around), **sources}
            around = _around(around)
        aliases = frozenset(projection.alias for projection in select.selects if projection.alias)
        everything = _union([aliases, *sources.values()])
        for column in scope.columns:
            if column.parent_select is not select:
                continue  # a sub-query's, judged in its own scope
            if column.table and column.table not in sources:
                self.problems.append(
                    say("unknown table {table!r} in {column}", table=column.table, column=column.sql())
                )
                continue
            known = sources[column.table] if column.table else everything
            if known is not None and column.name not in known and not isinstance(column.this, exp.Star):
                self.problems.append(unknown_column(column.name, known))


def _around(scope: Scope) -> Scope | None:
    """What a sub-query, or a part of its union, stands in."""
    return scope.parent if scope.is_subquery or scope.is_set_operation else None


def _union(parts: Iterable[Columns]) -> Columns:
    """All columns together; None when one part cannot be told."""
    names: set[str] = set()
    for part in parts:
        if part is None:
            return None
        names |= part
    return frozenset(names)


def unknown_column(name: str, known: frozenset[str], table: str = "") -> str:
    """One sentence about a column that is not there."""
    hint = did_you_mean(name, known)
    return (
        say("unknown column {name!r}", name=name)
        + (say(" of {table}", table=table) if table else "")
        + (say("; {hint}", hint=hint) if hint else "")
    )
