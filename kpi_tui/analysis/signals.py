"""Which signals of a metric a series of its values gives (R118, R121, R150, R160, R161)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.metric import Signal
from kpi_tui.definitions.workspace import Setting

Compare = Callable[[float, float], bool]
_COMPARISONS: Mapping[str, Compare] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_DIRECTIONS: Mapping[str, Compare] = {"rising": operator.lt, "falling": operator.gt}


def signals_given(
    signals: Sequence[Signal], values: Sequence[Value], settings: Mapping[str, Setting]
) -> tuple[Signal, ...]:
    """The signals that the last of some values gives. `values`: one metric and segment, oldest first, without gaps.

    A period that is not over is not judged.
    """
    return tuple(signal for signal in signals if values and _holds(signal, values[-signal.periods :], settings))


def _holds(signal: Signal, values: Sequence[Value], settings: Mapping[str, Setting]) -> bool:
    if len(values) < signal.periods or any(value.partial for value in values):
        return False
    if signal.op == "none":
        return all(value.reason is Reason.ZERO_DENOMINATOR for value in values)
    known = [value.value for value in values if value.value is not None]
    if len(known) < signal.periods:
        return False
    if step := _DIRECTIONS.get(signal.op):
        return all(step(before, now) for before, now in pairwise(known))
    limit = settings[signal.value] if isinstance(signal.value, str) else signal.value
    return all(_COMPARISONS[signal.op](number, float(limit)) for number in known)
