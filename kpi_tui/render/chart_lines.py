"""A series as a chart of characters, for a terminal and for the screen: one picture, two ways to colour it."""

from __future__ import annotations

from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.line_chart import BAND, TARGET, Line, Plot, line_chart
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import NumberCell, Series
from kpi_tui.views.view import Chart


def chart_lines(series: Series, room: int, rows: int) -> list[Line]:
    """The lines of a series in at most `room` cells; none where nothing is known."""
    points = series.points
    plot = Plot(
        [point.value for point in points],
        lambda value: clean(drawn(NumberCell(value, series.unit), brief=True)),
        [point.period for point in points],
        [point.target for point in points],
        {place for place, point in enumerate(points) if point.partial},
        series.band,
    )
    return line_chart(plot, room, rows)


def chart_title(chart: Chart) -> str:
    """Its name, and what is drawn beside the line."""
    told = [translate(chart.title, brief=True)]
    if any(point.target is not None for point in chart.series.points):
        told.append(f"{TARGET} " + _("target"))
    if chart.series.band is not None:
        told.append(f"{BAND} " + _("usual"))
    return clean("  ".join(told))
