"""The four steps of the method: what data and principles say to who plans, chooses and allocates (R012–R036)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import TYPE_CHECKING

from kpi_tui.book.design.preset_lines import PresetLines
from kpi_tui.definitions.answers.design.state import DesignFacts, DesignState, TargetsMet
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.answers.design.preset_role import PresetRole
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.role import Role
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

FULL = 100.0
"""The points of a role."""
BACK = 12
"""Periods before the one in view in which the present targets are tried."""


class Design:
    """Answers about definitions as they stand, pending edits included: `space` is the workspace with them."""

    def __init__(self, numbers: MetricNumbers, scores: Scores, targets: PeriodEdits) -> None:
        self._numbers = numbers
        self._scores = scores
        self._targets = targets
        self._preset_lines = PresetLines()

    def facts(self, space: Workspace, period: Period, *, progress: Progress | None = None) -> DesignFacts:
        """What each metric lacks, and the values of those that stand on a scorecard."""
        lacks = {metric: self._numbers.is_live(metric)[1] for metric in space.metrics}
        used = dict.fromkeys(line.metric for role in space.roles.values() for line in role.lines)
        live = [metric for metric in used if lacks.get(metric) == ""]
        values = self.values(live, period, progress=progress)
        return DesignFacts(period, lacks, values, self._targets.is_locked(period))

    def values(
        self, metrics: Sequence[str], period: Period, *, progress: Progress | None = None
    ) -> dict[str, tuple[Value, ...]]:
        """The values of these metrics in the period and the twelve before, oldest first."""
        rows: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self._numbers.values(list(rows), period, last=BACK + 1, progress=progress):
            rows[value.metric].append(value)
        return {metric: tuple(row) for metric, row in rows.items()}

    def state(self, space: Workspace, facts: DesignFacts) -> DesignState:
        """What the principles say, what roles lack of their presets, how often the present targets would have been
        met. Fast, no polars."""
        from kpi_tui.workspace.check.lint import advice

        found = [*advice(space), *self._preset_lines.advice(space, facts.lacks.get)]
        gaps = self._preset_lines.gaps(space, facts.lacks.get)
        return DesignState(facts, tuple(found), self._met(space, facts), gaps)

    def presets(self, space: Workspace) -> tuple[PresetRole, ...]:
        """The roles of the shipped presets as this workspace could have them (R035)."""
        from kpi_tui.book.design.preset_roles import preset_roles

        return preset_roles(space, {metric for metric in space.metrics if self._numbers.is_live(metric)[0]})

    def shifted(self, role: Role, metric: str, by: float) -> float:
        """The weight of a line with so many points more or less: at least 0, within the 100 of its role (R036)."""
        weight = next(line.weight for line in role.lines if line.metric == metric)
        left = FULL - fsum(line.weight for line in role.lines)
        return max(0.0, weight + (min(by, max(left, 0.0)) if by > 0 else by))

    def _met(self, space: Workspace, facts: DesignFacts) -> dict[TargetKey, TargetsMet]:
        """The backtest of every line that has a target in the period."""
        from kpi_tui.scoring.backtest import past_periods
        from kpi_tui.scoring.posts import post_of

        targets, rules = self._targets.of(facts.period), self._scores.rules(facts.period)
        found = {}
        for role in space.roles.values():
            post = post_of(role)
            for line in role.lines:
                target, row = targets.get(TargetKey(role.id, line.metric)), facts.values.get(line.metric)
                if target is None or row is None or line.metric not in space.metrics:
                    continue
                past = past_periods(post, line.metric, target.value, row[:-1], rules)
                known = sum(one.met is not None for one in past)
                found[TargetKey(role.id, line.metric)] = TargetsMet(sum(one.met is True for one in past), known)
        return found
