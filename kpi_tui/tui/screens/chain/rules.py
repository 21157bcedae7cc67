"""What the rules of a chain rest on, for one month: targets rolled over, points per link, the growth baseline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from kpi_tui.definitions.answers.chain_card import ChainCard, Roll
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import translate
from kpi_tui.text.typed_amounts import edit_text
from kpi_tui.tui.edit_session import TARGETS
from kpi_tui.tui.editing.cell_value import CellValue
from kpi_tui.tui.editing.save_dialog import SaveDialog
from kpi_tui.tui.screens.chain.display import ChainDisplay
from kpi_tui.tui.screens.chain.overlays import roll_overlay
from kpi_tui.tui.screens.chain.questions import RollQuestion
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.views.names import link_name


class RuleQuestions:
    """Rolls targets over, changes points, resets the baseline; asks what it needs to know."""

    def __init__(self, screen: KpiScreen, display: ChainDisplay) -> None:
        self._screen, self._display = screen, display
        self._value = CellValue()
        self._note = ""  # a reason already given, offered where saving asks for one

    # --- roll-over ---------------------------------------------------------------------------
    def action_roll(self) -> None:
        """Ask the rules what comes next."""
        if card := self._display.card:
            self._screen.answers.ask(RollQuestion(card.chain.id, card.period), partial(self._propose, card))

    def _propose(self, card: ChainCard, rolls: Sequence[Roll]) -> None:
        """Show what the rules propose; Enter takes it over."""
        if not rolls:
            self._screen.say(_("Nothing to roll over: no week is over yet."))
            return
        screen = roll_overlay(card.chain, rolls, self._screen.open_book.workspace)
        chain = card.chain.id
        self._screen.kpi.push_screen(screen, lambda taken: self._take(chain, rolls) if taken is not None else None)

    def _take(self, chain: str, rolls: Sequence[Roll]) -> None:
        chains, counted = self._screen.open_book.chains, [0]
        if not self._screen.kpi.session.edit(TARGETS, lambda: counted.append(chains.take_roll(chain, rolls))):
            self._screen.say(_("These targets stand already."))
            return
        periods = listed(dict.fromkeys(roll.period for roll in rolls))
        told = n_(
            "Rolled over {count} target into {periods}; w writes, u takes it back.",
            "Rolled over {count} targets into {periods}; w writes, u takes them back.",
            counted[-1],
            periods=periods,
        )
        self._screen.say(told, "done")

    # --- points and baseline -------------------------------------------------------------------
    def action_points(self) -> None:
        """Ask for the points of the link under the cursor in this month (R070)."""
        card, link = self._display.card, self._display.link
        if card is None or link is None:
            return
        name, now = translate(link_name(card.chain, link.link.id)), edit_text(link.points, "score")
        prompt = self._asking()
        label = _("Points of {link} in {month} (empty: as the chain says)", link=name, month=card.period.id)

        def answer(text: str) -> str:
            if text.strip() == now:
                return self._no_change()
            points = self._value.read(f"points {link.link.id}", text, "score", link.points, prompt.pressed)
            chains = self._screen.open_book.chains
            return self._change(card, lambda: chains.set_points(card.chain.id, link.link.id, card.period, points))

        prompt.ask(Question(label, answer, now))

    def action_baseline(self) -> None:
        """Ask for the growth baseline of this month, then for a note (R061)."""
        card = self._display.card
        if card is None:
            return
        prompt = self._asking()
        label = _("Growth a week in {month} (empty: as the chain says)", month=card.period.id)
        now = edit_text(card.growth, "percent")

        def answer(text: str) -> str:
            if text.strip() == now:
                return self._no_change()
            self._ask_note(card, self._value.read("growth", text, "percent", card.growth, prompt.pressed))
            return ""

        prompt.ask(Question(label, answer, now))

    def _asking(self) -> Prompt:
        """Where it is asked; what was asked about in an earlier question is over."""
        self._value.forget()
        return self._screen.prompt

    def _ask_note(self, card: ChainCard, growth: float | None) -> None:
        def answer(text: str) -> str:
            note = text.strip()
            if not note:
                return _("A reset needs a note: say why (Esc: no reset).")
            chains = self._screen.open_book.chains
            self._note = note
            return self._change(card, lambda: chains.reset_growth(card.chain.id, card.period, growth, note))

        self._screen.prompt.ask(Question(_("Why is the baseline reset? (a note for the history)"), answer))

    def _change(self, card: ChainCard, act: Callable[[], None]) -> str:
        """One step among the targets, unless it changes nothing."""
        if not self._screen.kpi.session.edit(TARGETS, act):
            return self._no_change()
        self._screen.say(_("Changed for {month}; w writes, u takes it back.", month=card.period.id), "done")
        return ""

    def action_save(self) -> None:
        """Write targets and typed numbers; the note of a reset is offered as the reason."""
        screen = self._screen
        SaveDialog(screen.kpi, screen.kpi.session, screen.prompt, self._note).start()

    def _no_change(self) -> str:
        self._screen.say(_("That stands already."))
        return ""
