"""The Library screen: shelves, their metrics, and everything about one of them (R013, R017, R026, R027, R167)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import translate
from kpi_tui.tui.keys.action import LIBRARY
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.library.questions import LiveQuestion, ValueQuestion
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.tui.widgets.list_sheet import ListSheet
from kpi_tui.tui.widgets.places import put
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import both
from kpi_tui.views.library.metric_list import (
    ALL,
    ON_SCREEN,
    MetricFacts,
    grouped_metrics,
    metrics_sheet,
    shelves_sheet,
)
from kpi_tui.views.library.metric_page import metric_note, metric_page
from kpi_tui.views.view import View

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace

DELAY = 0.25  # seconds the cursor rests on a metric before its number is computed


class LibraryScreen(KpiScreen):
    """Shelves at the left, metrics in the middle, details at the right of a wide terminal or on Enter."""

    SCOPE = LIBRARY
    BINDINGS: ClassVar[list[Any]] = bindings(LIBRARY)
    AUTO_FOCUS = "#metrics"
    DEFAULT_CSS = """
    LibraryScreen #find { height: 1; padding: 0 1; }
    LibraryScreen #find Static { width: auto; min-width: 22; text-style: dim; }
    LibraryScreen #find Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
    LibraryScreen #find Input:focus { border: none; background: $surface; }
    LibraryScreen #categories { width: 24; margin: 0 1 0 0; }
    LibraryScreen #side { width: 46; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    LibraryScreen #peek { height: 2; padding: 0 1; background: $surface; }
    LibraryScreen.-narrow #categories { display: none; }
    LibraryScreen.-wide #side { display: block; }
    LibraryScreen.-wide #peek { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._live: dict[str, MetricFacts] = {}
        self._known: dict[tuple[str, Period], MetricFacts] = {}
        self._timer: Timer | None = None
        self._language = ""

    def body(self) -> ComposeResult:
        """Search line, panes, and two lines about the metric under the cursor."""
        with Horizontal(id="find"):
            yield Static(id="found", markup=False)
            yield Input(compact=True, select_on_focus=False, max_length=80)
        with Horizontal():
            yield ListSheet(self.action_find, header=False, id="categories")
            with Vertical():
                yield ListSheet(self.action_find, id="metrics")
            with VerticalScroll(id="side", can_focus=False):
                yield FieldList()
        yield Static(id="peek", markup=False)

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """New period, language or data."""
        self._known.clear()
        self._show_categories()
        self._show_metrics()
        self.answers.ask(LiveQuestion(tuple(self._workspace.metrics)), self._show_live, quiet=True)

    def _show_live(self, live: dict[str, MetricFacts]) -> None:
        self._live = live
        self._show_metrics()

    @property
    def _workspace(self) -> Workspace:
        assert self.book is not None
        return self.book.workspace

    @property
    def metric(self) -> Metric | None:
        """The metric under the cursor."""
        return self._workspace.metrics.get(self.query_one("#metrics", SheetTable).row_key) if self.book else None

    # --- lists -------------------------------------------------------------------------------
    def _show_categories(self) -> None:
        self.query_one("#categories", SheetTable).show_sheet(shelves_sheet(self._workspace))
        self._found(len(self._workspace.metrics))

    def _show_metrics(self) -> None:
        """The chosen shelf, or what the typed text finds on all of them."""
        assert self.book is not None
        query = self.query_one("#find Input", Input).value.strip()
        shelf = self.query_one("#categories", SheetTable).row_key or ALL
        metrics = self.book.library.search(query, "" if query or shelf == ALL else shelf)
        laid_out = metrics_sheet if query or shelf != ALL else grouped_metrics
        found = laid_out(metrics, self._facts, self._workspace).only(*ON_SCREEN)
        self._found(len(metrics))
        self.query_one("#metrics", SheetTable).show_sheet(found, keep=not query)
        self._say_if_none(bool(found.rows))

    def _say_if_none(self, found: bool) -> None:
        """An empty list says what to do next; the sentence goes with it."""
        none = _("Nothing found; Escape shows every metric again.")
        if not found or self.status.text == none:
            self.say("" if found else none)

    def _found(self, count: int) -> None:
        text = n_("{count} metric", "{count} metrics", count)
        put(self, "found", f"{text}   ")
        self.query_one("#find Input", Input).placeholder = _("/ search in both languages")

    @on(SheetTable.Moved, "#categories")
    def _other_shelf(self) -> None:
        if self.book is not None and not self.query_one("#find Input", Input).value:
            self._show_metrics()

    @on(SheetTable.Moved, "#metrics")
    def _other_metric(self) -> None:
        self._show_details()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, self._ask_value)

    # --- the metric under the cursor ---------------------------------------------------------
    def _ask_value(self) -> None:
        metric, period = self.metric, self.view.period
        if metric is None or period is None or (metric.id, period) in self._known:
            return
        known = partial(self._know, metric.id, period)

        def unknown(sentence: str) -> None:
            """Said where the number would stand, too."""
            self.say(sentence, "error")
            known(MetricFacts(failed=sentence))

        self.answers.ask(ValueQuestion(metric.id, period), known, unknown, quiet=True)

    def _know(self, metric: str, period: Period, facts: MetricFacts) -> None:
        self._known[metric, period] = facts
        self._show_details()

    def _facts(self, metric: str) -> MetricFacts:
        """What is known about a metric by now."""
        found = self._known.get((metric, self.view.period)) if self.view.period is not None else None
        return found or self._live.get(metric) or MetricFacts()

    def _page(self) -> View | None:
        """Everything about the metric under the cursor."""
        metric = self.metric
        return metric_page(metric, self._facts(metric.id), self._workspace) if metric else None

    def _show_details(self) -> None:
        metric = self.metric
        self.query_one(FieldList).show_view(self._page())
        put(self, "peek", "" if metric is None else self._peek(metric), layout=False)
        if isinstance(self.app.screen, DetailsScreen):
            self.app.screen.show()

    def _peek(self, metric: Metric) -> Content:
        """Formula; value, benchmark and users: what fits into two lines."""
        room = self.query_one("#peek").size.width or self.size.width
        note = translate(metric_note(metric, self._facts(metric.id), self._workspace))
        return Content.assemble((fit(f"{both(metric.name)} = {metric.how}", room), "dim"), "\n", (fit(note, room), ""))

    # --- commands ----------------------------------------------------------------------------
    def why_not(self, command: str) -> str:
        """Details and explain need a metric."""
        if command in ("library.details", "library.explain") and self.metric is None and self.book is not None:
            return _("No metric here; Escape shows all of them.")
        return super().why_not(command)

    def metric_here(self) -> str:
        """The metric under the cursor."""
        return self.metric.id if self.metric else ""

    def action_find(self) -> None:
        """Type to filter."""
        self.set_focus(self.query_one("#find Input", Input))  # at once: the next key may be there already
        self.kpi.release_keys()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.book is not None:
            self._show_metrics()

    @on(Input.Submitted)
    def _to_results(self) -> None:
        self.query_one("#metrics", SheetTable).focus()

    def key_down(self) -> None:
        """From the search line into the results."""
        if self.query_one("#find Input", Input).has_focus:
            self._to_results()

    def action_cancel(self) -> None:
        """Leave the search, the metric found stays under the cursor; else stop computing."""
        find = self.query_one("#find Input", Input)
        sheet = self.query_one("#metrics", SheetTable)
        if not find.has_focus and not find.value:
            super().action_cancel()
            return
        key = sheet.row_key
        with self.prevent(Input.Changed):
            find.value = ""
        self.query_one("#categories", SheetTable).go(ALL)
        self._show_metrics()
        sheet.go(key)
        sheet.focus()

    def action_other_pane(self) -> None:
        """Modules or metrics."""
        shelves, metrics = self.query_one("#categories", SheetTable), self.query_one("#metrics", SheetTable)
        (shelves if metrics.has_focus and shelves.display else metrics).focus()

    @on(SheetTable.Stepped)
    def _stepped(self, message: SheetTable.Stepped) -> None:
        shelves, metrics = self.query_one("#categories", SheetTable), self.query_one("#metrics", SheetTable)
        if message.by > 0:
            metrics.focus()
        elif shelves.display:
            shelves.focus()

    @on(SheetTable.Selected)
    def action_details(self) -> None:
        """Everything about the metric; from the modules: to their metrics."""
        if self.query_one("#categories", SheetTable).has_focus:
            self.query_one("#metrics", SheetTable).focus()
        elif self.metric is not None:
            self._ask_value()
            move = self.query_one("#metrics", SheetTable).action_move
            self.app.push_screen(DetailsScreen(_("Metric"), self._page, move, self.common.action_explain))
