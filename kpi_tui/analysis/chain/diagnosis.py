"""What a chain's numbers mean: every finding in its order, ROI above all (R073–R084)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kpi_tui.analysis.chain.capacity import bottleneck, capacity_of, critical_point, inflow_of, overload, starving
from kpi_tui.analysis.chain.ceiling import ceilings
from kpi_tui.analysis.chain.one_sided_views import absolute_only, balance, growth_card, neglected, padding, ratio_only
from kpi_tui.analysis.chain.weak_link import find
from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard, Rank, Verdict
from kpi_tui.definitions.answers.chain_facts import ChainFacts
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.library.chain_periods import weeks_over
from kpi_tui.definitions.quantity import Quantity

RATCHET = 0.10  # R061
EPSILON = 1e-9

Quantities = dict[str, Quantity | str]


def diagnose(
    inputs: ChainInputs, card: ChainCard, past: Sequence[ChainCard], facts: ChainFacts, as_of: date | None = None
) -> ChainCard:
    """The card with its weak link, its findings, its balance, and each link's gain and load. `past`: months before."""
    now = tuple(week.id for week in weeks_over(card.period, as_of))
    card = replace(card, weak=find(inputs, card, now), platforms=facts.platforms, verdicts=facts.verdicts)
    card = replace(card, links=tuple(_with_gain_and_load(inputs, link, card, now) for link in card.links))
    findings = [
        *returns(facts.verdicts),
        *weak_links(card),
        *bands(card),
        *ratio_only(inputs, card, past, facts),
        *absolute_only(inputs, card, past, facts),
        *padding(card, facts),
        *starving(inputs, card, facts),
        *overload(card, facts),
        *neglected(card, facts),
        *bottleneck(inputs, card, now),
        *critical_point(inputs, card, now),
        *ceilings(inputs, card, facts.platforms),
        *ratchet(inputs, card),
        *capped(card),
    ]
    share = balance(card, findings)
    if share.verdict not in ("empty", "unknown"):
        shares, severity = _shares(share.absolute, share.ratio), "good" if share.verdict == "balanced" else "warning"
        findings.append(Finding(f"balance_{share.verdict}", "R076", numbers=shares, severity=severity))
    return replace(card, findings=tuple(findings), balance=share)


def returns(verdicts: Iterable[Verdict]) -> Iterable[Finding]:
    """ROI at the payback date; a missed one stands above everything else (R084)."""
    order = ("missed", "projection", "reached")
    for verdict in sorted(verdicts, key=lambda v: order.index(v.verdict) if v.verdict in order else 9):
        if verdict.verdict not in order or verdict.roi is None or verdict.target is None:
            continue
        numbers: Quantities = {"project": verdict.project, "due": verdict.due}
        if verdict.paced:
            numbers["paced"] = verdict.paced
        known = {"roi": verdict.roi, "target": verdict.target, "projected": verdict.projected}
        numbers |= {name: Quantity(value, "ratio") for name, value in known.items() if value is not None}
        short = verdict.verdict == "projection" and (verdict.projected or verdict.roi) < verdict.target
        severity = "warning" if verdict.verdict == "missed" or short else "good"
        yield Finding(f"roi_{verdict.verdict}", "R084", "", "", numbers, severity)


def weak_links(card: ChainCard) -> Iterable[Finding]:
    """The link to mend first, why the plain order differs, and every other link below the limit (R077)."""
    weak, named = card.weak, card.link(card.weak.named)
    rank = next((rank for rank in weak.by_gain if rank.link == weak.named), None)
    if named is not None and rank is not None:
        yield Finding(f"weak_{rank.cause or 'rate'}", "R077", weak.named, named.link.owner, _of(rank, card))
        if weak.lowest and weak.lowest != weak.named:
            yield _differ(card, rank)
    elif _is_compared(card):
        yield Finding("nothing_weak", "R077", severity="good")
    for link in card.links:
        if link.status == "weak" and link.link.id != weak.named and link.attainment is not None:
            numbers: Quantities = {"attainment": Quantity(link.attainment, "percent")}
            yield Finding("below_limit", "R077", link.link.id, link.link.owner, numbers)


def _is_compared(card: ChainCard) -> bool:
    """Whether anything is known by which a link could be weak: a score, or the past of a chain without targets."""
    return card.possible > 0 or (not card.chain.scored and any(link.baseline is not None for link in card.links))


