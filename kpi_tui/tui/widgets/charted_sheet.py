"""A sheet with the chart of what its cursor stands on: beside it where that has room, else below it when asked for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.i18n import _
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import chart_parts
from kpi_tui.views.charts import Chart, LineChart

MOST_WIDE, MOST_HIGH, LEAST_HIGH = 110, 24, 9
"""Cells and lines of a chart, where there is room for more; lines of one over time, however narrow."""
SHOWN = "-chart"
"""The class of a screen whose person turned the chart on (from 120 columns: off)."""


class ChartPane(Static):
    """One chart, as large as its place."""

    def __init__(self, ascii_only: bool) -> None:
        super().__init__(markup=False)
        self._chart: Chart | None = None
        self._ascii_only = ascii_only

    def show(self, chart: Chart | None) -> None:
        """Another chart; None: what is here has none."""
        if chart is None or chart != self._chart:
            self._chart = chart
            self._draw()

    def on_resize(self) -> None:
        """As large as the room allows."""
        self._draw()

    def _draw(self) -> None:
        room, rows = min(self.size.width, MOST_WIDE), min(self.size.height, MOST_HIGH)
        if room <= 0:
            return
        if self._chart is None:
            self.update(Content.styled(_("There is no chart of this line."), "dim"), layout=False)
            return
        if isinstance(self._chart, LineChart):  # a steep one makes a mountain of every hair
            rows = min(rows, max(room // 3, LEAST_HIGH))
        (_blank, *parts) = chart_parts(self._chart, room, rows, ascii_only=self._ascii_only)
        self.update(Content.assemble(*parts), layout=False)


class ChartedSheet(Container):
    """The sheet, its chart, and from 180 columns what is to be known of the line."""

    def __init__(self, sheet: SheetTable, ascii_only: bool) -> None:
        super().__init__(classes="-alone")  # until there is a line to draw
        self._sheet, self._pane, self._notes = sheet, ChartPane(ascii_only), Static(markup=False)

    def compose(self) -> ComposeResult:
        """Left to right, or from the top."""
        yield self._sheet
        yield self._pane
        with VerticalScroll(id="notes", can_focus=False):
            yield self._notes

    def beside(self, chart: Chart | None, notes: Content | None = None, *, charted: bool = True) -> None:
        """What belongs to the line under the cursor; notes there are none of take no room, nor a chart without them.

        Where nothing in the sheet is `charted` the notes have its place.
        """
        self.set_class((chart is None and notes is None) or not charted, "-alone")
        self._pane.show(chart)
        self._notes.update(notes or Content(""))
        self.set_class(notes is not None and bool(notes.plain.strip()), "-noted")
