"""What targets would have meant in periods that are over: attainment, score and bonus, scored as today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.definitions.answers.targets.target_proposal import PastPeriod, PastScore
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.scoring.attainment import EPSILON, attainment
from kpi_tui.scoring.posts import Post
from kpi_tui.scoring.scorecard import Actuals, Rules, build


def past_scores(
    post: Post, targets: Mapping[str, float], history: Mapping[str, Sequence[Value]], rules: Rules
) -> tuple[PastScore, ...]:
    """Score and bonus per period, oldest first, of `targets` (metric -> value) on the actuals of `history`.

    A period counts when every weighted line of the post with a target is known and whole in it: an unknown line
    would make the bonus unknown too, and a part of a period is no period.
    """
    cells = {TargetKey(post.id, metric): Target(value) for metric, value in targets.items()}
    periods = dict.fromkeys(value.period for row in history.values() for value in row)
    found = []
    for period in periods:
        values = {value.metric: value for row in history.values() for value in row if value.period == period}
        card = build(post, period, Actuals(values), cells, rules)
        weighted = [line for line in card.lines if line.weight > 0]
        if all(line.points is not None and not line.actual.partial for line in weighted):
            found.append(PastScore(period, card.score, card.possible, card.bonus.effect))
    return tuple(found)


def past_periods(post: Post, metric: str, target: float, row: Sequence[Value], rules: Rules) -> tuple[PastPeriod, ...]:
    """Whether each period of a line would have met the target; unknown where it has no number or is not over."""
    found = []
    for value in row:
        if value.value is None or value.partial:
            found.append(PastPeriod(value.period, value.value, None, None))
            continue
        reached = _attained(post, metric, value.value, target, rules)
        found.append(PastPeriod(value.period, value.value, reached, _is_met(reached)))
    return tuple(found)


def meets(post: Post, metric: str, actual: float, target: float, rules: Rules) -> bool | None:
    """Whether an actual meets a target of a line; None where its method gives no attainment."""
    return _is_met(_attained(post, metric, actual, target, rules))


def _attained(post: Post, metric: str, actual: float, target: float, rules: Rules) -> float | None:
    line = next(held.line for held in post.lines if held.line.metric == metric)
    better = rules.metrics[metric].better
    return attainment(line.method, actual, target, line.options, line.steps, better, cap=rules.cap).value


def _is_met(reached: float | None) -> bool | None:
    return None if reached is None else reached >= 1.0 - EPSILON


def whole_values(row: Sequence[Value]) -> dict[Period, float]:
    """The numbers of periods that are over, by period."""
    return {value.period: value.value for value in row if value.value is not None and not value.partial}
