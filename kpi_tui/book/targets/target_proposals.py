"""Proposed targets of a role, each with its backtest; nothing is written before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_tui.book.editing.definitions import Definitions
from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.book.scores import Scores
from kpi_tui.book.targets.line_proposals import BACK, LineProposals, ProposalAsked
from kpi_tui.book.targets.tree_shares import TreeShares
from kpi_tui.definitions.answers.targets.target_proposal import (
    Basis,
    BasisScores,
    LineProposal,
    PastScore,
    RoleProposal,
)
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.period import GRAINS, Grain, Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

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
        history = self._history([line.metric for line in lines], period, periods, progress)
        shares = TreeShares(space, self._numbers, self._targets)
        asked = ProposalAsked(role, period, post, rules, space, periods, growth, split)
        proposals = LineProposals(asked, shares, self._numbers, self._targets)
        made = [
            proposals.of(line, basis, history[line.metric])
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
        said = listed(dict.fromkeys(str(one.basis) for one in chosen.values()))
        return self._targets.set_all({period.id: cells}, f"proposed: {said}")

    def accept(self, proposal: RoleProposal) -> int:
        """Pending edits that set every proposed target; how many cells changed."""
        return self.take(proposal.period, {TargetKey(proposal.role, one.metric): one for one in proposal.lines})

    def _history(
        self, metrics: Sequence[str], period: Period, periods: int, progress: Progress | None
    ) -> dict[str, list[Value]]:
        """Values of the periods before, oldest first: those of the backtest, and what each basis would have rested on
        then, the same period of the year before and the last year's shape of a longer period included.
        """
        from kpi_tui.scoring.data_beginning import as_begun

        back = max({Grain.WEEK: 66, Grain.QUARTER: 18, Grain.MONTH: 36}.get(period.grain, 24), BACK + periods)
        rows: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self._numbers.a_year_earlier(list(rows), _restated(period), progress):
            rows[value.metric].append(value)
        then: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self._numbers.values(list(rows), period.previous(), last=back, progress=progress):
            then[value.metric].append(value)
        return {metric: [*row, *as_begun(then[metric])] for metric, row in rows.items()}


def _restated(period: Period) -> list[Period]:
    """Of a period, those of its year and those of the backtest: the ones that stand beside days which are no period."""
    if period.grain not in GRAINS:
        return []
    year = period.around(period.start, Grain.YEAR)
    periods = [*year.split(period.grain), *(period.previous(back) for back in range(BACK + 1))]
    return [one for one in dict.fromkeys(periods) if one.a_year_earlier().grain is not one.grain]
