"""The rules of the private domain, each on plain numbers (spec R085–R106). Numbers in, states and numbers out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kpi_tui.definitions.answers.private_domain import Assessment, CustomerLayer, Scene, Variant
from kpi_tui.definitions.library.metric import Benchmark
from kpi_tui.definitions.message import say

SCENES = ("live", "vip_group", "community", "material", "article")
"""Monetisation scenes of R094; what else the data name follows them."""


def product_gap(sales: float | None, factors: Sequence[float | None]) -> float | None:
    """Measured sales less the product of the four factors (R085); None while one is unknown."""
    if sales is None or any(factor is None for factor in factors):
        return None
    return sales - math.prod(factor for factor in factors if factor is not None)


def against(value: float | None, benchmark: Benchmark | None) -> str | None:
    """inside | above | below a benchmark band (R092). "about 70 %" and more is inside."""
    if value is None or benchmark is None:
        return None
    if value < benchmark.value - 1e-12:
        return "below"
    return "above" if benchmark.upper is not None and value > benchmark.upper + 1e-12 else "inside"


def stands(ltv_cac: float | None) -> Assessment:
    """The business stands when LTV to date exceeds CAC; equal counts as not (R095)."""
    state = "unknown" if ltv_cac is None else "good" if ltv_cac > 1 else "bad"
    return Assessment("R095", state, {"ltv_cac_ratio": ltv_cac})


def sustainable(
    won: Sequence[float | None], sales: Sequence[float | None], falling: int, tolerance: float
) -> Assessment:
    """Bad when no customers were won, or fewer for `falling` periods in a row, while sales hold (R096). Oldest first.

    Sales hold when they are not below those before the fall by more than `tolerance`.
    """
    numbers = {"private_new_customers": won[-1] if won else None, "private_domain_sales": sales[-1] if sales else None}
    if not won or won[-1] is None or sales[-1] is None:
        return Assessment("R096", "unknown", numbers)
    if won[-1] == 0 and sales[-1] > 0:
        return Assessment("R096", "bad", numbers, say("no new customers while existing ones keep buying"))
    run, paid = won[-falling - 1 :], sales[-falling - 1 :]
    known = [number for number in run if number is not None]
    if len(known) <= falling or paid[0] is None:
        return Assessment("R096", "unknown", numbers, say("{falling} known periods are needed", falling=falling + 1))
    falls = all(later < earlier for earlier, later in pairwise(known))
    if falls and sales[-1] >= paid[0] * (1 - tolerance):
        return Assessment(
            "R096",
            "bad",
            numbers,
            say("new customers fell {falling} periods in a row while sales held", falling=falling),
        )
    return Assessment("R096", "good", numbers)


def efficiency(ratio: float | None, observed: int | None, window: int, far_lower: float) -> Assessment:
    """Private over public conversion efficiency (R103): observed for `window` days first, then bad when far lower."""
    numbers = {"private_public_efficiency_ratio": ratio, "days": None if observed is None else float(observed)}
    if observed is None:
        return Assessment("R103", "unknown", numbers)
    if observed < window:
        return Assessment(
            "R103", "observing", numbers, say("{observed} of {window} days", observed=observed, window=window)
        )
    if ratio is None:
        return Assessment("R103", "unknown", numbers)
    return Assessment("R103", "bad" if ratio < far_lower else "good", numbers)


def layers(amounts: Mapping[str, float], top: float, middle: float) -> tuple[CustomerLayer, ...]:
    """Customers by contribution: the first share, the middle one, the rest (R099); equal amounts by id."""
    ranked = [amount for _, amount in sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))]
    ends = [0, math.ceil(top * len(ranked) - 1e-9), math.ceil((top + middle) * len(ranked) - 1e-9), len(ranked)]
    total = math.fsum(ranked)
    found = []
    for place, name in enumerate(("top", "middle", "bottom")):
        part = ranked[ends[place] : ends[place + 1]]
        amount = math.fsum(part)
        found.append(CustomerLayer(name, len(part), amount, amount / total if total else None))
    return tuple(found)


def variants(revenue: Mapping[str, float | None], cost: Mapping[str, float | None]) -> tuple[Variant, ...]:
    """ROI per campaign, highest first and marked; those without cost last and without ROI (R100)."""
    found = []
    for campaign in dict.fromkeys((*revenue, *cost)):
        earned, spent = revenue.get(campaign), cost.get(campaign)
        roi = earned / spent if earned is not None and spent else None
        found.append(Variant(campaign, earned, spent, roi))
    best = max((one.roi for one in found if one.roi is not None), default=None)
    ranked = sorted(found, key=lambda one: (one.roi is None, -(one.roi or 0.0), one.campaign))
    return tuple(
        Variant(one.campaign, one.revenue, one.cost, one.roi, one.roi is not None and one.roi == best) for one in ranked
    )


def scenes(orders: Mapping[str, float | None], reached: float | None) -> tuple[Scene, ...]:
    """Orders per reached customer, the five scenes of R094 first, then whatever else the data name."""
    names = [*SCENES, *sorted(name for name, count in orders.items() if count and name not in SCENES)]
    counts = {name: orders.get(name) or 0.0 for name in names}
    return tuple(Scene(name, count, count / reached if reached else None) for name, count in counts.items())


def stage(days: int | None, startup: int, mid: int) -> str:
    """Stage by days since the start (R098): 0–30 start-up, 31–90 middle, then stable."""
    if days is None or days < 0:
        return ""
    return "startup" if days <= startup else "mid" if days <= mid else "stable"
