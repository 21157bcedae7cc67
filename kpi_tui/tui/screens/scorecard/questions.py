"""The scorecard's question to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.score import Scorecard, ScoreHistory
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class ScorecardAnswer:
    """A scorecard and the last day that has data."""

    card: Scorecard
    as_of: date


@dataclass(frozen=True, slots=True)
class ScorecardQuestion:
    """How good a role (or person) is in a period."""

    role: str
    period: Period

    def ask(self, book: Book, progress: Progress, /) -> ScorecardAnswer:
        """Score it."""
        return ScorecardAnswer(book.scores.scorecard(self.role, self.period, progress=progress), book.as_of())


@dataclass(frozen=True, slots=True)
class ScoreHistoryQuestion:
    """How good a role (or person) was in the last periods up to one."""

    role: str
    period: Period
    last: int

    def ask(self, book: Book, progress: Progress, /) -> ScoreHistory:
        """Score each of them."""
        return book.scores.score_history(self.role, self.period, self.last, progress=progress)
