"""Rows that `check` asks about: they can be read and they count, but hardly mean what the rest of the table means."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.issue import Place, Severity
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question of `check` (doubts.toml): which rows of a table or fact, what they do to the numbers, what to write.

    `rows` counts them over all days; its column is the one whose values are shown as examples.
    """

    id: str
    rows: Measure
    about: Text = Text()
    write: Text = Text()
    severity: Severity = Severity.WARNING
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
