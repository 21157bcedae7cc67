"""The Chain screen: which link is weak and why, its targets and typed numbers, and the roll-over (R039–R084)."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard
from kpi_tui.definitions.answers.value import Explanation
from kpi_tui.definitions.library.chain_periods import month_of
from kpi_tui.text.i18n import _
from kpi_tui.tui.computing.questions import ExplainQuestion
from kpi_tui.tui.edit_session import ACTUALS
from kpi_tui.tui.keys.action import CHAIN
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.choice import named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.chain import overlays
from kpi_tui.tui.screens.chain.display import LAYOUT, ChainDisplay
from kpi_tui.tui.screens.chain.questions import ChainQuestion
from kpi_tui.tui.screens.chain.refusals import refusal
from kpi_tui.tui.screens.chain.rules import RuleQuestions
from kpi_tui.tui.screens.chain.weeks import WeekEditor
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.import_file import ImportFile
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet


class ChainScreen(KpiScreen):
    """Links above, weeks below; Enter or e edits the week under the cursor."""

    SCOPE = CHAIN
    ASKS = (ChainQuestion,)
    BINDINGS: ClassVar[list[Any]] = bindings(CHAIN)
    AUTO_FOCUS = "#links"
    DEFAULT_CSS = LAYOUT

    def __init__(self) -> None:
        super().__init__()
        self._chain = ""
        self._display = ChainDisplay(self)
        self._editor = WeekEditor(self, self._display)
        self._rules = RuleQuestions(self, self._display)
        self.parts = (self._editor, self._rules, ImportFile(self, ACTUALS), self.common)

    def body(self) -> ComposeResult:
        """What the display shows; its weeks are edited in place."""
        yield from self._display.compose(self._editor.cells)

    @property
    def card(self) -> ChainCard | None:
        """The chain in view, unsaved edits laid over it."""
        return self._display.card

    @property
    def link(self) -> LinkCard | None:
        """The link under the cursor."""
        return self._display.link

    def why_not(self, command: str) -> str:
        """Commands on a link need one; targets need a rule, the roll-over links with targets."""
        return super().why_not(command) or refusal(command, self._display, self.kpi.workspace)

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Period, language, targets or typed numbers are new."""
        if not self.kpi.workspace.chains:
            self._show_nothing()
            return
        month = month_of(self.period)
        if self.card is not None and self.card.period == month:
            self._display.show_again()
        question = ChainQuestion(self.open_book.chains.find(self._chain).id, month)
        self.answers.ask(question, self._display.show, self._display.show_sentence)

    def _show_nothing(self) -> None:
        self.add_class("-nothing")
        text = _('No chain in this workspace: write chains/*.toml, or extends = "standard" in workspace.toml;')
        self._display.show_sentence(f"{text} " + _("`kpi-tui check` tells what is read."))

    @on(SheetTable.Moved, "#links")
    def _link_moved(self) -> None:
        self._display.show_weeks()

    @on(SheetTable.Moved, "#weeks")
    @on(TargetSheet.EditTurned)
    def _cell_moved(self) -> None:
        self._display.show_cell()

    # --- looking -----------------------------------------------------------------------------
    def action_period(self, step: int) -> None:
        """The month before or after."""
        self.kpi.look(period=month_of(self.period).shift(step))

    def action_choose(self) -> None:
        """Another chain."""
        choices = [named(chain, chain.about.get(self.kpi.language)) for chain in self.kpi.workspace.chains.values()]
        current = self.open_book.chains.find(self._chain).id
        self.app.push_screen(ChoiceScreen(_("Which chain?"), choices, current), self._chosen)

    def _chosen(self, chain: str | None) -> None:
        if chain is not None and chain != self._chain:
            self._chain = chain
            self._display.clear()
            self.compute_again()

    def action_definition(self) -> None:
        """Every key of the chain in view."""
        from kpi_tui.tui.overlays.definition_keys import edit_definition

        edit_definition(self.kpi, ("chains", self.open_book.chains.find(self._chain).id))

    def action_weakest(self) -> None:
        """The weak link."""
        assert self.card is not None
        self._display.links.go(self.card.weak.named)
        self._display.links.focus()

    def action_next_place(self, _step: int = 1) -> None:
        """Links or weeks."""
        weeks = self._display.weeks
        (self._display.links if weeks.has_focus else weeks).focus()
        self.call_after_refresh(self._display.show_cell)

    def action_explain(self) -> None:
        """Where the link's number comes from: at once what the card knows, behind it the metric's own explanation."""
        card, link = self.card, self.link
        if card is None or link is None:
            return
        explained = partial(self._explained, card, link)  # the cursor may be elsewhere by then
        if metric := self.metric_here():
            self.answers.ask(ExplainQuestion(metric, card.period), explained)
        else:
            explained(None)

    def _explained(self, card: ChainCard, link: LinkCard, found: Explanation | None) -> None:
        self.app.push_screen(overlays.LinkScreen(card, link, self.kpi.workspace, found))

    def action_rows(self) -> None:
        """The rows behind the ratio of the link under the cursor, else behind its count."""
        card, link = self.card, self.link
        if card is None or link is None:
            self.say(_("There is no link here."))
        else:
            self.common.rows(self.metric_here() or next(iter(link.link.counts), ""), card.period)

    def action_findings(self) -> None:
        """Every finding, the order of the links, the platforms."""
        assert self.card is not None
        self.app.push_screen(overlays.DiagnosisScreen(self.card, self.kpi.workspace))

    def metric_here(self) -> str:
        """The metric of the link under the cursor."""
        ratio = self.link.link.ratio if self.link else ""
        return ratio if ratio in self.kpi.workspace.metrics else ""

    @on(SheetTable.Selected, "#links")
    async def _open_link(self) -> None:
        await self.kpi.action_command("chain.explain")

    def action_cancel(self) -> None:
        """Leave the weeks, so that digits switch screens again; else stop computing."""
        if self._display.weeks.has_focus and not self.kpi.jobs.busy:
            self.action_next_place()
        else:
            super().action_cancel()

    # --- editing -----------------------------------------------------------------------------
    @on(SheetTable.Selected, "#weeks")
    def _open_cell(self) -> None:
        self._editor.open()

    @on(TargetSheet.EditTurned)
    def _left_cell(self) -> None:
        """A sentence about the typed text goes with it."""
        self._editor.cells.forget()
        if not self._display.weeks.editing and self.status.kind == "error":
            self.say("")
