"""A number with its unit: what a sentence or a finding carries, so that nobody guesses the unit from the size."""

from __future__ import annotations

from dataclasses import dataclass

POINTS = "pp"
"""Percentage points 个百分点: the unit of a difference of shares, as a fraction like the shares themselves."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` (count, currency, percent as a fraction, ratio, days, seconds, score); None: not known.

    A difference of two shares is in `pp` (`unit_of_difference`). Three units are told, never defined: `effect`, a
    share added to a bonus, `weight`, a share of 100, and `attainment`, a share of a target that never rounds up to it.

    `signed` asks for a sign in front; `digits` for so many decimals; `below` forbids rounding to lift a value that is
    less than it up to it (a miss stays a miss), and a gain to nothing.
    """

    value: float | None
    unit: str = "count"
    signed: bool = False
    digits: int | None = None
    below: float | None = None


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
