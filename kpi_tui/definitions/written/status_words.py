"""What the words of a status mean in a shop's own sheet, which no recipe knows: a person says it, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

PAID, WAITING, CLOSED, REFUNDED, PARTLY = "paid", "waiting", "closed", "refunded", "partly"
MEANINGS = (PAID, CLOSED, REFUNDED, PARTLY, WAITING)
"""Kept as it stands; closed and never paid, left out; given back after it was paid, the whole or a part that only an
amount of the file tells; not paid yet (R148)."""


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """A column of words of a file: `words` and their rows; `known`: what exports of platforms mean by some of them.

    `sql` reads the column as text.
    """

    name: str
    sql: str
    words: Mapping[str, int]
    known: Mapping[str, str] = field(default_factory=dict)

    def means(self, word: str, said: Mapping[str, str]) -> str:
        """What a word means: `said` by a person, else as it is known, else paid."""
        return said.get(word) or self.known.get(word, PAID)

    def with_words_of(self, other: StatusColumn) -> StatusColumn:
        """The words of both."""
        rows = {word: self.words.get(word, 0) + other.words.get(word, 0) for word in {**self.words, **other.words}}
        return replace(self, words=rows, known={**self.known, **other.known})


@dataclass(frozen=True, slots=True)
class Statuses:
    """The status columns of a file of orders, and SQL for what it says of a refund itself ("" where it does not)."""

    columns: tuple[StatusColumn, ...] = ()
    refunded_at: str = ""
    refund: str = ""
    used: tuple[str, ...] = ()  # file columns that are read for it

    def with_words_of(self, other: Statuses) -> Statuses:
        """The words of two files of the same columns."""
        theirs = {one.name: one for one in other.columns}
        mine = tuple(
            one.with_words_of(theirs.pop(one.name, one)) if one.name in theirs else one for one in self.columns
        )
        return replace(self, columns=(*mine, *theirs.values()))


NO_STATUSES = Statuses()
