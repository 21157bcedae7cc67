"""Sequential substitution (连环替代): factors replaced one after the other in a declared order.

The result depends on the order, which is why it is declared; quantity before quality is the usual one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.analysis.shapley import Evaluate, Undefined


def substitution(
    evaluate: Evaluate, before: Mapping[str, float], after: Mapping[str, float], order: Sequence[str]
) -> dict[str, float]:
    """Contribution per factor; they sum to the change. Undefined when a step has no result."""
    mix = dict(before)
    last = _result(evaluate, mix, "the old period")
    found = dict.fromkeys(before, 0.0)
    for name in order:
        mix[name] = after[name]
        result = _result(evaluate, mix, f"{name} replaced")
        found[name], last = result - last, result
    return found


def _result(evaluate: Evaluate, mix: Mapping[str, float], step: str) -> float:
    result = evaluate(mix)
    if result is None:
        raise Undefined(f"the formula has no value after the step: {step}")
    return result
