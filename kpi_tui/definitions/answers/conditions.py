"""What conditions find in the rows of all days: nothing at all, or a word that no row has."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.issue import Place


@dataclass(frozen=True, slots=True)
class UnheardWord:
    """A word that conditions of measures ask a column for, and no row has; `heard`: the words there are."""

    table: str
    column: str
    word: str
    heard: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedRows:
    """Two steps of a funnel that `rows` of a table satisfy at once: one act takes somebody two steps on."""

    funnel: str
    first: str
    second: str
    table: str
    rows: int
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class KeepsNothing:
    """A measure, or a report over one, whose condition keeps none of the `rows` of its table."""

    name: str
    table: str
    where: str
    rows: int
    place: Place = Place()
    of_report: bool = False
