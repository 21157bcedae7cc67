"""The rows behind a number: first by which measure, then row by row, a thousand at a time (R172)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.rows.counted_rows import FIRST_ROWS, CountedRows
from kpi_tui.definitions.answers.rows.refused_rows import RefusedRows
from kpi_tui.definitions.answers.value import Reading
from kpi_tui.definitions.period import Period
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import Word, translate
from kpi_tui.tui.keys.action import ROWS
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.rows.paging import RowsPaging
from kpi_tui.tui.screens.rows.questions import asked_rows
from kpi_tui.tui.widgets.bars import TopBar
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.tui.widgets.period_head import PeriodHead
from kpi_tui.tui.widgets.places import put, put_sentences
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.counted_rows import counted_rows, measures_to_choose, number_shown, one_row
from kpi_tui.views.names import factor_name
from kpi_tui.views.refused_rows import refused_rows, refused_title
from kpi_tui.views.view import View


class RowsScreen(KpiScreen):
    """Measures where there are several, Enter shows the rows of one; Backspace and Escape lead back."""

    SCOPE = ROWS
    BINDINGS: ClassVar[list[Any]] = bindings(ROWS)
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    RowsScreen #count, RowsScreen #measure, RowsScreen #without { height: auto; max-height: 2; padding: 0 1; }
    RowsScreen #measure { text-style: dim; }
    RowsScreen.-low #measure, RowsScreen .-empty { display: none; }
    RowsScreen #rows { margin: 1 0 0 0; }
    RowsScreen.-low #rows { margin: 0; }
    RowsScreen #side { width: 46; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    RowsScreen.-wide.-of-rows #side { display: block; }
    """

    def __init__(self, wanted: RowsWanted, tab: str) -> None:
        """`tab`: the main screen it lies over."""
        super().__init__()
        self._wanted, self._tab = wanted, tab
        self._followed: Period | None = None  # the period in view: when it moves on, so does this screen
        self._measure = ""
        self._chosen = False  # whether one of several measures was chosen
        self.answer: CountedRows | RefusedRows | None = None  # the rows as they are shown
        self._paging = RowsPaging(self)
        self.parts = (self._paging, self.common)

    def body(self) -> ComposeResult:
        """Which number, how many rows, the rows, all of the one under the cursor."""
        yield PeriodHead()
        yield Static(id="count", markup=False)
        yield Static(id="without", markup=False)
        yield Static(id="measure", markup=False)
        with Horizontal():
            yield SheetTable(id="rows")
            with VerticalScroll(id="side", can_focus=False):
                yield FieldList()

    def on_mount(self) -> None:
        """The tab of the screen below stays marked."""
        self._followed = self.view.period
        super().on_mount()
        self.query_one(TopBar).mode = self._tab

    # --- following the book ------------------------------------------------------------------
    @property
    def period(self) -> Period:
        """Of the number; the one in view once that moves."""
        return self._wanted.period

    def refresh_view(self) -> None:
        """Another period, language or measure; rows are asked for anew."""
        if self.view.period is not None and self.view.period != self._followed and not self._wanted.table:
            self._followed = self.view.period
            self._wanted = replace(self._wanted, period=self.view.period)
            self._paging.wish = replace(self._paging.wish, first=0)
        self._show_head()
        asked = asked_rows(self._wanted, self._measure, self._paging.wish)
        self.answers.ask(asked, self._show, self._without_rows)

    def _without_rows(self, sentence: str) -> None:
        self.shown = None
        for place in ("count", "without", "measure"):
            put(self, place, sentence if place == "count" else "")
        self.query_one("#rows", SheetTable).show(())

    def _show(self, answer: CountedRows | RefusedRows) -> None:
        self.answer = answer
        self._chosen = self._chosen or len(self._measures) < 2
        self.shown = self._view(answer)
        self.set_class(self._chosen, "-of-rows")
        self._show_head()
        put_sentences(self, self.shown, "count", "without", "measure")
        for place in ("without", "measure"):
            self.query_one(f"#{place}").set_class(self.shown.sentence(place) is None, "-empty")
        self.query_one("#rows", SheetTable).show_sheet(self.shown.sheets[0], keep=not self._chosen)
        self._show_row()

    def _view(self, answer: CountedRows | RefusedRows) -> View:
        space = self.kpi.workspace
        if isinstance(answer, RefusedRows):
            return refused_rows(answer, space)
        return counted_rows(answer, space) if self._chosen else measures_to_choose(answer, space)

    @property
    def _measures(self) -> tuple[Reading, ...]:
        """What can be chosen of."""
        return self.answer.measures if isinstance(self.answer, CountedRows) else ()

    def _show_head(self) -> None:
        found, space = self.answer, self.kpi.workspace
        if self._wanted.table:
            self.query_one(PeriodHead).update(Content(clean(translate(refused_title(self._wanted.table, space)))))
            return
        shown: Word = factor_name(space, self._wanted.metric)
        if isinstance(found, CountedRows) and self._chosen:
            shown = number_shown(found, space)
        self.query_one(PeriodHead).show(clean(translate(shown)), self._wanted.period)

    # --- the row under the cursor ------------------------------------------------------------
    def _row(self) -> View | None:
        """Every cell of it; None where measures are shown."""
        if self.answer is None or not self._chosen:
            return None
        found = one_row(self.answer, self.query_one("#rows", SheetTable).row_key)
        return View(sheets=(found,)) if found is not None else None

    @on(SheetTable.Moved, "#rows")
    def _show_row(self) -> None:
        self.query_one(FieldList).show_view(self._row())

    def metric_here(self) -> str:
        """The metric whose rows these are."""
        return self._wanted.metric if self._wanted.metric in self.kpi.workspace.metrics else ""

    def why_not(self, command: str) -> str:
        """Rows are filtered and turned over once a measure is chosen."""
        if why := super().why_not(command):
            return why
        if command in ("rows.filter", "rows.next", "rows.before", "rows.sort") and not self._chosen:
            return _("Enter chooses a measure; its rows can then be sorted and filtered.")
        return ""

    # --- commands ----------------------------------------------------------------------------
    @on(SheetTable.Selected, "#rows")
    async def _enter(self) -> None:
        await self.kpi.action_command("rows.open")

    def action_open(self) -> None:
        """The rows of the measure under the cursor; all of the row under the cursor."""
        table = self.query_one("#rows", SheetTable)
        if not self._chosen and table.row_key:
            self._measure, self._chosen, self._paging.wish = table.row_key, True, FIRST_ROWS
            self.compute_again()
        elif self._row() is not None:
            self.kpi.push_screen(DetailsScreen(_("Row"), self._row, table.action_move))

    async def action_back(self) -> None:
        """To the measures where there are several, else to the number."""
        if self._chosen and len(self._measures) > 1:
            self._paging.wish = FIRST_ROWS
            self.action_choose()
        else:
            self.dismiss()

    async def action_cancel(self) -> None:  # type: ignore[override]
        """Stop computing; else back."""
        if not self.stop_computing():
            await self.action_back()

    def action_quit(self) -> None:
        """Leave what lies over the number."""
        self.dismiss()

    def action_choose(self) -> None:
        """Another measure of the same number."""
        self._chosen = len(self._measures) < 2
        if self.answer is not None:
            self._show(self.answer)
