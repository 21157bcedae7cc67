"""What a number is to every role and person that has a target of its metric: the target, how much of it is attained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.role import role_and_value

if TYPE_CHECKING:
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.answers.score import ScoreLine
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.scoring.posts import Post
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class TargetsOfMetric:
    """Scores one value without the cards it stands on."""

    def __init__(self, scores: Scores, targets: PeriodEdits) -> None:
        self._scores, self._targets = scores, targets

    def of(self, value: Value) -> tuple[ScoreLine, ...]:
        """The line of each post, `role` being the post's; `value` is of all rows, so no value of a role is asked."""
        from kpi_tui.scoring.scorecard import Actuals, build

        metric, period = value.metric, value.period
        targets, rules = self._targets.of(period), self._scores.rules(period)
        posts = [post for owner in self._owners(value) if (post := self._alone(owner, value)) is not None]
        cards = [build(post, period, Actuals({metric: value}), targets, rules) for post in posts]
        return tuple(replace(line, role=card.role) for card in cards for line in card.lines if line.metric == metric)

    def _owners(self, value: Value) -> list[str]:
        owners = dict.fromkeys(key.role for key in self._targets.of(value.period) if key.metric == value.metric)
        return [owner for owner in owners if role_and_value(owner)[1] is None]

    def _alone(self, owner: str, value: Value) -> Post | None:
        """The post with the line of this metric alone; None for a chain, and for a role that does not count then."""
        try:
            post = self._scores.post(owner, value.period)
        except UsageError:
            return None
        lines = tuple(one for one in post.lines if one.line.metric == value.metric)
        return replace(post, lines=lines) if lines else None
