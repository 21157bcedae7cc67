"""What rests on what: facts below a measure, raw tables below a fact, the columns each offers (R006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from sqlglot import exp

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.procedure import EXTRA, Procedure
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine import procedures
from kpi_tui.engine.fact_shape import FactShape, demanded, shape
from kpi_tui.sql import guard, partition_keys
from kpi_tui.sql.column_origins import ColumnOrigins, sources
from kpi_tui.sql.parameters import bind

MADE = frozenset({"periods", "period_days", "calendar"})
"""Relations the engine makes itself."""

PER_PERIOD = frozenset({"periods", "period_days"})


class Lineage:
    """Answers about the facts and measures of one workspace; shapes are parsed once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shapes: dict[str, FactShape] = {}
        self._outputs: dict[str, frozenset[str]] = {}  # of facts
        self._origins: dict[str, ColumnOrigins] = {}
        self._installed: dict[str, bool] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._raw: dict[str, tuple[str, ...]] = {}  # by measure

    @property
    def facts(self) -> frozenset[str]:
        """Ids of all facts."""
        return frozenset(self._workspace.facts)

    def shape(self, fact: str) -> FactShape:
        """The parsed shape of a fact."""
        if fact not in self._shapes:
            self._shapes[fact] = shape(self._workspace.facts[fact], self._workspace.settings)
        return self._shapes[fact]

    def tree(self, fact: str) -> exp.Expression:
        """The parsed SQL of a fact."""
        return guard.query(self.shape(fact).sql).tree

    def shares_by(self, fact: str) -> tuple[str, ...]:
        """Columns by which a fact may be computed share by share (`sql/partition_keys.py`)."""
        return partition_keys.keys(guard.query(self.shape(fact).sql).tree, self.outputs)

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
        """The raw tables below a table or fact, without those it does without because they are not mapped.

        Where it can do without any of several, it needs the first when none of them is there.
        """
        workspace = self._workspace
        if table not in workspace.facts:
            return () if table in MADE else (table,)
        optional = workspace.facts[table].optional
        unmapped = {name for name in optional if name not in workspace.tables}
        if len(optional) > 1 and len(unmapped) == len(optional):
            unmapped.remove(optional[0])
        reads = (read for read in self.shape(table).reads if read not in unmapped)
        return tuple(dict.fromkeys(raw for read in reads for raw in self.raw_tables(read)))

    def tables_of(self, measure: Measure) -> tuple[str, ...]:
        """The raw tables behind a measure, those of its filter's sub-queries included."""
        if measure.id not in self._raw:
            roots = (measure.table, *self.condition(measure).tables, *measure.needs)
            self._raw[measure.id] = tuple(dict.fromkeys(raw for root in roots for raw in self.raw_tables(root)))
        return self._raw[measure.id]

    def parts_of(self, measure: Measure) -> list[Measure]:
        """A measure that adds up over a union of facts as one of each of its parts; none for any other."""
        fact = self._workspace.facts.get(measure.table)
        parts = fact.parts if fact and measure.agg.traits.adds_up else ()
        return [
            replace(
                measure, id=f"{measure.id} of {self._workspace.facts[part.fact].funnel or part.fact}", table=part.fact
            )
            for part in parts
        ]

    def without_library(self, measure: Measure) -> str:
        """What to install before the procedures below a measure can run, in words, or ""."""
        roots = (measure.table, *self.condition(measure).tables)
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
        mentioned = [*self._column(measure), measure.time, *_of_its_rows(self.condition(measure).sql)]
        if measure.provisional:
            mentioned += [*_demanded(bind(measure.provisional.where, self._workspace.settings))]
            mentioned += [measure.provisional.until]
        for beside in (one for one in (measure.apart, measure.spread) if one):
            mentioned += _demanded(bind(beside.where, self._workspace.settings))
        return tuple(dict.fromkeys(name for name in mentioned if name))

    def _column(self, measure: Measure) -> tuple[str, ...]:
        if not measure.column or measure.column == "*":
            return ()
        return _demanded(bind(measure.column, self._workspace.settings))

    def condition(self, measure: Measure) -> guard.Fragment:
        """The judged filter of a measure; `true` when it has none."""
        return guard.predicate(bind(measure.where, self._workspace.settings) if measure.where else "true")

    def copies_of(self, fact: str, column: str) -> frozenset[str]:
        """A fact's column and every name it is a plain copy of inside that fact."""
        passes, seen, queue = self.shape(fact).passes, {column}, [column]
        while queue:
            for name in passes.get(queue.pop(), ()):
                if name not in seen:
                    seen.add(name)
                    queue.append(name)
        return frozenset(seen)

    def raw_columns(self, table: str, columns: Iterable[str]) -> frozenset[tuple[str, str]]:
        """(raw table, column) pairs that columns of a table or fact are made of; rather too many than too few."""
        if table not in self._workspace.facts:
            return frozenset((table, column) for column in columns)
        seen = self.made_of(table, columns)
        below = (self.raw_columns(read, seen) for read in self.shape(table).reads if read not in MADE)
        return frozenset().union(*below)

    def made_of(self, fact: str, columns: Iterable[str]) -> set[str]:
        """The names in a fact's SQL that some of its columns are made of, themselves included; rather too many."""
        made = self.shape(fact).made_of
        seen, waiting = set(columns), list(columns)
        while waiting:
            new = made.get(waiting.pop(), frozenset()) - seen
            seen |= new
            waiting += new
        return seen

    def has(self, table: str, column: str) -> bool:
        """Whether a table, or a relation below a fact, has such a column."""
        if table in self._workspace.facts:
            passes = self.shape(table).passes
            return column in passes or any(self.has(read, column) for read in self.shape(table).reads)
        schema = self._workspace.schemas.get(table)
        return schema is not None and base_column(column) in schema.columns

    def origins(self, fact: str) -> ColumnOrigins:
        """Where the columns of a fact come from."""
        if fact not in self._origins:
            self._origins[fact] = ColumnOrigins(self.tree(fact), self.outputs)
        return self._origins[fact]

    def is_unmapped(self, table: str) -> bool:
        """Whether it is a table of the schema that the workspace does not have: empty, where a fact does without."""
        return table in self._workspace.schemas and table not in self._workspace.tables

    def passes_on(self, table: str, other: str, column: str) -> bool:
        """Whether a column of a table is that of `other`, which it is itself or, as a fact, rests on and copies."""
        if table == other:
            return column in self.outputs(table)
        if table not in self._workspace.facts:
            return False
        origins = self.origins(table).copied(column)
        return bool(origins) and all(self.passes_on(read, other, name) and name == column for read, name in origins)

    def outputs(self, table: str) -> frozenset[str]:
        """Column names a table offers: canonical, mapped and `_day` columns of a raw one, the SELECT list of a fact."""
        workspace = self._workspace
        if table in workspace.facts:
            if table not in self._outputs:
                tree = self.tree(table)
                added = {call.into} if (call := self.shape(table).call) else set()
                names = self._selected(tree, {cte.alias: cte.this for cte in tree.find_all(exp.CTE)})
                self._outputs[table] = frozenset(added | names)
            return self._outputs[table]
        if table in MADE:
            return frozenset({"period", "period_start", "period_end", "prev_start", "back", "day", "day_no"})
        names = set(workspace.schemas[table].columns) if table in workspace.schemas else set()
        if table in workspace.tables:
            names |= workspace.tables[table].mapped
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
            for source in sources(query):
                if only in ("", source.alias_or_name):
                    names |= self._offered(source, ctes)
        return names

    def _offered(self, source: exp.Expression, ctes: Mapping[str, exp.Expression]) -> set[str]:
        if isinstance(source, exp.Subquery):
            return self._selected(source.this, ctes)
        return self._selected(ctes[source.name], ctes) if source.name in ctes else set(self.outputs(source.name))


@lru_cache(maxsize=4096)
def _of_its_rows(where: str) -> tuple[str, ...]:
    """The columns that a condition cannot do without, but those inside its sub-queries."""
    tree = guard.predicate(where).tree
    inner = {column.name for select in tree.find_all(exp.Select) for column in select.find_all(exp.Column)}
    return tuple(name for name in demanded(tree) if name not in inner)


@lru_cache(maxsize=4096)
def _demanded(sql: str) -> tuple[str, ...]:
    """The columns that an expression cannot do without."""
    return demanded(guard.expression(sql).tree)


def base_column(column: str) -> str:
    """`paid_at_day` is made from `paid_at`."""
    return column.removesuffix("_day")
