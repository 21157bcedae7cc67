"""Scorecards as the screens and commands show them (R037, R168)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_tui.definitions.change import changed

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.baseline import Band, Pace
    from kpi_tui.definitions.answers.value import Reason, Value
    from kpi_tui.definitions.edit import Change
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.quantity import Quantity
    from kpi_tui.definitions.target import Target

TREND = 6
"""Periods of a scorecard's trend, the current one included."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One metric of a scorecard. `points` = weight × attainment, on a scale where weights sum to 100.

    `doubts_before`: what is doubtful about the number of the period before, and is not about this one's.
    """

    metric: str
    role: str
    actual: Value
    target: Target | None
    attainment: float | None
    method: str
    weight: float
    points: float | None
    reason: Reason | None
    detail: str
    gain_if_met: float | None
    previous: float | None
    trend: tuple[float | None, ...]
    north_star: bool = False
    doubts_before: tuple[str, ...] = ()

    @property
    def for_orientation(self) -> bool:
        """The north star of a post that does not hold it: shown, not scored, without a target of its own (R032)."""
        return self.north_star and not self.weight

    @property
    def change(self) -> Quantity | None:
        """By how much it moved against the period before; None when it cannot be known."""
        return None if self.actual.partial else changed(self.previous, self.actual.value, self.actual.unit)

    @property
    def change_doubts(self) -> tuple[str, ...]:
        """What is doubtful about the change and not said of the actual; nothing where there is no change."""
        return self.doubts_before if self.change is not None else ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Absolute and ratio lines of a scorecard (R073, R074): both kinds, or one kind only."""

    absolute: int
    ratio: int
    absolute_weight: float = 0.0
    ratio_weight: float = 0.0

    @property
    def absolute_share(self) -> float | None:
        """Part of the weight that lies on absolute figures (R076)."""
        whole = self.absolute_weight + self.ratio_weight
        return self.absolute_weight / whole if whole else None

    @property
    def ratio_share(self) -> float | None:
        """Part of the weight that lies on ratios."""
        share = self.absolute_share
        return None if share is None else 1 - share

    @property
    def verdict(self) -> str:
        """balanced | absolute_only | ratio_only | empty"""
        if self.absolute and self.ratio:
            return "balanced"
        return "absolute_only" if self.absolute else "ratio_only" if self.ratio else "empty"


@dataclass(frozen=True, slots=True)
class Bonus:
    """Effect on the performance bonus (R010, R011); `effect` 0.1 = +10 %, None = unknown or review only.

    `base`: the money the post's bonus is reckoned from, in the workspace's currency, None where nobody says it;
    `money` = base × effect, None where it cannot be known: then `why` says it.
    """

    mode: str
    effect: float | None
    review: bool = False
    base: float | None = None
    money: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A role (or a person's joined roles) in one period.

    `doubts_before`: what is doubtful about the lines that the score before was made of, and is not about this one's.
    """

    role: str
    period: Period
    lines: tuple[ScoreLine, ...]
    score: float | None
    possible: float
    weakest: str | None
    bonus: Bonus
    balance: Balance
    previous_score: float | None = None
    overview: tuple[Value, ...] = ()  # what every operator knows, whatever the role (R040)
    late: tuple[Change, ...] = ()  # definitions changed after the period was over, which count in it (R009)
    paces: tuple[Pace, ...] = ()  # of a running period: where its lines will end
    doubts_before: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether something is to be said of a number that its score is made of."""
        return any(line.actual.notes or line.actual.left_out for line in self.lines if line.weight)

    def pace(self, metric: str) -> Pace | None:
        """Where a line will end; None where its period is over, or that cannot be said."""
        return next((one for one in self.paces if one.metric == metric and one.low is not None), None)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A team by its members, or a role by the values of its `per`: the parts best first, those without a score last.

    `score` is on the scale of 100, None where no part has one.
    """

    role: str
    period: Period
    cards: tuple[Scorecard, ...]
    score: float | None
    previous_score: float | None = None
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreHistory:
    """A role's (or person's) scorecards of several periods, oldest first; None where the role did not count.

    `bands`: metric -> what is usual for it by the whole periods before the last; without an entry too few are known.
    """

    role: str
    periods: tuple[Period, ...]
    cards: tuple[Scorecard | None, ...]
    bands: Mapping[str, Band] = field(default_factory=dict)

    def line(self, metric: str, place: int) -> ScoreLine | None:
        """The line of a metric at one of the periods."""
        card = self.cards[place]
        return next((line for line in card.lines if line.metric == metric), None) if card else None
