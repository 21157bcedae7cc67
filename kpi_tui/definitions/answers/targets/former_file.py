"""A file of targets or typed numbers of another calendar: its name means other days here, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class FormerFile:
    """A file whose numbers are of other days than its name means: `name`, and what its days are called `now`.

    `now`: the period of just these days; where the calendar has none, the span of them.
    """

    folder: str
    name: str
    now: Period
