"""The picture of a section of a page: by its kind, of the numbers that its sheet shows; keyed by section or row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import fsum, isclose

from kpi_tui.definitions.answers.analyses.moves import Moves
from kpi_tui.definitions.answers.basket import RuleList, TopList
from kpi_tui.definitions.answers.cohort import CohortTable
from kpi_tui.definitions.answers.funnel import FunnelView
from kpi_tui.definitions.answers.page import (
    BaselinesFound,
    BreakdownFound,
    BreakdownRow,
    DriversFound,
    LayersFound,
    QuadrantsFound,
    ScoresFound,
    SectionAnswer,
)
from kpi_tui.definitions.answers.projection import Projection
from kpi_tui.definitions.library.analysis_parts import COHORT_FORMS, TOP_FORMS, CohortPart, MovesPart, TopPart
from kpi_tui.definitions.library.page import BreakdownPart, LayersPart, PartColumn, QuadrantsPart
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.analyses.moves import moves_map
from kpi_tui.views.causes.baseline import baseline_chart
from kpi_tui.views.causes.cohort import cohort_map, curve_chart
from kpi_tui.views.causes.drivers import drivers_chart
from kpi_tui.views.causes.projection import projection_chart
from kpi_tui.views.cells import finite, marked
from kpi_tui.views.charts import MOST_PARTS, Bar, BarChart, Chart, known, plain_bar, stacked_bar
from kpi_tui.views.funnel import funnel_chart
from kpi_tui.views.goods.rules import rules_chart
from kpi_tui.views.goods.top import top_chart
from kpi_tui.views.names import metric_name, segment_word
from kpi_tui.views.page.tables import column_title, segment_name
from kpi_tui.views.scores.scores_of_all import scores_chart


def section_charts(one: SectionAnswer, space: Workspace) -> tuple[Chart, ...]:
    """What can be drawn of a section; nothing where nothing is known of it."""
    return known(_charts(one, space))


def _charts(one: SectionAnswer, space: Workspace) -> Iterator[Chart]:
    section = one.section
    title, key = section.title, section.id
    match section.part, one.found:
        case _, DriversFound() as found:
            yield drivers_chart(found.drivers, space, key)
        case _, BaselinesFound() as found:
            yield from (baseline_chart(row.usual, space) for row in found.rows)
        case _, FunnelView() as found:
            yield funnel_chart(found, space, title, key)
        case CohortPart() as part, CohortTable() as found:
            draw = cohort_map if part.form == COHORT_FORMS[0] else curve_chart
            yield draw(found, title, key)
        case MovesPart() as part, Moves() as found:
            yield moves_map(part, found, title, key)
        case _, Projection() as found:
            yield projection_chart(found, title, key)
        case TopPart() as part, TopList() as found:
            yield top_chart(found, title, key) if part.form == TOP_FORMS[0] else rules_chart(found.pulls, title, key)
        case _, RuleList() as found:
            yield rules_chart(found.rows, title, key)
        case _, ScoresFound() as found:
            yield scores_chart(found.cards, space, title, key)
        case LayersPart() as part, LayersFound() as found:
            yield _layers(part, found, title, key)
        case QuadrantsPart() as part, QuadrantsFound() as found:
            bars = (plain_bar(segment_word(row.segment), marked(row.x), target=finite(found.x)) for row in found.rows)
            unit = found.rows[0].x.unit if found.rows else "count"
            yield BarChart(joined(title, metric_name(space, part.x)), tuple(bars), unit, key=key)
        case BreakdownPart() as part, BreakdownFound() as found:
            yield _breakdown(part, found, space, title, key)


# --- break-downs -------------------------------------------------------------------------------------
def _breakdown(part: BreakdownPart, found: BreakdownFound, space: Workspace, title: Word, key: str) -> BarChart:
    """Shares beside each other where two columns split a whole among the segments; else bars of one column."""
    rows = [row for row in found.rows if row.segment is not None]
    shown = [column for column in part.columns if not column.hidden and _is_known(column, rows)]
    split = [column for column in shown if _splits(column, shown, rows)]
    if 1 < len(rows) <= MOST_PARTS and len(split) > 1:
        named = ((column_title(column, space), _values(column, rows)) for column in split)
        return BarChart(title, _shares(named), "percent", tuple(segment_name(part, row) for row in rows), key=key)
    of = next((column for column in shown if column.id == part.sort), None)
    of = of or next((column for column in shown if not column.previous), None)
    if of is None:
        return BarChart(title, ())
    bars = (plain_bar(segment_name(part, row), marked(row.cells[of.id])) for row in rows)
    return BarChart(joined(title, column_title(of, space)), tuple(bars), rows[0].cells[of.id].unit, key=key)


def _values(column: PartColumn, rows: Sequence[BreakdownRow]) -> list[float | None]:
    return [row.cells[column.id].value for row in rows]


def _is_known(column: PartColumn, rows: Sequence[BreakdownRow]) -> bool:
    return any(value is not None for value in _values(column, rows))


def _splits(column: PartColumn, others: Sequence[PartColumn], rows: Sequence[BreakdownRow]) -> bool:
    """Whether it splits a whole: shares that sum to it, or amounts beside the same amounts of the period before."""
    values = [value for value in _values(column, rows) if value is not None and value >= 0]
    if len(values) < len(rows):
        return False
    if rows[0].cells[column.id].unit == "percent":
        return isclose(fsum(values), 1.0, abs_tol=0.005) and not _has_pair(others)
    return _twin(column, others) is not None


def _has_pair(columns: Sequence[PartColumn]) -> bool:
    return any(_twin(column, columns) is not None for column in columns)


def _twin(column: PartColumn, others: Sequence[PartColumn]) -> PartColumn | None:
    """The same number of the other period."""
    of = (column.metric, column.measure)
    return next(
        (one for one in others if any(of) and (one.metric, one.measure) == of and one.previous != column.previous), None
    )


def _shares(named: Iterable[tuple[Word, Sequence[float | None]]]) -> tuple[Bar, ...]:
    """A bar each, its values as shares of their sum; none of what has no sum."""
    bars = []
    for name, found in named:
        values = [value or 0.0 for value in found]
        whole = fsum(values)
        bars += [stacked_bar(name, [value / whole for value in values])] if whole > 0 and min(values) >= 0 else []
    return tuple(bars)


def _layers(part: LayersPart, found: LayersFound, title: Word, key: str) -> BarChart:
    """How many they are beside what they gave, each as shares of all."""
    names = {layer.id: layer.name for layer in part.layers}
    counted: Word = part.counted if is_empty(part.heading) else part.heading
    counts, amounts = [row.count for row in found.rows], [row.amount for row in found.rows]
    parts = tuple(names.get(row.layer, row.layer) for row in found.rows)
    return BarChart(title, _shares([(counted, counts), (phrase("Amount"), amounts)]), "percent", parts, key=key)
