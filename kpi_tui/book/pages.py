"""Pages: every section asked for what its kind says, in one period (R085–R106 on the page `private`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpi_tui.book.analyses.page_sections import sections_of
from kpi_tui.book.breakdowns import Breakdowns
from kpi_tui.book.causes.baselines import PERIODS, WIDTH, Baselines
from kpi_tui.definitions.answers.drivers import METHODS
from kpi_tui.definitions.answers.page import (
    Assessment,
    BaselineRow,
    BaselinesFound,
    DriversFound,
    FindingsFound,
    Found,
    LayersFound,
    MetricsFound,
    PageAnswer,
    QuadrantsFound,
    SectionAnswer,
    TextFound,
)
from kpi_tui.definitions.answers.value import Number, Value, resting_on
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.page import (
    BaselinePart,
    BreakdownPart,
    DriversPart,
    FindingRule,
    FindingsPart,
    LayersPart,
    Limit,
    MetricsPart,
    Page,
    Part,
    QuadrantsPart,
    TextPart,
)
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.definitions.quantity import Quantity

if TYPE_CHECKING:
    from kpi_tui.book.analyses.sections import SectionAnalyses
    from kpi_tui.book.causes.drivers import DriverAnalysis
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.person.board import Board
    from kpi_tui.definitions.answers.baseline import Baseline
    from kpi_tui.definitions.answers.projection import Assumed
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers


class Pages:
    """Reads the pages of a workspace."""

    def __init__(
        self,
        workspace: Workspace,
        library: Library,
        numbers: MetricNumbers,
        drivers: DriverAnalysis,
        baselines: Baselines,
        analyses: SectionAnalyses,
        engine: Numbers,
        board: Board,
    ) -> None:
        self._workspace = workspace
        self._library = library
        self._numbers = numbers
        self._drivers = drivers
        self._baselines = baselines
        self._analyses = analyses
        self._engine = engine
        self._board = board
        self._breakdowns = Breakdowns(workspace, numbers, engine)

    def all(self) -> dict[str, Page]:
        """The pages of the workspace by their ids, then the board of who sits here, where something is pinned."""
        own = self._board.page()
        return {**({own.id: own} if own else {}), **self._workspace.pages}

    def find(self, page: str) -> Page:
        """The page of that id. UsageError on an unknown one, with its nearest neighbour."""
        pages = self.all()
        if page in pages:
            return pages[page]
        known = say("known: {names}", names=listed(pages)) if pages else say(
            'this workspace has none; write pages/*.toml, or extends = "standard" into workspace.toml')  # fmt: skip
        if page == BOARD:
            hint = say(
                "`kpi-tui board --pin METRIC`, or F on a metric of a screen; `--with DIR` adds another workspace"
            )
            raise UsageError(say("nothing is on your board yet; {hint}", hint=hint))
        raise UsageError(say("unknown page {page!r}; {hint}", page=page, hint=did_you_mean(page, pages, known)))

    def of(
        self,
        page: str,
        period: Period,
        *,
        progress: Progress | None = None,
        assumed: Mapping[str, Assumed] = MappingProxyType({}),
    ) -> PageAnswer:
        """Every section of a page; a section that cannot be answered says why. UsageError on an unknown page.

        `assumed`: what if, by the kind of projection.
        """
        found = self.find(page)
        sections = []
        for section in sections_of(found, self._workspace):
            try:
                sections.append(SectionAnswer(section, self._answer(section.part, period, progress, assumed)))
            except (UsageError, TableError) as error:
                sections.append(SectionAnswer(section, None, str(error)))
        named = dict.fromkeys(metric for section in found.sections for metric in section.metrics())
        lacks = {metric: lack for metric in named if (lack := self._numbers.is_live(metric)[1])}
        return PageAnswer(found, period, tuple(sections), lacks)

    def cut(self, page: str, period: Period, by: str, *, progress: Progress | None = None) -> list[Value]:
        """The metrics of a page's baseline section by `day` or another of its `cuts` (R091). UsageError on another."""
        parts = [part for one in self.find(page).sections if isinstance(part := one.part, BaselinePart) and part.cuts]
        if not parts or by not in parts[0].cuts:
            known = listed(parts[0].cuts) if parts else say("nothing")
            raise UsageError(say("{page} is cut by {names}, not by {by!r}", page=page, names=known, by=by))
        metrics = parts[0].cuts[by]
        if by == "day":
            days = list(period.split(Grain.DAY))
            return [value for metric in metrics for value in self._by_day(metric, days, progress)]
        ask = self._numbers.values
        return [value for metric in metrics for value in ask([metric], period, by=by, progress=progress)]

    # --- one section ------------------------------------------------------------------------
    def _answer(self, part: Part, period: Period, progress: Progress | None, assumed: Mapping[str, Assumed]) -> Found:
        match part:
            case MetricsPart():
                return self._metrics(part, period, progress)
            case DriversPart():
                return self._factors(part, period, progress)
            case BaselinePart():
                return BaselinesFound(tuple(self._row(metric, part, period, progress) for metric in part.metrics))
            case BreakdownPart():
                return self._breakdowns.of(part, period, progress)
            case LayersPart():
                return self._layers(part, period, progress)
            case QuadrantsPart():
                return self._quadrants(part, period, progress)
            case FindingsPart():
                return FindingsFound(tuple(self._assess(rule, period, progress) for rule in part.rules))
            case TextPart():
                return self._text(part, period, progress)
            case _:
                return self._analyses.of(part, period, assumed, progress)

    def _metrics(self, part: MetricsPart, period: Period, progress: Progress | None) -> MetricsFound:
        by, where = part.by or None, part.where or None
        values = self._numbers.values(part.metrics, period, by=by, where=where, last=part.last, progress=progress)
        return MetricsFound(tuple(values))

    def _factors(self, part: DriversPart, period: Period, progress: Progress | None) -> DriversFound:
        from kpi_tui.analysis.causes.product_gap import product_gap

        found = self._drivers.of(part.of, period, method=part.method or METHODS[0], progress=progress)
        gap = product_gap(found.now.value, [driver.after for driver in found.drivers]) if part.gap else None
        return DriversFound(found, gap)

    def _row(self, metric: str, part: BaselinePart, period: Period, progress: Progress | None) -> BaselineRow:
        from kpi_tui.analysis.benchmark import against

        usual = self._usual(metric, part, period, progress)
        if not part.market:
            return BaselineRow(metric, usual)
        definition = self._library.metric(metric)
        benchmark = next((mark for mark in definition.benchmarks if not mark.describes), None)
        parts = list(usual.value.measures.values())
        converted, entered = (parts[0], parts[1]) if len(parts) == 2 else (None, None)
        band = against(usual.value.value, benchmark)
        return BaselineRow(metric, usual, benchmark, band, entered, converted, self._numbers.tables_of(metric))

    def _usual(self, metric: str, part: BaselinePart, period: Period, progress: Progress | None) -> Baseline:
        """A metric against the mean of its own last periods (R089, R105), or against its robust band."""
        from kpi_tui.analysis.baseline import baseline, mean_band
        from kpi_tui.book.causes.baselines import usual_band

        count = int(self._workspace.number("baseline_periods", PERIODS))
        values = self._numbers.values([metric], period, last=count + 1, progress=progress)
        tolerance, width = self._limit(part.tolerance), self._workspace.number("baseline_width", WIDTH)
        if tolerance is None:
            return baseline(values[-1], values[:-1], usual_band(values[-1], width, self._workspace.metrics))
        return baseline(values[-1], values[:-1], lambda known: mean_band(known, tolerance))

    def _layers(self, part: LayersPart, period: Period, progress: Progress | None) -> LayersFound:
        from kpi_tui.analysis.layers_and_quadrants import layers
        from kpi_tui.engine.query.segments import NULL_SEGMENT

        values = self._numbers.values([part.metric], period, by=part.by, where=part.where or None, progress=progress)
        nobody = (None, NULL_SEGMENT)  # all unknown contributors together are not one large one
        amounts = {v.segment: v.value for v in values if v.segment not in nobody and v.value is not None}
        shares = {layer.id: self._limit(layer.share) for layer in part.layers}
        return LayersFound(layers(amounts, shares) if amounts else (), values[0].unit, values[0])

    def _quadrants(self, part: QuadrantsPart, period: Period, progress: Progress | None) -> QuadrantsFound:
        from kpi_tui.analysis.layers_and_quadrants import quadrants

        ask = [part.x, part.y]
        values = self._numbers.values(ask, period, by=part.by, where=part.where or None, progress=progress)
        tables = [{v.segment: v for v in values if v.metric == name and v.segment is not None} for name in ask]
        return quadrants({name: (x, tables[1][name]) for name, x in tables[0].items() if name in tables[1]})

    def _assess(self, rule: FindingRule, period: Period, progress: Progress | None) -> Assessment:
        """The numbers a rule rests on, and its verdict."""
        from kpi_tui.analysis.findings import Verdict, beside_limit, falling_while, observed_enough

        periods = int(self._limit(rule.periods) or 1)
        asked = [rule.metric, rule.against] if rule.against else [rule.metric]
        count = periods + 1 if rule.against else 1
        values = self._numbers.values(asked, period, last=count, progress=progress)
        series = {name: [v.value for v in values if v.metric == name] for name in asked}
        last = {v.metric: v for v in values}
        numbers = {name: Quantity(last[name].value, last[name].unit) for name in asked}
        verdict: Verdict | None = None
        if rule.observed is not None:
            days = self._observed(rule.metric, period)
            numbers["days"] = Quantity(None if days is None else float(days), "days")
            verdict = observed_enough(days, int(self._limit(rule.observed) or 0))
        if verdict is None and rule.against:
            held = self._limit(rule.tolerance) or 0.0
            verdict = falling_while(series[rule.metric], series[rule.against], periods, held)
        if verdict is None:
            limit = self._limit(rule.above if rule.above is not None else rule.least) or 0.0
            verdict = (beside_limit(numbers[rule.metric].value, limit, equal=rule.least is not None), "", "")
        state, cause, detail = verdict
        return Assessment(rule.id, state, numbers, cause, detail, periods, last[rule.metric])

    def _text(self, part: TextPart, period: Period, progress: Progress | None) -> TextFound:
        from kpi_tui.analysis.stage_by_days import stage

        value = self._numbers.values([part.metric], period, progress=progress)[0] if part.metric else None
        if not part.since:
            return TextFound(value)
        covered = self._engine.covered(part.since)
        days = None if covered is None else (min(period.last_day, self._engine.as_of()) - covered[0]).days
        return TextFound(value, days, stage(days, {one.id: self._limit(one.until) for one in part.stages}))

    # --- what sections share ----------------------------------------------------------------
    def _limit(self, limit: Limit | None) -> float | None:
        """A limit as a number."""
        return self._workspace.number(limit, 0.0) if isinstance(limit, str) else limit

    def _observed(self, metric: str, period: Period) -> int | None:
        """Days up to the period's end that every table behind a metric covers."""
        covered = self._engine.covered(metric)
        return None if covered is None else max(0, (min(period.last_day, covered[1]) - covered[0]).days + 1)

    def _by_day(self, metric: str, days: Sequence[Period], progress: Progress | None) -> list[Value]:
        """A rate per day, from its measures: the metric itself may be read by month only."""
        from kpi_tui.engine.formula import evaluate, names

        definition = self._library.metric(metric)
        if self._engine.leaves_out(definition.formula):
            values = self._breakdowns.measures([definition.formula], days, None, None, progress)
            return [replace(value, metric=metric, unit=definition.unit) for value in values]
        parts = names(definition.formula)
        rows = self._breakdowns.measures(parts, days, None, None, progress)
        found = []
        for place, day in enumerate(days):
            own = {name: rows[index * len(days) + place] for index, name in enumerate(parts)}
            number = evaluate(definition.formula, {n: Number(v.value, v.reason, v.detail) for n, v in own.items()})
            blank = Value(metric, day, number.value, number.reason, number.detail, unit=definition.unit)
            measures = {name: value.value for name, value in own.items()}
            found.append(resting_on(replace(blank, measures=measures), own.values()))
        return found
