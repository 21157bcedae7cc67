"""What the lines of a scorecard add up to: a line without a number adds neither points nor its weight (R037)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kpi_tui.definitions.answers.score import ScoreLine


@dataclass(frozen=True, slots=True)
class TotalScore:
    """`score`: points of the known lines, None when none is known. `possible`: their weights, 100 when all are."""

    score: float | None
    possible: float
    complete: bool


def total_of(weighted: Sequence[ScoreLine]) -> TotalScore:
    """The total of the lines that bear weight; nothing is rescaled for those that are not known."""
    known = [line for line in weighted if line.points is not None]
    return TotalScore(
        math.fsum(line.points or 0.0 for line in known) if known else None,
        math.fsum(line.weight for line in known),
        len(known) == len(weighted),
    )
