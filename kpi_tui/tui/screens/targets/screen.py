"""The Targets screen: targets edited in place, with what each edit does to the score at once (R009, R038)."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import _
from kpi_tui.tui.edit_session import TARGETS as FOLDER
from kpi_tui.tui.editing.cell_editor import CellEditor, EditedCell
from kpi_tui.tui.keys.action import TARGETS
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.import_file import ImportFile
from kpi_tui.tui.screens.targets.display import TargetsDisplay
from kpi_tui.tui.screens.targets.lists import show_differences, show_history
from kpi_tui.tui.screens.targets.many import ManyTargets
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from kpi_tui.views.edits.edited_cell import cell_key, cell_unit
from kpi_tui.views.targets.targets import TARGET

_NEEDS_CELL = (
    "targets.edit",
    "targets.clear",
    "targets.raise",
    "targets.history",
    "targets.explain",
    "targets.drivers",
)


class TargetsScreen(KpiScreen):
    """Every role's lines; Enter or e edits the cell under the cursor."""

    SCOPE = TARGETS
    BINDINGS: ClassVar[list[Any]] = bindings(TARGETS)
    AUTO_FOCUS = "#targets"
    DEFAULT_CSS = """
    TargetsScreen #when { height: 1; padding: 0 1; text-style: bold; }
    TargetsScreen #said { height: 1; padding: 0 1; text-style: dim; }
    TargetsScreen.-asking #said { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._display = TargetsDisplay(self)
        self._editor = CellEditor(self, self._cell)
        self.parts = (ManyTargets(self, self._display), ImportFile(self, FOLDER), self.common)

    def body(self) -> ComposeResult:
        """What the display shows; its cells are edited in place."""
        yield from self._display.compose(self._editor)

    def why_not(self, command: str) -> str:
        """Commands on a cell need one."""
        if why := super().why_not(command):
            return why
        if command in _NEEDS_CELL and self.key is None:
            return _("There is no target line here.")
        return ""

    # --- following the book ------------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Role, period, language, targets or data are new."""
        self._display.follow()

    def forget(self) -> None:
        """Compute again, not only score again."""
        self._display.forget()

    @on(SheetTable.Moved, "#targets")
    @on(TargetSheet.EditTurned)
    def _cell_moved(self) -> None:
        self._display.show_cell()

    # --- the cell under the cursor -----------------------------------------------------------------
    @property
    def key(self) -> TargetKey | None:
        """The cell under the cursor."""
        return self._display.key

    def metric_here(self) -> str:
        """The metric under the cursor."""
        return self.key.metric if self.key else ""

    def _cell(self) -> EditedCell | None:
        """It and its target, unsaved edits included."""
        key, book = self.key, self.book
        if key is None or book is None:
            return None
        period, target = self.period, book.targets.of(self.period).get(key)
        keep = partial(book.targets.set, key, period)
        return EditedCell(cell_key(key), FOLDER, cell_unit(book.workspace, key), target.value if target else None, keep)

    @on(TargetSheet.EditTurned)
    def _left_cell(self) -> None:
        """A sentence about the typed text goes with it."""
        self._editor.forget()
        if not self._display.sheet.editing and self.status.kind == "error":
            self.say("")

    # --- commands ----------------------------------------------------------------------------------
    @on(SheetTable.Selected, "#targets")
    async def _chosen(self) -> None:
        await self.kpi.action_command("targets.edit")

    def action_edit(self) -> None:
        """Edit the value as it stands."""
        self._display.sheet.open_cell()

    def action_next_place(self, step: int) -> None:
        """The target of the next line."""
        self._display.sheet.action_move(step)
        self._display.sheet.go("", TARGET)

    def action_clear(self) -> None:
        """No target for this line."""
        cell = self._cell()
        if cell is None or cell.value is None:
            self.say(_("There is no target to clear."))
            return
        self._editor.keep(cell, None)
        self.say(_("Cleared; u takes it back."), "done")

    def action_differences(self) -> None:
        """What differs from the file."""
        show_differences(self.kpi, self.open_book, self._go)

    def _go(self, period: Period, row: str) -> None:
        self.kpi.look(period=period)
        self._display.sheet.go(row, TARGET)

    def action_history(self) -> None:
        """Who changed this target."""
        show_history(self.kpi, self.open_book, self.key)
