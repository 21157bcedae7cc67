"""What the rules of a chain rest on, for one month: targets rolled over, points per link, the growth baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.library.chain import GROWTH
from kpi_tui.text.amounts import AmountError, edit_text, parse_amount
from kpi_tui.text.findings import link_name
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.screens.chain.edits import TARGETS
from kpi_tui.tui.screens.chain.overlays import roll_overlay
from kpi_tui.tui.screens.chain.weeks import ChainWeeks
from kpi_tui.tui.widgets.prompt import Prompt

POINTS, BASELINE, NOTE = "points", GROWTH, "note"  # the questions asked here


class ChainRules(ChainWeeks):
    """Rolls targets over, changes points, resets the baseline."""

    def __init__(self) -> None:
        super().__init__()
        self._growth: float | None = None  # typed, but its note is still asked for

    # --- roll-over ---------------------------------------------------------------------------
    def action_roll(self) -> None:
        """Ask the rules what comes next."""
        book, month, answered = self.book, self.month, self._answer
        assert book is not None and month is not None and answered is not None
        chain = answered.card.chain.id
        self.compute("roll", lambda _progress: book.chains.roll(chain, month))

    def computed(self, key: str, result: Any) -> None:
        """A proposal, or the chain."""
        if key == "roll":
            self._proposed(result)
        else:
            super().computed(key, result)

    def _proposed(self, rolls: Any) -> None:
        if self._answer is None or self.book is None:
            return
        if not rolls:
            self.say(_("Nothing to roll over: no week is over yet."))
            return
        chain = self._answer.card.chain
        screen = roll_overlay(chain, rolls, self.book.workspace)
        self.app.push_screen(screen, lambda taken: self._take(chain.id, rolls) if taken else None)

    def _take(self, chain: str, rolls: Any) -> None:
        assert self.book is not None
        count = self.book.chains.take_roll(chain, rolls)
        if not count:
            self.say(_("These targets stand already."))
            return
        self._edited(TARGETS)
        periods = ", ".join(dict.fromkeys(roll.period for roll in rolls))
        told = n_(
            "Rolled over {count} target into {periods}; w writes, u takes it back.",
            "Rolled over {count} targets into {periods}; w writes, u takes them back.",
            count,
            periods=periods,
        )
        self.say(told, "done")

    # --- points and baseline -------------------------------------------------------------------
    def action_points(self) -> None:
        """Ask for the points of the link in this month (R070)."""
        link, answered = self.link, self._answer
        assert link is not None and answered is not None
        name, month = link_name(answered.card, link.link.id), answered.card.period.id
        label = _("Points of {link} in {month} (empty: as the chain says)", link=name, month=month)
        self._ask(POINTS, label, edit_text(link.points, "score"))

    def action_baseline(self) -> None:
        """Ask for the growth baseline of this month (R061)."""
        assert self._answer is not None
        card = self._answer.card
        label = _("Growth a week in {month} (empty: as the chain says)", month=card.period.id)
        self._ask(BASELINE, label, edit_text(card.growth, "percent"))

    @on(Prompt.Answered)
    def _ruled(self, message: Prompt.Answered) -> None:
        answers = {POINTS: self._set_points, BASELINE: self._set_growth, NOTE: self._reset_growth}
        if message.question not in answers:
            return
        try:
            answers[message.question](message.text.strip())
        except (AmountError, KpiError) as error:
            self.say(str(error), "error")

    def _set_points(self, text: str) -> None:
        book, link, answered = self.book, self.link, self._answer
        assert book is not None and link is not None and answered is not None
        card = answered.card
        if text == edit_text(link.points, "score"):
            self._no_change()
            return
        points = parse_amount(text, "score", link.points) if text else None
        self._change(lambda: book.chains.set_points(card.chain.id, link.link.id, card.period, points))

    def _set_growth(self, text: str) -> None:
        assert self._answer is not None
        now = self._answer.card.growth
        if text == edit_text(now, "percent"):
            self._no_change()
            return
        self._growth = parse_amount(text, "percent", now) if text else None
        self._ask(NOTE, _("Why is the baseline reset? (a note for the history)"))

    def _reset_growth(self, note: str) -> None:
        book, answered = self.book, self._answer
        assert book is not None and answered is not None
        if not note:
            self.say(_("A reset needs a note: say why (Esc: no reset)."), "error")
            return
        chain, month, growth = answered.card.chain.id, answered.card.period, self._growth
        self._change(lambda: book.chains.reset_growth(chain, month, growth, note))
        self._why = note

    def _change(self, edit: Callable[[], None]) -> None:
        """One step on the desk of targets, unless it changes nothing."""
        assert self.book is not None and self._answer is not None
        before = dict(self.book.targets.pending())
        edit()
        if before == self.book.targets.pending():
            self._no_change()
            return
        self._unasked()
        self._edited(TARGETS)
        self.say(_("Changed for {month}; w writes, u takes it back.", month=self._answer.card.period.id), "done")

    def _no_change(self) -> None:
        self._unasked()
        self.say(_("That stands already."))
