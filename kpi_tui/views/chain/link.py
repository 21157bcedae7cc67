"""One link in full, and the whole diagnosis of a chain: labelled lines for an overlay."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, Rank, WeekCell
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.causes.pace_range import pace_sentence
from kpi_tui.views.chain.card import is_scored, missing, next_month
from kpi_tui.views.chain.findings import marked_sentence
from kpi_tui.views.chain.platforms import platform_lines
from kpi_tui.views.chain.spans import spans
from kpi_tui.views.chain.unknown_scores import why_none, why_unknown
from kpi_tui.views.chain.weeks import HAND, OF_MONTH, RULES, first_targets, of_month
from kpi_tui.views.names import factor_name, in_charge, link_name, link_unit, metric_name
from kpi_tui.views.reasons import known
from kpi_tui.views.view import View, pairs

Labelled = tuple[Word, Word]


def link_view(card: ChainCard, link: LinkCard, space: Workspace) -> View:
    """What a link is made of, its numbers week by week, its target's rule, who is in charge, what was found."""
    title = joined(link_name(card.chain, link.link.id), card.period.id)
    name = f"link-{card.chain.id}-{link.link.id}-{card.period.id}"
    return View(title, sheets=(pairs("", _filled(_fields(card, link, space)), key="link"),), name=name)


def diagnosis_view(card: ChainCard, space: Workspace) -> View:
    """Findings first; then by what mending brings, by attainment, next month, platforms."""
    said = [marked_sentence(finding, card, space) for finding in card.findings]
    lowest = [link_name(card.chain, id_) for id_ in card.weak.by_attainment]
    fields = [
        *_group(phrase("Findings"), [*said, *(sentence.word for sentence in missing(card, space))]),
        *_group(phrase("By gain"), [_rank(card, rank) for rank in card.weak.by_gain]),
        *_group(phrase("By attainment"), [joined(*lowest, between=" → ")] if lowest else []),
        *_group(phrase("Next"), [sentence.word for sentence in next_month(card)]),
        *_group(phrase("Periods counted"), [sentence.word for sentence in spans(card)]),
        *_group(phrase("Platforms"), platform_lines(card, space)),
    ]
    name = f"diagnosis-{card.chain.id}-{card.period.id}"
    return View(joined(card.chain.name, card.period.id), sheets=(pairs("", fields, key="diagnosis"),), name=name)


def _group(label: Word, texts: Iterable[Word]) -> list[Labelled]:
    """The label stands beside the first of its texts."""
    return [(label if not n else "", text) for n, text in enumerate(texts)]


def _filled(fields: Iterable[Labelled]) -> list[Labelled]:
    return [(label, text) for label, text in fields if not is_empty(text)]


def _fields(card: ChainCard, link: LinkCard, space: Workspace) -> list[Labelled]:
    own = link.link
    said = [marked_sentence(found, card, space) for found in card.findings if found.link == own.id]
    actual = Quantity(link.actual, link.unit) if is_scored(card) else Quantity(link.ratio, "percent")
    return [
        (phrase("About"), own.about),
        (phrase("In charge"), in_charge(space, own.owner)),
        (phrase("Formula"), _formula(link, space)),
        (phrase("Actual"), actual),
        (phrase("Target"), _target(link, link.unit)),
        (phrase("Attained"), Quantity(link.attainment, "percent") if link.points else ""),
        (phrase("Pace"), _pace(link)),
        (phrase("Periods counted"), joined(*link.counted, between=", ")),
        (phrase("Score"), _score(link)),
        (phrase("Why none"), why_none(link, space) if link.status == "unknown" and link.points else ""),
        (phrase("Usual"), _usual(link)),
        (phrase("Band"), _band(link)),
        (phrase("Flow"), _flow(link)),
        *_group(_when(link), [*(_week(cell, link, space) for cell in link.weeks), *first_targets([link])]),
        *_group(phrase("Finding"), said),
    ]


def _when(link: LinkCard) -> Word:
    """What its numbers are by: links G and H are read over a month or longer."""
    by_week = all(cell.period.grain is Grain.WEEK for cell in link.weeks)
    return phrase("Week") if by_week else phrase("Period")


def _formula(link: LinkCard, space: Workspace) -> Word:
    own = link.link
    made: Word = factor_name(space, own.numerator or own.absolute)
    if own.denominator:
        made = joined(made, factor_name(space, own.denominator), between=" ÷ ")
    return joined(made, joined("=", metric_name(space, own.ratio), between=" ")) if own.ratio else made


def _target(link: LinkCard, unit: str) -> Word:
    if link.link.rule not in RULES:
        return ""
    after = OF_MONTH if of_month(link) else ""
    return joined(Quantity(link.target, unit), after, " (", known(RULES[link.link.rule]), ")", between="")


def _score(link: LinkCard) -> Word:
    if not link.points or link.score is None:
        return ""
    worth = joined(Quantity(link.attainment, "percent"), Quantity(link.points, digits=1), between=" × ")
    return joined(worth, Quantity(link.score, "score", digits=2), between=" = ")


def _pace(link: LinkCard) -> Word:
    told = pace_sentence(link.pace, link.pace.target) if link.pace else ""
    return joined(link.pace.period.id, told, between=": ") if link.pace and told else ""


def _usual(link: LinkCard) -> Word:
    unit = "percent" if link.link.denominator else "count"
    return Quantity(link.baseline, unit) if link.baseline is not None else ""


def _band(link: LinkCard) -> Word:
    ends = link.link.band or ()
    return joined(*(Quantity(end, "percent") for end in ends), between=" … ")


def _flow(link: LinkCard) -> Word:
    if link.capacity is None:
        return ""
    inflow, capacity = Quantity(link.inflow), Quantity(link.capacity)
    return phrase("{inflow} a week of {capacity}", inflow=inflow, capacity=capacity)


def _week(cell: WeekCell, link: LinkCard, space: Workspace) -> Word:
    """`2026-W41  18 ÷ 1,947 = 0.9 % · target 1.7 % · score 1.10`."""
    unit = link_unit(link.link)
    made: Word = Quantity(cell.numerator.value)
    if unit == "percent":
        over = joined(made, Quantity(cell.denominator.value), between=" ÷ ")
        made = joined(over, Quantity(cell.actual, unit), between=" = ")
    parts: list[Word] = [joined(cell.period.id, joined(made, HAND if cell.by_hand else "", between=" "))]
    if cell.target is not None:
        target: Word = joined(Quantity(cell.target, unit), OF_MONTH if cell.target_of else "", between="")
        parts.append(phrase("target {target}", target=target))
    if cell.score is not None:
        parts.append(phrase("score {score}", score=Quantity(cell.score, "score", digits=2)))
    if cell.actual is None:
        parts.append(why_unknown(cell, link.link, space))
    return joined(*parts, between=" · ")


def _rank(card: ChainCard, rank: Rank) -> Word:
    """`C Inquiries: 1.4 % / 1.7 %, +100 · no more than its usual swing`: what chance explains is not named."""
    link = card.chain.link(rank.link)
    unit = link_unit(link) if link else "count"
    gain: Word = Quantity(round(rank.gain), signed=True) if rank.gain is not None else DASH
    if rank.share:
        gain = joined(gain, " (", Quantity(rank.share, "percent", signed=True), ")", between="")
    numbers = joined(Quantity(rank.actual, unit), Quantity(rank.reference, unit), between=" / ")
    told = joined(link_name(card.chain, rank.link), ": ", numbers, ", ", gain, between="")
    if not rank.gain or rank.gain <= 0 or rank.clear:
        return told
    return joined(told, phrase("no more than its usual swing"), between=" · ")
