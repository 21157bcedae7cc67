"""What a metric rests on: its measures, tables and settings, and the days all of them cover (R006, R008)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from kpi_tui.definitions.answers.value import Number, Reading
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure, Metric
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine import formula, rollup
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.days_covered import Span, joint
from kpi_tui.engine.lineage import Lineage, base_column
from kpi_tui.engine.measure_results import MeasureResult
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.sources_asked import Sources
from kpi_tui.engine.query.windows import window_days
from kpi_tui.sql.parameters import bind, parameters

EVERYTHING = Cut()
ReadMeasure = Callable[[Metric, str, Period], tuple[MeasureResult, Measure]]
"""A measure of a metric at a period: what it gave, and the measure as it was asked."""


class MetricInputs:
    """What the metrics of one workspace rest on; no number is computed here."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage, reader: MeasureReader) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._reader = reader
        self._columns: dict[str, frozenset[tuple[str, str]]] = {}
        self._measures: dict[str, tuple[Measure, ...]] = {}
        self._tables: dict[str, tuple[str, ...]] = {}
        self._covered: dict[tuple[str, tuple[Sources, ...]], Span | None] = {}
        self._known: object = None  # what was known of the tables when these three were found out

    def settings_of(self, metric: str) -> dict[str, Setting]:
        """The settings in force that touch a metric (R008)."""
        definition = self._workspace.metrics[metric]
        texts = [definition.formula]
        for measure in self.measures_of(metric):
            texts += measure.texts
            texts += [text for f in self._lineage.facts_below(measure.table) for text in self._workspace.facts[f].texts]
        used = {name for text in texts for name in parameters(text)}
        used |= {name for name in formula.names(texts[0]) if name in self._workspace.settings}
        used |= {signal.value for signal in definition.signals if isinstance(signal.value, str)}
        used |= {definition.applies} - {""}
        return {name: self._workspace.settings[name] for name in sorted(used)}

    def measures_of(self, metric: str) -> tuple[Measure, ...]:
        """The base measures of a metric, those of metrics inside its formula included."""
        self._forget_if_new()
        if (known := self._measures.get(metric)) is not None:  # every segment asks
            return known
        definition = self._workspace.metrics[metric.removesuffix(GROWTH_SUFFIX)]
        found: dict[str, Measure] = {}
        for name in self._names(definition):
            if self.is_left_out(definition, name):
                continue
            if name in self._workspace.measures:
                found[name] = self._workspace.measures[name]
            elif name in self._workspace.metrics:
                found.update({measure.id: measure for measure in self.measures_of(name)})
        self._forget_if_new()
        return self._measures.setdefault(metric, tuple(found.values()))

    def _forget_if_new(self) -> None:
        """What was found out holds as long as nothing more is learnt of a table."""
        if self._known is not (known := self._data.days.known):
            self._measures, self._tables, self._covered, self._known = {}, {}, {}, known

    def is_left_out(self, metric: Metric, name: str) -> bool:
        """Whether a measure counts as 0: the metric can do without it, and nothing is mapped to what it needs.

        Where all that is added up may be lacking, the first is needed when nothing of it is there.
        """
        if name not in metric.optional or not self._is_unmapped(name):
            return False
        first = next(one for one in formula.names(metric.formula) if one in metric.optional)
        return not (metric.one_of and name == first and all(map(self._is_unmapped, metric.optional)))

    def _is_unmapped(self, name: str) -> bool:
        lacks = self._reader.missing.every(self._workspace.measures[name])
        return bool(lacks) and not any(lack.table in self._data.errors for lack in lacks)

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """Raw tables behind a metric."""
        measures = self.measures_of(metric)
        if metric not in self._tables:
            found = (table for measure in measures for table in self._lineage.tables_of(measure))
            self._tables[metric] = tuple(dict.fromkeys(found))
        return self._tables[metric]

    def columns_of(self, metric: str) -> frozenset[tuple[str, str]]:
        """The (raw table, column) pairs a metric rests on, conditions among them; rather too many than too few."""
        if metric not in self._columns:
            found: set[tuple[str, str]] = set()
            for measure in self.measures_of(metric):
                found |= self._lineage.raw_columns(measure.table, self._lineage.columns_of(measure))
                for fact in self._lineage.facts_below(measure.table):
                    shape = self._lineage.shape(fact)
                    for relation, column in shape.needs:
                        for read in (relation,) if relation else shape.reads:
                            found |= self._lineage.raw_columns(read, [column])
            days = {(table, base_column(column)) for table, column in found}
            self._columns[metric] = frozenset(found | days)
        return self._columns[metric]

    def readings(self, metric: Metric, parts: Sequence[Period], read: ReadMeasure) -> list[Reading]:
        """What each measure of a metric's formula gave over the parts of a period, and what reproduces it (R172)."""
        names = [name for name in formula.names(metric.formula) if name in self._workspace.measures]
        return [
            _left_out(self._workspace.measures[name])
            if self.is_left_out(metric, name)
            else reading(self._workspace, name, parts, [read(metric, name, part) for part in parts])
            for name in names
        ]

    def covered(self, metric: str, cut: Cut = EVERYTHING, segment: str | None = None) -> Span | None:
        """The days that every table of a metric covers, of the sources asked for; None when none of them has days."""
        measures = self.measures_of(metric)
        sources = tuple(self._reader.sources_of(one, cut, segment) for one in measures)
        if (metric, sources) not in self._covered:  # asked for every segment, and mostly the same for all
            found = (self._reader.span(*pair) for pair in zip(measures, sources, strict=True))
            self._covered[metric, sources] = joint([span for span in found if span is not None])
        return self._covered[metric, sources]

    def sources_in(self, metric: str, cut: Cut) -> list[str]:
        """The segments of a question that is cut by source, whose days may be others than those of all."""
        return list(dict.fromkeys(one for of in self.measures_of(metric) for one in self._reader.segments(of, cut)))

    def sources_asked(self, metric: str, cut: Cut, segment: str | None) -> Sources:
        """The sources of tables that a question, or a segment of it, is about; none of a table of which all are."""
        asked, every = set[str](), set[str]()
        for measure in self.measures_of(metric) if self._has_sources else ():
            named = self._reader.sources_of(measure, cut, segment)
            for table in self._workspace.tables.keys() & {*self._lineage.tables_of(measure)}:
                parts = {part.id for part in self._workspace.tables[table].sources.values()}
                (asked if parts & named else every).update(parts & named or parts)
        return Sources(asked - every)

    @cached_property
    def _has_sources(self) -> bool:
        return any(table.sources for table in self._workspace.tables.values())

    def _names(self, metric: Metric) -> tuple[str, ...]:
        """What a metric rests on: the names in its formula, else the counts of the chain's links it is read off."""
        chain = self._workspace.chains.get(metric.chain)
        if chain is None:
            return formula.names(metric.formula)
        links = [link for link in chain.active if metric.link in ("", link.id) and link.points]
        names = [name for link in links for name in link.counts if name not in self._workspace.settings]
        return tuple(dict.fromkeys(names))


def _left_out(measure: Measure) -> Reading:
    return Reading(measure.id, measure.about, Number(0), measure.table, measure.agg.value)


def reading(
    workspace: Workspace, name: str, parts: Sequence[Period], found: Sequence[tuple[MeasureResult, Measure]]
) -> Reading:
    """What a measure gave over the parts of a period: `found` has a result for each."""
    results = [result for result, _ in found]
    measure = found[-1][1]
    days = [window_days(measure, part, workspace.settings) for part in parts]
    number = rollup.total([result.number(None, measure) for result in results])
    return Reading(
        id=name,
        about=measure.about,
        number=number,
        table=measure.table,
        agg=measure.agg.value,
        column=bind(measure.column, workspace.settings),
        where=bind(measure.where, workspace.settings),
        time=measure.time,
        window=measure.window.value,
        first_day=days[0][0],
        last_day=days[-1][1],
        rows=sum(result.rows.get(None, 0) for result in results) if number.value is not None else None,
        sql=results[-1].sql,
    )
