"""A sheet on an opaque screen: differences to the file, history of a target, a roll-over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.view import Sheet, View

if TYPE_CHECKING:
    from kpi_tui.tui.host import Host


class TableOverlay(Overlay[str]):
    """Answers the key of the row chosen with Enter; None when left."""

    BINDINGS: ClassVar[list[Any]] = [("escape,q", "close", "")]
    AUTO_FOCUS = "SheetTable"
    PATIENT = True

    def __init__(self, shown: Sheet, foot: str) -> None:
        super().__init__()
        self._shown, self._foot = shown, foot

    def compose(self) -> ComposeResult:
        """Title, sheet, keys."""
        yield Static(Content(clean(translate(self._shown.title, brief=True))), id="title")
        yield SheetTable(self._shown.columns, self._shown.rows)
        yield Static(Content(clean(self._foot)), id="foot")

    def view_shown(self) -> View:
        """The sheet."""
        return View(self._shown.title, sheets=(replace(self._shown, title=""),))

    def action_copy_row(self) -> None:
        """The row under the cursor."""
        from kpi_tui.tui.copying import copy_row

        copy_row(cast("Host", self.app), self.query_one(SheetTable))

    def action_copy_sheet(self) -> None:
        """Every row."""
        from kpi_tui.tui.copying import copy_sheet

        copy_sheet(cast("Host", self.app), self.query_one(SheetTable))

    @on(SheetTable.Selected)
    def _chosen(self, message: SheetTable.Selected) -> None:
        self.dismiss(message.sheet.row_key)
