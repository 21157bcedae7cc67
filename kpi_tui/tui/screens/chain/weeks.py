"""Typing into the weeks of a chain: a target to agree, or a number kept by hand."""

from __future__ import annotations

from kpi_tui.definitions.answers.chain_card import LinkCard
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import AmountError, edit_text
from kpi_tui.tui.editing.cell_value import CellValue
from kpi_tui.tui.editing.session import ACTUALS, TARGETS
from kpi_tui.tui.screens.chain.display import ChainDisplay
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.chain.weeks import BELOW, TARGET, target_key
from kpi_tui.views.edits.edited_cell import COUNTS
from kpi_tui.views.names import link_unit


class WeekEditor:
    """Edits the cell under the cursor of the week table."""

    def __init__(self, screen: KpiScreen, display: ChainDisplay) -> None:
        self._screen = screen
        self._display = display
        self._value = CellValue()

    def start(self, row: str) -> None:
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

    def forget(self) -> None:
        """The cell was left."""
        self._value.forget()

    # --- a cell --------------------------------------------------------------------------------
    def cell_text(self) -> str | None:
        """The number under the cursor as text to edit."""
        if not self._display.on_cell or self._display.cell is None:
            return None
        return edit_text(self._now(), self._unit())

    def _unit(self) -> str:
        link = self._display.link
        return link_unit(link.link) if link is not None and self._row == TARGET else "count"

    @property
    def _row(self) -> str:
        return self._display.weeks.row_key

    def _now(self) -> float | None:
        """What stands in the cell: agreed or derived target, typed number."""
        cell = self._display.cell
        if cell is None:
            return None
        if self._row == TARGET:
            agreed = self._agreed(cell.period)
            derived = None if cell.target is None else round(cell.target, 4 if self._unit() == "percent" else 1)
            return derived if agreed is None else agreed
        typed = self._screen.open_book.chains.typed(Period.parse(cell.period)).get(self._measure())
        return typed.value if typed else None

    def _measure(self) -> str:
        link = self._display.link
        if link is None:
            return ""
        return link.link.denominator if self._row == BELOW else link.link.numerator or link.link.absolute

    def _agreed(self, period: str) -> float | None:
        """The target agreed for the link in a week, unsaved ones included."""
        card, link = self._display.card, self._display.link
        if card is None or link is None:
            return None
        found = self._screen.open_book.targets.of(Period.parse(period)).get(target_key(card, link.link.id))
        return found.value if found else None

    # --- setting -------------------------------------------------------------------------------
    def commit(self, text: str) -> bool:
        """Agree a target or keep a typed number; False keeps the editor open, with a sentence."""
        cell = self._display.cell
        if cell is None or text.strip() == self.cell_text():
            return True
        try:
            if self._row == TARGET:
                self._agree(cell.period, text)
            else:
                self._keep(cell.period, text)
        except (AmountError, KpiError) as error:
            self._screen.say(str(error), "error")
            return False
        self._screen.say("")
        return True

    def _agree(self, period: str, text: str) -> None:
        screen, link, card = self._screen, self._display.link, self._display.card
        if link is None or card is None:
            return
        value = self._value.read(f"{period} {link.link.id}", text, self._unit(), self._now())
        chains = screen.open_book.chains
        screen.kpi.session.edit(
            TARGETS, lambda: chains.set_target(card.chain.id, link.link.id, Period.parse(period), value)
        )

    def _keep(self, period: str, text: str) -> None:
        measure, chains = self._measure(), self._screen.open_book.chains
        value = self._value.read(f"{period} {measure}", text, "count", self._now())
        if value is not None and value < 0:
            raise AmountError(_("A count cannot be negative."))
        key = TargetKey(COUNTS, measure)
        self._screen.kpi.session.edit(ACTUALS, lambda: chains.enter_all({period: {key: value}}))


def _week_to_type(row: str, link: LinkCard) -> str:
    """The first week that lacks what is to be typed, else the last one."""
    lacking = [cell for cell in link.weeks if (not cell.agreed if row == TARGET else cell.numerator.value is None)]
    return (lacking or link.weeks)[0 if lacking and row != TARGET else -1].period if link.weeks else ""
