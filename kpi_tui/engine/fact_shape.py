"""What the SQL of a fact says about itself: what it reads, which columns it needs, which it only passes on (R006).

A column that is only passed through a fact is needed by the measures that use it; every other column a
fact mentions (in joins, conditions, expressions) is needed by all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from sqlglot import exp

from kpi_tui.definitions.library.metric import Fact
from kpi_tui.definitions.library.procedure import PROCEDURES, Call
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql import guard
from kpi_tui.sql.column_origins import sources
from kpi_tui.sql.parameters import bind

T = TypeVar("T")


@dataclass(frozen=True)
class FactShape:
    """What a fact's SQL says about itself."""

    sql: str
    reads: tuple[str, ...]
    needs: frozenset[tuple[str, str]]  # (relation or "", column) used in joins, conditions, expressions
    passes: Mapping[str, frozenset[str]]  # output column -> columns it is a plain copy of
    makes: frozenset[str] = frozenset()  # output columns that are worked out
    origins: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)  # passed -> (relation, column)
    call: Call | None = None  # procedure run on the rows of the SQL
    has_windows: bool = False
    made_of: Mapping[str, frozenset[str]] = field(default_factory=dict)  # projection anywhere -> names in it
    key: tuple[str, ...] = ()


def shape(fact: Fact, settings: Mapping[str, Setting]) -> FactShape:
    """The shape of a fact's SQL; FragmentError when it may not run."""
    written = _written(bind(fact.sql, settings))
    call = call_of(fact, settings)
    needs = written.needs | {("", column) for column in call.reads} if call else written.needs
    return replace(written, needs=needs, call=call, key=fact.key)


@lru_cache(maxsize=1024)
def _written(sql: str) -> FactShape:
    """What the SQL alone tells: every open workspace asks the same of the shipped library."""
    fragment = guard.query(sql)
    aliases = {table.alias_or_name: table.name for table in fragment.tree.find_all(exp.Table)}
    ctes = {cte.alias for cte in fragment.tree.find_all(exp.CTE)}
    passes: dict[str, set[str]] = {}
    plain: set[int] = set()
    makes: set[str] = set()
    origins: dict[str, set[tuple[str, str]]] = {}
    made_of: dict[str, set[str]] = {}
    starred = False
    for select in fragment.tree.find_all(exp.Select):
        for projection in select.expressions:
            name, column = projection.alias_or_name, projection.unalias()
            made_of.setdefault(name, set()).update(part.name for part in projection.find_all(exp.Column))
            if isinstance(column, exp.Column) and not isinstance(column.this, exp.Star):
                passes.setdefault(name, set()).add(column.name)
                plain.add(id(column))
                if relation := aliases.get(column.table, "") or _only_source(column, ctes):
                    origins.setdefault(name, set()).add((relation, column.name))
            elif not column.is_star:
                makes.add(name)
            starred = starred or column.is_star
    needs = {
        (aliases.get(column.table, "") or _only_source(column, ctes), column.name)
        for column in fragment.tree.find_all(exp.Column)
        if id(column) not in plain and not isinstance(column.this, exp.Star) and not is_optional(column)
    }
    known = {} if starred else _frozen(origins)
    windows = fragment.tree.find(exp.Window) is not None
    return FactShape(
        sql=sql,
        reads=fragment.tables,
        needs=frozenset(needs),
        passes=_frozen(passes),
        makes=frozenset(makes),
        origins=known,
        has_windows=windows,
        made_of=_frozen(made_of),
    )


def _frozen(sets: Mapping[str, set[T]]) -> dict[str, frozenset[T]]:
    return {name: frozenset(some) for name, some in sets.items()}


def call_of(fact: Fact, settings: Mapping[str, Setting]) -> Call | None:
    """The procedure of a fact with its options, settings filled in; None for plain SQL."""
    if not fact.procedure:
        return None
    bound = {
        name: float(bind(value, settings)) if isinstance(value, str) and value.startswith(":") else value
        for name, value in fact.options.items()
    }
    return Call(PROCEDURES[fact.procedure], bound)


def is_optional(column: exp.Column) -> bool:
    """True inside `coalesce(column, constant)`: the SQL says what holds when the column is not there."""
    around = column.find_ancestor(exp.Coalesce)
    return around is not None and any(part.find(exp.Column) is None for part in around.expressions)


def demanded(tree: exp.Expression) -> tuple[str, ...]:
    """Names of the columns an expression cannot do without."""
    return tuple(dict.fromkeys(c.name for c in tree.find_all(exp.Column) if not is_optional(c)))


def _only_source(column: exp.Column, ctes: Set[str]) -> str:
    """The relation an unqualified column must come from, when its SELECT reads just one; else ""."""
    select = column.find_ancestor(exp.Select)
    around = sources(select) if select is not None and not column.table else []
    only = around[0].name if len(around) == 1 and isinstance(around[0], exp.Table) else ""
    return "" if only in ctes else only
