"""Pages: what their sections name is there: metrics, measures, trees, funnels, settings, columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.library.analysis_parts import (
    DATES,
    CampaignsPart,
    CohortPart,
    ComparePart,
    FestivalPart,
    MovesPart,
)
from kpi_tui.definitions.library.festival import WEEKDAY
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX
from kpi_tui.definitions.library.page import (
    BaselinePart,
    BreakdownPart,
    DriversPart,
    FindingsPart,
    FunnelPart,
    LayersPart,
    MetricsPart,
    Page,
    PartColumn,
    QuadrantsPart,
    Section,
    TextPart,
)
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql import guard
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.parse.layer import Layer

STANDING = ("value", "days", "stage")
"""What a text may fill in beside base measures."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A section, column or rule as a place that spoils its page."""

    id: str
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)


class PageCheck:
    """Checks the sections of pages against the definitions that proved sound."""

    def __init__(self, layer: Layer, columns: set[str], report: Contradictions) -> None:
        """`columns`: what a cut may name."""
        self._layer = layer
        self._report = report
        self._columns = columns

    def run(self, page: Page) -> None:
        """Report everything wrong with one page."""
        for section in page.sections:
            at = _Spot(page.id, section.place, section.places)
            for name in section.needs:
                self._metric(at, "needs", name)
            self._section(at, section)

    def _section(self, at: _Spot, section: Section) -> None:
        match section.part:
            case MetricsPart() | BaselinePart() as part:
                for name in part.metrics:
                    self._metric(at, "metrics", name)
                if isinstance(part, MetricsPart):
                    self._cut(at, part.by, part.where)
                else:
                    self._baseline(at, part)
            case DriversPart(of=name):
                self._subject(at, name)
            case FunnelPart() as part:
                if part.funnel:
                    self._named(at, "funnel", say("funnel"), part.funnel, "funnels")
                self._cut(at, part.by, "")
            case BreakdownPart() as table:
                self._breakdown(at, table)
            case LayersPart() as part:
                self._metric(at, "metric", part.metric)
                self._cut(at, part.by, part.where)
                for layer in part.layers:
                    self._limit(at, "layers", layer.share)
            case CohortPart() as part if part.metric:
                self._metric(at, "metric", part.metric)
                self._cut(at, part.by, "")
            case FestivalPart() as part:
                if part.of not in ("", DATES, WEEKDAY):
                    self._named(at, "of", say("festival"), part.of, "festivals")
                for name in part.metrics:
                    self._metric(at, "metrics", name)
            case CampaignsPart() | ComparePart() as part:
                for name in part.metrics:
                    self._metric(at, "metrics", name)
            case MovesPart() as part:
                self._metric(at, "metric", part.metric)
                self._cut(at, part.by, "")
                self._column(at, "before", part.before)
            case QuadrantsPart() as part:
                self._metric(at, "x", part.x)
                self._metric(at, "y", part.y)
                self._cut(at, part.by, part.where)
            case FindingsPart() as part:
                self._findings(at, part)
            case TextPart() as part:
                self._text(at, part)

    # --- kinds ------------------------------------------------------------------------------
    def _baseline(self, at: _Spot, part: BaselinePart) -> None:
        self._limit(at, "tolerance", part.tolerance)
        for by, metrics in part.cuts.items():
            if by != "day":
                self._column(at, "cuts", by)
            for name in metrics:
                if name not in part.metrics:
                    self._report.unknown(at, "cuts", say("metric"), name, part.metrics)

    def _subject(self, at: _Spot, name: str) -> None:
        layer = self._layer
        if name in layer.trees.broken | layer.metrics.broken:
            self._report.follows(at, "of", say("metric or tree"), name)
        elif name not in layer.trees.items and name.removesuffix(GROWTH_SUFFIX) not in layer.metrics.items:
            self._report.unknown(at, "of", say("metric or tree"), name, (*layer.trees.items, *layer.metrics.items))

    def _breakdown(self, at: _Spot, table: BreakdownPart) -> None:
        self._cut(at, table.by, table.where)
        ids = [column.id for column in table.columns]
        for column in table.columns:
            self._part_column(_Spot(at.id, column.place, column.places), column, ids)
        for key, name in (("sort", table.sort), ("best", table.best)):
            if name and name not in ids:
                self._report.unknown(at, key, say("column"), name, ids)
        if table.balance is not None:
            for side in (table.balance.left, table.balance.right):
                self._formula(at, "balance", side, ids)

    def _part_column(self, at: _Spot, column: PartColumn, ids: list[str]) -> None:
        if column.metric:
            self._metric(at, "metric", column.metric)
        if column.measure:
            self._measure(at, "measure", column.measure)
        if column.formula:
            self._formula(at, "formula", column.formula, ids)
        if twice := duplicates.page_column(column.id, ids):
            self._report.error(at, *twice)

    def _findings(self, at: _Spot, part: FindingsPart) -> None:
        for rule in part.rules:
            spot = _Spot(at.id, rule.place, rule.places)
            self._metric(spot, "metric", rule.metric)
            if rule.against:
                self._metric(spot, "against", rule.against)
            for key in ("above", "least", "periods", "tolerance", "observed"):
                self._limit(spot, key, getattr(rule, key))

    def _text(self, at: _Spot, part: TextPart) -> None:
        for key, name in (("metric", part.metric), ("since", part.since)):
            if name:
                self._metric(at, key, name)
        for stage in part.stages:
            self._limit(at, "stages", stage.until)
        known = {**dict.fromkeys(STANDING), **self._layer.measures.items}
        for text in (part.body.en, part.body.zh):
            for name in _fields_of(text):
                if name not in known:
                    self._report.unknown(at, "body", say("field"), name, known)
        for name in part.numbers.values():
            if name not in known:
                self._report.unknown(at, "numbers", say("field"), name, known)

    # --- names ------------------------------------------------------------------------------
    def _metric(self, at: _Spot, key: str, name: str) -> None:
        self._named(at, key, say("metric"), name.removesuffix(GROWTH_SUFFIX), "metrics")

    def _measure(self, at: _Spot, key: str, name: str) -> None:
        self._named(at, key, say("measure"), name, "measures")

    def _named(self, at: _Spot, key: str, what: str, name: str, shelf: str) -> None:
        known = getattr(self._layer, shelf)
        if name in known.broken:
            self._report.follows(at, key, what, name)
        elif name not in known.items:
            self._report.unknown(at, key, what, name, known.items)

    def _cut(self, at: _Spot, by: str, where: str) -> None:
        if by:
            self._column(at, "by", by)
        if where:
            self._judged(at, "where", where, lambda: guard.row_condition(where).written, self._columns)

    def _column(self, at: _Spot, key: str, name: str) -> None:
        if name not in self._columns:
            self._report.unknown(at, key, say("column"), name, self._columns, "column")

    def _formula(self, at: _Spot, key: str, formula: str, ids: list[str]) -> None:
        self._judged(at, key, formula, lambda: guard.expression(formula).columns, set(ids))

    def _judged(self, at: _Spot, key: str, sql: str, read: Callable[[], tuple[str, ...]], known: set[str]) -> None:
        try:
            names = read()
        except guard.FragmentError as error:
            message = say("{key} = {sql!r:.60}: {problem}", key=key, sql=sql, problem=error)
            self._report.error(at, key, message, say("correct the SQL"), "sql")
            return
        for name in names:
            if name not in known:
                self._report.unknown(at, key, say("column"), name, known, "column")

    def _limit(self, at: _Spot, key: str, limit: float | str | None) -> None:
        """A setting is there and is a number."""
        if not isinstance(limit, str):
            return
        setting: Setting | None = self._layer.settings.get(limit)
        if setting is None:
            self._report.unknown(at, key, say("setting"), limit, self._layer.settings)
        elif isinstance(setting, bool | str):
            message = say("setting {name!r} is no number", name=limit)
            self._report.error(at, key, message, say("name another one"), "setting")


def _fields_of(text: str) -> list[str]:
    """The names in {braces}; none where the braces do not match (then they are plain text)."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name]
    except ValueError:
        return []
