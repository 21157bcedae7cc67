"""Which raw tables and columns a measure needs, read off the parsed SQL (spec R006).

A column that is only passed through a fact is needed by the measures that use it; every other column a
fact mentions (in joins, conditions, expressions) is needed by all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from sqlglot import exp

from kpi_tui.definitions.answers.coverage import MissingInput
from kpi_tui.definitions.library.metric import Fact, Measure
from kpi_tui.definitions.library.procedure import EXTRA, PROCEDURES, Call, Procedure
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine import procedures
from kpi_tui.sql import guard, separable

MADE = frozenset({"periods", "period_days", "calendar"})
"""Relations the engine makes itself."""

PER_PERIOD = frozenset({"periods", "period_days"})


@dataclass(frozen=True)
class FactShape:
    """What a fact's SQL says about itself."""

    sql: str
    reads: tuple[str, ...]
    needs: frozenset[tuple[str, str]]  # (relation or "", column) used in joins, conditions, expressions
    passes: Mapping[str, frozenset[str]]  # output column -> columns it is a plain copy of
    call: Call | None = None  # procedure run on the rows of the SQL
    has_windows: bool = False
    key: tuple[str, ...] = ()


def shape(fact: Fact, settings: Mapping[str, Setting]) -> FactShape:
    """Parse a fact's SQL; FragmentError when it may not run."""
    sql = guard.bind(fact.sql, settings)
    fragment = guard.query(sql)
    aliases = {table.alias_or_name: table.name for table in fragment.tree.find_all(exp.Table)}
    ctes = {cte.alias for cte in fragment.tree.find_all(exp.CTE)}
    passes: dict[str, set[str]] = {}
    plain: set[int] = set()
    for select in fragment.tree.find_all(exp.Select):
        for projection in select.expressions:
            column = projection.unalias()
            if isinstance(column, exp.Column) and not isinstance(column.this, exp.Star):
                passes.setdefault(projection.alias_or_name, set()).add(column.name)
                plain.add(id(column))
    needs = {
        (aliases.get(column.table, "") or _only_source(column, ctes), column.name)
        for column in fragment.tree.find_all(exp.Column)
        if id(column) not in plain and not isinstance(column.this, exp.Star) and not is_optional(column)
    }
    call = call_of(fact, settings)
    needs |= {("", column) for column in call.reads} if call else set()
    copies = {name: frozenset(columns) for name, columns in passes.items()}
    windows = fragment.tree.find(exp.Window) is not None
    return FactShape(sql, fragment.tables, frozenset(needs), copies, call, windows, fact.key)


def call_of(fact: Fact, settings: Mapping[str, Setting]) -> Call | None:
    """The procedure of a fact with its options, settings filled in; None for plain SQL."""
    if not fact.procedure:
        return None
    bound = {
        name: float(guard.bind(value, settings)) if isinstance(value, str) and value.startswith(":") else value
        for name, value in fact.options.items()
    }
    return Call(PROCEDURES[fact.procedure], bound)


def is_optional(column: exp.Column) -> bool:
    """True inside `coalesce(column, constant)`: the SQL says what holds when the column is not there."""
    around = column.find_ancestor(exp.Coalesce)
    return around is not None and any(part.find(exp.Column) is None for part in around.expressions)


def _demanded(tree: exp.Expression) -> tuple[str, ...]:
    """Names of the columns an expression cannot do without."""
    return tuple(dict.fromkeys(c.name for c in tree.find_all(exp.Column) if not is_optional(c)))


