"""What the SQL of a fact says about itself: what it reads, which columns it needs, which it only passes on (R006).

A column that is only passed through a fact is needed by the measures that use it; every other column a
fact mentions (in joins, conditions, expressions) is needed by all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from sqlglot import exp

from kpi_tui.definitions.library.metric import Fact
from kpi_tui.definitions.library.procedure import PROCEDURES, Call
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind


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
    key: tuple[str, ...] = ()


def shape(fact: Fact, settings: Mapping[str, Setting]) -> FactShape:
    """Parse a fact's SQL; FragmentError when it may not run."""
    sql = bind(fact.sql, settings)
    fragment = guard.query(sql)
    aliases = {table.alias_or_name: table.name for table in fragment.tree.find_all(exp.Table)}
    ctes = {cte.alias for cte in fragment.tree.find_all(exp.CTE)}
    passes: dict[str, set[str]] = {}
    plain: set[int] = set()
    makes: set[str] = set()
    origins: dict[str, set[tuple[str, str]]] = {}
    starred = False
    for select in fragment.tree.find_all(exp.Select):
        for projection in select.expressions:
            column = projection.unalias()
            if isinstance(column, exp.Column) and not isinstance(column.this, exp.Star):
                passes.setdefault(projection.alias_or_name, set()).add(column.name)
                plain.add(id(column))
                if relation := aliases.get(column.table, "") or _only_source(column, ctes):
                    origins.setdefault(projection.alias_or_name, set()).add((relation, column.name))
            elif not column.is_star:
                makes.add(projection.alias_or_name)
            starred = starred or column.is_star
    needs = {
        (aliases.get(column.table, "") or _only_source(column, ctes), column.name)
        for column in fragment.tree.find_all(exp.Column)
        if id(column) not in plain and not isinstance(column.this, exp.Star) and not is_optional(column)
    }
    call = call_of(fact, settings)
    needs |= {("", column) for column in call.reads} if call else set()
    copies = {name: frozenset(columns) for name, columns in passes.items()}
    known = {} if starred else {name: frozenset(pairs) for name, pairs in origins.items()}
    windows = fragment.tree.find(exp.Window) is not None
    return FactShape(sql, fragment.tables, frozenset(needs), copies, frozenset(makes), known, call, windows, fact.key)


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


def sources(query: exp.Expression) -> list[exp.Expression]:
    """What a SELECT reads from: its FROM and its joins."""
    origin = query.args.get("from_") or query.args.get("from")
    joins = query.args.get("joins") or []
    return [part.this for part in ([origin] if origin else []) + joins]


def _only_source(column: exp.Column, ctes: Set[str]) -> str:
    """The relation an unqualified column must come from, when its SELECT reads just one; else ""."""
    select = column.find_ancestor(exp.Select)
    around = sources(select) if select is not None and not column.table else []
    only = around[0].name if len(around) == 1 and isinstance(around[0], exp.Table) else ""
    return "" if only in ctes else only
