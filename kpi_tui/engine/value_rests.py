"""Everything a value's number rests on, so that what is kept of it is never stale."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.gaps import REST_DAYS
from kpi_tui.engine.doubts.related_keys import MEET, SETTING
from kpi_tui.engine.kept.cache import digest
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.missing_inputs import MissingInputs
from kpi_tui.engine.rows_asked.past_asked import LAPSED, LAPSED_DAYS, PastAsked


class ValueRests:
    """What the values of one workspace rest on."""

    def __init__(
        self, workspace: Workspace, data: Data, lineage: Lineage, inputs: MetricInputs, missing: MissingInputs
    ) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._past = PastAsked(workspace, data, lineage)
        self._inputs = inputs
        self._missing = missing
        self._digests: dict[str, str] = {}  # by metric; "" = every table and fact

    def of_everything(self) -> str:
        """Every table and fact, and all settings."""
        if "" not in self._digests:
            facts = [(fact.id, fact.sql, str(fact.options)) for fact in self._workspace.facts.values()]
            tables = [self._of_table(table) for table in self._data.tables]  # what is asked of them stands at cuts too
            self._digests[""] = digest(facts, tables, sorted(self._workspace.settings.items()))
        return self._digests[""]

    def of_metric(self, metric: str) -> str:
        """Everything a metric's number rests on, but the period."""
        if metric not in self._digests:
            base = metric.removesuffix(GROWTH_SUFFIX)
            self._digests[metric] = digest(
                *(str(day) for day in self._days()),
                metric,
                self._workspace.number(SETTING, MEET),
                self._workspace.number(LAPSED, LAPSED_DAYS),
                self._workspace.settings.get(REST_DAYS),
                self._noted_doubts,
                self._formulas(base),
                self._inputs.settings_of(base),
                *(self._of_measure(measure) for measure in self._inputs.measures_of(metric)),
                *(self._of_table(table) for table in self._inputs.tables_of(metric)),
            )
        return self._digests[metric]

    @cached_property
    def _noted_doubts(self) -> list[str]:
        """Those that stand at values, as they are asked and told."""
        doubts = (one for one in self._workspace.doubts.values() if one.at_values or one.without_time)
        bare = (replace(one, rows=replace(one.rows, place=Place(), places={}), place=Place()) for one in doubts)
        return [str(one) for one in bare]

    def _days(self) -> tuple[object, ...]:
        days = self._data.days
        return days.as_of(), days.cutoff(), days.first_day(), days.earliest()

    def _formulas(self, metric: str) -> list[object]:
        """How a metric and the metrics inside its formula are defined."""
        from kpi_tui.engine.formula import names

        space = self._workspace
        own = space.metrics[metric]
        inner = [n for n in names(own.formula) if n not in space.measures and n in space.metrics]
        fields = [own.formula, own.kind, own.unit, own.grain, own.grains, own.rollup, own.per, own.optional, own.one_of]
        return [*fields, space.settings.get(own.applies), *(self._formulas(name) for name in inner)]

    def _of_measure(self, measure: Measure) -> list[object]:
        """Its definition, what it lacks, and the SQL of every fact below it."""
        fields = replace(measure, place=type(measure.place)(), places={})
        shapes = map(self._lineage.shape, self._lineage.facts_below(measure.table))
        return [
            str(fields),
            self._missing.first(measure),
            self._lineage.without_library(measure),
            self._past.first_times(measure),
            self._back(measure),
            *((shape.sql, str(shape.call)) for shape in shapes),
            *(str(self._workspace.facts[name].without) for name in self._lineage.facts_below(measure.table)),
        ]

    def _back(self, measure: Measure) -> list[object]:
        """How far back it looks, in each table."""
        settings, below = self._workspace.settings, self._past.looked_back(measure)
        return [(table, [(name, settings.get(name)) for name in names]) for table, names in below.items()]

    def _of_table(self, table: str) -> list[object]:
        known = self._data.has(table)
        open_ = [str(text) for part in self._workspace.tables[table].parts() for text in part.confirm] if known else []
        return [
            table,
            str(self._data.days.span(table)),
            self._data.fingerprint(table) if known else str(self._data.errors.get(table, "")),
            open_,
        ]
