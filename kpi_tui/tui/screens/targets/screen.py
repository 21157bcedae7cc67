"""The Targets screen: targets edited in place, with what each edit does to the score at once (R009, R038)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import _, told
from kpi_tui.text.phrase import translate
from kpi_tui.text.typed_amounts import AmountError, edit_text, hint
from kpi_tui.tui.editing.cell_value import CellValue
from kpi_tui.tui.editing.session import TARGETS as FOLDER
from kpi_tui.tui.keys.action import TARGETS
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.lists import show_differences, show_history
from kpi_tui.tui.screens.targets.many import ManyTargets
from kpi_tui.tui.screens.targets.questions import CardsQuestion, PeriodCards, period_targets
from kpi_tui.tui.shown import InView
from kpi_tui.tui.widgets.editable_cells import OneColumn
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from kpi_tui.views.edits.edited_cell import cell_at, cell_key, cell_unit
from kpi_tui.views.targets.targets import TARGET, cell_sentence, targets_sheet
from kpi_tui.views.view import Row

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
        self._cards: PeriodCards | None = None
        self._computing = False
        self._looked = (InView(), "")  # what was in view, and in which language, when the sheet was last shown whole
        self._value = CellValue()

    def body(self) -> ComposeResult:
        """Period, sheet, a line about the cell."""
        yield Static(id="when", markup=False)
        yield TargetSheet(OneColumn(TARGET), self, id="targets")
        yield Static(id="said", markup=False)

    def why_not(self, command: str) -> str:
        """Commands on a cell need one."""
        if why := super().why_not(command):
            return why
        if command in _NEEDS_CELL and self.key is None:
            return _("There is no target line here.")
        return ""

    # --- showing -------------------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Role, period, language, targets or data are new."""
        period = self.period
        if self._cards is None or self._cards.period != period:
            self._cards, self._computing = None, True
            self.compute("sheet", CardsQuestion(period))
        before, self._looked = self._looked, (self.view, self.kpi.language)
        if before != self._looked:
            self._sheet.leave()
            self._show()
            self._follow(before[0])
        else:
            self._show_edits()

    def computed(self, key: str, result: Any) -> None:
        """The cards, or an explanation."""
        if key == "explain":
            self.app.push_screen(ExplainScreen(result, self.open_book.workspace))
            return
        self._cards, self._computing = result, False
        self._show()

    def failed(self, key: str, error: BaseException) -> None:
        """Targets can be edited without numbers, too."""
        if key == "sheet":
            self._computing = False
            self._show()
        super().failed(key, error)

    def _rows(self) -> tuple[Row, ...]:
        """Tell the line above the sheet; the sheet's rows, none (and a sentence) when they cannot be read."""
        try:
            view = targets_sheet(
                period_targets(self.open_book, self.period, self._cards, self._computing), self.open_book.workspace
            )
        except KpiError as error:
            self.kpi.say_error(error)
            return ()
        self.query_one("#when", Static).update(Content(translate(view.sentences[0].word)))
        self._sheet.columns = view.sheets[0].columns
        return view.sheets[0].rows

    def _show(self) -> None:
        """The whole sheet anew."""
        sheet, rows = self._sheet, self._rows()
        first = not sheet.rows
        sheet.show(rows, sheet.columns)
        if first:
            sheet.go("", TARGET)
        if not rows and not self.open_book.workspace.roles:
            self.say(_("No roles yet: write roles/*.toml, or start from a preset with `kpi-tui init`."), "warning")
        self._show_cell()

    def _show_edits(self) -> None:
        """Only the lines that an edit changed: a repainted sheet costs a slow line a second."""
        for row in self._rows():
            self._sheet.update_row(row)
        self._show_cell()

    @on(SheetTable.Moved, "#targets")
    @on(TargetSheet.EditTurned)
    def _show_cell(self) -> None:
        """The line about the cell under the cursor."""
        key, text = self.key, ""
        if key is not None and self.book is not None:
            about = f"{hint(self._unit(key))} · " + _("Enter sets it, Esc leaves it")
            text = about if self._sheet.editing else self._told(key)
        self.query_one("#said", Static).update(Content(fit(text, max(self.size.width - 2, 10))), layout=False)

    def _told(self, key: TargetKey) -> str:
        try:
            target = self.open_book.targets.of(self.period).get(key)
        except KpiError as error:
            return told(str(error))
        return translate(cell_sentence(key, target, self.open_book.workspace))

    def _follow(self, before: InView) -> None:
        """Go to a role or a metric chosen elsewhere."""
        now, people = self.view, self.open_book.workspace.people
        if (now.role, now.metric) == (before.role, before.metric):
            return
        roles = people[now.role].roles if now.role in people else (now.role,)
        cells = [key for row in self._sheet.rows if (key := cell_at(row.key)) and key.role in roles]
        best = next((key for key in cells if key.metric == now.metric), cells[0] if cells else None)
        if best is not None:
            self._sheet.go(cell_key(best), TARGET)

    # --- what is under the cursor ----------------------------------------------------------------
    @property
    def _sheet(self) -> TargetSheet:
        return self.query_one(TargetSheet)

    @property
    def key(self) -> TargetKey | None:
        """The cell under the cursor."""
        return cell_at(self._sheet.row_key)

    def _unit(self, key: TargetKey) -> str:
        return cell_unit(self.open_book.workspace, key)

    def _target(self, key: TargetKey) -> float | None:
        """The target of a cell, unsaved edits included."""
        target = self.open_book.targets.of(self.period).get(key)
        return target.value if target else None

    # --- editing a cell ----------------------------------------------------------------------------
    def cell_text(self) -> str | None:
        """The target under the cursor as text to edit."""
        key = self.key
        return None if key is None or self.book is None else edit_text(self._target(key), self._unit(key))

    def commit(self, text: str) -> bool:
        """Set the cell; False keeps its editor open, with a sentence."""
        key = self.key
        try:
            if key is not None and text.strip() != self.cell_text():
                self._set(key, self._value.read(cell_key(key), text, self._unit(key), self._target(key)))
        except (AmountError, KpiError) as error:
            self.say(str(error), "error")
            return False
        return True

    def _set(self, key: TargetKey, value: float | None) -> None:
        self.say("")
        targets, period = self.open_book.targets, self.period
        self.kpi.session.edit(FOLDER, lambda: targets.set(key, period, value))

    @on(TargetSheet.EditTurned)
    def _left_cell(self) -> None:
        """A sentence about the typed text goes with it."""
        self._value.forget()
        if not self._sheet.editing and self.status.kind == "error":
            self.say("")

    # --- commands ----------------------------------------------------------------------------------
    @on(SheetTable.Selected, "#targets")
    async def _chosen(self) -> None:
        await self.kpi.action_command("targets.edit")

    def action_edit(self) -> None:
        """Edit the value as it stands."""
        self._sheet.open_cell()

    def action_next_target(self, step: int) -> None:
        """The target of the next line."""
        self._sheet.action_move(step)
        self._sheet.go("", TARGET)

    def action_clear(self) -> None:
        """No target for this line."""
        key = self.key
        if key is None or self._target(key) is None:
            self.say(_("There is no target to clear."))
            return
        self._set(key, None)
        self.say(_("Cleared; u takes it back."), "done")

    def action_copy_last(self) -> None:
        """Fill cells without a target from the last period."""
        self._many.copy(self.period)

    def action_raise(self) -> None:
        """Ask by how much."""
        if self.key is not None:
            self._many.ask_raise(self.period, self.key.role)

    @property
    def _many(self) -> ManyTargets:
        return ManyTargets(self.kpi, self.open_book, self.prompt)

    def action_diff(self) -> None:
        """What differs from the file."""
        show_differences(self.kpi, self.open_book, self._go)

    def _go(self, period: Period, row: str) -> None:
        self.kpi.look(period=period)
        self._sheet.go(row, TARGET)

    def action_history(self) -> None:
        """Who changed this target."""
        show_history(self.kpi, self.open_book, self.key)

    def action_explain(self) -> None:
        """Where the actual value comes from."""
        if self.key is not None:
            self.explain(self.key.metric, self.period)

    def metric_here(self) -> str:
        """The metric under the cursor."""
        return self.key.metric if self.key else ""

    def action_reload(self) -> None:
        """Compute again, not only score again."""
        self._cards = None
        self._looked = (InView(), "")
        super().action_reload()
