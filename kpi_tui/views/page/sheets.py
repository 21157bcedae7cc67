"""Sections of metrics: their values, what moved one, and where they stand beside their own past and the market."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_tui.definitions.answers.baseline import Baseline
from kpi_tui.definitions.answers.drivers import Branch, Driver, Drivers
from kpi_tui.definitions.answers.page import BaselineRow, BaselinesFound, DriversFound, MetricsFound
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Benchmark, Better
from kpi_tui.definitions.library.page import BaselinePart, MetricsPart, Section
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, ChangeCell, NumberCell, SignedBarCell, Tone, finite, of_value, text
from kpi_tui.views.names import factor_name, metric_name
from kpi_tui.views.reasons import known, reason
from kpi_tui.views.view import Column, Row, Sentence, Sheet, sheet

METRIC = "metric "
"""Before the key of a row that is a metric."""
WIDE = 9
"""The `drop` of columns that only a wide table has room for, not the page on a screen."""
_STATES = {"inside": N_("as usual"), "above": N_("above the usual"), "below": N_("below the usual")}
_MARKET = {"below": N_("below the market"), "above": N_("above the market"), "inside": N_("as the market")}


def metrics(
    section: Section, part: MetricsPart, found: MetricsFound, space: Workspace, missing: Mapping[str, str]
) -> Sheet:
    """A line per value; with `lacks` also which metrics of the page want a table."""
    columns = [Column("key"), Column("value", phrase("Value"), right=True), Column("reason", flex=1)]
    rows = []
    for value in found.values:
        label = _label(value, part, space)
        key = f"{section.id} {value.segment}" if part.by else METRIC + value.metric
        why = reason(value.reason, value.detail)
        rows.append(Row(key, (text(label), of_value(value), text(why, "muted"))))
    lacks = missing.items() if part.lacks else ()
    notes = [Sentence(joined("◌ ", metric_name(space, metric), ": ", lack, between=""), key="missing")
             for metric, lack in lacks]  # fmt: skip
    return sheet(columns, rows, section.title, notes, section.id)


def _label(value: Value, part: MetricsPart, space: Workspace) -> Word:
    """The metric, the segment, the period: what tells the lines of a section apart."""
    words: list[Word] = []
    if len(part.metrics) > 1 or not (part.by or part.last > 1):
        words.append(metric_name(space, value.metric))
    if part.by:
        words.append(phrase("total") if value.segment is None else value.segment)
    if part.last > 1:
        words.append(value.period.id)
    return words[0] if len(words) == 1 else joined(*words)


# --- drivers -----------------------------------------------------------------------------------------
def drivers(section: Section, found: DriversFound, space: Workspace) -> Sheet:
    """Factors with their contributions, which sum to the change; then the number itself."""
    answer = found.drivers
    columns = [
        Column("state", width=1, csv=False),
        Column("factor", phrase("Factor")),
        Column("before", answer.against.id, right=True),
        Column("after", answer.period.id, right=True),
        Column("contribution", phrase("Contribution"), right=True),
        Column("share", phrase("Share"), right=True),
        Column("check", "LMDI", right=True, drop=WIDE),
        Column("waterfall", hidden=True),
        Column("bar", least=13, csv=False),
        Column("id", hidden=True),
    ]
    parts = [abs(d.contribution) for d in answer.drivers if d.contribution is not None]
    most = max([*parts, abs(answer.change or 0.0)], default=0.0)
    rows = [_driver(driver, answer, most, space) for driver in answer.drivers]
    if not answer.drivers and answer.tree:
        rows = [_branch(branch, space) for branch in answer.tree.children]
    if rows:
        rows.append(_whole(answer, most, space))
    return sheet(columns, rows, section.title, _driver_notes(found, space), section.id)


def _driver(driver: Driver, answer: Drivers, most: float, space: Workspace) -> Row:
    metric = space.metrics.get(driver.factor)
    unit, whole = metric.unit if metric else "count", answer.now.unit
    name = factor_name(space, driver.factor)
    return Row(METRIC + driver.factor, (
        text(way(driver.contribution)),
        text(name),
        NumberCell(finite(driver.before), unit),
        NumberCell(finite(driver.after), unit),
        NumberCell(finite(driver.contribution), whole, signed=True, blank=True),
        NumberCell(finite(driver.share(answer.change)), "percent"),
        NumberCell(finite(driver.check), whole, signed=True),
        text(""),
        SignedBarCell(driver.contribution, most),
        text(driver.factor),
    ))  # fmt: skip


def _branch(branch: Branch, space: Workspace) -> Row:
    """A child of a tree whose change is known but not what it contributes."""
    blank, now = text(""), branch.now
    return Row(METRIC + now.metric, (
        text(way(branch.change)), text(metric_name(space, now.metric)), of_value(branch.before), of_value(now),
        ChangeCell(finite(branch.change), blank=True), blank, blank, blank, blank, text(now.metric),
    ))  # fmt: skip


def _whole(answer: Drivers, most: float, space: Workspace) -> Row:
    blank = text("")
    change = NumberCell(finite(answer.change), answer.now.unit, signed=True, blank=True)
    name = joined("=", metric_name(space, answer.now.metric), between=" ")
    return Row(METRIC + answer.now.metric, (
        text(way(answer.change)), text(name), of_value(answer.before), of_value(answer.now), change,
        blank, blank, blank, SignedBarCell(answer.change, most), text(answer.now.metric),
    ))  # fmt: skip


def way(change: float | None) -> str:
    """▲ up, ▼ down, ▬ where nothing moved; empty when nothing is known."""
    return "" if change is None else "▬" if change == 0 else "▲" if change > 0 else "▼"


def _driver_notes(found: DriversFound, space: Workspace) -> Iterator[Word]:
    """What moved it most, why it could not be split, and what the factors leave unexplained."""
    answer = found.drivers
    moved = [driver for driver in answer.drivers if driver.contribution]
    if moved and answer.change is not None:
        first = max(moved, key=lambda driver: abs(driver.contribution or 0.0))
        yield phrase(
            "{subject} changed by {whole}; {factor} moved it most: {part}.",
            subject=metric_name(space, answer.now.metric),
            whole=Quantity(answer.change, answer.now.unit, signed=True),
            factor=factor_name(space, first.factor),
            part=Quantity(first.contribution, answer.now.unit, signed=True),
        )
    if answer.reason:
        yield joined("·", answer.detail or reason(answer.reason), between=" ")
    if found.gap and abs(found.gap) >= 0.005:
        yield phrase(
            "The product of the factors differs from the number by {gap}: windows, or rows without them, do not match.",
            gap=Quantity(found.gap, answer.now.unit),
        )


# --- baselines ---------------------------------------------------------------------------------------
def baselines(section: Section, part: BaselinePart, found: BaselinesFound, space: Workspace) -> Sheet:
    """A line per metric: its value, its own mean, where it stands; with `market` also beside the benchmark."""
    columns = [
        Column("state", width=1),
        Column("step" if part.market else "metric", phrase("Metric")),
        Column("value", phrase("Rate") if part.market else phrase("Value"), right=True),
        Column("baseline", phrase("Own mean"), right=True),
    ]
    if part.market:
        columns += [
            Column("state_text"),
            Column("benchmark", phrase("Benchmark"), right=True),
            Column("entered", phrase("Entered"), right=True, csv=False),
            Column("band"),
            Column("tables", phrase("Tables"), drop=WIDE),
        ]
    else:
        columns.append(Column("note"))
    rows = [_baseline(row, part, space) for row in found.rows]
    return sheet(columns, rows, section.title, key=section.id)


def _baseline(row: BaselineRow, part: BaselinePart, space: Workspace) -> Row:
    usual, value = row.usual, row.usual.value
    metric = space.metrics.get(row.metric)
    mark, tone = glyph(usual.state, metric.better if metric else Better.NEUTRAL)
    centre = usual.band.centre if usual.band else None
    cells: list[Cell] = [
        text(mark, tone, usual.state),
        text(metric_name(space, row.metric), tone if tone == "weak" else "", row.metric),
        of_value(value),
        NumberCell(centre, value.unit, blank=True),
        text(known(_STATES[usual.state]) if usual.state else _why(usual), "muted"),
    ]
    if part.market:
        market = known(_MARKET[row.band]) if row.band else ""
        cells += [
            text(_benchmark(row.benchmark, value.unit)),
            NumberCell(finite(row.entered), "count", blank=True),
            text(market, "weak" if row.band == "below" else "muted", row.band),
            text(", ".join(row.tables), "muted"),
        ]
    return Row(METRIC + row.metric, tuple(cells))


def _why(usual: Baseline) -> Word:
    return usual.detail or reason(usual.reason or usual.value.reason)


def _benchmark(bench: Benchmark | None, unit: str) -> Word:
    if bench is None:
        return ""
    low, high = Quantity(bench.value, unit), Quantity(bench.upper, unit)
    if bench.upper is None:
        return low
    if unit == "percent":  # 40.0…50.0 %
        return joined(Quantity(bench.value * 100, "ratio", digits=1), high, between="…")
    return joined(low, high, between="…")


def glyph(state: str | None, better: Better) -> tuple[str, Tone]:
    """How a value stands to its band, seen from the side that is good."""
    if state is None:
        return "·", "muted"
    if state == "inside":
        return "●", ""
    bad = (state == "below") == (better is Better.HIGHER) and better is not Better.NEUTRAL
    return ("○", "weak") if bad else ("◐", "near")
