"""What the rules of a chain rest on, changed for a month: the next targets rolled over."""

from __future__ import annotations

from typing import Any

from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.screens.chain_desk import TARGETS
from kpi_tui.tui.screens.chain_overlays import roll_overlay
from kpi_tui.tui.screens.chain_weeks import ChainWeeks


class ChainRules(ChainWeeks):
    """Rolls targets over."""

    def action_roll(self) -> None:
        """Ask the rules what comes next."""
        book, month, answered = self.book, self.month, self._answer
        assert book is not None and month is not None and answered is not None
        chain = answered.card.chain.id
        self.compute("roll", lambda _progress: book.roll(chain, month))

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
        count = self.book.take_roll(chain, rolls)
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
