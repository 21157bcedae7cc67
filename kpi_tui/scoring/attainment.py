"""Attainment (达成率): how far an actual has met its target, by one named method per scorecard line.

Meaning of the signs, for every method alike: an attainment is never below 0. A negative target (a loss of
at most 100) is read in the mirror: with both signs turned the direction turns too, so a loss of 50 against
-100 is 100 / 50 = 2.0, and a loss of 200 is 0.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.message import say
from kpi_tui.definitions.role import Method

CAP = 2.0
"""Highest attainment when neither the line nor the setting `attainment_cap` (config/settings.toml) says otherwise
(R037)."""

EPSILON = 1e-9
"""Slack where a boundary decides, so that 0.1 + 0.2 reaches 0.3."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What a method sees. `cap` is the line's own `cap` option, else the setting."""

    actual: float
    target: float | None
    options: Mapping[str, float]
    steps: Sequence[tuple[float, float]]
    better: Better
    cap: float

    @property
    def goal(self) -> float:
        """The target, by a method that cannot do without one."""
        if self.target is None:
            raise _NoAttainment(Reason.NOT_APPLICABLE, say("no target set"))
        return self.target


class _NoAttainment(Exception):
    """There is no attainment; carries the reason."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.number = Number(None, reason, detail)


def default_method(better: Better) -> Method:
    """`inverse` where lower is better, else `ratio` (R037)."""
    return Method.INVERSE if better is Better.LOWER else Method.RATIO


def attainment(
    method: Method | None,
    actual: float,
    target: float | None,
    options: Mapping[str, float] | None = None,
    steps: Sequence[tuple[float, float]] = (),
    better: Better = Better.HIGHER,
    *,
    cap: float = CAP,
) -> Number:
    """Attainment as a share (1.0 = target met), or the reason why there is none (R037, R038).

    ratio      actual / target, 0 … cap; a target of 0 has no ratio (zero_denominator)
    inverse    target / actual, 0 … cap; an actual of 0 or below gets the cap
    linear     0 at `floor` (default 0), 1 at target, `top` (default cap) at `stretch`, straight between;
               without `stretch` the first slope goes on; falling scales are written floor > target > stretch
    steps      the ratio (or inverse, by `better`) in bands: the highest step reached counts, below all 0
    range      1 inside [`low`, `high`] (either defaults to the target), else falling to 0 over `tolerance`
    pass_fail  1 when the target is reached (not exceeded, where lower is better), else 0
    deduct     1 minus `per_unit` for every full `unit` (default 1) by which the actual is worse than the
               target, never below 0; worse is above, or below where higher is better
    """
    case = _Case(actual, target, options or {}, steps, better, (options or {}).get("cap", cap))
    try:
        _refuse_infinite(case)
        value = _METHODS[method or default_method(better)](case)
    except _NoAttainment as unknown:
        return unknown.number
    if math.isnan(value) or value == math.inf:
        return Number(None, Reason.ERROR, say("attainment is not a finite number"))
    return Number(value if value > 0 else 0.0)  # below 0, minus infinity included; not max(): it keeps -0.0


def at_target(method: Method | None, steps: Sequence[tuple[float, float]]) -> float:
    """The attainment of a line that meets its target exactly: 1, or what its steps count for it."""
    return _counted(steps, 1.0) if method is Method.STEPS else 1.0


def _refuse_infinite(case: _Case) -> None:
    """Reason `error` unless actual, target and options are finite."""
    for name, number in (("actual", case.actual), ("target", case.target), ("cap", case.cap), *case.options.items()):
        if number is not None and not math.isfinite(number):
            raise _NoAttainment(Reason.ERROR, say("{name} is not a finite number", name=name))


def _ratio(case: _Case) -> float:
    if case.goal == 0:
        raise _NoAttainment(
            Reason.ZERO_DENOMINATOR, say("target is 0: no ratio can be formed; use linear, range or pass_fail")
        )
    if case.goal < 0:
        return _under(-case.actual, -case.goal, case.cap)
    return min(case.actual / case.goal, case.cap)


def _inverse(case: _Case) -> float:
    if case.goal < 0:
        return min(case.actual / case.goal, case.cap)
    return _under(case.actual, case.goal, case.cap)


def _under(actual: float, target: float, cap: float) -> float:
    """target / actual for a quantity to keep low; nothing of it at all is worth the cap (R037)."""
    return cap if actual <= 0 else min(target / actual, cap)


def _linear(case: _Case) -> float:
    floor = case.options.get("floor", 0.0 if case.better is not Better.LOWER else None)
    if floor is None:
        raise _NoAttainment(Reason.ERROR, say("linear needs the option floor where lower is better"))
    top = case.options.get("top", case.cap)
    rise = case.goal - floor
    stretch = case.options.get("stretch", case.goal + (top - 1.0) * rise)
    if rise == 0 or (stretch - case.goal) * rise < 0:
        raise _NoAttainment(
            Reason.ERROR,
            say(
                "linear needs floor, target, stretch in order, not {floor}, {goal}, {stretch}",
                floor=floor,
                goal=case.goal,
                stretch=stretch,
            ),
        )
    if (case.actual - case.goal) * rise <= 0:
        return 1.0 + (case.actual - case.goal) / rise
    if stretch == case.goal:
        return top
    return min(1.0 + (top - 1.0) * (case.actual - case.goal) / (stretch - case.goal), top)


def _steps(case: _Case) -> float:
    if not case.steps:
        raise _NoAttainment(Reason.ERROR, say("method steps has no steps"))
    unbound = _Case(case.actual, case.target, {}, (), case.better, math.inf)
    return _counted(case.steps, _inverse(unbound) if case.better is Better.LOWER else _ratio(unbound))


def _counted(steps: Sequence[tuple[float, float]], reached: float) -> float:
    """What the highest step at or below `reached` counts; 0 below all of them."""
    passed = [step for step in steps if reached >= step[0] - EPSILON]
    return max(passed, key=lambda step: step[0])[1] if passed else 0.0


def _range(case: _Case) -> float:
    # a range with both bounds needs no target, so `goal` is asked only for a bound that is missing
    low, high = (case.goal if bound is None else bound for bound in map(case.options.get, ("low", "high")))
    if low > high:
        raise _NoAttainment(Reason.ERROR, say("range needs low ≤ high, not {low} and {high}", low=low, high=high))
    outside = max(low - case.actual, case.actual - high)
    if outside <= _slack(max(abs(low), abs(high))):
        return 1.0
    tolerance = case.options.get("tolerance", 0.0)
    return 1.0 - outside / tolerance if tolerance > 0 else 0.0


def _pass_fail(case: _Case) -> float:
    missing = case.actual - case.goal if case.better is Better.LOWER else case.goal - case.actual
    return 1.0 if missing <= _slack(case.goal) else 0.0


def _deduct(case: _Case) -> float:
    unit, per_unit = case.options.get("unit", 1.0), case.options.get("per_unit")
    if per_unit is None or per_unit < 0 or unit <= 0:
        raise _NoAttainment(Reason.ERROR, say("deduct needs the option per_unit, not below 0, and a unit above 0"))
    worse = case.goal - case.actual if case.better is Better.HIGHER else case.actual - case.goal
    units = worse / unit
    if units <= 0:
        return 1.0
    return 1.0 - per_unit * math.floor(min(units, 1e15) + _slack(min(units, 1e6)))


def _slack(boundary: float) -> float:
    """EPSILON in the size of the boundary."""
    return EPSILON * max(1.0, abs(boundary))


_METHODS: Mapping[Method, Callable[[_Case], float]] = {
    Method.RATIO: _ratio,
    Method.INVERSE: _inverse,
    Method.LINEAR: _linear,
    Method.STEPS: _steps,
    Method.RANGE: _range,
    Method.PASS_FAIL: _pass_fail,
    Method.DEDUCT: _deduct,
}
