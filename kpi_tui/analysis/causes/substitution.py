"""Sequential substitution (连环替代): factors replaced one after the other in a declared order.

The result depends on the order, which is why it is declared; quantity before quality is the usual one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.analysis.causes.shapley import Evaluate, Undefined
from kpi_tui.definitions.message import say


def substitution(
    evaluate: Evaluate, before: Mapping[str, float], after: Mapping[str, float], order: Sequence[str]
) -> dict[str, float]:
    """Contribution per factor; they sum to the change. Undefined when a step has no result."""
    mix = dict(before)
    last = _result(evaluate, mix, say("the old period"))
    found = dict.fromkeys(before, 0.0)
    for name in order:
        mix[name] = after[name]
        result = _result(evaluate, mix, say("{name} replaced", name=name))
        found[name], last = result - last, result
    return found


def _result(evaluate: Evaluate, mix: Mapping[str, float], step: str) -> float:
    result = evaluate(mix)
    if result is None:
        raise Undefined(say("the formula has no value after the step: {step}", step=step))
    return result
