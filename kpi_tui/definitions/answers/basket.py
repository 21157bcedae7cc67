"""What baskets say: rules, hot and profitable things, pull pairs (R156, R157)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class Rule:
    """given → then, by counts of baskets."""

    given: tuple[str, ...]
    then: str
    together: int  # baskets with all of it
    given_count: int
    then_count: int
    baskets: int

    @property
    def support(self) -> float:
        """Baskets with everything, per basket."""
        return self.together / self.baskets

    @property
    def confidence(self) -> float:
        """Baskets with `given` that also hold `then`."""
        return self.together / self.given_count

    @property
    def lift(self) -> float:
        """Confidence against the plain frequency of `then`; above 1 = bought together more than by chance."""
        return float(self.exact_lift)

    @property
    def exact_lift(self) -> Fraction:
        """The lift as whole numbers give it, to be compared and ordered by."""
        return Fraction(self.together * self.baskets, self.given_count * self.then_count)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in a list: the product, its number, its share of all; no place where its number is not known."""

    place: int | None
    product: str
    value: Value
    share: float | None


@dataclass(frozen=True, slots=True)
class TopList:
    """The best products by units or profit, and the pairs by which the hottest pull the most profitable.

    `rests_on`: the whole of the list and the lines of the baskets, for what is doubtful about them; `unknown`: products
    without a number that are not among the rows.
    """

    kind: str  # units | profit
    period: Period
    rows: tuple[Ranked, ...]
    pulls: tuple[Rule, ...] = ()
    detail: str = ""  # why there are no pull pairs
    rests_on: tuple[Value, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class RuleList:
    """The first rules of a period, and how many there are in all; `rests_on`: the lines of the baskets."""

    period: Period
    rows: tuple[Rule, ...]
    count: int
    rests_on: tuple[Value, ...] = ()
