"""Funnels as a workspace says them, and as they are read (R107, R108, R171)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """Rows of a table that count as doing a step: who (`user`), when (`time`), what it was worth (`value`)."""

    name: str
    table: str
    where: str = ""
    user: str = "user_id"
    time: str = ""  # default: the time column of the table
    value: str = ""  # money of the row, SQL
    title: Text = Text()  # what people call it
    weight: float = 1.0  # share of the funnel's value that the step is credited with
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Either `steps`, which people take in order, or `metrics`, whose numbers follow each other."""

    id: str
    name: Text = Text()
    about: Text = Text()
    steps: tuple[Step, ...] = ()
    metrics: tuple[str, ...] = ()
    window_days: float = 0.0  # most days from the first step to any later one; 0 = the whole period
    place: Place = Place()


def reached(funnel: str, number: int) -> str:
    """The measure that counts the people of a step (1 is the first)."""
    return f"{funnel}_reached_{number}"
