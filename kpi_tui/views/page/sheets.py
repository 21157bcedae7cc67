"""Sections of metrics: their values, what moved one, and where they stand beside their own past and the market."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.page import BaselineRow, BaselinesFound, DriversFound, MetricsFound
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.change import unit_of_difference
from kpi_tui.definitions.library.page import BaselinePart, MetricsPart
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes import baseline
from kpi_tui.views.causes.drivers import factor_cells, moved_most, whole_cells
from kpi_tui.views.causes.tree import arrow
from kpi_tui.views.cells import Cell, NumberCell, TextCell, change_cell, finite, of_value, text
from kpi_tui.views.doubts import doubt_cell, doubt_column, doubts
from kpi_tui.views.named_ids import in_names, part_name
from kpi_tui.views.names import metric_name, segment_word
from kpi_tui.views.reasons import known, reason
from kpi_tui.views.view import ADVICE, METRIC, WIDE, Column, Columns, Row, Sentence, Sheet, line, listed, sheet

_MARKET = {"below": N_("below the market"), "above": N_("above the market"), "inside": N_("as the market")}


def metrics(part: MetricsPart, found: MetricsFound, space: Workspace, missing: Mapping[str, str]) -> Sheet:
    """A line per value; with `lacks` also which metrics of the page want a table."""
    columns: Columns[Value] = [
        (Column("key"), lambda value: text(_label(value, part, space))),
        (Column("value", phrase("Value"), right=True), of_value),
        (Column("reason", flex=1), lambda value: text(reason(value.reason, value.detail, space), "muted")),
        (doubt_column(), doubt_cell),
    ]
    lacks = missing.items() if part.lacks else ()
    notes = [Sentence(joined("◌ ", metric_name(space, metric), ": ", lack, between=""), key="missing")
             for metric, lack in lacks]  # fmt: skip
    notes += doubts(found.values, space)
    return listed(found.values, columns, lambda one: str(one.segment) if part.by else METRIC + one.metric, notes=notes)


def _label(value: Value, part: MetricsPart, space: Workspace) -> Word:
    """The metric, the segment, the period: what tells the lines of a section apart."""
    words: list[Word] = []
    if len(part.metrics) > 1 or not (part.by or part.last > 1):
        words.append(metric_name(space, value.metric))
    if part.by:
        words.append(phrase("total") if value.segment is None else segment_word(value.segment))
    if part.last > 1:
        words.append(value.period.said)
    return words[0] if len(words) == 1 else joined(*words)


# --- drivers -----------------------------------------------------------------------------------------
def drivers(found: DriversFound, space: Workspace) -> Sheet:
    """Factors with their contributions, which sum to the change; then the number itself."""
    answer = found.drivers
    columns = [
        Column("way", width=1, csv=False),
        Column("factor", phrase("Factor")),
        Column("before", answer.against.said, right=True),
        Column("after", answer.period.said, right=True),
        Column("contribution", phrase("Contribution"), right=True),
        Column("share", phrase("Share"), right=True),
        Column("check", "LMDI", right=True, drop=WIDE),
        Column("bar", least=13, csv=False),
        Column("id", hidden=True),
    ]
    rows = [line(columns, METRIC + one.factor, factor_cells(one, answer, space)) for one in answer.drivers]
    rows = rows or list(_branches(columns, answer, space))
    if rows:
        rows.append(line(columns, METRIC + answer.now.metric, whole_cells(answer, space), total=True))
    return sheet(columns, rows, notes=_driver_notes(found, space))


def _branches(columns: list[Column], answer: Drivers, space: Workspace) -> Iterator[Row]:
    """The children of a tree whose change is known but not what it contributes."""
    for branch in answer.tree.children if answer.tree else ():
        now = branch.now
        cells: dict[str, Cell] = {
            "way": arrow(branch.moved.value if branch.moved else None),
            "factor": text(metric_name(space, now.metric)),
            "before": of_value(branch.before),
            "after": of_value(now),
            "contribution": change_cell(branch.moved, blank=True),
            "id": text(now.metric),
        }
        yield line(columns, METRIC + now.metric, cells)


def _driver_notes(found: DriversFound, space: Workspace) -> Iterator[Sentence | Word]:
    """What moved it most, why it could not be split, and what the factors leave unexplained."""
    answer = found.drivers
    if told := moved_most(answer, space):
        yield Sentence(told, key=ADVICE)
    if answer.reason:
        yield Sentence(joined("·", in_names(answer.detail, space) or reason(answer.reason), between=" "), key=ADVICE)
    if found.gap and abs(found.gap) >= 0.005:
        yield phrase(
            "The product of the factors differs from the number by {gap}: windows, or rows without them, do not match.",
            gap=Quantity(found.gap, unit_of_difference(answer.now.unit)),
        )
    yield from doubts([answer.now, answer.before], space)


# --- baselines ---------------------------------------------------------------------------------------
def baselines(part: BaselinePart, found: BaselinesFound, space: Workspace) -> Sheet:
    """A line per metric: its value, the middle of its band, where it stands; with `market` the benchmark too (R089)."""

    def name(row: BaselineRow) -> TextCell:
        weak = baseline.tone(row.usual, space) == "weak"
        return text(metric_name(space, row.metric), "weak" if weak else "", row.metric)

    def middle(row: BaselineRow) -> NumberCell:
        band = row.usual.band
        return NumberCell(band.centre if band else None, row.usual.value.unit, blank=True)

    def tables(row: BaselineRow) -> TextCell:
        named = joined(*(part_name(id_, space.schemas) for id_ in row.tables), between=", ")
        return text(named, "muted", ", ".join(row.tables))

    value = phrase("Rate") if part.market else phrase("Value")
    columns: Columns[BaselineRow] = [
        (Column("state", width=1), lambda row: baseline.glyph(row.usual, space)),
        (Column("step" if part.market else "metric", phrase("Metric")), name),
        (Column("value", value, right=True), lambda row: of_value(row.usual.value)),
        (Column("baseline", phrase("Middle") if part.tolerance is None else phrase("Own mean"), right=True), middle),
        (Column("state_text" if part.market else "note"), lambda row: text(baseline.why(row.usual, space), "muted")),
    ]
    market: Columns[BaselineRow] = [
        (Column("benchmark", phrase("Benchmark"), right=True), lambda row: text(_benchmark(row))),
        (Column("entered", phrase("Entered"), right=True, csv=False), _entered),
        (Column("band"), _market),
        (Column("tables", phrase("Tables"), drop=WIDE), tables),
    ]
    doubtful: Columns[BaselineRow] = [(doubt_column(), lambda row: doubt_cell(row.usual.value))]
    shown = [*columns, *(market if part.market else ()), *doubtful]
    return listed(
        found.rows, shown, lambda row: METRIC + row.metric, notes=doubts((row.usual.value for row in found.rows), space)
    )


def _entered(row: BaselineRow) -> NumberCell:
    return NumberCell(finite(row.entered), "count", blank=True)


def _market(row: BaselineRow) -> TextCell:
    return text(known(_MARKET[row.band]) if row.band else "", "weak" if row.band == "below" else "muted", row.band)


def _benchmark(row: BaselineRow) -> Word:
    bench, unit = row.benchmark, row.usual.value.unit
    if bench is None:
        return ""
    low, high = Quantity(bench.value, unit), Quantity(bench.upper, unit)
    if bench.upper is None:
        return low
    if unit == "percent":  # 40.0…50.0 %
        return joined(Quantity(bench.value * 100, "ratio", digits=1), high, between="…")
    return joined(low, high, between="…")
