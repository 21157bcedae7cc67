"""The Library screen: shelves, their metrics, and everything about one of them (R013, R017, R026, R027, R167)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.keys.action import LIBRARY
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.library.known_facts import KnownFacts
from kpi_tui.tui.screens.library.metric_details import MetricDetails
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.tui.widgets.list_sheet import ListSheet
from kpi_tui.tui.widgets.search_line import SearchLine
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.library.metric_list import (
    ALL,
    ON_SCREEN,
    grouped_metrics,
    library_file,
    metrics_sheet,
    shelves_sheet,
)
from kpi_tui.views.view import View


class LibraryScreen(KpiScreen):
    """Shelves at the left, metrics in the middle, details at the right of a wide terminal or on Enter."""

    SCOPE = LIBRARY
    BINDINGS: ClassVar[list[Any]] = bindings(LIBRARY)
    AUTO_FOCUS = "#metrics"
    DEFAULT_CSS = """
    LibraryScreen #categories { width: 24; margin: 0 1 0 0; }
    LibraryScreen #side { width: 46; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    LibraryScreen #peek { height: 2; padding: 0 1; background: $surface; }
    LibraryScreen.-vast #categories { width: 36; }
    LibraryScreen.-narrow #categories { display: none; }
    LibraryScreen.-wide #side { display: block; }
    LibraryScreen.-wide #peek { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._known = KnownFacts(self, self._show_metrics, lambda: self._details.show())
        self._details = MetricDetails(self, lambda: self.metric, self._known)

    def body(self) -> ComposeResult:
        """Search line, panes, and two lines about the metric under the cursor."""
        yield SearchLine(id="find")
        with Horizontal():
            yield ListSheet(self.action_filter, header=False, id="categories")
            with Vertical():
                yield ListSheet(self.action_filter, id="metrics")
            with VerticalScroll(id="side", can_focus=False):
                yield FieldList()
        yield Static(id="peek", markup=False)

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """New period, language or data."""
        self._known.ask_all()
        self._shelves.show_sheet(shelves_sheet(self.kpi.workspace))
        self._show_metrics()

    # --- lists -------------------------------------------------------------------------------
    @property
    def _shelves(self) -> SheetTable:
        return self.query_one("#categories", SheetTable)

    @property
    def _metrics(self) -> SheetTable:
        return self.query_one("#metrics", SheetTable)

    @property
    def _search(self) -> SearchLine:
        return self.query_one(SearchLine)

    def _show_metrics(self) -> None:
        """The chosen shelf, or what the typed text finds on all of them."""
        query, shelf, metrics = self._listed()
        laid_out = metrics_sheet if query or shelf != ALL else grouped_metrics
        found = laid_out(metrics, self._known.of, self.kpi.workspace).only(*ON_SCREEN)
        count = n_("{count} metric", "{count} metrics", len(metrics))
        self._search.show(count, _("/ search in both languages"))
        self._metrics.show_sheet(found, keep=not query)
        self._say_if_none(bool(found.rows))

    def _listed(self) -> tuple[str, str, list[Metric]]:
        """What is searched for, the shelf, and the metrics that are listed for them."""
        query, shelf = self._search.text, self._shelves.row_key or ALL
        return query, shelf, self.open_book.library.search(query, "" if query or shelf == ALL else shelf)

    def view_shown(self) -> View | None:
        """The listed metrics with all that is told of each in a line."""
        if self.book is None:
            return None
        query, shelf, metrics = self._listed()
        what = query or ("" if shelf == ALL else shelf)
        return library_file(metrics, self._known.of, self.kpi.workspace, what)

    def _say_if_none(self, found: bool) -> None:
        """An empty list says what to do next; the sentence goes with it."""
        none = _("Nothing found; Escape shows every metric again.")
        if not found or self.status.text == none:
            self.say("" if found else none)

    @on(SheetTable.Moved, "#categories")
    def _other_shelf(self) -> None:
        if self.book is not None and not self._search.text:
            self._show_metrics()

    @on(SheetTable.Moved, "#metrics")
    def _other_metric(self) -> None:
        self._details.follow()

    @property
    def metric(self) -> Metric | None:
        """The metric under the cursor."""
        return self.kpi.workspace.metrics.get(self._metrics.row_key) if self.book else None

    # --- commands ----------------------------------------------------------------------------
    def why_not(self, command: str) -> str:
        """Details and explain need a metric."""
        if command in ("library.details", "library.explain") and self.metric is None and self.book is not None:
            return _("No metric here; Escape shows all of them.")
        return super().why_not(command)

    def metric_here(self) -> str:
        """The metric under the cursor."""
        return self.metric.id if self.metric else ""

    def action_filter(self) -> None:
        """Type to filter."""
        self.set_focus(self._search.input)  # at once: the next key may be there already
        self.kpi.release_keys()

    def action_find(self) -> None:
        """The same: a metric is found by what is known of it, and the list shows those that were."""
        self.action_filter()

    def action_find_next(self, step: int) -> None:
        """The next of the metrics found (-1: the one before), around the end."""
        if self._search.text:
            self._metrics.cursor = (self._metrics.cursor + step) % max(len(self._metrics.rows), 1)
        else:
            self.common.action_find_next(step)

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.book is not None:
            self._show_metrics()

    @on(Input.Submitted)
    def _to_results(self) -> None:
        self._metrics.focus()

    def key_down(self) -> None:
        """From the search line into the results."""
        if self._search.input.has_focus:
            self._to_results()

    def action_cancel(self) -> None:
        """Leave the search, the metric found stays under the cursor; else stop computing."""
        if not self._search.in_use:
            super().action_cancel()
            return
        found = self._metrics.row_key
        self._search.clear()
        self._shelves.go(ALL)
        self._show_metrics()
        self._metrics.go(found)
        self._metrics.focus()

    def action_next_place(self, _step: int) -> None:
        """Modules or metrics."""
        (self._shelves if self._metrics.has_focus and self._shelves.display else self._metrics).focus()

    @on(SheetTable.Stepped)
    def _stepped(self, message: SheetTable.Stepped) -> None:
        if message.by > 0:
            self._metrics.focus()
        elif self._shelves.display:
            self._shelves.focus()

    @on(SheetTable.Selected)
    def action_details(self) -> None:
        """Everything about the metric; from the modules: to their metrics."""
        if self._shelves.has_focus:
            self._metrics.focus()
        elif self.metric is not None:
            self._details.open(self._metrics.action_move)
