"""The Targets screen's question to the book, asked on the computing thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class PeriodCards:
    """The cards of every role in a period, and whether it is over."""

    period: Period
    cards: Mapping[str, Scorecard]
    locked: bool


@dataclass(frozen=True, slots=True)
class CardsQuestion:
    """The scorecards of every role."""

    period: Period

    def ask(self, book: Book, progress: Progress, /) -> PeriodCards:
        """Score every role."""
        cards = {role: book.scores.scorecard(role, self.period, progress=progress) for role in book.workspace.roles}
        return PeriodCards(self.period, cards, book.targets.is_locked(self.period))
