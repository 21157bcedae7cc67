"""The metric under the cursor of the Library: in a pane, in two lines, on a screen of its own."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.timer import Timer

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.library.known_facts import KnownFacts
from kpi_tui.tui.screens.part_moved import PartMoved
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.tui.widgets.places import put
from kpi_tui.tui.widgets.view_content import both
from kpi_tui.views.library.metric_page import metric_note, metric_page
from kpi_tui.views.view import View

DELAY = 0.25  # seconds the cursor rests on a metric before its number is computed


class MetricDetails:
    """Shows what is known about it, and asks for its number when the cursor rests."""

    def __init__(self, screen: KpiScreen, metric: Callable[[], Metric | None], known: KnownFacts) -> None:
        self._screen, self._metric, self._known = screen, metric, known
        self._timer: Timer | None = None
        self._part = PartMoved(screen, self.show)

    def show(self) -> None:
        """What is known by now, wherever it is shown."""
        metric = self._metric()
        self._screen.query_one(FieldList).show_view(self._page())
        put(self._screen, "peek", "" if metric is None else self._peek(metric), layout=False)
        if isinstance(self._screen.app.screen, DetailsScreen):
            self._screen.app.screen.show()

    def follow(self) -> None:
        """The cursor stands on another metric."""
        self.show()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(DELAY, self._ask)

    def open(self, move: Callable[[int], None]) -> None:
        """Everything about it over the screen; `move` goes to another."""
        self._ask()
        explain = self._screen.common.action_explain
        self._screen.app.push_screen(DetailsScreen(_("Metric"), self._page, move, explain))

    def _ask(self) -> None:
        if metric := self._metric():
            self._known.ask(metric.id)

    def _page(self) -> View | None:
        """Everything about it."""
        metric, screen = self._metric(), self._screen
        if metric is None:
            return None
        seen = screen.has_class("-wide") or isinstance(screen.app.screen, DetailsScreen)
        parts = self._part.of(metric.id, screen.period) if seen else ()
        return metric_page(metric, self._known.of(metric.id), screen.kpi.workspace, parts)

    def _peek(self, metric: Metric) -> Content:
        """Formula; value, benchmark and users: what fits into two lines."""
        room = self._screen.query_one("#peek").size.width or self._screen.size.width
        note = translate(metric_note(metric, self._known.of(metric.id), self._screen.kpi.workspace))
        return Content.assemble((fit(f"{both(metric.name)} = {metric.how}", room), "dim"), "\n", (fit(note, room), ""))
