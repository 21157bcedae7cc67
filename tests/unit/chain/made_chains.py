"""Chains with one known culprit, to see how often the first-named link is the right one.

A week is drawn, not computed: new visitors, then who of everybody asks, then who of them deals, each by chance,
on top of a slow growth and a weekly mood of its own. One thing is then changed in the last month.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chain_vector import CHAIN, MAY

from kpi_tui.analysis.chain.weak_link import find
from kpi_tui.definitions.answers.chain_card import ChainCard
from kpi_tui.definitions.answers.chain_inputs import ChainInputs, Count, Counts
from kpi_tui.definitions.library.chain import Capacity, Chain
from kpi_tui.definitions.library.chain_periods import weeks_before, weeks_of
from kpi_tui.scoring.chain_score import score_month

CULPRITS = ("rate", "volume", "capacity", "padding", "seasonality")
NOBODY = ""
"""The truth of a month in which only the season changed."""


@dataclass(frozen=True)
class Made:
    """A drawn chain, what was changed in it, and the link to blame."""

    culprit: str
    truth: str
    material: ChainInputs


@dataclass(frozen=True)
class Shop:
    """What a shop is like before anything happens."""

    visitors: float
    returning: float
    asking: float
    dealing: float
    happy: float
    growth: float
    mood: float


@dataclass(frozen=True)
class Month:
    """What happens to it in the last month: factors, fake visitors, and what service can handle a week."""

    visitors: float = 1.0
    asking: float = 1.0
    dealing: float = 1.0
    fake: float = 0.0
    season: float = 1.0
    room: float | None = None


def made(culprit: str, seed: int) -> Made:
    """A chain whose last month has this culprit."""
    rng = random.Random(f"{culprit}/{seed}")
    shop = Shop(
        visitors=rng.uniform(800, 4000),
        returning=rng.uniform(0.2, 0.6),
        asking=rng.uniform(0.05, 0.2),
        dealing=rng.uniform(0.15, 0.4),
        happy=rng.uniform(0.7, 0.9),
        growth=rng.uniform(0.0, 0.02),
        mood=rng.uniform(0.02, 0.05),
    )
    month, truth = _event(culprit, shop, rng)
    counts: dict[tuple[str, str], Count] = {}
    for year, size in ((0, 1.0), (1, rng.uniform(0.5, 0.9))):
        then = month if not year else Month(season=month.season)
        for name, row in _weeks(shop, then, size, rng).items():
            weeks = [*weeks_before(MAY), *weeks_of(MAY)]
            ids = [(week.a_year_earlier() if year else week).id for week in weeks]
            counts |= {(name, week): Count(float(value)) for week, value in zip(ids, row, strict=True)}
    return Made(culprit, truth, _material(counts, month.room))


def named(chain: Made) -> tuple[ChainCard, str, str]:
    """The scored month, the link named first, and its cause."""
    card = score_month(chain.material, MAY)
    weak = find(chain.material, card)
    return replace(card, weak=weak), weak.named, weak.cause


def lowest_rate(card: ChainCard) -> str:
    """The naive rule: whichever link has the lowest rate."""
    rated = [link for link in card.links if link.link.denominator and link.actual is not None and len(link.weeks) > 1]
    return min(rated, key=lambda link: link.actual or 0.0).link.id


def _event(culprit: str, shop: Shop, rng: random.Random) -> tuple[Month, str]:
    fall = 1 - rng.uniform(0.2, 0.4)
    if culprit == "rate":
        return (Month(asking=fall), "C") if rng.random() < 0.5 else (Month(dealing=fall), "D")
    if culprit == "volume":
        return Month(visitors=fall), "B"
    if culprit == "padding":
        return Month(fake=rng.uniform(0.4, 1.0)), "B"
    if culprit == "seasonality":
        return Month(season=fall), NOBODY
    usual = shop.visitors * (1 + shop.growth) ** 8 * (1 + shop.returning) * shop.asking
    return Month(visitors=rng.uniform(1.5, 2.0), room=usual * rng.uniform(1.0, 1.15)), "D"


def _weeks(shop: Shop, month: Month, size: float, rng: random.Random) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for number in range(12):
        now = month if number >= 8 else Month()
        for name, value in _week(shop, now, size * (1 + shop.growth) ** number, rng).items():
            rows.setdefault(name, []).append(value)
    return rows


def _week(shop: Shop, now: Month, size: float, rng: random.Random) -> dict[str, int]:
    mood = [rng.lognormvariate(0, shop.mood) for _ in range(3)]
    real = _drawn(rng, shop.visitors * size * now.visitors * now.season * mood[0])
    everybody = real + _drawn(rng, shop.visitors * size * shop.returning)
    asked = _of(rng, everybody, shop.asking * now.asking * mood[1])
    served = 1.0 if now.room is None or not asked else min(1.0, now.room / asked)
    deals = _of(rng, asked, shop.dealing * now.dealing * served * mood[2])
    fake = _drawn(rng, shop.visitors * size * now.fake)
    surveyed = {"pre": max(asked // 5, 10), "after": max(deals // 3, 10)}
    happy = shop.happy * (1 - 0.6 * (1 - served))
    return {
        "new": real + fake,
        "all": everybody + fake,
        "asked": asked,
        "deals": deals,
        **surveyed,
        "pre_ok": _of(rng, surveyed["pre"], happy),
        "after_ok": _of(rng, surveyed["after"], shop.happy),
    }


def _drawn(rng: random.Random, mean: float) -> int:
    """A count around its mean, as chance has it."""
    return max(round(rng.gauss(mean, mean**0.5)), 0)


def _of(rng: random.Random, people: int, share: float) -> int:
    return sum(rng.random() < share for _ in range(people))


def _material(counts: Counts, room: float | None) -> ChainInputs:
    """The chain with the targets a careful person would have agreed: last month's means."""
    links = tuple(
        replace(link, capacity=Capacity(room)) if link.id == "D" and room else link
        for link in CHAIN.links
        if link.id not in "GH"
    )
    chain: Chain = replace(CHAIN, links=links)
    past = [week.id for week in weeks_before(MAY, 4)]
    first = weeks_of(MAY)[0].id
    mean = {name: sum(counts[name, week].value or 0.0 for week in past) / len(past) for name, _ in counts}
    agreed = {(first, "B"): round(mean["new"]), (first, "C"): mean["asked"] / mean["all"]}
    agreed |= {(first, "D"): mean["deals"] / mean["asked"], (first, "E"): mean["pre_ok"] / mean["pre"]}
    agreed |= {(first, "F"): mean["after_ok"] / mean["after"]}
    return ChainInputs(chain, counts, agreed)
