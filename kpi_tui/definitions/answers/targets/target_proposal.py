"""Targets that could be set, and what each would have meant in the periods before (the backtest)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.baseline import Band
    from kpi_tui.definitions.period import Period


class Basis(StrEnum):
    """What a proposed target rests on."""

    LAST = "last"  # the period before
    YEAR = "year"  # the same period of last year
    MEAN = "mean"  # of the last periods
    MEDIAN = "median"
    BAND = "band"  # the middle of what is usual
    BENCHMARK = "benchmark"
    GROWTH = "growth"  # the period before, raised by a share
    PARENT = "parent"  # the target of the longer period, split
    TREE = "tree"  # the target of the figure that it and others add up to, split


COMPARED = (Basis.LAST, Basis.YEAR, Basis.MEAN, Basis.MEDIAN, Basis.BENCHMARK, Basis.PARENT, Basis.TREE)
"""What is compared where no basis is asked for: growth needs a share, and a band's middle is its median."""


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """One period of a backtest: the actual, and the attainment the proposed target would have given; None: unknown."""

    period: Period
    actual: float | None
    attainment: float | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely the period to come meets the target, by how the metric changed from one period to the next before.

    `met` of `known` past changes, laid on the last known value, meet it. The next one is as likely to take any place
    among them, so that the odds lie between `least` = met / (known + 1) and `most` = (met + 1) / (known + 1); `share`
    is the middle of the two (a fraction). `low` … `high`: where the period to come ends in 8 of 10 cases, in the unit
    of the metric. None where too few changes are known, with `why`.
    """

    known: int = 0
    met: int = 0
    share: float | None = None
    least: float | None = None
    most: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class LineProposal:
    """A target for one line of a role; `value` None with `why`; with a value `why` says if it rests on less than asked.

    `floor` and `stretch` are the ends of the usual band, the worse and the better one; the target lies between them.
    `range` is what the period to come usually is. `past` is the backtest, oldest first, `odds` are of the next one.
    """

    metric: str
    weight: float
    basis: Basis
    value: float | None
    why: str = ""
    now: float | None = None
    floor: float | None = None
    stretch: float | None = None
    range: Band | None = None
    past: tuple[PastPeriod, ...] = ()
    odds: Odds = Odds()

    @property
    def known(self) -> int:
        """Past periods in which it is known whether the target would have been met."""
        return sum(one.met is not None for one in self.past)

    @property
    def met(self) -> int:
        """Past periods in which it would have been met."""
        return sum(one.met is True for one in self.past)


@dataclass(frozen=True, slots=True)
class PastScore:
    """What a role would have scored in a past period with the proposed targets; `effect` on the bonus, None unknown."""

    period: Period
    score: float | None
    possible: float
    effect: float | None


@dataclass(frozen=True, slots=True)
class BasisScores:
    """The scores that the targets of one basis would have given, were they the role's."""

    basis: Basis
    scores: tuple[PastScore, ...]

    @property
    def raised(self) -> int:
        """Periods with a raise of the bonus."""
        return sum(one.effect is not None and one.effect > 0 for one in self.scores)


@dataclass(frozen=True, slots=True)
class RoleProposal:
    """Proposed targets of a role's lines for a period, and the scores they would have given.

    `compared`: the same per basis, where there are several; a line that a basis says nothing of has no target then.
    """

    role: str
    period: Period
    lines: tuple[LineProposal, ...]
    scores: tuple[PastScore, ...] = ()
    compared: tuple[BasisScores, ...] = ()
