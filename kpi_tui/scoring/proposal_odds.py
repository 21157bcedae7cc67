"""The odds that the period to come meets a proposed target, and where it would end (the method's own past errors).

A basis is tried on each past period with what was known then; what came of that period, against what would have been
proposed for it, is one error of the basis. The period to come is the proposal with one of these errors. No error is
likelier than another, nor is a new one between two of them, above or below all: with n errors the odds of an event that
m of them show lie between m / (n + 1) and (m + 1) / (n + 1), whatever their distribution (ranks of exchangeable values;
Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from kpi_tui.definitions.answers.targets.target_proposal import Odds
from kpi_tui.definitions.message import say, says

LEAST = 6
"""Past periods with which odds are told: with fewer their two ends are further apart than one in seven."""
TENTH = 0.1
"""Left out on either side of the range, so that 8 of 10 lie in it."""

Tried = tuple[float, float]
"""What a basis would have proposed for a past period, and what came of it."""


def odds_of(
    value: float, tried: Sequence[Tried], is_met: Callable[[float], bool | None], possible: tuple[float, float]
) -> Odds:
    """Odds of the proposal `value`; `is_met` says it of an actual, `possible` bounds what the metric can be.

    Errors are shares of the proposal where all proposals are above 0, else differences from it.
    """
    if len(tried) < LEAST:
        why = says(
            "odds need {least} past periods that the basis can be tried on, {count} is known",
            "odds need {least} past periods that the basis can be tried on, {count} are known",
            len(tried),
            least=LEAST,
        )
        return Odds(len(tried), why=why)
    to_come = sorted(min(max(one, possible[0]), possible[1]) for one in _outcomes(value, tried))
    met = [is_met(one) for one in to_come]
    if None in met:
        return Odds(len(tried), why=say("the method of the line gives no attainment for this target"))
    count, more = sum(one is True for one in met), len(tried) + 1
    share = (count + 0.5) / more
    low, high = _ranked(to_come, TENTH), _ranked(to_come, 1.0 - TENTH)
    return Odds(len(tried), count, share, count / more, (count + 1) / more, low, high)


def _outcomes(value: float, tried: Sequence[Tried]) -> list[float]:
    """What the period to come would be with each past error."""
    if value > 0 and all(proposal > 0 for proposal, _actual in tried):
        return [value * (actual / proposal) for proposal, actual in tried]
    return [value + (actual - proposal) for proposal, actual in tried]


def _ranked(values: Sequence[float], share: float) -> float:
    """The value at a share of n + 1 places, straight between two of them; the outermost where it lies beyond."""
    place = min(max(share * (len(values) + 1), 1.0), float(len(values)))
    below = math.floor(place)
    above = min(below + 1, len(values))
    return values[below - 1] + (place - below) * (values[above - 1] - values[below - 1])
