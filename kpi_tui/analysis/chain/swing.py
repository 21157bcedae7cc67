"""How far a link stands from where its own past says it should, and whether that is more than its usual swing.

A link's past are the weeks before the month; where the same weeks of the year before are known, the season they
show is taken out first. The swing is the median absolute deviation (robust to one outlier), never below the
chance swing of counts of that size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import median

from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.library.chain import Link

FEWEST = 3  # weeks that make a past
SEASONAL = 2.0  # usual swings that make a season
MAD = 1.4826  # of a normal spread
MEDIAN_COST = 1.57  # a median needs this many times the weeks of a mean (π/2)


@dataclass(frozen=True, slots=True)
class Swing:
    """`actual` against `reference` in the link's own unit; `z`: how many usual swings away (None: no past)."""

    actual: float
    reference: float | None = None
    z: float | None = None
    season: float = 1.0

    @property
    def change(self) -> float:
        """Relative distance from the reference; 0 without one."""
        return self.actual / self.reference - 1 if self.reference else 0.0


def swing(inputs: ChainInputs, link: Link, now: Sequence[str], before: Sequence[str], year: Years) -> Swing | None:
    """The link over the weeks `now`, seen from the weeks `before`; None without a known week."""
    weeks = known(inputs, link, now)
    if not weeks:
        return None
    actual = pooled(weeks)
    past = known(inputs, link, before)
    if len(past) < FEWEST:
        return Swing(actual)
    usual = median(week.value for week in past)
    noise = _spread(past, usual) ** 2 * (1 / len(weeks) + MEDIAN_COST / len(past))
    season, unsure = _season(inputs, link, year)
    reference = usual * season
    if reference <= 0:
        return Swing(actual)
    z = (actual / reference - 1) / sqrt(noise + unsure)
    return Swing(actual, reference, z, season)


@dataclass(frozen=True, slots=True)
class Years:
    """The same weeks one year earlier: of the month, and of the weeks before it."""

    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """A known week of a link; without a denominator the rate is the count itself."""

    numerator: float
    denominator: float | None

    @property
    def value(self) -> float:
        """The rate, or the count."""
        return self.numerator if self.denominator is None else self.numerator / self.denominator


def known(inputs: ChainInputs, link: Link, weeks: Sequence[str]) -> list[Week]:
    """The weeks that have all their numbers and something to divide by."""
    found = []
    for week in weeks:
        above = inputs.count(link.numerator or link.absolute, week)
        below = inputs.count(link.denominator, week) if link.denominator else None
        if above.value is None or above.partial or (below and (not below.value or below.partial)):
            continue
        found.append(Week(above.value, below.value if below else None))
    return found


def pooled(weeks: Sequence[Week]) -> float:
    """Σ numerators / Σ denominators, or the mean count of a week."""
    below = fsum(week.denominator or 0.0 for week in weeks)
    return fsum(week.numerator for week in weeks) / (below or len(weeks))


def _spread(weeks: Sequence[Week], usual: float) -> float:
    """The relative swing of one week."""
    if usual <= 0:
        return 1.0
    seen = MAD * median(abs(week.value - usual) for week in weeks) / usual
    by_chance = 1 / sqrt(max(fsum(week.numerator for week in weeks) / len(weeks), 1.0))
    return max(seen, by_chance)


def _season(inputs: ChainInputs, link: Link, year: Years) -> tuple[float, float]:
    """What the same weeks of last year did against those before them, and how unsure that is (squared)."""
    now, before = known(inputs, link, year.now), known(inputs, link, year.before)
    if len(now) < FEWEST or len(before) < FEWEST:
        return 1.0, 0.0
    usual, then = median(week.value for week in before), pooled(now)
    if usual <= 0 or then <= 0:
        return 1.0, 0.0
    season, unsure = then / usual, _spread(before, usual) ** 2 * (1 / len(now) + MEDIAN_COST / len(before))
    # A season that chance could have made is none: taking it out would only add last year's noise.
    return (season, unsure) if abs(season - 1) > SEASONAL * sqrt(unsure) else (1.0, 0.0)