class Lineage:
    """Answers about the facts and measures of one workspace; shapes are parsed once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shapes: dict[str, FactShape] = {}
        self._installed: dict[str, bool] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._raw: dict[str, tuple[str, ...]] = {}  # by measure
        self._missing: Mapping[str, frozenset[str]] = {}
        self._absent: dict[str, str] = {}  # by measure, as long as the same columns are missing

    @property
    def facts(self) -> frozenset[str]:
        """Ids of all facts."""
        return frozenset(self._workspace.facts)

    def shape(self, fact: str) -> FactShape:
        """The parsed shape of a fact."""
        if fact not in self._shapes:
            self._shapes[fact] = shape(self._workspace.facts[fact], self._workspace.settings)
        return self._shapes[fact]

    def shares_by(self, fact: str) -> tuple[str, ...]:
        """Columns by which a fact may be computed share by share (`sql/separable.py`)."""
        return separable.keys(guard.query(self.shape(fact).sql).tree, self.outputs)

    def columns_of_windows(self, table: str) -> frozenset[str]:
        """Columns of a table that any fact with windows reads from it."""
        own, found = self.outputs(table), set[str]()
        for fact in self._workspace.facts:
            if self.shape(fact).has_windows and table in self.shape(fact).reads:
                tree = guard.query(self.shape(fact).sql).tree
                starred = any(not star.find_ancestor(exp.Count) for star in tree.find_all(exp.Star))
                found |= own if starred else {column.name for column in tree.find_all(exp.Column)} & own
        return frozenset(found)

    def is_per_period(self, table: str) -> bool:
        """True for a fact that reads `periods` or `period_days`, itself or through another fact."""
        if table not in self._workspace.facts:
            return False
        reads = self.shape(table).reads
        return any(name in PER_PERIOD or self.is_per_period(name) for name in reads)

    def facts_below(self, table: str) -> tuple[str, ...]:
        """The facts a table rests on, itself included, in the order they can be computed."""
        if table not in self._workspace.facts:
            return ()
        if table not in self._below:
            below = [name for read in self.shape(table).reads for name in self.facts_below(read)]
            self._below[table] = tuple(dict.fromkeys([*below, table]))
        return self._below[table]

    def raw_tables(self, table: str) -> tuple[str, ...]:
        """The raw tables below a table or fact, without those it does without because they are not mapped."""
        workspace = self._workspace
        if table not in workspace.facts:
            return () if table in MADE else (table,)
        unmapped = {name for name in workspace.facts[table].optional if name not in workspace.tables}
        reads = (read for read in self.shape(table).reads if read not in unmapped)
        return tuple(dict.fromkeys(raw for read in reads for raw in self.raw_tables(read)))

    def tables_of(self, measure: Measure) -> tuple[str, ...]:
        """The raw tables behind a measure, those of its filter's sub-queries included."""
        if measure.id not in self._raw:
            roots = (measure.table, *self._where(measure).tables)
            self._raw[measure.id] = tuple(dict.fromkeys(raw for root in roots for raw in self.raw_tables(root)))
        return self._raw[measure.id]

    def absent(self, measure: Measure, missing: Mapping[str, frozenset[str]]) -> str:
        """What a measure lacks first, in words, or "". `missing`: columns each present raw table does not supply."""
        if missing is not self._missing:
            self._missing, self._absent = missing, {}
        if measure.id not in self._absent:
            self._absent[measure.id] = self._first_wish(measure, missing)
        return self._absent[measure.id]

    def _first_wish(self, measure: Measure, missing: Mapping[str, frozenset[str]]) -> str:
        lack = next(self._wishes(measure, missing), None)
        if lack is None:
            return ""
        return (
            say("needs the column {name}", name=lack.name)
            if lack.column
            else say("needs the table {name}", name=lack.name)
        )

    def lacks(self, measure: Measure, missing: Mapping[str, frozenset[str]]) -> frozenset[MissingInput]:
        """Everything a measure lacks; a table that is not there counts once, whatever its columns."""
        return frozenset(self._wishes(measure, missing))

    def _wishes(self, measure: Measure, missing: Mapping[str, frozenset[str]]) -> Iterator[MissingInput]:
        for table in self.tables_of(measure):
            if table not in missing:
                yield MissingInput(table)
        wanted = [(measure.table, "", column) for column in sorted({*self.columns_of(measure)})]
        for root in (measure.table, *self._where(measure).tables):
            for fact in self.facts_below(root):
                wanted += [(fact, relation, column) for relation, column in sorted(self.shape(fact).needs)]
        for table, relation, column in wanted:
            if lack := self._lacks(table, relation, column, missing):
                yield MissingInput(*lack.split(".", 1))

    def without_library(self, measure: Measure) -> str:
        """What to install before the procedures below a measure can run, in words, or ""."""
        roots = (measure.table, *self._where(measure).tables)
        for fact in dict.fromkeys(fact for root in roots for fact in self.facts_below(root)):
            call = self.shape(fact).call
            if call is not None and not self._is_installed(call.procedure):
                return say("{procedure} of {fact} needs {extra}", procedure=call.procedure.id, fact=fact, extra=EXTRA)
        return ""

    def _is_installed(self, procedure: Procedure) -> bool:
        if procedure.id not in self._installed:
            self._installed[procedure.id] = procedures.is_installed(procedure)
        return self._installed[procedure.id]

    def columns_of(self, measure: Measure) -> tuple[str, ...]:
        """Columns of its own table that a measure mentions."""
        inner = {
            column.name
            for select in self._where(measure).tree.find_all(exp.Select)
            for column in select.find_all(exp.Column)
        }
        where = _demanded(self._where(measure).tree)
        mentioned = [*self._column(measure), measure.time, *(c for c in where if c not in inner)]
        return tuple(dict.fromkeys(name for name in mentioned if name))

    def _column(self, measure: Measure) -> tuple[str, ...]:
        if not measure.column or measure.column == "*":
            return ()
        return _demanded(guard.expression(guard.bind(measure.column, self._workspace.settings)).tree)

    def _where(self, measure: Measure) -> guard.Fragment:
        return guard.predicate(guard.bind(measure.where, self._workspace.settings) if measure.where else "true")

    def _lacks(self, table: str, relation: str, column: str, missing: Mapping[str, frozenset[str]]) -> str:
        """`raw.column` when no relation below `table` supplies `column`, else ""."""
        facts = self._workspace.facts
        if table not in facts:
            return f"{table}.{column}" if _base(column) in missing.get(table, frozenset()) else ""
        reads = (relation,) if relation else self.shape(table).reads
        names = self._closure(table, column)
        found: list[str] = []
        for read in reads:
            for name in names:
                if not self._has(read, name):
                    continue
                lack = self._lacks(read, "", name, missing)
                if not lack:
                    return ""
                found.append(lack)
        return found[0] if found else ""

    def _closure(self, fact: str, column: str) -> frozenset[str]:
        """A fact's column and every name it is a plain copy of inside that fact."""
        passes, seen, queue = self.shape(fact).passes, {column}, [column]
        while queue:
            for name in passes.get(queue.pop(), ()):
                if name not in seen:
                    seen.add(name)
                    queue.append(name)
        return frozenset(seen)

    def _has(self, table: str, column: str) -> bool:
        if table in self._workspace.facts:
            passes = self.shape(table).passes
            return column in passes or any(self._has(read, column) for read in self.shape(table).reads)
        schema = self._workspace.schemas.get(table)
        return schema is not None and _base(column) in schema.columns

    def outputs(self, table: str) -> frozenset[str]:
        """Column names a table offers: canonical, mapped and `_day` columns of a raw one, the SELECT list of a fact."""
        workspace = self._workspace
        if table in workspace.facts:
            tree = guard.query(self.shape(table).sql).tree
            added = {call.into} if (call := self.shape(table).call) else set()
            return frozenset(added | self._selected(tree, {cte.alias: cte.this for cte in tree.find_all(exp.CTE)}))
        if table in MADE:
            return frozenset({"period", "period_start", "period_end", "prev_start", "back", "day", "day_no"})
        names = set(workspace.schemas[table].columns) if table in workspace.schemas else set()
        if table in workspace.tables:
            names |= set(workspace.tables[table].columns)
        return frozenset(names | {f"{name}_day" for name in names})

    def _selected(self, query: exp.Expression, ctes: Mapping[str, exp.Expression]) -> set[str]:
        """Names in the SELECT list of a query, `*` expanded."""
        while isinstance(query, exp.SetOperation | exp.Subquery | exp.Paren):
            query = query.this
        names: set[str] = set()
        for projection in query.expressions:
            column = projection.unalias()
            if not isinstance(column, exp.Star) and not (
                isinstance(column, exp.Column) and isinstance(column.this, exp.Star)
            ):
                names.add(projection.alias_or_name)
                continue
            only = column.table if isinstance(column, exp.Column) else ""
            for source in _sources(query):
                if only in ("", source.alias_or_name):
                    names |= self._offered(source, ctes)
        return names

    def _offered(self, source: exp.Expression, ctes: Mapping[str, exp.Expression]) -> set[str]:
        if isinstance(source, exp.Subquery):
            return self._selected(source.this, ctes)
        return self._selected(ctes[source.name], ctes) if source.name in ctes else set(self.outputs(source.name))


def _sources(query: exp.Expression) -> list[exp.Expression]:
    """What a SELECT reads from: its FROM and its joins."""
    origin = query.args.get("from_") or query.args.get("from")
    joins = query.args.get("joins") or []
    return [part.this for part in ([origin] if origin else []) + joins]


def _only_source(column: exp.Column, ctes: Set[str]) -> str:
    """The relation an unqualified column must come from, when its SELECT reads just one; else ""."""
    select = column.find_ancestor(exp.Select)
    sources = _sources(select) if select is not None and not column.table else []
    only = sources[0].name if len(sources) == 1 and isinstance(sources[0], exp.Table) else ""
    return "" if only in ctes else only


def _base(column: str) -> str:
    """`paid_at_day` is made from `paid_at`."""
    return column.removesuffix("_day")
