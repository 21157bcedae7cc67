"""Typing into the weeks of a chain: a target to agree, or a number kept by hand."""

from __future__ import annotations

from functools import partial

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import _
from kpi_tui.tui.edit_session import ACTUALS, TARGETS
from kpi_tui.tui.editing.cell_editor import CellEditor, EditedCell
from kpi_tui.tui.screens.chain.display import ChainDisplay
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.chain.weeks import ABOVE, BELOW, TARGET, target_key
from kpi_tui.views.edits.edited_cell import COUNTS
from kpi_tui.views.names import link_unit


class WeekEditor:
    """Edits the cell under the cursor of the week table."""

    def __init__(self, screen: KpiScreen, display: ChainDisplay) -> None:
        self._screen = screen
        self._display = display
        self.cells = CellEditor(screen, self._cell)

    def action_edit(self) -> None:
        """Edit the target of a week."""
        self._start(TARGET)

    def action_actuals(self) -> None:
        """Type the number of a week."""
        self._start(ABOVE)

    def _start(self, row: str) -> None:
        """Go to the week that wants a target (`TARGET`) or a number (`ABOVE`), and open its cell."""
        sheet, link = self._display.weeks, self._display.link
        if link is None:
            return
        if not sheet.display:
            self._screen.say(_("Make the terminal taller to see the weeks."), "warning")
            return
        here = sheet.column_key if sheet.has_focus else _week_to_type(row, link)
        sheet.focus()
        sheet.go(row, here)
        sheet.open_cell()
        self._screen.call_after_refresh(self._display.show_cell)

    def open(self) -> None:
        """Edit what is under the cursor, where it can be edited."""
        if not self._display.weeks.open_cell():
            self._screen.say(_("This is computed; type into the target or the counts."))

    # --- a cell --------------------------------------------------------------------------------
    def _cell(self) -> EditedCell | None:
        """The cell under the cursor, where it can be edited."""
        display = self._display
        card, link, week = display.card, display.link, display.cell
        if not display.on_cell or card is None or link is None or week is None:
            return None
        row = display.weeks.row_key
        return self._target(card, link, week) if row == TARGET else self._count(row, link, week)

    def _target(self, card: ChainCard, link: LinkCard, week: WeekCell) -> EditedCell:
        """The target agreed for the week, unsaved ones included, else the derived one."""
        book, period, unit = self._screen.open_book, week.period, link_unit(link.link)
        agreed = book.targets.of(period).get(target_key(card, link.link.id))
        value = None if week.target is None else round(week.target, 4 if unit == "percent" else 1)
        if agreed is not None and agreed.value is not None:
            value = agreed.value
        keep = partial(book.chains.set_target, card.chain.id, link.link.id, period)
        return EditedCell(f"{week.period} {link.link.id}", TARGETS, unit, value, keep)

    def _count(self, row: str, link: LinkCard, week: WeekCell) -> EditedCell:
        """The number of the week that is kept by hand."""
        chains = self._screen.open_book.chains
        measure = link.link.denominator if row == BELOW else link.link.numerator or link.link.absolute
        typed = chains.typed(week.period).get(measure)

        def keep(value: float | None) -> None:
            chains.enter_all({week.period.id: {TargetKey(COUNTS, measure): value}})

        return EditedCell(f"{week.period} {measure}", ACTUALS, "count", typed.value if typed else None, keep)


def _week_to_type(row: str, link: LinkCard) -> str:
    """The first week that lacks what is to be typed, else the last one."""
    lacking = [cell for cell in link.weeks if (not cell.agreed if row == TARGET else cell.numerator.value is None)]
    return (lacking or link.weeks)[0 if lacking and row != TARGET else -1].period.id if link.weeks else ""
