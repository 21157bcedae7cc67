"""The numbers of base measures, per period and segment, or the reason why there is none (R002)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.days_covered import Span
from kpi_tui.engine.doubts.currencies import Currencies
from kpi_tui.engine.doubts.order_lines import OrderLines
from kpi_tui.engine.doubts.related_keys import RelatedKeys
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_answers import MeasureAnswers
from kpi_tui.engine.measure_results import MeasureRequest, MeasureResult, put_together, with_sources, without_rows
from kpi_tui.engine.missing_inputs import MissingInputs
from kpi_tui.engine.partial_periods import Covered, WindowCoverage, together
from kpi_tui.engine.query import plan, statement
from kpi_tui.engine.query.amounts.per_head import PerHead
from kpi_tui.engine.query.amounts.question_amounts import QuestionAmounts
from kpi_tui.engine.query.amounts.same_rows import SameRows
from kpi_tui.engine.query.cut import PARTICIPANTS, Cut
from kpi_tui.engine.query.fact_parts import FactParts
from kpi_tui.engine.query.sources_asked import NO_SOURCE, Sources, SourcesAsked
from kpi_tui.engine.query.unknown_columns import not_supplied
from kpi_tui.engine.query.windows import anchor_of
from kpi_tui.engine.rows_asked.counted_days import CountedDays
from kpi_tui.engine.rows_asked.participants import Participants
from kpi_tui.engine.rows_asked.plain_rows import Engine, PlainRows
from kpi_tui.engine.rows_asked.questions import Questions
from kpi_tui.sql.parameters import bind


class MeasureReader:
    """Reads measures of one workspace through an engine."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage, engine: Engine) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._engine = engine
        self.plain = PlainRows(workspace, data, engine)
        counted = CountedDays(workspace, data, lineage, self.plain.first_of)
        lines = OrderLines(workspace, data, RelatedKeys(workspace, data))
        self._coverage = WindowCoverage(self.plain, counted, lines, workspace, data, lineage)
        self._currencies = Currencies(workspace, data, lineage)
        self._sources = SourcesAsked(workspace, lineage)
        self.segments = self._sources.segments
        self.rates_behind = self._currencies.rates_behind
        self._participants = Participants(self.plain, workspace.calendar, self._taking_part)
        self._parts = FactParts(workspace, lineage)
        self.same_rows = SameRows(workspace, lineage)
        self.per_head = PerHead(workspace, lineage)
        self.missing = MissingInputs(data, lineage)
        self._amounts = amounts = QuestionAmounts(workspace, lineage, self.missing.lacks)
        past = self._coverage.past_of_cut
        self._questions = Questions(workspace, data, lineage, engine, self.missing.lacks)
        self._said = MeasureAnswers(workspace, data, lineage, self._currencies, amounts, self._days, past)

    def read(
        self, requests: Iterable[MeasureRequest], cut: Cut, *, rows: bool = False
    ) -> dict[MeasureRequest, MeasureResult]:
        """Numbers for every request, cut by `cut`; reasons come first, so that only knowable ones are computed."""
        asked = list(requests)
        wanted = {request: self.parts(request, cut.where or "") for request in asked}
        found = self._read([(part, request.period) for request in asked for part in wanted[request]], cut, rows)
        return {
            request: self._put_together(request, [(one, found[one.id, request.period]) for one in parts], cut)
            for request, parts in wanted.items()
        }

    def parts(self, request: MeasureRequest, where: str) -> list[Measure]:
        """The measure as it is read for a request, or one of each fact it is put together of."""
        return self._parts.of(self.measure(request), where)

    def _read(
        self, wanted: Sequence[tuple[Measure, Period]], cut: Cut, rows: bool
    ) -> dict[tuple[str, Period], MeasureResult]:
        found: dict[tuple[str, Period], MeasureResult] = {}
        windows: dict[tuple[str, Period], Covered] = {}
        by_source: dict[tuple[str, Period], Mapping[str | None, Covered]] = {}
        anchors: dict[str, dict[Period, list[Period]]] = defaultdict(lambda: defaultdict(list))
        measures = {measure.id: measure for measure, _ in wanted}
        for measure, period in wanted:
            key = measure.id, period
            windows[key] = covered = self.status(measure, period, cut)
            by_source[key] = self._of_sources(measure, period, cut)
            if covered.lacks is not None and all(one.lacks for one in by_source[key].values()):
                found[key] = MeasureResult({None: covered.lacks}, rows={}, covered=covered)
            else:
                anchors[measure.id][anchor_of(measure, period)].append(period)
        asks = [
            plan.PlacedMeasure(
                self.on_its_days(one, cut),
                frozenset(at),
                *self._currencies.told_apart(self._amounts.as_asked(one, cut.where)),
            )
            for one, at in ((measures[name], at) for name, at in anchors.items())
        ]
        mixed = self._currencies.mixed_amounts() if cut.where else {}
        for run in plan.runs(asks, cut, self._workspace, self._lineage):
            for query in run.queries:
                query.mixed = mixed
            written = statement.write(run, self._workspace, self._lineage, self.missing.lacks, rows=rows)
            for query, index, anchor, answer in self._questions.run(written, rows=rows):
                measure = query.asks[index].measure
                result = self._said.of(query, index, anchor, answer)
                for period in anchors[measure.id][anchor]:
                    key = measure.id, period
                    own = self._known(with_sources(result, by_source[key]), measure, period, cut)
                    found[key] = replace(own, covered=together([windows[key], result.covered]))
        return found

    def _known(self, found: MeasureResult, measure: Measure, period: Period, cut: Cut) -> MeasureResult:
        """The result; where it, or a source of it, counts nothing because nothing is known, with the reason."""
        found = self._where_asked(found, measure, cut)
        asked = {name: parts for name, parts in self.segments(measure, cut).items() if found.counts_nothing_in(name)}
        lost = ((name, self._coverage.nothing_known(measure, period, parts)) for name, parts in asked.items())
        numbers: dict[str | None, Number] = {name: number for name, number in lost if number}
        if not asked and found.counts_nothing:
            whole = self._coverage.nothing_known(measure, period, self._sources.of(measure, cut))
            return replace(found, numbers={None: whole}) if whole else found
        return replace(found, numbers={**found.numbers, **numbers}) if numbers else found

    def _where_asked(self, found: MeasureResult, measure: Measure, cut: Cut) -> MeasureResult:
        """The result; of sources that lack a column which the question asks for there is none."""
        named: dict[str | None, Sources] = dict(self.segments(measure, cut).items()) or {
            None: self._sources.of(measure, cut)
        }
        lacks: dict[str | None, Number] = {}
        for name, sources in named.items():
            lacking = self._data.lacking_in(sources) if sources and found.cut_on else {}
            if column := next((one for table, one in sorted(found.cut_on) if one in lacking.get(table, ())), ""):
                lacks[name] = _not_there(column, sources)
        return replace(found, numbers=lacks if None in lacks else {**found.numbers, **lacks}) if lacks else found

    def _put_together(
        self, request: MeasureRequest, parts: Sequence[tuple[Measure, MeasureResult]], cut: Cut
    ) -> MeasureResult:
        whole = self.measure(request)
        if len(parts) == 1 and parts[0][0] == whole:
            return parts[0][1]
        named = [(one, self._parts.segments(whole.table, part, cut)) for part, one in parts]
        return put_together(named, cut.by is None, without_rows(whole))

    def measure(self, request: MeasureRequest) -> Measure:
        """The measure as it is read for a request."""
        measure = self.same_rows.without(self._workspace.measures[request.measure], request.without)
        return self.per_head.of_nobody(measure, request.lacks)

    def refuse(self, measures: Iterable[Measure], period: Period, cut: Cut) -> None:
        """UsageError where a cut names what no table has, also for a period without data; others are not looked at."""
        if cut.by or cut.where:
            known = [one for one in measures if not (self.missing.first(one) or self._lineage.without_library(one))]
            asks = [plan.PlacedMeasure(measure, frozenset((period,))) for measure in known]
            for run in plan.runs(asks, Cut(cut.by, cut.where), self._workspace, self._lineage):
                statement.write(run, self._workspace, self._lineage, self.missing.lacks)

    def can_be_cut(self, measures: Iterable[Measure], period: Period, by: str) -> bool:
        """Whether the rows of all measures have a column, or lead to one; of files what is known by now counts."""
        name = by.rpartition(".")[2]

        def is_lacking(table: str, column: str) -> bool:
            return column == name and self.missing.known_to_lack(table, column)

        asks = [plan.PlacedMeasure(measure, frozenset((period,))) for measure in measures]
        try:
            for run in plan.runs(asks, Cut(by), self._workspace, self._lineage):
                statement.write(run, self._workspace, self._lineage, is_lacking)
                if any(query.lacks for query in run.queries):
                    return False
        except UsageError:
            return False
        return True

    def span(self, measure: Measure, sources: Sources = NO_SOURCE) -> Span | None:
        """The days all tables behind a measure cover, of the sources asked for; None when none of them has days."""
        return self._coverage.span(measure, sources)

    def sources_of(self, measure: Measure, cut: Cut, segment: str | None) -> Sources:
        """The sources a question, or a segment of it, is about; none where all of them are."""
        return self.segments(measure, cut).get(segment or "") or self._sources.of(measure, cut)

    def _days(self, measure: Measure, cut: Cut, segment: str | None) -> Span | None:
        return self.span(measure, self.sources_of(measure, cut, segment))

    def on_its_days(self, measure: Measure, cut: Cut) -> Measure:
        """The measure, restricted to the days that all it needs cover."""
        return (
            measure
            if self.segments(measure, cut)
            else self._coverage.on_common_days(measure, self._sources.of(measure, cut))
        )

    def _of_sources(self, measure: Measure, period: Period, cut: Cut) -> dict[str | None, Covered]:
        """What is true of each source, where a question is cut by source and nothing but days may lack."""
        if not (segments := self._sources.segments(measure, cut)) or self._lacking(measure, cut):
            return {}
        return {name: self._of_these(measure, period, parts) for name, parts in segments.items()}

    def _of_these(self, measure: Measure, period: Period, sources: Sources) -> Covered:
        """What is true of a measure of some sources: that they lack a column, or how far their rows reach."""
        if sources and (column := self.missing.first_in(measure, sources)):
            return Covered(_not_there(column, sources))
        return self._coverage.of(measure, period, sources)

    def status(self, measure: Measure, period: Period, cut: Cut) -> Covered:
        """Why there can be no number, or what part of the window has no rows."""
        if (lacks := self._lacking(measure, cut)) is not None:
            return Covered(lacks)
        own = self._of_these(measure, period, self._sources.of(measure, cut))
        if not cut.campaign or "user_id" not in self._lineage.outputs(measure.table):
            return own
        taking = self._participants.of(cut.campaign)
        without = [one for one in (own, *taking) if one.lacks is not None]
        return (
            without[0] if without else replace(own, notes=(*own.notes, *(note for one in taking for note in one.notes)))
        )

    def _taking_part(self, campaign: str, span: Period) -> list[Covered]:
        """How far what tells of its participants reaches, and whether it says who they are."""
        found = self._coverage.of_participants(span)
        asked = Measure(PARTICIPANTS, PARTICIPANTS, Aggregation.COUNT)
        if self.missing.first(asked) or any(one.lacks is not None for one in found):
            return found
        rows, known = self.plain.taking_part(campaign)
        said = says(
            "campaign {campaign}: {count:,} of {rows:,} rows that tell who took part names nobody",
            "campaign {campaign}: {count:,} of {rows:,} rows that tell who took part name nobody",
            rows - known,
            campaign=campaign,
            rows=rows,
        )
        if known == rows:
            return found
        return [*found, Covered(notes=(said,)) if known else Covered(Number(None, Reason.UNKNOWN, said))]

    def _lacking(self, measure: Measure, cut: Cut) -> Number | None:
        """Why there can be no number of a question, whatever the period."""
        if missing := self.missing.first(measure):
            whole_table = any(not lack.column for lack in self.missing.every(measure))
            return Number(None, Reason.NO_TABLE if whole_table else Reason.NO_COLUMN, self._why_missing(missing))
        if wanted := self._lineage.without_library(measure):
            return Number(None, Reason.NOT_APPLICABLE, wanted)
        if refusal := self._currencies.refusal(self._amounts.as_asked(measure, cut.where)):
            return Number(None, Reason.UNKNOWN, refusal)
        return None

    def lines(self, measure: Measure, columns: tuple[str, ...], period: Period) -> list[tuple[str, ...]] | Number:
        """The distinct values of some columns in the rows a measure counts in a period; or why there are none."""
        if (lacks := self.status(measure, period, Cut()).lacks) is not None:
            return lacks
        day = f"{measure.time}_day"
        query = plan.Query(measure.table, day, "period", "", Cut())
        named = ", ".join(f"CAST(t.{column} AS VARCHAR) AS {column}" for column in columns)
        query.sql = f"SELECT DISTINCT {named} FROM {measure.table} AS t JOIN w ON t.{day} = w.w_day"
        if measure.where:
            query.sql += f" WHERE {bind(measure.where, self._workspace.settings)}"
        (rows,) = self._engine.run([query], [period], self._data.days.earliest() or period.start)
        return sorted(tuple(str(row[column]) for column in columns) for row in rows)

    def _why_missing(self, missing: str) -> str:
        table = missing.rsplit(" ", 1)[-1]
        error = self._data.errors.get(table)
        return say("{lack}, which cannot be read: {error}", lack=missing, error=error) if error else missing


def _not_there(column: str, sources: Sources) -> Number:
    """That no file of some sources supplies a column."""
    return Number(None, Reason.NO_COLUMN, not_supplied([column], listed(sorted(sources))))
