"""Proposed targets of a role, each with its backtest; nothing is written before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.book.causes.baselines import WIDTH
from kpi_tui.book.editing.definitions import Definitions
from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.book.scores import Scores
from kpi_tui.book.targets.tree_shares import TreeShares
from kpi_tui.definitions.answers.baseline import Band
from kpi_tui.definitions.answers.targets.target_proposal import (
    Basis,
    BasisScores,
    LineProposal,
    PastScore,
    RoleProposal,
)
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.period import GRAINS, Grain, Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.role import Line
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.scoring.posts import Post
    from kpi_tui.scoring.scorecard import Rules
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

BACK = 12
"""Periods of a backtest."""
PERIODS = 6  # of a mean, a median and a band


class TargetProposals:
    """Proposes, backtests, and sets what is accepted, for roles as they stand with the unsaved edits."""

    def __init__(self, definitions: Definitions, numbers: MetricNumbers, targets: PeriodEdits) -> None:
        self._definitions = definitions
        self._numbers = numbers
        self._targets = targets

    def of(
        self,
        role: str,
        period: Period,
        bases: Sequence[Basis],
        *,
        periods: int = PERIODS,
        growth: float = 0.0,
        split: str = "",
        progress: Progress | None = None,
    ) -> RoleProposal:
        """A proposal per line and basis; with one basis the scores all of them would have given, else those of each.

        `split`: how a longer period's target is split, `shape` or `days`; unless said by last year's shape where that
        is known. UsageError for a role or person nobody knows.
        """
        from kpi_tui.scoring.backtest import past_scores

        space = self._definitions.workspace()
        scores = Scores(space, self._numbers, self._targets)
        post, rules = scores.post(role, period), scores.rules(period)
        lines = [held.line for held in post.lines if held.line.metric in space.metrics]
        history = self._history([line.metric for line in lines], period, progress)
        shares = TreeShares(space, self._numbers, self._targets)
        asked = _Asked(role, period, post, rules, space, shares, periods, growth, split)
        made = [
            self._line(asked, line, basis, history[line.metric])
            for line in lines
            for basis in bases
            if basis is not Basis.TREE or len(bases) == 1 or shares.has_tree(line.metric)
        ]
        recent = {metric: row[-BACK:] for metric, row in history.items()}

        def scored(basis: Basis) -> tuple[PastScore, ...]:
            chosen = {one.metric: one.value for one in made if one.basis is basis and one.value is not None}
            return past_scores(post, chosen, recent, rules) if chosen else ()

        compared = tuple(BasisScores(basis, scored(basis)) for basis in dict.fromkeys(one.basis for one in made))
        alone = compared[0].scores if len(bases) == 1 and compared else ()
        return RoleProposal(role, period, tuple(made), alone, compared)

    def take(self, period: Period, chosen: Mapping[TargetKey, LineProposal]) -> int:
        """Pending edits that set these proposals; how many cells changed."""
        cells = {key: one.value for key, one in chosen.items() if one.value is not None}
        said = ", ".join(dict.fromkeys(str(one.basis) for one in chosen.values()))
        return self._targets.set_all({period.id: cells}, f"proposed: {said}")

    def accept(self, proposal: RoleProposal) -> int:
        """Pending edits that set every proposed target; how many cells changed."""
        return self.take(proposal.period, {TargetKey(proposal.role, one.metric): one for one in proposal.lines})

    def _history(self, metrics: Sequence[str], period: Period, progress: Progress | None) -> dict[str, list[Value]]:
        """Values of the periods before, oldest first: as far back as last year's shape of a longer period needs."""
        back = {Grain.WEEK: 54, Grain.MONTH: 24}.get(period.grain, BACK)
        rows: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self._numbers.values(list(rows), period.previous(), last=back, progress=progress):
            rows[value.metric].append(value)
        return rows

    def _line(self, asked: _Asked, line: Line, basis: Basis, row: Sequence[Value]) -> LineProposal:
        from kpi_tui.scoring.backtest import past_periods, whole_values
        from kpi_tui.scoring.proposed_target import Known, proposed

        period, known = asked.period, asked.space.metrics[line.metric]
        values = whole_values(row)
        band = _band(values, asked)
        key = TargetKey(asked.role, line.metric)
        share = asked.shares.share(key, period, asked.periods) if basis is Basis.TREE else (None, "")
        found = Known(values, band, self._parent(key, period), self._numbers.adds_up(known), asked.split, share)
        value, why = proposed(known, period, basis, found, periods=asked.periods, growth=asked.growth)
        worse, best = (_possible(band.low, values), band.high) if band else (None, None)
        if known.better is Better.LOWER:
            worse, best = best, worse
        now = self._targets.of(period).get(key)
        past = past_periods(asked.post, line.metric, value, row[-BACK:], asked.rules) if value is not None else ()
        return LineProposal(
            line.metric, line.weight, basis, value, why, now.value if now else None, worse, best, band, past
        )

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """For whom and when, by which definitions, and how it is proposed."""

    role: str
    period: Period
    post: Post
    rules: Rules
    space: Workspace
    shares: TreeShares
    periods: int
    growth: float
    split: str


def _band(values: Mapping[Period, float], asked: _Asked) -> Band | None:
    from kpi_tui.analysis.baseline import LEAST, robust_band

    back = (asked.period.previous(count) for count in range(asked.periods, 0, -1))
    recent = [values[one] for one in back if one in values]
    width = asked.space.number("baseline_width", WIDTH)
    return robust_band(recent, width) if len(recent) >= LEAST else None


def _possible(low: float, values: Mapping[Period, float]) -> float:
    """The lower end of a band that would go below 0, of a number that has never been there, is 0."""
    return max(low, 0.0) if all(value >= 0 for value in values.values()) else low
