"""The Data screen: what was read from each table, what was left out and why, and which table is wanted most."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from kpi_tui.text.i18n import _
from kpi_tui.tui.keys.action import DATA
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.screens.data.agreeing import Agreeing
from kpi_tui.tui.screens.data.questions import TablesQuestion
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.tui.widgets.places import put_sentences
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.data.table_page import table_page
from kpi_tui.views.data.tables import TablesFound, tables_file, tables_screen
from kpi_tui.views.view import View


class DataScreen(KpiScreen):
    """Tables at the left, details at the right of a wide terminal or on Enter."""

    SCOPE = DATA
    ASKS = (TablesQuestion,)
    BINDINGS: ClassVar[list[Any]] = bindings(DATA)
    AUTO_FOCUS = "#tables"
    DEFAULT_CSS = """
    DataScreen #summary { height: 1; padding: 0 1; text-style: dim; }
    DataScreen #side { width: 46; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    DataScreen.-wide #side { display: block; }
    DataScreen #empty { padding: 1 2; height: auto; display: none; }
    DataScreen.-nothing #empty { display: block; }
    DataScreen.-nothing Horizontal { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._tables: TablesFound | None = None
        self._agreeing = Agreeing(self)

    def body(self) -> ComposeResult:
        """One line of summary, the sheet, the details."""
        yield Static(id="summary", markup=False)
        yield Static(id="empty", markup=False)
        with Horizontal():
            yield SheetTable(id="tables")
            with VerticalScroll(id="side", can_focus=False):
                yield FieldList()

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """The same tables in another language; asked for when they are not known yet."""
        if self._tables is None:
            self.answers.ask(TablesQuestion(), self._show)
        else:
            self._show(self._tables)

    def forget(self) -> None:
        """Ask anew."""
        self._tables = None

    def _show(self, tables: TablesFound) -> None:
        self._tables, view = tables, tables_screen(tables, self.kpi.session.space)
        self.shown = tables_file(tables, self.kpi.workspace)
        put_sentences(self, view, "summary", "empty")
        self.set_class(view.sentence("empty") is not None, "-nothing")
        self.query_one("#tables", SheetTable).show_sheet(view.sheet("tables"))

    # --- the table under the cursor ----------------------------------------------------------
    def _subject(self) -> View | None:
        """Everything about the table under the cursor; None before the answer."""
        table = self.query_one("#tables", SheetTable).row_key
        return table_page(table, self._tables, self.kpi.session.space) if self._tables is not None and table else None

    @on(SheetTable.Moved, "#tables")
    def _other_table(self) -> None:
        self.query_one(FieldList).show_view(self._subject())
        self.query_one("#side", VerticalScroll).scroll_home(animate=False)

    def why_not(self, command: str) -> str:
        """Details need a table."""
        if command == "data.agree" and self.book is not None and not self._agreeing.asked(self._table_here()):
            return self._agreeing.nothing(self._table_here())
        if command == "data.details" and self.book is not None and self._subject() is None:
            return _("No table here.")
        return super().why_not(command)

    def action_rows(self) -> None:
        """The rows of the table under the cursor that did not arrive."""
        table = self.query_one("#tables", SheetTable).row_key
        if table in self.kpi.workspace.tables:
            self.kpi.show_rows(RowsWanted("", self.period, table=table))
        else:
            self.say(_("This table is not mapped: there are no rows to read."))

    def action_agree(self) -> None:
        """Agree with what is to be confirmed of the table under the cursor."""
        self._agreeing.choose(self._table_here())

    def _table_here(self) -> str:
        return self.query_one("#tables", SheetTable).row_key

    @on(SheetTable.Selected)
    def action_details(self) -> None:
        """Everything about the table."""
        if self._subject() is not None:
            move = self.query_one("#tables", SheetTable).action_move
            self.app.push_screen(DetailsScreen(_("Table"), self._subject, move))
