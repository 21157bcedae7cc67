"""A chart as lines of characters, for a terminal and for the screen: one picture, two ways to colour it."""

from __future__ import annotations

from kpi_tui.render.drawn import drawn, shade
from kpi_tui.text.charts.bar_chart import BarLine, BarPlot, bar_chart
from kpi_tui.text.charts.heat_map import HeatLine, HeatPlot, heat_map
from kpi_tui.text.charts.line_chart import BAND, TARGET, Plot, line_chart
from kpi_tui.text.charts.pieces import AIM, Line, fill_sign, in_ascii
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import _
from kpi_tui.text.packed import packed
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import NumberCell, Series
from kpi_tui.views.charts import BarChart, Chart, HeatMap, LineChart

WHOLE = 10_000
"""Lines of a chart where nothing is below it."""


def chart_lines(chart: Chart, room: int, rows: int, *, ascii_only: bool = False) -> list[Line]:
    """Its name, what its signs mean, and the picture, in at most `room` cells and `rows` lines; none where empty.

    A line over time fills the lines it is given, bars and heat maps take what they need.
    """
    if chart.is_empty:
        return []
    heads: list[Line] = [[(text, "title" if place == 0 else "label")] for place, text in enumerate(_heads(chart, room))]
    left = max(rows - len(heads), 1)
    if isinstance(chart, LineChart):
        plot = _plot(chart.series)
        picture = line_chart(plot, room, max(left - 2 - any(plot.marks), 2))
    elif isinstance(chart, BarChart):
        picture = bar_chart(_bars(chart), room, left)
    else:
        picture = heat_map(_heat(chart), room, left)
    lines: list[Line] = [*heads, *picture]
    return in_ascii(lines) if ascii_only else lines


def _heads(chart: Chart, room: int) -> list[str]:
    """The name, then what the signs mean, in as many lines as that takes."""
    told = (clean(text) for text in (translate(chart.title, brief=True), *legend_of(chart)))
    return [fit(line, room).rstrip() for line in packed([text for text in told if text], room, "  ").split("\n")]


def legend_of(chart: Chart) -> list[str]:
    """What is drawn beside the line or the bars, each with its sign."""
    if isinstance(chart, BarChart):
        parts = [f"{fill_sign(fill)} {translate(part, brief=True)}" for fill, part in enumerate(chart.parts)]
        aimed = any(one.target is not None for one in chart.bars)
        return [*parts, *([f"{AIM} " + _("target")] if aimed else [])]
    if isinstance(chart, HeatMap):
        percent = any(cell.unit == "percent" for row in chart.rows for cell in row.cells)
        return [_("in %")] if percent else []
    found = [f"{TARGET} " + _("target")] if any(point.target is not None for point in chart.series.points) else []
    return [*found, *([f"{BAND} " + _("usual")] if chart.series.band is not None else [])]


def _plot(series: Series) -> Plot:
    points = series.points
    return Plot(
        [point.value for point in points],
        lambda value: _told(value, series.unit),
        [point.period for point in points],
        [point.target for point in points],
        {place for place, point in enumerate(points) if point.partial},
        series.band,
        [clean(translate(point.mark, brief=True)) for point in points],
    )


def _bars(chart: BarChart) -> BarPlot:
    bars = [
        BarLine(
            clean(translate(one.name, brief=True)),
            [(piece.start, piece.end, piece.fill) for piece in one.pieces],
            [clean(drawn(cell, brief=True)) for cell in one.numbers],
            one.target,
            one.tone == "weak",
        )
        for one in chart.bars
    ]
    heads = [clean(translate(head, brief=True)) for head in chart.heads]
    return BarPlot(bars, lambda value: _told(value, chart.unit), chart.span, heads, chart.is_waterfall)


def _heat(chart: HeatMap) -> HeatPlot:
    rows = [
        HeatLine(
            clean(translate(row.name, brief=True)),
            clean(drawn(row.beside, brief=True)) if row.beside else "",
            [(_cell(cell), shade(cell)) for cell in row.cells],
        )
        for row in chart.rows
    ]
    names = [clean(translate(name, brief=True)) for name in chart.names]
    return HeatPlot(names, rows, clean(translate(chart.beside, brief=True)))


def _cell(cell: NumberCell) -> str:
    """A number in few cells: of a share without its sign, which stands above."""
    text = clean(drawn(cell, brief=True))
    return text.replace(" %", "") if cell.unit == "percent" else text


def _told(value: float, unit: str) -> str:
    """A number of an axis; zero is zero in every unit."""
    if value == 0:
        return "0"
    return clean(drawn(NumberCell(value, unit), brief=True))
