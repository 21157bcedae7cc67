"""A standing report: a question about values that a workspace keeps under a name (R147)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class SavedReport:
    """`kpi-tui values` with everything but the period; `grain` is the period it is written for."""

    id: str
    name: Text
    metrics: tuple[str, ...]
    grain: Grain = Grain.DAY
    by: str = ""
    where: str = ""
    last: int = 1
    about: Text = Text()
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)
