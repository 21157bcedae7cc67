"""What a metric rests on: its measures, tables and settings, and the days all of them cover (R006, R008)."""

from __future__ import annotations

from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure, Metric
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine import formula
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.days_covered import Span, joint
from kpi_tui.engine.lineage import Lineage, base_column
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.sql.parameters import parameters


class MetricInputs:
    """What the metrics of one workspace rest on; no number is computed here."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage, reader: MeasureReader) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._reader = reader
        self._columns: dict[str, frozenset[tuple[str, str]]] = {}

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
        definition = self._workspace.metrics[metric.removesuffix(GROWTH_SUFFIX)]
        found: dict[str, Measure] = {}
        for name in self._names(definition):
            if self.is_left_out(definition, name):
                continue
            if name in self._workspace.measures:
                found[name] = self._workspace.measures[name]
            elif name in self._workspace.metrics:
                found.update({measure.id: measure for measure in self.measures_of(name)})
        return tuple(found.values())

    def is_left_out(self, metric: Metric, name: str) -> bool:
        """Whether a measure counts as 0: the metric can do without it, and nothing is mapped to what it needs."""
        if name not in metric.optional:
            return False
        lacks = self._reader.missing.every(self._workspace.measures[name])
        return bool(lacks) and not any(lack.table in self._data.errors for lack in lacks)

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """Raw tables behind a metric."""
        measures = self.measures_of(metric)
        return tuple(dict.fromkeys(table for measure in measures for table in self._lineage.tables_of(measure)))

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

    def covered(self, metric: str) -> Span | None:
        """The days that every table of a metric covers; None when none of them has days."""
        spans = [span for measure in self.measures_of(metric) if (span := self._reader.span(measure)) is not None]
        return joint(spans)

    def _names(self, metric: Metric) -> tuple[str, ...]:
        """What a metric rests on: the names in its formula, else the counts of the chain's links it is read off."""
        chain = self._workspace.chains.get(metric.chain)
        if chain is None:
            return formula.names(metric.formula)
        links = [link for link in chain.active if metric.link in ("", link.id) and link.points]
        names = [name for link in links for name in link.counts if name not in self._workspace.settings]
        return tuple(dict.fromkeys(names))
