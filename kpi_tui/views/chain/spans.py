"""Of which weeks the numbers of a chain are: told once below its links."""

from __future__ import annotations

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.chain.weeks import first_targets
from kpi_tui.views.view import Sentence


def spans(card: ChainCard) -> list[Sentence]:
    """Of which weeks the numbers of the rows are, and what the first targets are where nobody agreed any."""
    weekly = [link for link in card.links if not link.link.is_scaled and link.points and link.summed]
    if not weekly:
        return []
    weeks = max((link.summed for link in weekly), key=len)
    said: list[Word] = [
        phrase(
            "Counts are sums, ratios and their targets means of the weeks that are over: {weeks}",
            weeks=joined(*weeks, between=", "),
        )
    ]
    once = [link.link.id for link in card.links if _counts_once(link)]
    said += [phrase("the count of {links} has everybody once", links=joined(*once, between=", "))] if once else []
    lone: dict[str, list[str]] = {}
    for link in card.links:
        if not link.link.denominator and link.ratio is not None and link.ratio_of:
            lone.setdefault(link.ratio_of, []).append(link.link.id)
    said += [
        phrase("the ratio of {links} is of {period}", links=joined(*ids, between=", "), period=period)
        for period, ids in lone.items()
    ]
    by_own: dict[tuple[str, ...], list[str]] = {}
    for link in card.links:
        if link.points and link.summed and link.summed != weeks:
            by_own.setdefault(link.summed, []).append(link.link.id)
    said += [
        phrase("{links} of {period}", links=joined(*ids, between=", "), period=joined(*periods, between=", "))
        for periods, ids in by_own.items()
    ]
    running: dict[str, list[str]] = {}
    for link in card.links:
        if link.pace is not None:
            running.setdefault(link.pace.period.id, []).append(link.link.id)
    said += [
        phrase("the pace of {links} is of {period}, which runs", links=joined(*ids, between=", "), period=period)
        for period, ids in running.items()
    ]
    told = [joined("·", joined(*said, between="; "), between=" "), *first_targets(card.links)]
    return [Sentence(one, "muted", "spans") for one in told]


def _counts_once(link: LinkCard) -> bool:
    """Whether its count is no sum of its weeks: who came in two of them is one."""
    counts = [cell.numerator.value for cell in link.weeks if cell.period.id in link.summed]
    known = [count for count in counts if count is not None]
    alone = link.link.rule is TargetRule.NONE and not link.link.denominator
    return alone and link.absolute is not None and len(known) == len(counts) > 1 and sum(known) != link.absolute
