"""The Chain screen's questions to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.chain_card import ChainCard, Roll
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class ChainMonth:
    """A chain in a month, and the last day that has data."""

    card: ChainCard
    as_of: date | None


@dataclass(frozen=True, slots=True)
class ChainQuestion:
    """A chain in a month."""

    chain: str
    month: Period

    def ask(self, book: Book, progress: Progress, /) -> ChainMonth:
        """Read it; without data there is no as-of day."""
        card = book.chains.card(self.chain, self.month, progress=progress)
        try:
            return ChainMonth(card, book.as_of())
        except TableError:
            return ChainMonth(card, None)


@dataclass(frozen=True, slots=True)
class RollQuestion:
    """What the rules propose next."""

    chain: str
    month: Period

    def ask(self, book: Book, _progress: Progress, /) -> list[Roll]:
        """The proposal; nothing is written."""
        return book.chains.roll(self.chain, self.month)
