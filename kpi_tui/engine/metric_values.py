"""Metrics at periods: roll-ups over measures, formulas, growth, segments (R002–R006)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from kpi_tui.definitions.answers.value import Explanation, Number, Reading, Reason, Value
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Metric, Rollup
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine import formula, rollup
from kpi_tui.engine.asked_measures import AskedMeasures, ReadMeasures
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.check.funnel_notes import FunnelNotes
from kpi_tui.engine.check.measure_notes import MeasureNotes
from kpi_tui.engine.check.question_words import QuestionWords
from kpi_tui.engine.check.zero_notes import ZeroNotes
from kpi_tui.engine.data import Data
from kpi_tui.engine.doubts.doubtful_rows import NO_DOUBT, RowDoubts, row_notes
from kpi_tui.engine.doubts.nobody_notes import nobody_notes
from kpi_tui.engine.doubts.unknown_amounts import unknown_notes
from kpi_tui.engine.doubts.value_doubts import ValueDoubts
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_results import KnownName
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_inputs import MetricInputs, reading
from kpi_tui.engine.partial_periods import Covered, together
from kpi_tui.engine.query.amounts.unknown_rows import adds_amounts
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.one_owner import OneOwner, OwnedCut
from kpi_tui.engine.query.segments import chosen, in_order, in_two_cases, noted
from kpi_tui.engine.row_pages.behind import MeasureBehind


class Evaluator:
    """Computes metrics of one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        data: Data,
        lineage: Lineage,
        reader: MeasureReader,
        conditions: Conditions | None = None,
        *,
        any_span: bool = False,
    ) -> None:
        """`conditions` say why a number is 0. `any_span`: spans shorter than a metric's grain are read too."""
        self._workspace = workspace
        self._doubts = ValueDoubts(workspace, data, lineage)
        self._inputs = inputs = MetricInputs(workspace, data, lineage, reader)
        self._reader = reader
        self._owner = OneOwner(workspace, lineage, reader.missing.lacks)
        zeros = ZeroNotes(reader, conditions) if conditions else None
        self._asked = AskedMeasures(workspace, inputs, reader, zeros, any_span=any_span)
        funnels = (FunnelNotes(workspace, lineage, self._inputs, conditions),) if conditions else ()
        noting = conditions and (MeasureNotes(workspace, inputs, conditions), QuestionWords(inputs, conditions))
        self._noting = (*funnels, *(noting or ()))
        self._inner = conditions.inner if conditions else None

    def values(self, metrics: Sequence[str], periods: Sequence[Period], cut: Cut) -> list[Value]:
        """Values in the order asked: metric, then period, then segment (the total first)."""
        asked = {measure.id: measure for metric in metrics for measure in self._inputs.measures_of(metric)}
        self._reader.refuse(asked.values(), periods[-1], cut)
        owned = {metric: self.owned(metric, periods[-1], cut) for metric in metrics}
        found: dict[str, list[Value]] = {}
        for one in dict.fromkeys(owned.values()):
            found |= self._values([metric for metric in metrics if owned[metric] == one], periods, one, cut)
        return [value for metric in metrics for value in found[metric]]

    def owned(self, metric: str, period: Period, cut: Cut) -> OwnedCut:
        """The cut as the measures of a metric are asked, so that they take a column from one table."""
        return self._owner.of(metric, self._inputs.measures_of(metric), period, cut)

    def _values(
        self, metrics: Sequence[str], periods: Sequence[Period], owned: OwnedCut, cut: Cut
    ) -> dict[str, list[Value]]:
        pairs = [(metric, period) for metric in metrics for period in periods]
        total = self._asked.read(pairs, owned.cut.whole())
        parts = self._asked.read(pairs, owned.cut) if owned.cut.by else ReadMeasures({}, owned.cut)
        found: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for metric, period in pairs:
            found[metric] += [self._chosen(one, cut) for one in owned.on(self._row(metric, period, total, parts))]
        return found

    def explain(self, metric: str, period: Period, cut: Cut) -> Explanation:
        """The value with everything that reproduces it (R172)."""
        definition = self._workspace.metrics[metric.removesuffix(GROWTH_SUFFIX)]
        self._reader.refuse(self._inputs.measures_of(metric), period, cut)
        owned = self.owned(metric, period, cut)
        table = self._asked.read([(metric, period)], owned.cut, rows=True)
        plan = self._asked.plan(definition, period, cut)
        parts = plan.parts if plan else ()
        shown: list[Reading] = []
        if plan and plan.how is not Rollup.MEAN:
            before = self._asked.plan(definition, period.previous(), cut) if metric.endswith(GROWTH_SUFFIX) else None
            for one in (before, plan) if before else (plan,):
                shown += self._inputs.readings(definition, one.parts, lambda *of: self._asked.requested(table, *of))
        below = [self._value(name, parts[-1], None, table) for name in self._metrics_in(definition)] if parts else []
        indirect = parts if plan and not plan.is_direct else ()
        subs = [self._part_value(definition, part, None, table) for part in indirect]
        return Explanation(
            value=self._chosen(next(owned.on([self._value(metric, period, None, table)])), cut),
            formula=definition.formula,
            readings=tuple(shown),
            settings=self._inputs.settings_of(definition.id),
            parts=tuple(below),
            sub_periods=tuple(subs),
            rates=self._reader.rates_behind(self._inputs.measures_of(metric)),
        )

    def behind(self, metric: str, period: Period, cut: Cut) -> list[MeasureBehind]:
        """Every measure a value rests on, those of metrics inside its formula included, with its number."""
        base = metric.removesuffix(GROWTH_SUFFIX)
        self._reader.refuse(self._inputs.measures_of(base), period, cut)
        cut = self.owned(base, period, cut).cut
        table = self._asked.read([(base, period)], cut, rows=True)
        asked: dict[str, tuple[Metric, list[Period]]] = {}
        for of, name, part in self._asked.of(base, period, cut):
            holder, parts = asked.setdefault(name, (self._workspace.metrics[of], []))
            if holder.id == of:
                parts.append(part)
        return [self._behind(table, *one, name) for name, one in asked.items()]

    def _behind(self, table: ReadMeasures, holder: Metric, parts: Sequence[Period], name: str) -> MeasureBehind:
        found = [self._asked.requested(table, holder, name, part) for part in parts]
        requests = tuple(self._asked.request(table, holder, name, part) for part in parts)
        return MeasureBehind(reading(self._workspace, name, parts, found), requests)

    def _chosen(self, value: Value, cut: Cut) -> Value:
        """The value with what its funnel and sub-queries say, or the sentence that something must be chosen."""
        for notes in self._noting:
            value = notes.on(value, cut)
        value = self._inner.on(value, self._inputs, cut.where or "") if self._inner else value
        return chosen(value, self._workspace.metrics[value.metric.removesuffix(GROWTH_SUFFIX)], cut)

    def _metrics_in(self, metric: Metric) -> list[str]:
        known = self._workspace
        return [n for n in formula.names(metric.formula) if n not in known.measures and n in known.metrics]

    def _row(self, metric: str, period: Period, total: ReadMeasures, parts: ReadMeasures) -> Iterable[Value]:
        """The total, then every segment."""
        whole = self._value(metric, period, None, total)
        asked = self._asked.of(metric, period, parts.cut) if parts.found else ()
        results = [self._asked.result(parts, self._workspace.metrics[one], name, part) for one, name, part in asked]
        names = in_order(name for result in results for name in result.segments)
        own = in_two_cases([self._value(metric, period, name, parts) for name in names])
        if own and not metric.endswith(GROWTH_SUFFIX):
            whole = noted(whole, own, self._workspace.metrics[metric], self._inputs.measures_of(metric))
        of = listed(dict.fromkeys(result.whose for result in results if result.whose))
        return [whole, *(replace(value, segment_of=of) for value in own)]

    def _value(self, metric: str, period: Period, segment: str | None, table: ReadMeasures) -> Value:
        if metric.endswith(GROWTH_SUFFIX):
            return self._growth(metric, period, segment, table)
        definition = self._workspace.metrics[metric]
        plan = self._asked.plan(definition, period, table.cut, segment)
        blank = Value(metric, period, None, segment=segment, unit=definition.unit)
        if definition.applies and self._workspace.settings[definition.applies] is False:
            detail = say("model not applicable: the setting {setting} is false", setting=definition.applies)
            return replace(blank, reason=Reason.NOT_APPLICABLE, detail=detail)
        if plan is None:
            detail = say(
                "{metric} is counted per {grain}; ask for a {grain} or longer",
                metric=metric,
                grain=definition.grain.word,
            )
            return replace(blank, reason=Reason.NOT_APPLICABLE, detail=detail)
        if plan.how is Rollup.POOLED:
            return self._pooled(definition, plan, blank, table)
        if plan.is_direct:
            value = self._part_value(definition, plan.parts[0], segment, table)
            return replace(value, period=period, partial=value.partial and value.value is not None)
        return self._mean(definition, plan, blank, table)

    def _part_value(self, metric: Metric, part: Period, segment: str | None, table: ReadMeasures) -> Value:
        """The formula at one grain period."""
        return self._finish(metric, part, segment, self._read_at(metric, part, segment, table), table.cut)

    def _read_at(self, metric: Metric, part: Period, segment: str | None, table: ReadMeasures) -> dict[str, KnownName]:
        return {name: self._known(metric, name, part, segment, table) for name in formula.names(metric.formula)}

    def _finish(
        self, metric: Metric, period: Period, segment: str | None, found: Mapping[str, KnownName], cut: Cut
    ) -> Value:
        known = {name: part.number for name, part in found.items()}
        covered = together(part.covered for part in found.values())
        number = formula.evaluate(metric.formula, known)
        shown = {name: part.value for name, part in known.items() if name not in self._workspace.settings}
        cut_on = frozenset(pair for part in found.values() for pair in part.cut_on)  # what says which rows are meant
        tables = tuple(dict.fromkeys((*self._inputs.tables_of(metric.id), *sorted({table for table, _ in cut_on}))))
        columns = self._inputs.columns_of(metric.id) | cut_on
        sources = self._inputs.sources_asked(metric.id, cut, segment)
        rows = self._on_rows(metric, known, {name: part.doubts for name, part in found.items()})
        empty = tuple(dict.fromkeys(note for part in found.values() for note in part.empty))
        notes = dict.fromkeys((*covered.notes, *rows, *empty, *self._doubts.notes(tables, columns, sources)))
        return Value(
            metric=metric.id,
            period=period,
            value=number.value,
            reason=number.reason,
            detail=number.detail,
            segment=segment,
            partial=covered.partial and number.value is not None,
            unit=metric.unit,
            measures=shown,
            late=covered.late and number.value is not None,
            left_out=reduce(
                or_, (dict(part.left_out) for part in found.values()), self._doubts.left_out(tables, sources)
            ),
            notes=tuple(notes) if number.value is not None else empty,
            asked_of=tuple(dict.fromkeys(said for part in found.values() for said in part.asked_of)),
            until=covered.until if number.value is not None else "",
        )

    def _on_rows(
        self, metric: Metric, known: Mapping[str, Number], doubts: Mapping[str, RowDoubts]
    ) -> Iterator[Message]:
        """What doubtful rows of its measures do to a number."""
        sums = {one.id for one in self._inputs.measures_of(metric.id) if adds_amounts(one)}
        yield from unknown_notes(metric, known, doubts, self._asked.same_rows(metric), sums)
        yield from nobody_notes(metric, known, doubts, self._asked.per_head(metric), self._workspace.measures)
        yield from row_notes(self._workspace.measures, doubts)
        yield from self._doubts.lacking(doubts)

    def _known(self, metric: Metric, name: str, part: Period, segment: str | None, table: ReadMeasures) -> KnownName:
        workspace = self._workspace
        if self._inputs.is_left_out(metric, name):
            said = say("nothing is mapped to {measure}: counted as 0", measure=name)
            return KnownName(Number(0), Covered(notes=(said,)))
        if name in workspace.measures:
            result = self._asked.result(table, metric, name, part)
            doubts = self._asked.doubts(table, metric, name, part, segment)
            number = result.number(segment, workspace.measures[name])
            return KnownName(number, result.covered_in(segment), doubts, result.empty, result.asked_of, result.cut_on)
        if name in workspace.metrics:
            value = self._value(name, part, segment, table)
            covered = Covered(None, value.partial, value.late, value.notes, value.until)
            known = Number(value.value, value.reason, value.detail)
            return KnownName(known, covered, asked_of=value.asked_of, left_out=value.left_out)
        return KnownName(Number(float(workspace.settings[name])))

    def _mean(self, metric: Metric, plan: rollup.RollupPlan, blank: Value, table: ReadMeasures) -> Value:
        """The mean over the parts; their doubtful rows are told together, those of parts without a number apart."""
        return rollup.mean(*self._each(metric, plan.parts, blank.segment, table), blank, plan)

    def _each(
        self, metric: Metric, parts: Sequence[Period], segment: str | None, table: ReadMeasures
    ) -> tuple[list[Value], list[Message]]:
        """The values of some parts, and what is said of the doubtful rows of them all."""
        read = [self._read_at(metric, part, segment, table) for part in parts]
        sure = [{name: replace(known, doubts=NO_DOUBT) for name, known in found.items()} for found in read]
        values = [
            self._finish(metric, *one, table.cut) for one in zip(parts, [segment] * len(parts), sure, strict=True)
        ]
        counted = [found for found, value in zip(read, values, strict=True) if value.value is not None]
        names = formula.names(metric.formula) if counted else ()
        doubts = {name: sum((found[name].doubts for found in counted), NO_DOUBT) for name in names}
        numbers = {name: rollup.total([found[name].number for found in counted]) for name in names}
        return values, list(self._on_rows(metric, numbers, doubts)) if counted else []

    def _pooled(self, metric: Metric, plan: rollup.RollupPlan, blank: Value, table: ReadMeasures) -> Value:
        """Sum of numerators over sum of denominators: what the formula names is added over the parts, then divided."""
        own = Covered(None, plan.left_out, plan.late, plan.notes, plan.until)
        found: dict[str, KnownName] = {}
        for name in formula.names(metric.formula):
            if name in self._workspace.metrics and name not in self._workspace.measures:
                known = self._summed(name, plan.parts, blank.segment, table)
                found[name] = replace(known, covered=together([own, known.covered]))
                continue
            parts = [self._known(metric, name, part, blank.segment, table) for part in plan.parts]
            added = rollup.total([part.number for part in parts]) if name in self._workspace.measures else None
            covered = together([own, *(part.covered for part in parts)])
            doubts = sum((part.doubts for part in parts), NO_DOUBT)
            found[name] = replace(parts[-1], number=added or parts[-1].number, covered=covered, doubts=doubts)
        return plan.without_rows(self._finish(metric, blank.period, blank.segment, found, table.cut))

    def _summed(self, name: str, parts: Sequence[Period], segment: str | None, table: ReadMeasures) -> KnownName:
        """A metric of a formula, added over the parts; its doubtful rows are told together."""
        metric = self._workspace.metrics[name]
        plans = [self._asked.plan(metric, part, table.cut, segment) for part in parts]
        if all(plan and plan.is_direct and plan.parts == (part,) for plan, part in zip(plans, parts, strict=True)):
            values, said = self._each(metric, parts, segment, table)
        else:
            values, said = [self._value(name, part, segment, table) for part in parts], []
        covered = together(Covered(None, one.partial, one.late, one.notes, one.until) for one in values)
        number = rollup.total([Number(one.value, one.reason, one.detail) for one in values])
        lost = (dict(one.left_out) for one in values)
        covered = replace(covered, notes=(*covered.notes, *said))
        return KnownName(number, covered, asked_of=values[0].asked_of, left_out=reduce(or_, lost))

    def _growth(self, metric: str, period: Period, segment: str | None, table: ReadMeasures) -> Value:
        base = metric.removesuffix(GROWTH_SUFFIX)
        now = self._value(base, period, segment, table)
        before = self._value(base, period.previous(), segment, table)
        return rollup.growth(self._workspace.metrics[base], now, before)
