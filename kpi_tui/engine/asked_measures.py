"""What metrics ask of measures: which, at which periods, over which of their rows; and what came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure, Metric
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine import formula, rollup
from kpi_tui.engine.check.zero_notes import ZeroNotes
from kpi_tui.engine.doubts.doubtful_rows import RowDoubts
from kpi_tui.engine.measure_results import MeasureRequest, MeasureResult
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.query.cut import Cut


@dataclass(frozen=True, slots=True)
class ReadMeasures:
    """What measures gave to a question that is cut so."""

    found: dict[MeasureRequest, MeasureResult]
    cut: Cut


class AskedMeasures:
    """Asks for the metrics of one workspace. `any_span`: spans shorter than a metric's grain are read too."""

    def __init__(
        self,
        workspace: Workspace,
        inputs: MetricInputs,
        reader: MeasureReader,
        zeros: ZeroNotes | None,
        *,
        any_span: bool,
    ) -> None:
        self._workspace = workspace
        self._inputs = inputs
        self._reader = reader
        self._zeros = zeros
        self._any_span = any_span

    def plan(self, metric: Metric, period: Period, cut: Cut, segment: str | None = None) -> rollup.RollupPlan | None:
        """By the days of the sources a question, or a segment of it, is about."""
        covered = self._inputs.covered(metric.id, cut, segment)
        return rollup.plan(metric, period, covered, any_span=self._any_span)

    def of(self, metric: str, period: Period, cut: Cut) -> dict[tuple[str, str, Period], None]:
        """Metric, measure of its formula and period: each once, in the order of the formula, so that the columns of
        a query stand so whenever it is asked."""
        definition = self._workspace.metrics[metric.removesuffix(GROWTH_SUFFIX)]
        periods = [period, period.previous()] if metric.endswith(GROWTH_SUFFIX) else [period]
        found: dict[tuple[str, str, Period], None] = {}
        for one in periods:
            for part in self._parts(definition, one, cut):
                for name in formula.names(definition.formula):
                    if self._inputs.is_left_out(definition, name):
                        continue
                    if name in self._workspace.measures:
                        found[definition.id, name, part] = None
                    elif name in self._workspace.metrics:
                        found |= self.of(name, part, cut)
        return found

    def read(self, asked: Iterable[tuple[str, Period]], cut: Cut, *, rows: bool = False) -> ReadMeasures:
        """What some metrics rest on. Sums that lack amounts, or add those of nobody, are read once more, with their
        rows; and what is divided by such a sum, without the rows that lack one."""
        values = [self.of(*pair, cut) for pair in asked]
        inputs = dict.fromkeys(one for of in values for one in of)
        first = dict.fromkeys(MeasureRequest(name, part) for _, name, part in inputs)
        nobody = dict.fromkeys(one for of in inputs for one in self._of_nobody(*of))
        found = self._reader.read([*first, *nobody], cut, rows=rows)
        doubted = [one for one in first if any(found[one].doubtful.values())]
        again = _with_other_parts(doubted, values)
        lacking = {one for one in doubted if any(doubt.unknown for doubt in found[one].doubtful.values())}
        again += [one for one in nobody if any(number.value for number in found[one].numbers.values())]
        for metric, name, part in inputs:
            sums = self.same_rows(self._workspace.metrics[metric]).get(name, ())
            if any(MeasureRequest(one, part) in lacking for one in sums):
                again.append(MeasureRequest(name, part, sums))
        found |= self._reader.read(again, cut, rows=True) if again else {}
        whole = {request: result for request, result in found.items() if request in first}
        return ReadMeasures(found | (self._zeros.on(whole, cut) if self._zeros else whole), cut)

    def same_rows(self, metric: Metric) -> Mapping[str, tuple[str, ...]]:
        """Measures of its formula -> sums whose unknown rows they leave out; none where one of them counts as 0."""
        found = self._reader.same_rows.of(metric.formula)
        return {} if any(self._inputs.is_left_out(metric, name) for name in found) else found

    def per_head(self, metric: Metric) -> Mapping[str, str]:
        """Measures of its formula -> the column whose distinct values they are divided by."""
        return self._reader.per_head.of(metric.formula)

    def result(self, table: ReadMeasures, metric: Metric, name: str, part: Period) -> MeasureResult:
        """A measure at a period, without the rows that count on neither side of its quotient where there are such."""
        return table.found.get(self._request(metric, name, part), table.found[MeasureRequest(name, part)])

    def requested(self, table: ReadMeasures, metric: Metric, name: str, part: Period) -> tuple[MeasureResult, Measure]:
        """A measure at a period as it was read, and as it was asked."""
        return self.result(table, metric, name, part), self._reader.measure(self.request(table, metric, name, part))

    def request(self, table: ReadMeasures, metric: Metric, name: str, part: Period) -> MeasureRequest:
        """What `result` answers."""
        request = self._request(metric, name, part)
        return request if request in table.found else replace(request, without=())

    def doubts(self, table: ReadMeasures, metric: Metric, name: str, part: Period, segment: str | None) -> RowDoubts:
        """The doubtful rows of a measure, those of nobody among them."""
        found = table.found[MeasureRequest(name, part)].doubts(segment)
        for request in self._of_nobody(metric.id, name, part):
            number = table.found[request].numbers.get(segment)
            if number and number.value:
                rows = table.found[request].rows.get(segment, 0)
                found = replace(found, nobody=rows, of_nobody=number.value)
        return found

    def _of_nobody(self, metric: str, name: str, part: Period) -> Iterable[MeasureRequest]:
        column = self.per_head(self._workspace.metrics[metric]).get(name)
        return (MeasureRequest(name, part, lacks=column),) if column else ()

    def _parts(self, metric: Metric, period: Period, cut: Cut) -> list[Period]:
        """The parts of a period that the total or any segment rests on."""
        plans = [self.plan(metric, period, cut, one) for one in (None, *self._inputs.sources_in(metric.id, cut))]
        return list(dict.fromkeys(part for plan in plans if plan for part in plan.parts))

    def _request(self, metric: Metric, name: str, part: Period) -> MeasureRequest:
        return MeasureRequest(name, part, self.same_rows(metric).get(name, ()))


def _with_other_parts(
    doubted: Collection[MeasureRequest], values: Iterable[Iterable[tuple[str, str, Period]]]
) -> list[MeasureRequest]:
    """Some requests, with those of the same measure at the other parts of a value: `2 of 60 rows` is of them all."""
    found = dict.fromkeys(doubted)
    some = set(doubted)
    for of in values:
        requests = [MeasureRequest(name, part) for _, name, part in of]
        names = {one.measure for one in requests if one in some}
        found |= dict.fromkeys(one for one in requests if one.measure in names)
    return list(found)
