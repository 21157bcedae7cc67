"""A target split over parts so that they come to it exactly: each part gets its share, the rest goes by remainders."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal, localcontext

_STEPS = {"count": Decimal(1), "currency": Decimal("0.01")}
_RATE = Decimal("0.0001")
_DIGITS = 400  # more than any float has


def split(total: float, shares: Sequence[float], unit: str) -> list[float]:
    """Parts in the proportion of `shares` (at least one above 0): whole counts, cents, else four digits.

    What rounding down leaves goes, step by step, to the largest remainders, the earlier part first: 100 by three
    equal shares is 34, 33, 33.
    """
    step = _STEPS.get(unit, _RATE)
    with localcontext(prec=_DIGITS):
        whole, weights = Decimal(repr(total)), [Decimal(repr(share)) for share in shares]
        sign = -1 if whole < 0 else 1
        steps = [abs(whole) / step * weight / sum(weights) for weight in weights]
        parts = [one.to_integral_value(ROUND_FLOOR) for one in steps]
        over = int((abs(whole) / step - sum(parts)).to_integral_value(ROUND_FLOOR))
        for at in sorted(range(len(steps)), key=lambda at: (parts[at] - steps[at], at))[:over]:
            parts[at] += 1
        made = [part * step for part in parts]
        made[-1] += abs(whole) - sum(made)  # what is finer than a step
        return [float(sign * part) for part in made]
