"""Proposed targets of a role, each with its backtest; nothing is written before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_tui.book.causes.baselines import WIDTH
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
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

BACK = 12
"""Periods of a backtest."""
PERIODS = 6  # of a mean, a median and a band


class TargetProposals:
    """Proposes, backtests, and sets what is accepted."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers, scores: Scores, targets: PeriodEdits) -> None:
        self._workspace = workspace
        self._numbers = numbers
        self._scores = scores
        self._targets = targets
        self._shares = TreeShares(workspace, numbers, targets)

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

        post, rules = self._scores.post(role, period), self._scores.rules(period)
        lines = [held.line for held in post.lines if held.line.metric in self._workspace.metrics]
        history = self._history([line.metric for line in lines], period, progress)
        made = [
            self._line(role, line.metric, period, basis, history[line.metric], periods, growth, split)
            for line in lines
            for basis in bases
            if basis is not Basis.TREE or len(bases) == 1 or self._shares.has_tree(line.metric)
        ]
        recent = {metric: row[-BACK:] for metric, row in history.items()}

        def scored(basis: Basis) -> tuple[PastScore, ...]:
            chosen = {one.metric: one.value for one in made if one.basis is basis and one.value is not None}
            return past_scores(post, chosen, recent, rules) if chosen else ()

        compared = tuple(BasisScores(basis, scored(basis)) for basis in dict.fromkeys(one.basis for one in made))
        scores = compared[0].scores if len(bases) == 1 and compared else ()
        return RoleProposal(role, period, tuple(made), scores, compared)

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

    def _line(
        self,
        role: str,
        metric: str,
        period: Period,
        basis: Basis,
        row: Sequence[Value],
        periods: int,
        growth: float,
        split: str,
    ) -> LineProposal:
        from kpi_tui.scoring.backtest import past_periods, whole_values
        from kpi_tui.scoring.proposed_target import Known, proposed

        post, rules = self._scores.post(role, period), self._scores.rules(period)
        known = self._workspace.metrics[metric]
        values = whole_values(row)
        band = self._band(values, period, periods)
        key = TargetKey(role, metric)
        share = self._shares.share(key, period, periods) if basis is Basis.TREE else (None, "")
        found = Known(values, band, self._parent(key, period), self._numbers.adds_up(known), split, share)
        value, why = proposed(known, period, basis, found, periods=periods, growth=growth)
        weight = next(held.line.weight for held in post.lines if held.line.metric == metric)
        worse, best = (_possible(band.low, values), band.high) if band else (None, None)
        if known.better is Better.LOWER:
            worse, best = best, worse
        now = self._targets.of(period).get(TargetKey(role, metric))
        past = past_periods(post, metric, value, row[-BACK:], rules) if value is not None else ()
        return LineProposal(metric, weight, basis, value, why, now.value if now else None, worse, best, band, past)

    def _band(self, values: Mapping[Period, float], period: Period, periods: int) -> Band | None:
        from kpi_tui.analysis.baseline import LEAST, robust_band

        recent = [values[one] for back in range(periods, 0, -1) if (one := period.previous(back)) in values]
        width = self._workspace.number("baseline_width", WIDTH)
        return robust_band(recent, width) if len(recent) >= LEAST else None

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


def _possible(low: float, values: Mapping[Period, float]) -> float:
    """The lower end of a band that would go below 0, of a number that has never been there, is 0."""
    return max(low, 0.0) if all(value >= 0 for value in values.values()) else low
