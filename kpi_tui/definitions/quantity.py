"""A number with its unit: what a sentence or a finding carries, so that nobody guesses the unit from the size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` (count, currency, percent as a fraction, ratio, days, seconds, score); None: not known.

    A difference of two shares is in `pp` (`definitions/change.py`). Four units are told, never defined: `effect`, a
    share added to a bonus, `weight`, a share of 100, `attainment`, a share of a target that never rounds up to it, and
    `amount`, money without the sign of its currency.

    `signed` asks for a sign in front; `digits` for so many decimals; `below` forbids rounding to lift a value that is
    less than it up to it (a miss stays a miss), and a gain to nothing.
    """

    value: float | None
    unit: str = "count"
    signed: bool = False
    digits: int | None = None
    below: float | None = None
