"""The SQL of a workspace tried without rows: what the engine cannot run is told with its line, not at night.

Shipped facts and measures are held by tests, so only what a workspace says itself is tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import polars as pl

from kpi_tui.definitions.issue import Issue, Place, Severity, TableError
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.funnel import Funnel, Step
from kpi_tui.definitions.library.metric import Fact, Measure
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import MADE, Lineage
from kpi_tui.engine.made_frames import frame_of
from kpi_tui.engine.query import period_relations as relations
from kpi_tui.engine.query.aggregate import aggregate
from kpi_tui.engine.query.joins.join_budget import JoinBudget
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind
from kpi_tui.tables.polars_panics import stderr_silenced
from kpi_tui.tables.polars_sql import execute, why_failed
from kpi_tui.workspace.check.funnels import rows_of

_FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, guard.FragmentError)
_SPAN = pl.Duration
_CASTS = re.compile(r"(?<!try_)cast\s*\(|::|strptime|strftime|split_part", re.I)
_OF_NUMBERS = (Aggregation.SUM, Aggregation.MEAN, Aggregation.MIN, Aggregation.MAX, Aggregation.MEDIAN,
               Aggregation.QUANTILE)  # fmt: skip


class DryRun:
    """Tries facts and measures over relations that have the right columns and no rows."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._budget = JoinBudget(workspace)
        self._made: dict[str, pl.LazyFrame | None] = {}  # None: it cannot be made, which is told elsewhere or already
        self._issues: list[Issue] = []

    def issues(self) -> list[Issue]:
        """An error for every own fact and measure that cannot run."""
        with stderr_silenced():
            for fact in self._workspace.facts.values():
                if _is_own(fact.place) and not (fact.funnel or fact.parts):
                    self._relation(fact.id)
            for funnel in self._workspace.funnels.values():
                if _is_own(funnel.place):
                    for step in funnel.steps:
                        self._step(funnel, step)
            by_table: dict[str, list[Measure]] = defaultdict(list)
            for measure in self._workspace.measures.values():
                of = self._workspace.facts.get(measure.table)
                if _is_own(measure.place) and not (of and of.funnel):  # steps of funnels are tried themselves
                    by_table[measure.table].append(measure)
            for table, measures in by_table.items():
                self._measures(table, measures)
        return self._issues

    def _relation(self, name: str) -> pl.LazyFrame | None:
        if name not in self._made:
            self._made[name] = None  # a circle is told when the definitions are read
            self._made[name] = self._computed(name)
        return self._made[name]

    def _computed(self, name: str) -> pl.LazyFrame | None:
        if name in MADE:
            return _made_relation(name)
        if name in self._workspace.facts:
            return self._fact(self._workspace.facts[name])
        try:
            return self._data.frame(name).clear()
        except (TableError, KeyError, OSError):
            return None

    def _fact(self, fact: Fact) -> pl.LazyFrame | None:
        shape = self._lineage.shape(fact.id)
        reads = {read: self._relation(read) for read in shape.reads}
        known = {read: frame for read, frame in reads.items() if frame is not None}
        if len(known) < len(reads):
            return None
        try:
            if why := self._budget.exceeded(shape.sql, self._with_rows(shape.reads)):
                raise guard.FragmentError(why)
            frame = execute(shape.sql, known).collect()
        except _FAILURES as error:
            self._complain(fact.place, "sql", say("fact {name}: {why}", name=fact.id, why=why_failed(error)))
            return None
        for column, dtype in frame.schema.items():
            if dtype == _SPAN:
                why = say("{column} is a span between two times; write datediff('second', a, b)", column=column)
                self._complain(fact.place, "sql", say("fact {name}: {why}", name=fact.id, why=why))
                return None
        if shape.call:
            frame = frame.with_columns(pl.lit(None, pl.Float64).alias(shape.call.into))
        return frame.lazy()

    def _with_rows(self, reads: Sequence[str]) -> dict[str, pl.LazyFrame]:
        """The tables among them; facts are not computed to be checked."""
        return {name: self._data.frame(name) for name in reads if name in self._workspace.tables}

    def _measures(self, table: str, measures: Sequence[Measure]) -> None:
        """All at once; one by one when that fails."""
        every = measures
        plain = [measure for measure in measures if not self._below(measure)]
        if not plain or self._error(table, [(measure, measure.where) for measure in plain]) is None:
            measures = [measure for measure in measures if self._below(measure)]
        for measure in measures:
            self._try(measure, say("measure {name}", name=measure.id))
        for measure in plain:
            if not self._issues_of(measure) and self._hangs_on_cells(measure):
                self._try(measure, say("measure {name}", name=measure.id), rows=True)
        for measure in every:
            self._placed_in_time(measure)

    def _placed_in_time(self, measure: Measure) -> None:
        """Rows belong to the period of a day or a time, and a column of texts or numbers is neither."""
        facts, schemas = self._workspace.facts, self._workspace.schemas
        frame = self._made.get(measure.table)
        time = measure.time or (facts[measure.table].time if measure.table in facts else schemas[measure.table].time)
        kind = frame.collect_schema().get(time) if frame is not None else None
        if kind is None or kind == pl.Null or kind.is_temporal():
            return
        said = say(
            "measure {name}: {column} is no day and no time, and places rows in periods", name=measure.id, column=time
        )
        place = measure.places.get("time", measure.place)
        key = place.key if place.key.endswith(".time") else f"{place.key}.time"
        if measure.table in facts:
            hint = say("cast it in the SQL of the fact: cast({column} as date)", column=time)
        else:
            hint = say(
                'write types = {{ {column} = "datetime" }} in [tables.{table}]', column=time, table=measure.table
            )
        self._issues.append(Issue(Severity.ERROR, said, hint, place.file, place.line, key, "type"))

    def _issues_of(self, measure: Measure) -> bool:
        return any(issue.key.startswith(f"measures.{measure.id}.") for issue in self._issues)

    def _hangs_on_cells(self, measure: Measure) -> bool:
        """Whether its SQL may fail at the cells: a cast, or a column of text that is added up."""
        if measure.table not in self._workspace.tables:
            return False
        column = self._workspace.schemas[measure.table].columns.get(measure.column)
        text = column is not None and column.type is ColumnType.STR and measure.agg in _OF_NUMBERS
        return text or bool(_CASTS.search(f"{measure.column} {measure.where}"))

    def _step(self, funnel: Funnel, step: Step) -> None:
        for measure in rows_of(funnel, step):
            self._try(measure, say("funnel {name}, step {step!r}", name=funnel.id, step=step.name))

    def _try(self, measure: Measure, name: str, *, rows: bool = False) -> None:
        """`rows`: over those of the table, for what may fail at a cell."""
        if (error := self._error(measure.table, [(measure, measure.where)], rows=rows)) is None:
            return
        key = "column" if self._error(measure.table, [(measure, "")], rows=rows) is not None else "where"
        place = measure.places.get(key, measure.place)
        self._complain(place, key, say("{name}: {why}", name=name, why=why_failed(error)))

    def _below(self, measure: Measure) -> tuple[str, ...]:
        return self._lineage.condition(measure).tables

    def _error(
        self, table: str, measures: Iterable[tuple[Measure, str]], *, rows: bool = False
    ) -> BaseException | None:
        settings, select, tail, reads = self._workspace.settings, [], "", [table]
        for place, (measure, written) in enumerate(measures):
            where = bind(written, settings)
            if where and (below := self._below(measure)):
                reads += below
                where, tail = "", f" WHERE {where}"
            select.append(f"{aggregate(measure, where, settings, self._workspace.key_of(measure.table))} AS m{place}")
        frames = {name: self._data.frame(name) if rows else self._relation(name) for name in reads}
        known = {name: frame for name, frame in frames.items() if frame is not None}
        if len(known) < len(frames):
            return None
        try:
            execute(f"SELECT {', '.join(select)} FROM {table} AS t{tail}", known).collect()
        except _FAILURES as error:
            return error
        return None

    def _complain(self, place: Place, key: str, message: str) -> None:
        key = place.key if place.key.endswith((f".{key}", ".user", ".value")) else f"{place.key}.{key}"
        hint = say("correct the SQL; what it means is what DuckDB makes of it")
        self._issues.append(Issue(Severity.ERROR, message, hint, place.file, place.line, key, "sql"))


def _is_own(place: Place) -> bool:
    return not place.file.startswith("standard:")


def _made_relation(name: str) -> pl.LazyFrame:
    if name == "calendar":
        return frame_of(relations.Relation(("day", "day_no"), []))
    return frame_of(relations.periods([]) if name == "periods" else relations.period_days([]))
