"""Rows that `check` asks about: they can be read and they count, but hardly mean what the rest of the table means."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.issue import Place, Severity
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.definitions.text import Text

_SHOWN = 3
"""Examples in a sentence; the line to write names more."""


@dataclass(frozen=True, slots=True)
class WithoutTime:
    """That rows lack the `time` by which their `amount` counts: of the days of `instead`, numbers told by it say so."""

    time: str
    instead: str
    amount: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question of `check` (doubts.toml): which rows of a table or fact, what they do to the numbers, what to write.

    `rows` counts them over all days; its column is the one whose values are shown as examples. `at_values`: columns of
    the raw table whose numbers say it too. `without_time`: the same of numbers told by a time that the rows lack.
    """

    id: str
    rows: Measure
    about: Text = Text()
    write: Text = Text()
    severity: Severity = Severity.WARNING
    at_values: tuple[str, ...] = ()
    without_time: WithoutTime | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class DoubtfulRows:
    """The answer to a doubt: how many of a table's rows, and values of some; `error` where it cannot be asked."""

    doubt: Doubt
    table: str  # the raw table they come from
    count: int
    of: int
    examples: tuple[str, ...] = ()
    error: str = ""

    def in_words(self) -> Message:
        """How many rows of which table, what they do to the numbers, examples, and what to write."""
        return say("{said}; {write}", said=self.told(), write=self.write)

    @property
    def write(self) -> Text:
        """What to write; `WORDS` in it are those that the rows write."""
        words = dict.fromkeys(example.strip().lower() for example in self.examples if example.strip())
        named = ", ".join("'" + word.replace("'", "''") + "'" for word in words) or "''"
        return Text(*(said.replace("WORDS", named) for said in (self.doubt.write.en, self.doubt.write.zh)))

    def told(self) -> Message:
        """The same without what to write."""
        message = says(
            "{table}: {found:,} of {rows:,} row: {about}",
            "{table}: {found:,} of {rows:,} rows: {about}",
            self.of,
            table=self.table,
            found=self.count,
            rows=self.of,
            about=self.doubt.about,
        )
        named = ", ".join(repr(example) for example in self.examples[:_SHOWN] if example)
        return say("{said}, e.g. {examples}", said=message, examples=named) if named else message
