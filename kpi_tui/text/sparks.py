"""A trend in a line of blocks that begin at zero; one whose values lie close together shows its band, and says so.

From zero a fall of a tenth looks like a tenth. But a rate that moves between 92 % and 95 % is then one flat block:
where all values lie within a fifth of the largest, the axis begins at the smallest (at most at 95 % of the largest, so
that a hair is no mountain), and `~` stands in front.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import isfinite

from kpi_tui.text.marks_behind_numbers import PARTIAL

SPARKS = "▁▂▃▄▅▆▇█"
NARROW = "~"  # one cell wide in every terminal, also where ambiguous signs take two
_BAND, _LEAST_SPAN = 0.2, 0.05
"""Shares of the largest value: how close all lie to it in a narrow band, and how much its axis holds at least."""
_FEWEST = 3
"""Values that make a band."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The ends of an axis; `narrow`: it does not hold zero, which has to be said."""

    low: float
    high: float
    narrow: bool = False

    def height(self, value: float) -> float:
        """Where a value stands, 0 … 1. Halved first: the span of two huge floats would overflow."""
        span = self.high / 2 - self.low / 2
        return (value / 2 - self.low / 2) / span if span > 0 else 0.0


def axis(values: Sequence[float]) -> Axis:
    """From zero to the largest (from the smallest where that is below zero), or a narrow band of values above zero."""
    low, high = min((0.0, *values)), max((0.0, *values))
    smallest = min(values, default=0.0)
    if len(values) >= _FEWEST and high * (1 - _BAND) <= smallest < high:
        return Axis(min(smallest, high * (1 - _LEAST_SPAN)), high, narrow=True)
    return Axis(low, high)


def spark(values: Sequence[float | None], *, gap: str = " ", partial: Container[int] = ()) -> str:
    """One block per value on the axis of all; None is a gap. In front of a narrow band a `~` instead of the oldest.

    The places in `partial` are marked and not compared: a period that is not over is no fall.
    """
    whole = [None if place in partial or not _known(value) else value for place, value in enumerate(values)]
    span = axis([value for value in whole if value is not None])
    marks = (PARTIAL if place in partial and _known(value) else gap for place, value in enumerate(values))
    blocks = "".join(
        mark if value is None else SPARKS[max(int(span.height(value) * 8 + 0.5), 1) - 1]
        for value, mark in zip(whole, marks, strict=True)
    )
    return NARROW + blocks[1:] if span.narrow else blocks


def _known(value: float | None) -> bool:
    return value is not None and isfinite(value)
