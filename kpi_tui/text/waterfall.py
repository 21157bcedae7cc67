"""A waterfall of text: bars that hang where the one above ended."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

TOTAL, UP, DOWN = "█", "▓", "░"
"""Totals, rises and falls differ in shade, so that they can be told apart without colour."""
FLAT = "│"  # a step too small for a cell
LEAST_SHARE = 0.2  # smaller changes are drawn on a cut axis


def waterfall(start: float, steps: Sequence[float], cells: int) -> tuple[list[str], float]:
    """One line per total and step (start, steps …, end), and the value at the left edge (0 unless the axis is cut)."""
    ends = [start]
    for step in steps:
        ends.append(fsum((ends[-1], step)))
    low, high = min(0.0, *ends), max(0.0, *ends)
    edge = _edge(ends) if low == 0 else low
    scale = (high - edge) or 1.0
    places = [(end - edge) / scale * cells for end in ends]
    zero = max(-edge, 0.0) / scale * cells
    lines = [_bar(zero, places[0], TOTAL)]
    lines += [_bar(places[n], places[n + 1], UP if step > 0 else DOWN) if step else "" for n, step in enumerate(steps)]
    return [*lines, _bar(zero, places[-1], TOTAL)], edge


def _edge(ends: Sequence[float]) -> float:
    """Where the axis begins: at 0, unless all that moves would then be a few cells at the right."""
    low, high = min(ends), max(ends)
    return 0.0 if high == 0 or (high - low) / high >= LEAST_SHARE else low - (high - low)


def _bar(one: float, other: float, block: str) -> str:
    left, right = round(min(one, other)), round(max(one, other))
    return " " * left + (block * (right - left) or FLAT)
