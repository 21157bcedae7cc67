"""The odds that the period to come meets a target, and where it would end: by how the metric changed before.

Each past period against the one as long before it as the last known one lies before the period to come is one change.
The period to come is the last known one with one of these changes, whatever the target rests on: one forecast for all
targets of a line, so that the harder one never has the better odds. No change is likelier than another, nor is a new
one between two of them, above or below all: with n changes the odds of an event that m of them show lie between
m / (n + 1) and (m + 1) / (n + 1), whatever their distribution (ranks of exchangeable values; Vovk, Gammerman and
Shafer, Algorithmic Learning in a Random World, 2005).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from kpi_tui.definitions.answers.targets.target_proposal import Odds
from kpi_tui.definitions.message import say, says

LEAST = 6
"""Past changes with which odds are told: with fewer their two ends are further apart than one in seven."""
TENTH = 0.1
"""Left out on either side of the range, so that 8 of 10 lie in it."""

Change = tuple[float, float]
"""What a period was held against, and what came of it."""


def odds_of(
    last: float | None,
    changes: Sequence[Change],
    is_met: Callable[[float], bool | None],
    possible: tuple[float, float],
) -> Odds:
    """Odds of a target; `is_met` says it of an actual, `last` is the last known one, `possible` what the metric can be.

    Changes are ratios where all values are above 0, else differences.
    """
    if last is None or len(changes) < LEAST:
        why = says(
            "odds need {least} past changes from one period to the next, {count} is known",
            "odds need {least} past changes from one period to the next, {count} are known",
            len(changes),
            least=LEAST,
        )
        return Odds(len(changes), why=why)
    to_come = sorted(min(max(one, possible[0]), possible[1]) for one in _outcomes(last, changes))
    met = [is_met(one) for one in to_come]
    if None in met:
        return Odds(len(changes), why=say("the method of the line gives no attainment for this target"))
    count, more = sum(one is True for one in met), len(changes) + 1
    share = (count + 0.5) / more
    low, high = _ranked(to_come, TENTH), _ranked(to_come, 1.0 - TENTH)
    return Odds(len(changes), count, share, count / more, (count + 1) / more, low, high)


def _outcomes(last: float, changes: Sequence[Change]) -> list[float]:
    """What the period to come would be with each past change."""
    if last > 0 and all(before > 0 for before, _after in changes):
        return [last * (after / before) for before, after in changes]
    return [last + (after - before) for before, after in changes]


def _ranked(values: Sequence[float], share: float) -> float:
    """The value at a share of n + 1 places, straight between two of them; the outermost where it lies beyond."""
    place = min(max(share * (len(values) + 1), 1.0), float(len(values)))
    below = math.floor(place)
    above = min(below + 1, len(values))
    return values[below - 1] + (place - below) * (values[above - 1] - values[below - 1])
