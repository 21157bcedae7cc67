"""How far a number moved, and in what that is told: a rate in percentage points, all else in percent."""

from __future__ import annotations

from kpi_tui.definitions.quantity import Quantity

POINTS = "pp"
"""Percentage points 个百分点: the unit of a difference of shares, as a fraction like the shares themselves."""


def unit_of_difference(unit: str) -> str:
    """In what the difference of two numbers is told: of shares in percentage points, of all else in its own unit."""
    return POINTS if unit == "percent" else unit


def changed(before: float | None, now: float | None, unit: str) -> Quantity | None:
    """How far a number moved: a rate by percentage points, anything else by a share of what it was before.

    None where that cannot be known. The one place that decides it, for every screen, sentence and file.
    """
    if before is None or now is None:
        return None
    if unit == "percent":
        return Quantity(now - before, POINTS, signed=True)
    return Quantity((now - before) / abs(before), "percent", signed=True) if before else None
