"""One line's proposed target: what it rests on, its bounds, its backtest, the odds of the period to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_tui.book.causes.baselines import WIDTH
from kpi_tui.definitions.answers.baseline import Band
from kpi_tui.definitions.answers.targets.target_proposal import Basis, LineProposal, Odds
from kpi_tui.definitions.library.metric import Better, Metric
from kpi_tui.definitions.period import GRAINS, Period
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.targets.tree_shares import TreeShares
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.role import Line
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.scoring.posts import Post
    from kpi_tui.scoring.proposed_target import Known
    from kpi_tui.scoring.scorecard import Rules
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

BACK = 12
"""Periods of a backtest, and those that the odds are told by."""


@dataclass(frozen=True, slots=True)
class ProposalAsked:
    """For whom and when, by which definitions, and how it is proposed."""

    role: str
    period: Period
    post: Post
    rules: Rules
    space: Workspace
    periods: int
    growth: float
    split: str


class LineProposals:
    """Proposals for the lines of one role; `row`: the values of the periods before, oldest first."""

    def __init__(self, asked: ProposalAsked, shares: TreeShares, numbers: MetricNumbers, targets: PeriodEdits) -> None:
        self._asked, self._shares, self._numbers, self._targets = asked, shares, numbers, targets

    def of(self, line: Line, basis: Basis, row: Sequence[Value]) -> LineProposal:
        """Target, floor and stretch, backtest and odds; without a target the reason."""
        from kpi_tui.scoring.backtest import past_periods, whole_values
        from kpi_tui.scoring.proposed_target import possible, rounded

        asked, metric = self._asked, self._asked.space.metrics[line.metric]
        values = whole_values(row)
        bounds = possible(metric, values.values())
        value, why = self._proposed(metric, asked.period, basis, values)
        band = _band(values, asked.period, asked)
        band = band.within(*bounds) if band else None
        ends = _ends(band, value, metric.better)
        floor, stretch = (None if end is None else rounded(end, metric.unit, values.values()) for end in ends)
        now = self._targets.of(asked.period).get(TargetKey(asked.role, line.metric))
        past = past_periods(asked.post, line.metric, value, row[-BACK:], asked.rules) if value is not None else ()
        odds = self._odds(metric, value, values) if value is not None else Odds()
        now_value = now.value if now else None
        return LineProposal(line.metric, line.weight, basis, value, why, now_value, floor, stretch, band, past, odds)

    def _proposed(
        self, metric: Metric, period: Period, basis: Basis, values: Mapping[Period, float]
    ) -> tuple[float | None, str]:
        """What the basis proposes for a period with these values known."""
        from kpi_tui.scoring.proposed_target import Known, proposed

        asked, key = self._asked, TargetKey(self._asked.role, metric.id)
        share = self._shares.share(key, period, asked.periods) if basis is Basis.TREE else (None, "")
        band = _band(values, period, asked) if basis is Basis.BAND else None
        parent = self._parent(key, period) if basis is Basis.PARENT else None
        found: Known = Known(values, band, parent, self._numbers.adds_up(metric), asked.split, share)
        return proposed(metric, period, basis, found, periods=asked.periods, growth=asked.growth)

    def _odds(self, metric: Metric, target: float, values: Mapping[Period, float]) -> Odds:
        """Of a target, whatever it rests on: all bases are held against one forecast, so that no higher mark is said to
        be met more often than a lower one."""
        from kpi_tui.scoring.backtest import meets
        from kpi_tui.scoring.proposal_odds import odds_of
        from kpi_tui.scoring.proposed_target import possible, rounded

        asked = self._asked
        last = next((values[one] for one in _back(asked.period) if one in values), None)

        def is_met(actual: float) -> bool | None:
            return meets(asked.post, metric.id, actual, target, asked.rules)

        found = odds_of(last, list(_changes(asked.period, values)), is_met, possible(metric, values.values()))
        if found.low is None or found.high is None:
            return found
        low, high = (rounded(end, metric.unit, values.values()) for end in (found.low, found.high))
        return replace(found, low=low, high=high)

    def _parent(self, key: TargetKey, period: Period) -> tuple[Period, float] | None:
        """The shortest longer period that holds this one and has a target of the cell."""
        if period.grain not in GRAINS:
            return None
        for grain in GRAINS[GRAINS.index(period.grain) + 1 :]:
            longer = period.around(period.start, grain)
            target = self._targets.of(longer).get(key)
            if target is not None:
                return longer, target.value
        return None


def _back(period: Period) -> Iterator[Period]:
    """The periods before, the nearest first, as far back as odds are told by."""
    return (period.previous(count) for count in range(1, BACK + 1))


def _changes(period: Period, values: Mapping[Period, float]) -> Iterator[tuple[float, float]]:
    """Of the last twelve periods that are known: the value as long before each as the last one is now, and its own."""
    ahead = next((count for count, one in enumerate(_back(period), 1) if one in values), 0)
    for past in _back(period):
        before = past.previous(ahead)
        if ahead and past in values and before in values:
            yield values[before], values[past]


def _band(values: Mapping[Period, float], period: Period, asked: ProposalAsked) -> Band | None:
    from kpi_tui.analysis.baseline import LEAST, robust_band

    back = (period.previous(count) for count in range(asked.periods, 0, -1))
    recent = [values[one] for one in back if one in values]
    width = asked.space.number("baseline_width", WIDTH)
    return robust_band(recent, width) if len(recent) >= LEAST else None


def _ends(band: Band | None, value: float | None, better: Better) -> tuple[float | None, float | None]:
    """Floor and stretch: the worse and the better end of the band, neither on the wrong side of the target."""
    if band is None:
        return None, None
    low, high = (band.low, band.high) if value is None else (min(band.low, value), max(band.high, value))
    return (high, low) if better is Better.LOWER else (low, high)
