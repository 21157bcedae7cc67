"""Segments of a whole: layers of contributors, four fields about two medians. Plain numbers in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median

from kpi_tui.definitions.answers.page import ContributionLayer, QuadrantRow, QuadrantsFound
from kpi_tui.definitions.answers.value import Value


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
