"""Typing into the weeks of a chain: a target to agree, or a number kept by hand."""

from __future__ import annotations

from typing import Any

from textual import on

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.amounts import AmountError, edit_text, parse_amount
from kpi_tui.text.i18n import _
from kpi_tui.tui.cell_names import link_unit
from kpi_tui.tui.screens.chain.edits import ACTUALS, TARGETS, ChainDesk
from kpi_tui.tui.screens.chain.rows import ABOVE, BELOW, COUNTS, TARGET
from kpi_tui.tui.widgets.sheet import Sheet


class ChainWeeks(ChainDesk):
    """Edits the cell under the cursor of the week table."""

    @on(Sheet.Selected, "#weeks")
    def _open_cell(self) -> None:
        if self._weeks.on_cell:
            self._weeks.edit(self._text())
        else:
            self.say(_("This is computed; type into the target or the counts."))

    def action_edit(self) -> None:
        """Edit the target of a week."""
        self._type_into(TARGET)

    def action_actuals(self) -> None:
        """Type the number of a week."""
        self._type_into(ABOVE)

    def _type_into(self, row: str) -> None:
        sheet, link = self._weeks, self.link
        assert link is not None
        if not sheet.display:
            self.say(_("Make the terminal taller to see the weeks."), "warning")
            return
        here = sheet.column_key if sheet.has_focus else _week_to_type(row, link)
        sheet.focus()
        sheet.go(row, here)
        if row == TARGET:
            sheet.edit(self._text())
        self.call_after_refresh(self._show_cell)

    def _text(self) -> str:
        """The number under the cursor as text to edit."""
        cell, link, row = self.cell, self.link, self._weeks.row_key
        assert link is not None and self.book is not None
        if cell is None:
            return ""
        if row == TARGET:
            agreed, unit = self._target(cell.period), link_unit(link.link)
            derived = None if cell.target is None else round(cell.target, 4 if unit == "percent" else 1)
            return edit_text(derived if agreed is None else agreed, unit)
        typed = self.book.chains.typed(Period.parse(cell.period)).get(self._measure(row))
        return edit_text(typed.value if typed else None, "count")

    def _measure(self, row: str) -> str:
        assert self.link is not None
        link = self.link.link
        return link.denominator if row == BELOW else link.numerator or link.absolute

    def _target(self, period: str) -> float | None:
        """The target agreed for the link in a week, unsaved ones included."""
        view, link, book = self._view_now, self.link, self.book
        assert view is not None and link is not None and book is not None
        found = book.targets.of(Period.parse(period)).get(view.target_key(link.link.id))
        return found.value if found else None

    def commit(self, text: str) -> bool:
        """Agree a target or keep a typed number; False keeps the editor open, with a sentence."""
        cell, row = self.cell, self._weeks.row_key
        assert cell is not None
        if text.strip() == self._text():
            return True
        try:
            if row == TARGET:
                self._agree(cell.period, text)
            else:
                self._keep(cell.period, self._measure(row), text)
        except (AmountError, KpiError) as error:
            self.say(str(error), "error")
            return False
        return True

    def _agree(self, period: str, text: str) -> None:
        link, book, answered = self.link, self.book, self._answer
        assert link is not None and book is not None and answered is not None
        value = parse_amount(text, link_unit(link.link), self._target(period)) if text.strip() else None
        book.chains.set_target(answered.card.chain.id, link.link.id, Period.parse(period), value)
        self._edited(TARGETS)

    def _keep(self, period: str, measure: str, text: str) -> None:
        book = self.book
        assert book is not None
        value = parse_amount(text, "count", None) if text.strip() else None
        if value is not None and value < 0:
            raise AmountError(_("A count cannot be negative."))
        book.chains.enter_all({period: {TargetKey(COUNTS, measure): value}})
        self._edited(ACTUALS)


def _week_to_type(row: str, link: Any) -> str:
    """The first week that lacks what is to be typed, else the last one."""
    lacking = [cell for cell in link.weeks if (not cell.agreed if row == TARGET else cell.numerator.value is None)]
    return (lacking or link.weeks)[0 if lacking and row != TARGET else -1].period if link.weeks else ""
