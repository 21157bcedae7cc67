"""The Chain screen: which link is weak and why, its targets and typed numbers, and the roll-over (spec R039–R084)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.library.chain_periods import month_of
from kpi_tui.definitions.period import Period
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.editing.save_dialog import SaveDialog
from kpi_tui.tui.keys.action import CHAIN
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.overlay import Choice, ChoiceScreen
from kpi_tui.tui.screens.chain import overlays
from kpi_tui.tui.screens.chain.display import LAYOUT, ChainDisplay
from kpi_tui.tui.screens.chain.questions import ChainQuestion
from kpi_tui.tui.screens.chain.rules import RuleQuestions
from kpi_tui.tui.screens.chain.weeks import WeekEditor
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from kpi_tui.views.chain.card import is_scored
from kpi_tui.views.chain.weeks import ABOVE, TARGET
from kpi_tui.views.view import View

_NEEDS_LINK = ("chain.explain", "chain.edit", "chain.actuals", "chain.points", "chain.drivers", "chain.panes")
_NEEDS_CARD = (*_NEEDS_LINK, "chain.roll", "chain.baseline", "chain.diagnosis", "chain.weak")


class ChainScreen(KpiScreen):
    """Links above, weeks below; Enter or e edits the week under the cursor."""

    SCOPE = CHAIN
    BINDINGS: ClassVar[list[Any]] = bindings(CHAIN)
    AUTO_FOCUS = "#links"
    DEFAULT_CSS = LAYOUT

    def __init__(self) -> None:
        super().__init__()
        self._chain = ""
        self._display = ChainDisplay(self)
        self._editor = WeekEditor(self, self._display)
        self._rules = RuleQuestions(self)

    def body(self) -> ComposeResult:
        """What the display shows; its weeks are edited in place."""
        yield from self._display.compose(self._editor)

    @property
    def month(self) -> Period | None:
        """The month in view."""
        return month_of(self.view.period) if self.view.period else None

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
        if why := super().why_not(command):
            return why
        book, link = self.book, self.link
        if book is not None and not book.workspace.chains and (command in _NEEDS_CARD or command == "chain.choose"):
            return _("There is no chain in this workspace.")
        if command in _NEEDS_CARD and self.card is None:
            return _("The chain is still being computed.")
        if command in _NEEDS_LINK and link is None:
            return _("There is no link here.")
        if command == "chain.edit" and link is not None and TARGET not in self._display.cells.can_change:
            return _("This link has no target: it is only looked at.")
        if command == "chain.points" and link is not None and link.link.rule is TargetRule.NONE:
            return _("This link has no points: it is only looked at.")
        if command == "chain.baseline" and self.card is not None and not is_scored(self.card):
            return _("This chain has no targets that grow.")
        if command == "chain.weak" and self.card is not None and not self.card.weak.named:
            return _("No link is weak by gain: none has fallen by more than its usual swing.")
        if command == "chain.drivers" and not self.metric_here():
            return _("This link names no metric of the library.")
        if command == "sort":
            return _("A chain is read from its first link to its last.")
        if command.startswith("grain."):
            return _("A chain is read by month; its weeks stand below.")
        return ""

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Period, language, targets or typed numbers are new."""
        book, month = self.book, self.month
        if book is None or month is None:
            return
        if not book.workspace.chains:
            self._show_nothing()
            return
        if self.card is not None and self.card.period == month:
            self._display.show_again()
        self.compute("chain", ChainQuestion(book.chains.find(self._chain).id, month))

    def _show_nothing(self) -> None:
        self.add_class("-nothing")
        text = _('No chain in this workspace: write chains/*.toml, or extends = "standard" in workspace.toml;')
        self._display.show_sentence(f"{text} " + _("`kpi-tui check` tells what is read."))

    def computed(self, key: str, result: Any) -> None:
        """The chain, an explanation, or a proposal."""
        if key == "chain":
            self._display.show(result)
        elif key == "explain":
            self._explained(result)
        elif key == "roll" and self.card is not None:
            self._rules.propose(self.card, result)

    def failed(self, key: str, error: BaseException) -> None:
        """Without numbers the sentence stands where they would."""
        if key == "chain" and isinstance(error, KpiError):
            self._display.show_sentence(clean(told(str(error))))
            return
        super().failed(key, error)

    def shown(self) -> View | None:
        """The chain."""
        return self._display.view()

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
            self._chain = chain
            self._display.clear()
            self.action_reload()

    def action_weak(self) -> None:
        """The weak link."""
        assert self.card is not None
        self._display.links.go(self.card.weak.named)
        self._display.links.focus()

    def action_panes(self) -> None:
        """Links or weeks."""
        weeks = self._display.weeks
        (self._display.links if weeks.has_focus else weeks).focus()
        self.call_after_refresh(self._display.show_cell)

    def action_explain(self) -> None:
        """Where the link's number comes from: at once what the card knows, behind it the metric's own explanation."""
        month, link = self.month, self.link
        if month is None or link is None:
            return
        if link.link.ratio in self.open_book.workspace.metrics:
            self.explain(link.link.ratio, month)
        else:
            self._explained(None)

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

    @on(SheetTable.Selected, "#links")
    async def _open_link(self) -> None:
        await self.kpi.action_command("chain.explain")

    def action_cancel(self) -> None:
        """Leave the weeks, so that digits switch screens again; else stop computing."""
        if self._display.weeks.has_focus and not self.kpi.jobs.busy:
            self.action_panes()
        else:
            super().action_cancel()

    # --- editing -----------------------------------------------------------------------------
    @on(SheetTable.Selected, "#weeks")
    def _open_cell(self) -> None:
        self._editor.open()

    @on(TargetSheet.EditTurned)
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
        if self.card is not None and self.month is not None:
            self._rules.ask_roll(self.card, self.month)

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
