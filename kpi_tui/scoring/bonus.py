"""The performance bonus (绩效奖金): a step table over the share of points reached (R010, R011)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kpi_tui.definitions.answers.score import Bonus
from kpi_tui.definitions.bonus import BonusRule
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import Person, Role
from kpi_tui.scoring.attainment import EPSILON

ADJUST = "adjust"


def bonus_of(rule: BonusRule, score: float | None, possible: float, *, complete: bool = True) -> Bonus:
    """Effect of `score` out of `possible` points; unknown (None) while any weighted line is unknown.

    deduct: the highest step reached (R010). adjust: below 1 the targets are up for review and no money
    moves, from 1 on the table holds (R011). A share below every step changes nothing.
    """
    if score is None or possible <= 0 or not complete:
        return Bonus(rule.mode, None)
    share = score / possible
    if rule.mode == ADJUST and share < 1.0 - EPSILON:
        return Bonus(rule.mode, None, review=True)
    reached = [step for step in rule.steps if share >= step.attainment - EPSILON]
    effect = max(reached, key=lambda step: step.attainment).effect if reached else 0.0
    return Bonus(rule.mode, effect)


def base_of(person: Person, roles: Iterable[Role]) -> float | None:
    """The money a person's bonus is reckoned from: their own, else that of the first role that has one."""
    bases = (person.bonus_base, *(role.bonus_base for role in roles))
    return next((base for base in bases if base is not None), None)


def paid(bonus: Bonus, base: float | None, grain: Grain, period: Period) -> Bonus:
    """The bonus with what it means in money: base × effect. `grain`: how long a period the base is for (R010)."""
    if base is None:
        return bonus
    if period.grain != grain:
        return replace(bonus, base=base, why=say("the bonus base is for a {grain}", grain=grain.word))
    if bonus.review:
        return replace(bonus, base=base, why=say("targets to be reviewed, no money moves"))
    if bonus.effect is None:
        return replace(bonus, base=base, why=say("the score is not complete"))
    return replace(bonus, base=base, money=base * bonus.effect)
