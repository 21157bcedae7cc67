"""Segments of a whole: layers of contributors, four fields about two medians, stages by days. Plain numbers in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

from kpi_tui.definitions.answers.page import ContributionLayer, QuadrantRow, QuadrantsFound
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Benchmark


def product_gap(whole: float | None, factors: Sequence[float | None]) -> float | None:
    """A number less the product of its factors (R085); None while one is unknown."""
    if whole is None or any(factor is None for factor in factors):
        return None
    return whole - math.prod(factor for factor in factors if factor is not None)


def against(value: float | None, benchmark: Benchmark | None) -> str | None:
    """inside | above | below a benchmark band (R092). "about 70 %" and more is inside."""
    if value is None or benchmark is None:
        return None
    if value < benchmark.value - 1e-12:
        return "below"
    return "above" if benchmark.upper is not None and value > benchmark.upper + 1e-12 else "inside"


def layers(amounts: Mapping[str, float], shares: Mapping[str, float | None]) -> tuple[ContributionLayer, ...]:
    """Contributors in layers, highest first (R099); equal amounts by id. A layer without a share takes the rest."""
    ranked = [amount for _, amount in sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))]
    total, found, begin, reached = math.fsum(ranked), [], 0, 0.0
    for name, share in shares.items():
        reached = 1.0 if share is None else reached + share
        end = min(math.ceil(reached * len(ranked) - 1e-9), len(ranked))
        amount = math.fsum(ranked[begin:end])
        found.append(ContributionLayer(name, max(end - begin, 0), amount, amount / total if total else None))
        begin = max(begin, end)
    return tuple(found)


def quadrants(pairs: Mapping[str, tuple[Value, Value]]) -> QuadrantsFound:
    """Each segment high or low beside the medians of those that are known; at the median is high."""
    xs = [x.value for x, _ in pairs.values() if x.value is not None]
    ys = [y.value for _, y in pairs.values() if y.value is not None]
    middle_x, middle_y = median(xs) if xs else None, median(ys) if ys else None
    rows = tuple(
        QuadrantRow(name, x, y, _is_high(x.value, middle_x), _is_high(y.value, middle_y))
        for name, (x, y) in pairs.items()
    )
    return QuadrantsFound(rows, middle_x, middle_y)


def _is_high(value: float | None, middle: float | None) -> bool | None:
    return None if value is None or middle is None else value >= middle


def stage(days: int | None, limits: Mapping[str, float | None]) -> str:
    """The first stage whose last day is not passed (R098); one without a last day has no end; "" when unknown."""
    if days is None or days < 0:
        return ""
    return next((name for name, last in limits.items() if last is None or days <= last), "")
