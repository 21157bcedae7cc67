"""A sheet on an opaque screen: differences to the file, history of a target, a roll-over."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.view import Sheet


class TableOverlay(Overlay[str]):
    """Answers the key of the row chosen with Enter; None when left."""

    BINDINGS: ClassVar[list[Any]] = [("escape,q", "close", "")]
    AUTO_FOCUS = "SheetTable"

    def __init__(self, shown: Sheet, foot: str) -> None:
        super().__init__()
        self._shown, self._foot = shown, foot

    def compose(self) -> ComposeResult:
        """Title, sheet, keys."""
        yield Static(Content(clean(translate(self._shown.title, brief=True))), id="title")
        yield SheetTable(self._shown.columns, self._shown.rows)
        yield Static(Content(clean(self._foot)), id="foot")

    @on(SheetTable.Selected)
    def _chosen(self, message: SheetTable.Selected) -> None:
        self.dismiss(message.sheet.row_key)
