"""Rounding of targets (R003), in decimal: 1060.5 goes up, and binary noise decides nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

_DIGITS = 400  # more than any float has


def whole(value: float) -> float:
    """A count as a whole number, rounded half up: 1060.9 -> 1061, 2.5 -> 3."""
    with localcontext(prec=_DIGITS):
        return float(Decimal(repr(value)).quantize(Decimal(1), ROUND_HALF_UP))


def times(value: float, factor: float) -> float:
    """The product of two numbers as written in decimal: 1030 × 1.03 is 1060.9, not 1060.9000000000001."""
    with localcontext(prec=_DIGITS):
        return float(Decimal(repr(value)) * Decimal(repr(factor)))