def bands(card: ChainCard) -> Iterable[Finding]:
    """Ratios below their usual band (R092)."""
    for link in card.links:
        if link.link.band and link.ratio is not None and link.ratio < link.link.band[0] - EPSILON:
            low, high = link.link.band
            numbers: Quantities = {
                name: Quantity(v, "percent") for name, v in (("ratio", link.ratio), ("low", low), ("high", high))
            }
            yield Finding("below_band", "R092", link.link.id, link.link.owner, numbers)


def ratchet(inputs: ChainInputs, card: ChainCard) -> Iterable[Finding]:
    """The baseline only rises: what the growth in force, or the proposed one, means in a year (R061)."""
    growing = growth_card(card)
    growth = max(card.growth, card.next.growth if card.next else 0.0)
    if growing is not None and growth > inputs.setting("growth_warning", RATCHET):
        numbers: Quantities = {
            "growth": Quantity(growth, "percent"),
            "month": Quantity((1 + growth) ** 4, "ratio", digits=2),
            "year": Quantity((1 + growth) ** 52, digits=0),
        }
        yield Finding("growth_ratchet", "R061", growing.link.id, growing.link.owner, numbers)


def capped(card: ChainCard) -> Iterable[Finding]:
    """Target rates above 100 %: held at 1 for the score, shown as they came (R051)."""
    for link in card.links:
        over = [cell for cell in link.weeks if cell.capped]
        if over:
            highest = max(cell.uncapped or 0.0 for cell in over)
            numbers: Quantities = {"target": Quantity(highest, "percent"), "weeks": Quantity(len(over))}
            yield Finding("target_capped", "R051", link.link.id, link.link.owner, numbers, "advice")


def _with_gain_and_load(inputs: ChainInputs, link: LinkCard, card: ChainCard, weeks: Sequence[str]) -> LinkCard:
    """A link with its gain, its baseline and its load."""
    rank = next((rank for rank in card.weak.by_gain if rank.link == link.link.id), Rank(link.link.id))
    flows = [flow for week in weeks if (flow := inflow_of(inputs, link.link, week)) is not None]
    rooms = [room for week in weeks if (room := capacity_of(inputs, link.link, week)) is not None]
    scaled = link.link.rule in (TargetRule.HISTORY, TargetRule.PRECEDING)
    return replace(
        link,
        gain=rank.gain,
        gain_score=rank.gain_score,
        baseline=rank.reference if rank.basis == "baseline" else None,
        inflow=sum(flows) / len(flows) if flows and not scaled else None,
        capacity=rooms[-1] if rooms else None,
    )


def _of(rank: Rank, card: ChainCard) -> Quantities:
    numbers: Quantities = {"basis": rank.basis, "result": card.weak.result_of}
    link = card.chain.link(rank.link)
    unit = link.unit if link else "count"
    known = {
        "gain": Quantity(rank.gain, signed=True, digits=0),
        "share": Quantity(rank.share, "percent", signed=True),
        "actual": Quantity(rank.actual, unit),
        "reference": Quantity(rank.reference, unit),
        "attainment": Quantity(rank.attainment, "percent"),
    }
    return numbers | {name: quantity for name, quantity in known.items() if quantity.value is not None}


def _differ(card: ChainCard, named: Rank) -> Finding:
    """Why the link with the lowest attainment is not the one to mend first."""
    lowest = card.link(card.weak.lowest)
    other = next((rank for rank in card.weak.by_gain if rank.link == card.weak.lowest), Rank(card.weak.lowest))
    numbers: Quantities = {"named": named.link, "cause": named.cause, "result": card.weak.result_of}
    known = {
        "gain": Quantity(named.gain, signed=True, digits=0),
        "other_gain": Quantity(other.gain, signed=True, digits=0),
        "share": Quantity(named.share, "percent", signed=True),
        "other_share": Quantity(other.share, "percent", signed=True),
        "attainment": Quantity(other.attainment, "percent"),
    }
    numbers |= {name: quantity for name, quantity in known.items() if quantity.value is not None}
    return Finding("orders_differ", "R077", card.weak.lowest, lowest.link.owner if lowest else "", numbers, "advice")


def _shares(absolute: float, ratio: float) -> Quantities:
    whole = absolute + ratio
    if not whole:
        return {}
    return {"absolute": Quantity(absolute / whole, "percent"), "ratio": Quantity(ratio / whole, "percent")}
