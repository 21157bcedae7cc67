"""The sentence of every finding of a chain, with its numbers, its rule and the person in charge (R073–R084)."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from kpi_tui.definitions.answers.chain_card import ChainCard, Finding
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Phrase, Word, is_empty, joined, phrase
from kpi_tui.views.names import in_charge, link_name, metric_name
from kpi_tui.views.reasons import known

_SENTENCES = {
    "weak_rate": N_(
        "{link} is the weak link by gain: {actual} against {reference} ({basis}); back there it would bring {gain}"
    ),
    "weak_volume": N_(
        "{link} is the weak link by gain: {actual} a week against {reference} ({basis}); back there, {gain}"
    ),
    "weak_capacity": N_(
        "{link} is the weak link by gain: more people arrive than it can handle; freed, it would bring {gain}"
    ),
    "weak_padding": N_(
        "{link} is the weak link by gain: it grew, but no more people went on: check for padded visitors"
    ),
    "orders_differ": N_("{link} is the weakest by attainment ({attainment}), but by gain it is {named}: {why}"),
    "nothing_weak": N_("No link has fallen by more than its usual swing: none is weak by gain"),
    "below_limit": N_("{link} is weak by attainment: {attainment} of its target"),
    "below_band": N_("{link}: {ratio} is below its usual band of {low} to {high}"),
    "ratio_only": N_("Ratios are met ({share} of them) while new visitors miss or fall: only ratios are looked at"),
    "absolute_only": N_(
        "{metric} rises while the return on investment fell from {before} in {since} to {now} in {month}:"
        " check the quality"
    ),
    "absolute_only_links": N_("{metric} rises while {fallen} of {links} ratios fell by a fifth or more"),
    "padding": N_(
        "New visitors rise while {metric} of whole months went from {before} in {since} to {now} in {month}:"
        " check for padding"
    ),
    "padding_weeks": N_("New visitors rose beyond their usual swing and no more of them went on: check for padding"),
    "starving": N_("Service waits for people: {link} is at {attainment} and nobody waits; strengthen promotion"),
    "overload": N_("Overload: {backlog} wait per agent, {each} is what one handles a week; add service capacity"),
    "market_neglected": N_(
        "Market growth neglected: {link} at {attainment}, ratios met, repeat deals {before} ({since}) → {now} ({month})"
    ),
    "critical_point": N_("Critical point: {point} visitors a week fill service; {visitors} come, so invest in {side}"),
    "bottleneck": N_("{link}: {inflow} a week reach it, it can handle {capacity} ({load})"),
    "platform_ceiling": N_(
        "{platform} is near its ceiling ({saturation}, visits within {swing}): note holding measures, break-throughs"
        " and a decision ({done} of 3 done); its growth target is doubtful"
    ),
    "growth_ratchet": N_("A growth of {growth} a week means ×{month} in four weeks and ×{year} in a year: reset it?"),
    "target_capped": N_("{link}: the rule asks for {target}; a share ends at 100 %, so that is what counts"),
    "roi_missed": N_(
        "Project {project} missed its payback on {due}: ROI {roi}, agreed {target}; resources may be withdrawn"
    ),
    "roi_reached": N_("Project {project} reached its payback on {due}: ROI {roi}, agreed {target}"),
    "roi_projection": N_("Project {project}: ROI {roi} so far; at this pace {projected} on {due}, agreed {target}"),
    "roi_paced": N_(
        "Project {project}: ROI {roi} so far ◔; at the pace up to {paced} {projected} on {due}, agreed {target}"
    ),
    "balance_balanced": N_("Balanced: {absolute} of the points on growth, {ratio} on ratios"),
    "balance_unbalanced": N_("Points on both kinds ({absolute} : {ratio}), but a warning above speaks against balance"),
    "balance_ratio_only": N_("Ratio-only: no points on growth"),
    "balance_absolute_only": N_("Absolute-only: no points on ratios"),
}
_NO_GAIN = N_("{link} is the weak link by attainment of {basis}: {actual} against {reference}; {gain}")
"""Of a link through which no end result passes."""
_CAUSES = {
    "rate": N_("its rate fell"),
    "volume": N_("fewer people came"),
    "capacity": N_("it is beyond its capacity"),
    "padding": N_("padded visitors only dilute the rate"),
}
_BASES = {"baseline": N_("its own past"), "target": N_("its target")}
_SIDES = {"visitors": N_("visitors"), "service": N_("service")}
_MARKS = {"warning": "○", "good": "●"}


def sentence(finding: Finding, card: ChainCard, space: Workspace) -> Word:
    """One sentence, in brackets who is in charge; the rule it rests on is in the data. `—`: a number is unknown."""
    template = _template(finding)
    words: dict[str, object] = {name: DASH for _text, name, *_rest in Formatter().parse(template) if name}
    words |= dict(finding.numbers)
    words |= _named(finding, card, space)
    told = Phrase(template, words)
    owner = in_charge(space, finding.owner)
    return told if is_empty(owner) else joined(told, " (", owner, ")", between="")


def _template(finding: Finding) -> str:
    if finding.code == "roi_projection" and "paced" in finding.numbers:
        return _SENTENCES["roi_paced"]
    if finding.code in ("weak_rate", "weak_volume") and "gain" not in finding.numbers:
        return _NO_GAIN
    return _SENTENCES[finding.code]


def marked_sentence(finding: Finding, card: ChainCard, space: Workspace) -> Word:
    """The sentence behind ○ for a warning, ● for good news, · for advice."""
    return joined(_MARKS.get(finding.severity, "·"), sentence(finding, card, space), between=" ")


def _named(finding: Finding, card: ChainCard, space: Workspace) -> Mapping[str, Word]:
    """The words that are names: of links, metrics, causes."""
    said = {name: str(value) for name, value in finding.numbers.items() if isinstance(value, str)}
    words: dict[str, Word] = {"link": link_name(card.chain, finding.link)}
    if "metric" in said:
        words["metric"] = metric_name(space, said["metric"])
    if said.get("basis") in _BASES:
        words["basis"] = known(_BASES[said["basis"]])
    if "side" in said:
        words["side"] = known(_SIDES[said["side"]])
    if "named" in said:
        words["named"] = link_name(card.chain, said["named"])
        words["why"] = _why(finding, said, card)
    if finding.code.startswith("weak_"):
        words["gain"] = _gain(finding.numbers, "gain", card)
    return words


def _why(finding: Finding, said: Mapping[str, str], card: ChainCard) -> Word:
    """Why the orders differ: gains side by side where both are known, else the cause."""
    if finding.plain.get("gain") and "other_gain" in finding.numbers:
        gain, other = (_gain(finding.numbers, name, card) for name in ("gain", "other_gain"))
        return phrase("{gain} against {other}", gain=gain, other=other)
    return known(_CAUSES[said["cause"]]) if said.get("cause") in _CAUSES else ""


def _gain(numbers: Mapping[str, Quantity | str], name: str, card: ChainCard) -> Word:
    """`+97 Monetisation (+28.6 %)`: what the end result would gain."""
    gain, share, flow = numbers.get(name), numbers.get(name.replace("gain", "share")), card.chain.flow()
    if not isinstance(gain, Quantity) or not flow:
        return phrase("points only, no end results")
    text = phrase("{gain} {link}", gain=gain, link=flow[-1].name)
    if not isinstance(share, Quantity):
        return text
    return joined(text, " (", share, ")", between="")
