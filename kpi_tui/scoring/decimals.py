"""Decimal arithmetic where a baseline is truncated (R003, R059)."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

EPSILON = Decimal("1e-9")
STEP = Decimal("0.001")  # 0.1 percentage point


def decimal(value: float) -> Decimal:
    """The number as it prints: 0.03 is three hundredths, not the nearest binary fraction."""
    return Decimal(repr(float(value)))


def truncate(value: Decimal) -> Decimal:
    """Cut to 0.1 percentage point: 0.2016667 → 0.201; what is 0.201 but for 1e-9 is 0.201."""
    return (value + EPSILON).quantize(STEP, ROUND_DOWN)
