"""Contributions of factors to a change, by the method asked for, with LMDI beside it as a check."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi_tui.analysis.causes.lmdi import lmdi
from kpi_tui.analysis.causes.shapley import Evaluate, Undefined, shapley
from kpi_tui.analysis.causes.substitution import substitution
from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.definitions.answers.value import Reason, Value, unfinished
from kpi_tui.definitions.message import say

CLOSE = 1e-6
"""Relative gap up to which a formula counts as reproducing its metric; beyond, its parts explain another number."""


@dataclass(frozen=True, slots=True)
class FormulaChange:
    """What is decomposed: a formula over factors at two periods. Factors that are None are unknown."""

    formula: str
    evaluate: Evaluate
    before: Mapping[str, float | None]
    after: Mapping[str, float | None]
    method: str = "shapley"
    order: Sequence[str] = ()
    most: int = 10


def explain(subject: str, now: Value, before: Value, question: FormulaChange) -> Drivers:
    """The change of `subject` split over its factors, or the reason why it cannot be."""
    order = tuple(question.order) or tuple(question.before)
    known = now.value is not None and before.value is not None and not (now.partial or before.partial)
    change = (now.value or 0.0) - (before.value or 0.0) if known else None
    made = Drivers(subject, question.formula, question.method, now, before, change, order=order)
    why = _unknown(now, before, question)
    if why is not None:
        return _without(made, question, *why)
    old, new = _known(question.before), _known(question.after)
    for values, value in ((old, before), (new, now)):
        if not reproduces(question.evaluate(values), value.value):
            return _without(made, question, Reason.NOT_APPLICABLE, another_number(value))
    check, check_detail = _check(question, old, new)
    try:
        parts = _parts(question, old, new, order)
    except Undefined as undefined:
        return _without(made, question, Reason.NOT_APPLICABLE, str(undefined))
    drivers = tuple(Driver(name, old[name], new[name], parts[name], check.get(name)) for name in old)
    return replace(made, drivers=drivers, check_detail=check_detail)


def _parts(
    question: FormulaChange, old: Mapping[str, float], new: Mapping[str, float], order: Sequence[str]
) -> dict[str, float]:
    if question.method == "lmdi":
        return lmdi(question.formula, old, new)
    if question.method == "substitution":
        return substitution(question.evaluate, old, new, order)
    return shapley(question.evaluate, old, new, question.most)


def _check(question: FormulaChange, old: Mapping[str, float], new: Mapping[str, float]) -> tuple[dict[str, float], str]:
    """The same by LMDI, or why not."""
    try:
        return lmdi(question.formula, old, new), ""
    except Undefined as undefined:
        return {}, str(undefined)


def not_comparable(now: Value, before: Value) -> tuple[Reason, str] | None:
    """Why two values cannot be set against each other, if so."""
    for value in (before, now):
        if value.value is None:
            said = say("{metric} has no value at {period}", metric=value.metric, period=value.period.said)
            return value.reason or Reason.ERROR, say(
                "{said}: {detail}", said=said, detail=value.detail
            ) if value.detail else said
        if value.late:
            return Reason.NO_DATA, say(
                "the data begin inside {period}: it has no whole to compare", period=value.period.said
            )
        if value.partial:
            return Reason.PENDING, say("{said}; compare spans of the same days instead", said=unfinished(value))
    return None


def _unknown(now: Value, before: Value, question: FormulaChange) -> tuple[Reason, str] | None:
    if why := not_comparable(now, before):
        return why
    for values, period in ((question.before, before.period), (question.after, now.period)):
        if missing := [name for name, number in values.items() if number is None]:
            return Reason.NO_DATA, say("{metric} has no value at {period}", metric=missing[0], period=period.said)
    if set(question.before) != set(question.after):
        return Reason.NOT_APPLICABLE, say("the two periods are not made of the same factors")
    return None


def reproduces(result: float | None, value: float | None) -> bool:
    """Whether a formula over its factors gives the value it is to explain."""
    return result is not None and value is not None and math.isclose(result, value, rel_tol=CLOSE, abs_tol=1e-9)


def another_number(value: Value) -> str:
    """What is said where it does not."""
    return say("the formula does not give the value of {period} from its factors", period=value.period.said)


def _known(values: Mapping[str, float | None]) -> dict[str, float]:
    return {name: number for name, number in values.items() if number is not None}


def _without(made: Drivers, question: FormulaChange, reason: Reason, detail: str) -> Drivers:
    """Factors with their values, but no contributions."""
    names = dict.fromkeys((*question.before, *question.after))
    drivers = tuple(Driver(name, question.before.get(name), question.after.get(name), None) for name in names)
    return replace(made, drivers=drivers, reason=reason, detail=detail)
