"""The two mistaken views, padding, and a neglected market, seen over months (R073–R076, R080)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpi_tui.definitions.answers.chain_card import BalanceShare, ChainCard, Finding, LinkCard
from kpi_tui.definitions.answers.chain_facts import ChainFacts
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.quantity import Quantity

ON_TARGET = 0.5  # R073
FALL = 0.20  # R074
RETURN = "gross_return_on_investment"
REPEAT = "repeat_monetisation_rate"
EPSILON = 1e-9
DYNAMIC = frozenset({"ratio_only", "absolute_only", "padding", "market_neglected"})
"""Warnings that speak against balance."""


def ratio_only(inputs: ChainInputs, card: ChainCard, past: Sequence[ChainCard], facts: ChainFacts) -> Iterable[Finding]:
    """Ratios are met for three months while new visitors miss their target or fall in two of three (R073)."""
    months = [*past, card]
    shares = [_share_on_target(month) for month in months]
    if len(months) < 3 or any(share is None for share in shares):
        return
    growing = growth_card(card)
    if growing is None or min(share or 0.0 for share in shares) < inputs.setting("on_target_share", ON_TARGET):
        return
    missed = sum((found.attainment or 1.0) < 1 - EPSILON for month in months if (found := growth_card(month)))
    fallen = sum(b < a for a, b in pairwise(facts.last("new_visitors", 4)) if a is not None and b is not None)
    if missed >= 2 or fallen >= 2:
        numbers = {
            "share": Quantity(shares[-1], "percent"),
            "missed": Quantity(missed),
            "fallen": Quantity(fallen),
        }
        yield Finding("ratio_only", "R073", growing.link.id, growing.link.owner, numbers)


def absolute_only(
    inputs: ChainInputs, card: ChainCard, past: Sequence[ChainCard], facts: ChainFacts
) -> Iterable[Finding]:
    """Amounts rise for three months while the return, or most ratios, fall by a fifth or more (R074)."""
    rising = next((name for name in ("paid_amount", "uv") if _rises(facts.last(name, 3))), "")
    fall = inputs.setting("quality_fall", FALL)
    if not rising:
        return
    returns = facts.last(RETURN, 3)
    if _fell(returns, fall):
        before, now = (facts.quantity(RETURN, value) for value in (returns[0], returns[-1]))
        numbers: dict[str, Quantity | str] = {"metric": rising, "before": before, "now": now, **_months(card, 3)}
        yield Finding("absolute_only", "R074", "", "", numbers)
        return
    rows = [(k.ratio, [found.ratio for month in past if (found := month.link(k.link.id))]) for k in quality_cards(card)]
    ratios = [(past[0], ratio) for ratio, past in rows if past and past[0] and ratio is not None]
    fallen = sum(_fell(pair, fall) for pair in ratios)
    if ratios and fallen * 2 > len(ratios):
        numbers = {"metric": rising, "fallen": Quantity(fallen), "links": Quantity(len(ratios))}
        yield Finding("absolute_only_links", "R074", "", "", numbers)


def padding(card: ChainCard, facts: ChainFacts) -> Iterable[Finding]:
    """More new visitors two months running, while more of them never return or fewer of them ask (R075)."""
    growing = growth_card(card)
    if growing is None:
        return
    if card.weak.cause == "padding":
        yield Finding("padding_weeks", "R075", growing.link.id, growing.link.owner)
        return
    if not _each(facts.last("new_visitors", 3), up=True):
        return
    for name, up in (("one_session_user_rate", True), ("inquiry_rate", False)):
        values = facts.last(name, 3)
        if _each(values, up=up):
            before, now = (facts.quantity(name, value) for value in (values[0], values[-1]))
            numbers: dict[str, Quantity | str] = {"metric": name, "before": before, "now": now, **_months(card, 3)}
            yield Finding("padding", "R075", growing.link.id, growing.link.owner, numbers)
            return


def balance(card: ChainCard, findings: Iterable[Finding]) -> BalanceShare:
    """Points on both kinds and no warning of the above: balanced (R076). Nothing is judged without a number."""
    absolute = sum(link.points for link in card.links if not link.link.denominator)
    ratio = sum(link.points for link in card.links if link.link.denominator)
    codes = {finding.code.removesuffix("_weeks").removesuffix("_links") for finding in findings}
    if not absolute and not ratio:
        verdict = "empty"
    elif all(link.attainment is None for link in card.links):
        verdict = "unknown"
    elif not absolute or not ratio:
        verdict = "absolute_only" if absolute else "ratio_only"
    else:
        verdict = "unbalanced" if codes & DYNAMIC else "balanced"
    return BalanceShare(absolute, ratio, verdict)


def growth_card(card: ChainCard) -> LinkCard | None:
    """The link of new visitors."""
    return next((link for link in card.links if link.link.rule is TargetRule.GROWTH), None)


def quality_cards(card: ChainCard) -> list[LinkCard]:
    """The ratio links with a target: C–H."""
    return [link for link in card.links if link.link.denominator and link.link.rule is not TargetRule.NONE]


def _months(card: ChainCard, count: int) -> dict[str, str]:
    """The first and last of so many months, whose numbers a sentence sets side by side: the rows sum up weeks."""
    return {"since": str(card.period.previous(count - 1)), "month": str(card.period)}


def _share_on_target(card: ChainCard) -> float | None:
    known = [link.attainment for link in quality_cards(card) if link.attainment is not None]
    return sum(reached >= 1 - EPSILON for reached in known) / len(known) if known else None


def _rises(values: Sequence[float | None]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) == len(values) == 3 and known[-1] > known[0] and all(b >= a for a, b in pairwise(known))


def _fell(values: Sequence[float | None], fall: float) -> bool:
    if len(values) < 2 or values[0] is None or values[-1] is None or values[0] <= 0:
        return False
    return values[-1] / values[0] - 1 <= -fall + EPSILON


def _each(values: Sequence[float | None], *, up: bool) -> bool:
    """True when every step of three known values goes the same way."""
    known = [value for value in values if value is not None]
    return len(known) == len(values) == 3 and all((b > a) if up else (b < a) for a, b in pairwise(known))


def neglected(card: ChainCard, facts: ChainFacts) -> Iterable[Finding]:
    """Every ratio is met and the market is not: the shop lives on repeat deals (R080)."""
    growing, quality = growth_card(card), quality_cards(card)
    repeat = facts.last(REPEAT, 2)
    known = [link.attainment for link in quality if link.attainment is not None]
    if growing is None or growing.attainment is None or not known or len(repeat) < 2 or None in repeat:
        return
    rising = (repeat[1] or 0.0) > (repeat[0] or 0.0)
    if growing.attainment < 1 - EPSILON and min(known) >= 1 - EPSILON and rising:
        numbers: dict[str, Quantity | str] = {
            "attainment": Quantity(growing.attainment, "percent"),
            "before": facts.quantity(REPEAT, repeat[0]),
            "now": facts.quantity(REPEAT, repeat[1]),
            **_months(card, 2),
        }
        yield Finding("market_neglected", "R080", growing.link.id, growing.link.owner, numbers)
