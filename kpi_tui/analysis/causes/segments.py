"""Contributions of segments to the change of a whole: differences, rate and mix, or Shapley (R026, R164)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kpi_tui.analysis.causes.shapley import Evaluate, shapley

Numbers = Mapping[str, float]
OTHERS = "…"
"""The name of the segments that are taken together where there are too many to enumerate."""


@dataclass(frozen=True, slots=True)
class Part:
    """The contribution of one segment; of a ratio with its two parts."""

    contribution: float
    rate: float | None = None
    mix: float | None = None


@dataclass(frozen=True, slots=True)
class Quotient:
    """Numerator and denominator of a ratio, in one period."""

    over: float = 0.0
    under: float = 0.0

    @property
    def ratio(self) -> float | None:
        """None without a denominator."""
        return self.over / self.under if self.under else None


def differences(before: Numbers, after: Numbers) -> dict[str, Part]:
    """What each segment gained or lost; one that is not there counts 0."""
    return {name: Part(after.get(name, 0.0) - before.get(name, 0.0)) for name in {**before, **after}}


def rate_and_mix(
    before: Mapping[str, Quotient], after: Mapping[str, Quotient], was: Quotient, now: Quotient
) -> dict[str, Part]:
    """Of a ratio: what each segment's own rate did, and what the shares of the segments did.

    With w the share of a segment in the denominator of the whole and r its ratio, R that of the whole, 0 and 1 the
    periods: mix = (w1 - w0)(r0 - R0), the shift of the shares at the rates of the first period; the rest is the
    segment's own change, w1(r1 - r0). Both sum over all segments to R1 - R0 where the segments add up to the whole. A
    segment that is new or gone has no change of its own rate: it came or went at its distance from the whole.
    """
    if was.ratio is None or now.ratio is None:
        return {}
    found = {}
    for name in {**before, **after}:
        old, new = before.get(name, Quotient()), after.get(name, Quotient())
        shift = new.under / now.under - old.under / was.under
        whole = new.over / now.under - old.over / was.under - shift * was.ratio
        known = old.ratio if old.ratio is not None else new.ratio
        mix = shift * (known - was.ratio) if known is not None else 0.0
        found[name] = Part(whole, whole - mix, mix)
    return found


def by_formula(
    evaluate: Evaluate, before: Mapping[str, Numbers], after: Mapping[str, Numbers], most: int
) -> dict[str, Part]:
    """Shapley over segments, of a formula over measures that add up: a segment goes over with all its measures.

    Where more than `most` segments moved, those with the smallest effect of their own go over together, as `OTHERS`.
    Raises Undefined.
    """
    groups = _groups(evaluate, before, after, most)
    names = {name for numbers in (*before.values(), *after.values()) for name in numbers}

    def at(moved: Numbers) -> float | None:
        chosen = [(after if moved[group] else before).get(one, {}) for group, ones in groups.items() for one in ones]
        return evaluate({name: math.fsum(numbers.get(name, 0.0) for numbers in chosen) for name in names})

    found = shapley(at, dict.fromkeys(groups, 0.0), dict.fromkeys(groups, 1.0), most)
    return {name: Part(contribution) for name, contribution in found.items()}


def _groups(
    evaluate: Evaluate, before: Mapping[str, Numbers], after: Mapping[str, Numbers], most: int
) -> dict[str, list[str]]:
    every = list({**before, **after})
    if len(every) <= most:
        return {name: [name] for name in every}

    def alone(name: str) -> float:
        sums = {
            key: math.fsum((after if other == name else before).get(other, {}).get(key, 0.0) for other in every)
            for key in {key for numbers in (*before.values(), *after.values()) for key in numbers}
        }
        start = {key: math.fsum(numbers.get(key, 0.0) for numbers in before.values()) for key in sums}
        return abs((evaluate(sums) or 0.0) - (evaluate(start) or 0.0))

    ranked = sorted(every, key=alone, reverse=True)
    return {name: [name] for name in ranked[: most - 1]} | {OTHERS: ranked[most - 1 :]}
