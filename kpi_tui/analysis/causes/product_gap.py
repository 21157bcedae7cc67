"""What the product of factors leaves unexplained (R085)."""

from __future__ import annotations

import math
from collections.abc import Sequence


def product_gap(whole: float | None, factors: Sequence[float | None]) -> float | None:
    """A number less the product of its factors (R085); None while one is unknown."""
    if whole is None or any(factor is None for factor in factors):
        return None
    return whole - math.prod(factor for factor in factors if factor is not None)
