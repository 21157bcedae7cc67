"""The Targets screen's question to the book, asked on the computing thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.answers.targets.year_sheet import YearActuals
from kpi_tui.definitions.answers.targets.year_split import SplitBy, YearSplit
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import owner_of
from kpi_tui.views.targets.targets import PeriodTargets

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class PeriodCards:
    """The cards of every role in a period, of each value of a role's `per` too, and whether it is over."""

    period: Period
    cards: Mapping[str, Scorecard]
    locked: bool


@dataclass(frozen=True, slots=True)
class CardsQuestion:
    """The scorecards of every role."""

    period: Period

    def ask(self, book: Book, progress: Progress, /) -> PeriodCards:
        """Score every role."""
        scores, cards = book.scores, {}
        for role in book.workspace.at(self.period).roles.values():
            values = scores.parts(role.id, self.period, progress) if role.per else ()
            for owner in (role.id, *(owner_of(role.id, value) for value in values)):
                cards[owner] = scores.scorecard(owner, self.period, progress=progress)
        return PeriodCards(self.period, cards, book.targets.is_locked(self.period))


@dataclass(frozen=True, slots=True)
class YearQuestion:
    """What was in a year's parts, for every role."""

    period: Period
    grain: Grain

    def ask(self, book: Book, progress: Progress, /) -> YearActuals:
        """Read the numbers of every line."""
        return book.year_sheets.actuals(self.period, self.grain, progress=progress)


@dataclass(frozen=True, slots=True)
class SplitQuestion:
    """The targets of a year, of one role, split over its parts."""

    period: Period
    grain: Grain
    by: str
    role: str

    def ask(self, book: Book, progress: Progress, /) -> YearSplit:
        """Split; nothing is set."""
        return book.year_splits.of(self.period, self.grain, SplitBy(self.by), (self.role,), progress=progress)


def period_targets(book: Book, period: Period, known: PeriodCards | None, computing: bool) -> PeriodTargets:
    """What the sheet shows: targets with their edits, and the cards, where they are known, scored again."""
    known = known if known is not None and known.period == period else None
    cards = known.cards if known else {}
    return PeriodTargets(
        period,
        book.targets.of(period),
        book.targets.of(period.previous()),
        book.targets.pending(),
        {role: book.scores.rescore(card) for role, card in cards.items()},
        {role: book.scores.rescore(card, saved=True) for role, card in cards.items()},
        known.locked if known else None,
        computing,
    )
