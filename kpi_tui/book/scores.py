"""Questions about scores (spec R033, R037): the Book asks its own numbers and its own targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kpi_tui.book.asks import Asks
from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.scoring.combine import Post
    from kpi_tui.scoring.scorecard import Rules

TREND = 6
"""Periods of a scorecard's trend, the current one included."""


class Scored(Asks, Protocol):
    """What scoring asks of the whole Book."""

    def saved_targets(self, period: Period) -> Mapping[TargetKey, Target]: ...
    def _post(self, role: str) -> Post: ...
    def _rules(self) -> Rules: ...


class ScoreQuestions:
    """The part of the Book that knows scorecards."""

    def scorecard(self: Scored, role: str, period: Period, *, progress: Progress | None = None) -> Scorecard:
        """Score of a role or of a person's joined roles (R033), pending edits included."""
        from kpi_tui.scoring.scorecard import Actuals, build

        post, rules = self._post(role), self._rules()
        metrics = list(dict.fromkeys([*(held.line.metric for held in post.lines), self.workspace.north_star]))
        metrics = [metric for metric in metrics if metric in self.workspace.metrics]
        rows: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self.values(metrics, period, last=TREND, progress=progress):
            rows[value.metric].append(value)

        def actuals(back: int) -> Actuals:
            return Actuals(
                {metric: row[-1 - back] for metric, row in rows.items()},
                {metric: None if row[-2 - back].partial else row[-2 - back].value for metric, row in rows.items()},
                {metric: _trend(row[: len(row) - back]) for metric, row in rows.items()},
            )

        before = period.previous()
        last = build(post, before, actuals(1), self.targets(before), rules)
        card = build(post, period, actuals(0), self.targets(period), rules, _complete_score(last))
        return replace(card, overview=tuple(self.values(_overview(self.workspace), period, progress=progress)))

    def rescore(self: Scored, card: Scorecard, *, saved: bool = False) -> Scorecard:
        """The same actuals against the targets as they stand now, pending edits included. Fast, no polars.

        With `saved`, against the targets as they stand in the file: the sheet shows what edits do to a score.
        """
        from kpi_tui.scoring.scorecard import rescore

        targets = self.saved_targets(card.period) if saved else self.targets(card.period)
        return replace(rescore(card, self._post(card.role), targets, self._rules()), overview=card.overview)

    def _post(self: Scored, role: str) -> Post:
        from kpi_tui.scoring.combine import combine, post_of

        workspace = self.workspace
        if role in workspace.roles:
            return post_of(workspace.roles[role])
        if role in workspace.people:
            return combine(workspace.people[role], workspace.roles)
        known = ", ".join([*workspace.roles, *workspace.people]) or say("none")
        raise UsageError(say("there is no role or person {role!r}; known: {known}", role=role, known=known))

    def _rules(self: Scored) -> Rules:
        from kpi_tui.scoring.scorecard import Rules

        workspace = self.workspace
        return Rules(workspace.metrics, workspace.north_star, workspace.settings, workspace.bonus)


def _overview(workspace: Workspace) -> list[str]:
    """The metrics of setting `overview` that the workspace has (R040)."""
    named = str(workspace.settings.get("overview", "")).replace(",", " ").split()
    return [metric for metric in named if metric in workspace.metrics]


def _trend(row: Sequence[Value]) -> tuple[float | None, ...]:
    """Values of whole periods, and the present one as it is: a part of a period says nothing beside whole ones."""
    return tuple(value.value if value is row[-1] or not value.partial else None for value in row)


def _complete_score(card: Scorecard) -> float | None:
    """A score fit for comparison: only when every line is known and complete."""
    whole = all(not line.actual.partial and line.points is not None for line in card.lines if line.weight)
    return card.score if whole else None
