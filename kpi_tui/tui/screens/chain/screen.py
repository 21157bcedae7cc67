"""The Chain screen: which link is weak and why, its targets and typed numbers, and the roll-over (spec R039–R084)."""

from __future__ import annotations

from typing import Any

from textual import on

from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.text.i18n import _
from kpi_tui.tui.editing.save_dialog import SaveDialog
from kpi_tui.tui.overlays.overlay import Choice, ChoiceScreen
from kpi_tui.tui.screens.chain import overlays
from kpi_tui.tui.screens.chain.board import ChainBoard
from kpi_tui.tui.screens.chain.rows import ABOVE, TARGET, scored
from kpi_tui.tui.screens.chain.rules import RuleQuestions
from kpi_tui.tui.screens.chain.weeks import WeekEditor
from kpi_tui.tui.widgets.sheet import Sheet
from kpi_tui.tui.widgets.target_sheet import TargetSheet

_NEEDS_LINK = ("chain.explain", "chain.edit", "chain.actuals", "chain.points", "chain.drivers", "chain.panes")
_NEEDS_CARD = (*_NEEDS_LINK, "chain.roll", "chain.baseline", "chain.diagnosis", "chain.weak")


class ChainScreen(ChainBoard):
    """Links above, weeks below; Enter or e edits the week under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._editor = WeekEditor(self)
        self._rules = RuleQuestions(self)

    @property
    def week_editor(self) -> WeekEditor:
        """Who edits the cell of the week table under the cursor."""
        return self._editor

    def why_not(self, command: str) -> str:
        """Commands on a link need one; targets need a rule, the roll-over links with targets."""
        if why := super().why_not(command):
            return why
        book, link = self.book, self.link
        if book is not None and not book.workspace.chains and (command in _NEEDS_CARD or command == "chain.choose"):
            return _("There is no chain in this workspace.")
        if command in _NEEDS_CARD and self.card is None:
            return _("The chain is still being computed.")
        if command in _NEEDS_LINK and link is None:
            return _("There is no link here.")
        if command == "chain.edit" and link is not None and TARGET not in self.weeks.can_change:
            return _("This link has no target: it is only looked at.")
        if command == "chain.points" and link is not None and link.link.rule is TargetRule.NONE:
            return _("This link has no points: it is only looked at.")
        if command == "chain.baseline" and self.card is not None and not scored(self.card):
            return _("This chain has no targets that grow.")
        if command == "chain.weak" and self.card is not None and not self.card.weak.named:
            return _("No link is weak: none has fallen by more than its usual swing.")
        if command == "chain.drivers" and not self.metric_here():
            return _("This link names no metric of the library.")
        if command.startswith("grain."):
            return _("A chain is read by month; its weeks stand below.")
        return ""

    # --- looking -----------------------------------------------------------------------------
    def action_period(self, step: int) -> None:
        """The month before or after."""
        if self.month is not None:
            self.kpi.look(period=self.month.shift(step))

    def action_choose(self) -> None:
        """Another chain."""
        book = self.book
        assert book is not None
        choices = [
            Choice(chain.id, chain.name.both(self.kpi.language), chain.about.get(self.kpi.language), chain.id)
            for chain in book.workspace.chains.values()
        ]
        current = book.chains.find(self._chain).id
        self.app.push_screen(ChoiceScreen(_("Which chain?"), choices, current), self._chosen)

    def _chosen(self, chain: str | None) -> None:
        if chain is not None and chain != self._chain:
            self._chain, self._answer = chain, None
            self.action_reload()

    def action_weak(self) -> None:
        """The weak link."""
        assert self.card is not None
        sheet = self.query_one("#links", Sheet)
        sheet.go(self.card.weak.named)
        sheet.focus()

    def action_panes(self) -> None:
        """Links or weeks."""
        (self.query_one("#links", Sheet) if self.weeks.has_focus else self.weeks).focus()
        self.call_after_refresh(self.show_cell)

    def action_explain(self) -> None:
        """Where the link's number comes from: at once what the card knows, behind it the metric's own explanation."""
        month, link = self.month, self.link
        if month is None or link is None:
            return
        if link.link.ratio in self.open_book.workspace.metrics:
            self.explain(link.link.ratio, month)
        else:
            self._explained(None)

    def computed(self, key: str, result: Any) -> None:
        """An explanation, a proposal, or the chain."""
        if key == "explain":
            self._explained(result)
        elif key == "roll":
            self._rules.propose(result)
        else:
            super().computed(key, result)

    def _explained(self, found: Any) -> None:
        if self.card is not None and self.link is not None and self.book is not None:
            self.app.push_screen(overlays.LinkScreen(self.card, self.link, self.book.workspace, found))

    def action_diagnosis(self) -> None:
        """Every finding, the order of the links, the platforms."""
        assert self.card is not None and self.book is not None
        self.app.push_screen(overlays.DiagnosisScreen(self.card, self.book.workspace))

    def metric_here(self) -> str:
        """The metric of the link under the cursor."""
        ratio = self.link.link.ratio if self.link else ""
        return ratio if ratio in self.open_book.workspace.metrics else ""

    @on(Sheet.Selected, "#links")
    async def _open_link(self) -> None:
        await self.kpi.action_command("chain.explain")

    def action_cancel(self) -> None:
        """Leave the weeks, so that digits switch screens again; else stop computing."""
        if self.weeks.has_focus and not self.kpi.jobs.busy:
            self.action_panes()
        else:
            super().action_cancel()

    # --- editing -----------------------------------------------------------------------------
    @on(Sheet.Selected, "#weeks")
    def _open_cell(self) -> None:
        self._editor.open()

    @on(TargetSheet.Turned)
    def _left_cell(self) -> None:
        self._editor.forget()

    def action_edit(self) -> None:
        """Edit the target of a week."""
        self._editor.start(TARGET)

    def action_actuals(self) -> None:
        """Type the number of a week."""
        self._editor.start(ABOVE)

    def action_roll(self) -> None:
        """Ask the rules what comes next."""
        self._rules.ask_roll()

    def action_points(self) -> None:
        """Change the points of the link for the month."""
        if self.card is not None and self.link is not None:
            self._rules.ask_points(self.card, self.link)

    def action_baseline(self) -> None:
        """Reset the growth baseline."""
        if self.card is not None:
            self._rules.ask_baseline(self.card)

    def action_save(self) -> None:
        """Write targets and typed numbers; the note of a reset is offered as the reason."""
        SaveDialog(self.kpi, self.kpi.session, self.prompt, self._rules.note).start()
