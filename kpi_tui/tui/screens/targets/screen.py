"""The Targets screen: targets edited in place, with what each edit does to the score at once (R009, R038)."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import _
from kpi_tui.tui.computing.questions import ProposalsQuestion
from kpi_tui.tui.edit_session import TARGETS as FOLDER
from kpi_tui.tui.editing.cell_editor import CellEditor, EditedCell
from kpi_tui.tui.keys.action import TARGETS
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.import_file import ImportFile
from kpi_tui.tui.screens.number_of_owner import NumberOfOwner
from kpi_tui.tui.screens.targets.display import TargetsDisplay
from kpi_tui.tui.screens.targets.lists import show_differences, show_history
from kpi_tui.tui.screens.targets.many import ManyTargets
from kpi_tui.tui.screens.targets.pasted_block import PastedBlock
from kpi_tui.tui.screens.targets.proposing import Proposing
from kpi_tui.tui.screens.targets.questions import CardsQuestion, YearQuestion
from kpi_tui.tui.screens.targets.year import YearDisplay
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from kpi_tui.views.edits.edited_cell import cell_key, cell_unit

_ON_A_CELL = ("edit", "clear", "raise", "history", "explain", "drivers", "propose", "split")


class TargetsScreen(KpiScreen):
    """Every role's lines; Enter or e edits the cell under the cursor."""

    SCOPE = TARGETS
    ASKS = (CardsQuestion, YearQuestion)
    BINDINGS: ClassVar[list[Any]] = bindings(TARGETS)
    AUTO_FOCUS = "#targets"
    DEFAULT_CSS = """
    TargetsScreen #when { height: 1; padding: 0 1; text-style: bold; }
    TargetsScreen #said { height: 1; padding: 0 1; text-style: dim; }
    TargetsScreen.-asking #said { display: none; }
    TargetsScreen #period { height: 1fr; }
    TargetsScreen #side { width: 36; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    TargetsScreen.-wide #side { display: block; }
    TargetsScreen.-vast #side { width: 64; }
    TargetsScreen #year, TargetsScreen.-year #period, TargetsScreen.-year #targets { display: none; }
    TargetsScreen.-year #year { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._of_period, self._of_year = TargetsDisplay(self), YearDisplay(self)
        self._editor = CellEditor(self, self._cell)
        many, pasted = ManyTargets(self, lambda: self._display), PastedBlock(self, lambda: self._display)
        self._pasted = pasted
        number = NumberOfOwner(self, lambda: self.key.role if self.key else "", lambda: self._display.period)
        self.parts = (number, many, Proposing(self, lambda: self._display), ImportFile(self, FOLDER), self.common)

    def body(self) -> ComposeResult:
        """Period, the sheet of a period or that of a year (their cells are edited in place), a line about the cell."""
        yield Static(id="when", markup=False)
        yield from self._of_period.compose(self._editor)
        yield from self._of_year.compose(self._editor)
        yield Static(id="said", markup=False)

    @property
    def _display(self) -> TargetsDisplay | YearDisplay:
        """What is shown: a year in its parts, or the targets of a shorter period."""
        period = self.view.period
        return self._of_year if period is not None and period.grain is Grain.YEAR else self._of_period

    def why_not(self, command: str) -> str:
        """Commands on a cell need one."""
        if why := super().why_not(command):
            return why
        if command in ("targets.choose", "targets.split") and self._display is not self._of_year:
            return _("That is done on the sheet of a year: gy shows it.")
        if command.removeprefix("targets.") in _ON_A_CELL and self.key is None:
            return _("There is no target line here.")
        return ""

    # --- following the book ------------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Role, period, language, targets or data are new; the sheet of a year takes the place of a period's."""
        is_year = self._display is self._of_year
        if self.has_class("-year") is not is_year:
            self.set_class(is_year, "-year")
            self._display.sheet.focus()
        self._display.follow()

    def forget(self) -> None:
        """Compute again, not only score again."""
        self._of_period.forget()
        self._of_year.forget()

    def on_resize(self) -> None:
        """More or fewer periods stand across, and perhaps a pane beside them."""
        super().on_resize()
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._display is self._of_year:
            self._of_year.fit()
        self._cell_moved()

    @on(SheetTable.Moved, "#targets")
    @on(SheetTable.Moved, "#year")
    @on(TargetSheet.EditTurned)
    def _cell_moved(self) -> None:
        if self.book is not None:
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
        """It and its target, unsaved edits included; none while proposals for it are on their way."""
        key, book = self.key, self.book
        if key is None or book is None or self.answers.is_asking(ProposalsQuestion):
            return None
        period = self._display.period
        target = book.targets.of(period).get(key)
        keep = partial(book.targets.set, key, period)
        unit, value = cell_unit(book.workspace, key), target.value if target else None
        return EditedCell(f"{period.id} {cell_key(key)}", FOLDER, unit, value, keep)

    @on(TargetSheet.EditTurned)
    def _left_cell(self) -> None:
        """A sentence about the typed text goes with it."""
        self._editor.forget()
        if not self._display.sheet.editing and self.status.kind == "error":
            self.say("")

    # --- commands ----------------------------------------------------------------------------------
    @on(SheetTable.Selected, "#targets")
    @on(SheetTable.Selected, "#year")
    async def _chosen(self) -> None:
        await self.kpi.action_command("targets.edit")

    def action_edit(self) -> None:
        """Edit the value as it stands."""
        self._display.sheet.open_cell()

    def edit_target(self, key: TargetKey) -> None:
        """Edit a target of the period in view that was chosen on another screen, wherever the cursor stood."""
        self._display.go(cell_key(key), self.period)
        if self.key == key:
            self.action_edit()
        else:
            self.say(_("There is no target line here."), "warning")

    def action_next_place(self, step: int) -> None:
        """The next target: of the next line, or of the next period across."""
        self._display.next_place(step)

    def action_choose(self) -> None:
        """Months, quarters or weeks across."""
        self._of_year.turn()

    @on(TargetSheet.Pasted)
    def _fill(self, message: TargetSheet.Pasted) -> None:
        self._pasted.fill(message.text)

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
        if period not in self._display.periods:
            self.kpi.look(period=period)
        self._display.go(row, period)

    def action_history(self) -> None:
        """Who changed this target."""
        show_history(self.kpi, self.open_book, self.key)
