"""What the words of a status mean in a shop's own sheet, which no recipe knows: a person says it, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

PAID, WAITING, CLOSED, REFUNDED, PARTLY = "paid", "waiting", "closed", "refunded", "partly"
MEANINGS = (PAID, CLOSED, REFUNDED, PARTLY, WAITING)
"""Kept as it stands; closed and never paid, left out; given back after it was paid, the whole or a part that only an
amount of the file tells; not paid yet (R148)."""
MOST_WORDS = 20  # different words of a status
GROUPS: Mapping[str, str] = {
    **dict.fromkeys(("kept", "done", "paid", "none", "asked"), PAID),
    **dict.fromkeys(("unpaid", "waits"), WAITING),
    **dict.fromkeys(("closed", "void"), CLOSED),
    **dict.fromkeys(("back", "refunded", "returned"), REFUNDED),
    **dict.fromkeys(("partly", "part_back", "part_returned"), PARTLY),
}
"""The groups of words that recipes use -> what they mean."""
Said = Mapping[str, Mapping[str, str]]
"""Status column of a file -> word -> what a person says it means."""


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """A column of words of a file: `words` and their rows; `known`: what exports of platforms mean by some of them.

    `sql` reads the column as text. `meanings`: those that can be said. `unsaid`: what a word means that nobody knows;
    "" where a known export is read as its recipe reads any other word.
    """

    name: str
    sql: str
    words: Mapping[str, int]
    known: Mapping[str, str] = field(default_factory=dict)
    meanings: tuple[str, ...] = MEANINGS
    unsaid: str = PAID

    def means(self, word: str, said: Mapping[str, str]) -> str:
        """What a word means: `said` by a person, else as it is known, else as nobody says it."""
        return said.get(word) or self.known.get(word, self.unsaid)

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
