"""A waterfall: bars that hang where the one above ended, between two totals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import fsum

from kpi_tui.views.cells import FloatingBarCell

LEAST_SHARE = 0.2
"""Smaller changes are drawn on a cut axis."""


def waterfall(start: float, steps: Sequence[float]) -> list[FloatingBarCell]:
    """One bar per total and step: start, steps …, end. All share `edge`, the value at the left (0 unless it is cut)."""
    ends = list(accumulate(steps, lambda end, step: fsum((end, step)), initial=start))
    low, most = min(0.0, *ends), max(0.0, *ends)
    edge = left_edge(ends) if low == 0 else low
    ground = max(edge, 0.0)
    return [
        FloatingBarCell(ground, start, edge, most, total=True),
        *(FloatingBarCell(one, other, edge, most) for one, other in pairwise(ends)),
        FloatingBarCell(ground, ends[-1], edge, most, total=True),
    ]


def left_edge(ends: Sequence[float]) -> float:
    """Where the axis of totals above zero begins: at 0, unless all that moves would be a few cells at the right."""
    low, high = min(ends), max(ends)
    return 0.0 if high == 0 or (high - low) / high >= LEAST_SHARE else low - (high - low)
