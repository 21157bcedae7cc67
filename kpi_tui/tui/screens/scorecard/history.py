"""The score and every line over the last periods: a list, and the chart of what the cursor stands on (R037, R089)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.score import Scorecard, ScoreHistory
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.scorecard.questions import ScoreHistoryQuestion
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import chart_parts
from kpi_tui.views.scores.score_history import SHOWN, chart_of, score_history
from kpi_tui.views.view import METRIC, View

MOST_WIDE, MOST_HIGH, LEAST_HIGH = 120, 23, 5
"""Cells and lines of the chart, where there is room for more; lines below which there is none."""


class ScoreHistoryScreen(Overlay[None]):
    """The list with the chart below it; `explain` is told the metric that was chosen with Enter."""

    BINDINGS: ClassVar[list[Any]] = [("escape,q", "close", "")]
    AUTO_FOCUS = "SheetTable"
    PATIENT = True
    DEFAULT_CSS = """
    ScoreHistoryScreen SheetTable { height: auto; max-height: 50%; }
    ScoreHistoryScreen #chart { height: 1fr; padding: 0 1; }
    """

    def __init__(self, history: ScoreHistory, space: Workspace, explain: Callable[[str], None]) -> None:
        super().__init__()
        self._history, self._space, self._explain = history, space, explain
        self._view = score_history(history, space)

    def compose(self) -> ComposeResult:
        """Title, lines, the chart, keys."""
        yield Static(Content(clean(translate(self._view.title, brief=True))), id="title")
        lines = self._view.sheets[0]
        yield SheetTable(lines.columns, lines.rows)
        yield Static(id="chart")
        yield Static(Content(_("↑↓ another line   Enter explain   E export   Esc back")), id="foot")

    def on_resize(self) -> None:
        """The chart takes the room there is."""
        self._draw()

    @on(SheetTable.Moved)
    def _draw(self) -> None:
        place, key = self.query_one("#chart", Static), self.query_one(SheetTable).row_key
        chart = chart_of(self._history, key, self._space)
        room, high = place.size.width - 2, place.size.height - 1  # an empty line above
        if chart is None or high < LEAST_HIGH:
            place.update(Content(_("Nothing is known of these periods.") if chart is None else ""))
            return
        ascii_only = cast("Host", self.app).options.ascii_charts
        parts = chart_parts(chart, min(room, MOST_WIDE), min(high, MOST_HIGH), ascii_only=ascii_only)
        place.update(Content.assemble(*parts))

    def view_shown(self) -> View:
        """Lines, periods and all charts."""
        return self._view

    def action_copy_row(self) -> None:
        """The row under the cursor."""
        from kpi_tui.tui.copying import copy_row

        copy_row(cast("Host", self.app), self.query_one(SheetTable))

    def action_copy_sheet(self) -> None:
        """Every line."""
        from kpi_tui.tui.copying import copy_sheet

        copy_sheet(cast("Host", self.app), self.query_one(SheetTable))

    @on(SheetTable.Selected)
    def _chosen(self, message: SheetTable.Selected) -> None:
        key = message.sheet.row_key
        if key.startswith(METRIC):
            self._explain(key.removeprefix(METRIC))


def open_history(screen: KpiScreen, card: Scorecard) -> None:
    """Ask for the periods before a card and show them; a line chosen there is explained on top of them."""

    def opened(found: ScoreHistory) -> None:
        explain = partial(screen.common.explain, period=card.period)
        screen.app.push_screen(ScoreHistoryScreen(found, screen.kpi.workspace, explain))

    screen.answers.ask(ScoreHistoryQuestion(card.role, card.period, SHOWN), opened)
