"""A trend in a line of blocks that begin at zero: a fall of a tenth looks like a tenth."""

from __future__ import annotations

from collections.abc import Container, Sequence
from math import isfinite

from kpi_tui.text.format import PARTIAL

SPARKS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float | None], *, gap: str = " ", partial: Container[int] = ()) -> str:
    """One block per value between zero and the largest (from the smallest where that is below zero); None is a gap.

    The places in `partial` are marked and not compared: a period that is not over is no fall.
    """
    whole = [None if place in partial or not _known(value) else value for place, value in enumerate(values)]
    low, high = from_zero([value for value in whole if value is not None])
    marks = (PARTIAL if place in partial and _known(value) else gap for place, value in enumerate(values))
    return "".join(
        mark if value is None else SPARKS[max(int(height(value, low, high) * 8 + 0.5), 1) - 1]
        for value, mark in zip(whole, marks, strict=True)
    )


def from_zero(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that holds these values and zero."""
    return min((0.0, *values)), max((0.0, *values))


def height(value: float, low: float, high: float) -> float:
    """Where a value stands on an axis, 0 … 1. Halved first: the span of two huge floats would overflow."""
    return (value / 2 - low / 2) / (high / 2 - low / 2) if high > low else 0.0


def _known(value: float | None) -> bool:
    return value is not None and isfinite(value)
