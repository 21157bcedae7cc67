"""Shapley values of a change: every factor's mean effect over all orders of replacing old by new.

Exact by enumeration of all 2^n mixes (Shapley 1953; as a decomposition of change: Shorrocks 2013, Albrecht et al.
2002, who show that it is free of residuals and of order, and defined where factors are zero).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from kpi_tui.definitions.message import listed, say

Evaluate = Callable[[Mapping[str, float]], float | None]
"""A formula: factor values -> result; None where it has none."""


class Undefined(ValueError):
    """The method has no answer; the message is one sentence that says why."""


def shapley(evaluate: Evaluate, before: Mapping[str, float], after: Mapping[str, float], most: int) -> dict[str, float]:
    """Contribution per factor, in the unit of the result; they sum to the change.

    A factor that did not move has none. Undefined with more than `most` moving factors, or when a mix of old and new
    values has no result.
    """
    moving = [name for name in before if before[name] != after[name]]
    if len(moving) > most:
        raise Undefined(
            say("{count} factors moved, more than the {most} that are enumerated", count=len(moving), most=most)
        )
    results = [_mix(evaluate, before, after, moving, chosen) for chosen in range(2 ** len(moving))]
    weights = [1 / (len(moving) * math.comb(len(moving) - 1, size)) for size in range(len(moving))]
    found = dict.fromkeys(before, 0.0)
    for place, name in enumerate(moving):
        bit = 1 << place
        steps = (
            weights[chosen.bit_count()] * (results[chosen | bit] - results[chosen])
            for chosen in range(2 ** len(moving))
            if not chosen & bit
        )
        found[name] = math.fsum(steps)
    return found


def _mix(
    evaluate: Evaluate, before: Mapping[str, float], after: Mapping[str, float], moving: list[str], chosen: int
) -> float:
    """The result with the factors of the bit set `chosen` at their new values."""
    new = {name for place, name in enumerate(moving) if chosen >> place & 1}
    result = evaluate({name: after[name] if name in new else value for name, value in before.items()})
    if result is None:
        named = listed(sorted(new)) or say("no factor")
        raise Undefined(
            say("the formula has no value with {named} of the new period and the rest of the old one", named=named)
        )
    return result
