"""Scorecard arithmetic (R037, R168): lines, points, score, the weakest line, balance.

Everything here is plain Python over numbers that are already known, so that an edited target re-scores
in microseconds (R038).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.score import Balance, Scorecard, ScoreLine
from kpi_tui.definitions.answers.value import Number, Reason, Value
from kpi_tui.definitions.bonus import BonusRule
from kpi_tui.definitions.library.metric import Better, Kind, Metric
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import Line, Role
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Setting
from kpi_tui.scoring.attainment import CAP, at_target, attainment, default_method
from kpi_tui.scoring.bonus import bonus_of, paid
from kpi_tui.scoring.posts import HeldLine, Post, post_of
from kpi_tui.scoring.total_score import total_of


@dataclass(frozen=True, slots=True)
class Actuals:
    """What is known of the metrics by id: this period's value, the last one's, its doubts, the trend (oldest first)."""

    values: Mapping[str, Value]
    previous: Mapping[str, float | None] = field(default_factory=dict)
    trends: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    doubts_before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """What scoring needs of the workspace."""

    metrics: Mapping[str, Metric]
    north_star: str = ""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    bonus: BonusRule = field(default_factory=BonusRule)

    @property
    def cap(self) -> float:
        """Setting `attainment_cap` (default 2.0, R037)."""
        return float(self.settings.get("attainment_cap", CAP))


def build(
    role: Role | Post,
    period: Period,
    actuals: Actuals,
    targets: Mapping[TargetKey, Target],
    rules: Rules,
    previous_score: float | None = None,
) -> Scorecard:
    """The scorecard of a role, or of a person's joined roles (`combine`).

    The north star is always a line (weight 0 when the role does not hold it, R032). The bonus is unknown while a
    weighted line is. What the lines add up to: `total_score.py`.
    """
    post = role if isinstance(role, Post) else post_of(role)
    lines = tuple(_line(held, period, actuals, targets, rules) for held in _with_north_star(post, rules.north_star))
    weighted = [line for line in lines if line.weight > 0]
    total = total_of(weighted)
    return Scorecard(
        role=post.id,
        period=period,
        lines=lines,
        score=total.score,
        possible=total.possible,
        weakest=weakest(lines),
        bonus=paid(
            bonus_of(rules.bonus, total.score, total.possible, complete=total.complete),
            post.bonus_base,
            rules.bonus.grain,
            period,
        ),
        balance=_balance(weighted, rules.metrics),
        previous_score=previous_score,
    )


def rescore(card: Scorecard, role: Role | Post, targets: Mapping[TargetKey, Target], rules: Rules) -> Scorecard:
    """The same actuals against other targets (R038). Microseconds; nothing is read or computed anew."""
    actuals = Actuals(
        {line.metric: line.actual for line in card.lines},
        {line.metric: line.previous for line in card.lines},
        {line.metric: line.trend for line in card.lines},
        {line.metric: line.doubts_before for line in card.lines},
    )
    found = build(role, card.period, actuals, targets, rules, card.previous_score)
    return replace(found, doubts_before=card.doubts_before)


def weakest(lines: Iterable[ScoreLine]) -> str | None:
    """The metric whose return to target would add most points; at a tie the lower attainment, then the order."""
    behind = [line for line in lines if line.gain_if_met]
    if not behind:
        return None
    return min(behind, key=lambda line: (-round(line.gain_if_met or 0.0, 9), line.attainment or 0.0)).metric


def paced(card: Scorecard, paces: Sequence[Pace], metrics: Mapping[str, Metric]) -> Scorecard:
    """A card with where its lines will end: one that is on pace is no weak line, though its period is not over."""
    card = replace(card, paces=tuple(paces))
    late = [line for line in card.lines if _state(line, card, metrics) not in ("ahead", "within")]
    return replace(card, weakest=weakest(late))


def _state(line: ScoreLine, card: Scorecard, metrics: Mapping[str, Metric]) -> str | None:
    pace, metric = card.pace(line.metric), metrics.get(line.metric)
    if pace is None or metric is None or line.target is None:
        return None
    return pace.against(line.target.value, metric.better)


def _with_north_star(post: Post, north_star: str) -> tuple[HeldLine, ...]:
    """The lines of a post, and the north star at weight 0 when none of them is it (R032)."""
    if not north_star or any(held.line.metric == north_star for held in post.lines):
        return post.lines
    return (*post.lines, HeldLine(Line(north_star, 0.0), (post.id,)))


def _line(
    held: HeldLine, period: Period, actuals: Actuals, targets: Mapping[TargetKey, Target], rules: Rules
) -> ScoreLine:
    line, metric = held.line, rules.metrics.get(held.line.metric)
    better = metric.better if metric else Better.HIGHER
    owner = next((owner for owner in held.owners if TargetKey(owner, line.metric) in targets), held.roles[0])
    target = targets.get(TargetKey(owner, line.metric))
    actual = actuals.values.get(line.metric) or Value(
        line.metric, period, None, Reason.ERROR, say("this metric was not computed")
    )
    reached = _attained(line, actual, target, better, rules.cap)
    known = reached.value is not None
    return ScoreLine(
        metric=line.metric,
        role=owner,
        actual=actual,
        target=target,
        attainment=reached.value,
        method=str(line.method or default_method(better)),
        weight=line.weight,
        points=line.weight * reached.value if reached.value is not None else None,
        reason=None if known else reached.reason,
        detail="" if known else reached.detail,
        gain_if_met=_gain(line, reached.value),
        previous=actuals.previous.get(line.metric),
        trend=tuple(actuals.trends.get(line.metric, ())),
        north_star=line.metric == rules.north_star,
        doubts_before=actuals.doubts_before.get(line.metric, ()),
    )


def _attained(line: Line, actual: Value, target: Target | None, better: Better, cap: float) -> Number:
    if actual.value is None:
        return Number(None, actual.reason or Reason.ERROR, actual.detail)
    goal = target.value if target else None
    return attainment(line.method, actual.value, goal, line.options, line.steps, better, cap=cap)


def _gain(line: Line, reached: float | None) -> float | None:
    """Points that meeting the target would add; None when the attainment is unknown."""
    if reached is None:
        return None
    return line.weight * max(at_target(line.method, line.steps) - reached, 0.0)


def _balance(weighted: Sequence[ScoreLine], metrics: Mapping[str, Metric]) -> Balance:
    """How many weighted lines, and how much weight, are absolute figures and ratios (R073–R076)."""
    weights: dict[Kind, list[float]] = {Kind.ABSOLUTE: [], Kind.RATIO: []}
    for line in weighted:
        if line.metric in metrics:
            weights.setdefault(metrics[line.metric].kind, []).append(line.weight)
    absolute, ratio = weights[Kind.ABSOLUTE], weights[Kind.RATIO]
    return Balance(len(absolute), len(ratio), sum(absolute), sum(ratio))
