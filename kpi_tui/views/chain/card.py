"""A chain in a month: its links, what to do first, every other finding, and what comes next (R039–R072)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard, WeekCell
from kpi_tui.definitions.answers.chain_inputs import Count
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.attainment_state import State
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.causes.pace_range import STATES, range_word, shares_of
from kpi_tui.views.cells import AttainmentCell, BarCell, Cell, NumberCell, StateCell, TextCell, Tone, finite, text
from kpi_tui.views.chain.data import chain_data
from kpi_tui.views.chain.findings import marked_sentence
from kpi_tui.views.chain.platforms import platforms
from kpi_tui.views.chain.spans import spans
from kpi_tui.views.chain.unknown_scores import why_none
from kpi_tui.views.chain.weeks import OF_MONTH, of_month, weeks_sheet
from kpi_tui.views.doubts import KEY as DOUBTS
from kpi_tui.views.doubts import doubt_column, left_out, noted
from kpi_tui.views.names import in_charge, link_name, link_unit
from kpi_tui.views.reasons import bracketed, known
from kpi_tui.views.view import Column, Headline, Row, Sentence, Sheet, View, sheet

BAR = 9
_NAME = 26  # cells a link's name asks for where there is room
_STATES: dict[str, State] = {"on_target": "on_target", "near": "near", "weak": "weak", "unknown": "unknown"}
_ABSENT = (Reason.NO_TABLE, Reason.NO_COLUMN, Reason.NO_DATA)
_NOTES = {
    "few_weeks": N_("the baseline stays: fewer than three weeks are known"),
    "zero_week": N_("the baseline stays: a kept week is 0"),
    "floor": N_("the baseline stays: it never falls"),
    "interval": N_("the baseline stays: it is recalibrated later"),
}


def chain_view(card: ChainCard, space: Workspace, as_of: date | None = None) -> View:
    """The links with all that is said under them, their weeks, the platforms."""
    sheets = (_links(card, space), weeks_sheet(card, space), *platforms(card, space))
    name = f"chain-{card.chain.id}-{card.period.id}"
    return View(sheets=sheets, data=chain_data(card, space), headline=_headline(card, as_of), name=name)


def is_scored(card: ChainCard) -> bool:
    """False for a chain that is only looked at: a funnel without targets and points."""
    return any(link.link.rule is not TargetRule.NONE for link in card.links)


def _headline(card: ChainCard, as_of: date | None) -> Headline:
    """Points of those that could be scored; none for a chain that is only looked at."""
    possible = (card.possible or card.reachable) if card.reachable else None
    return Headline(card.chain.name, card.period, as_of, card.total, possible, what="points")


def _links(card: ChainCard, space: Workspace) -> Sheet:
    title = joined(card.chain.name, card.period.id)
    return sheet(_columns(card, space), _rows(card, space), title, _said(card, space), key="links")


def _columns(card: ChainCard, space: Workspace) -> list[Column]:
    """Those of a target, and who is in charge, only where there are any; gain leaves first where room is short."""
    scored, paced = is_scored(card), any(shares_of(link.pace, _wanted(link)) for link in card.links)
    nobody = all(is_empty(in_charge(space, link.link.owner)) for link in card.links)
    return [
        Column("state", width=1),
        Column("link", phrase("Link"), least=_NAME, flex=1),
        Column("bar", width=BAR, drop=4, csv=False),
        Column("absolute", phrase("Count"), least=6, most=11, right=True, drop=3),
        Column("ratio", phrase("Ratio"), least=6, most=9, right=True),
        Column("target", phrase("Target"), least=6, most=11, right=True, drop=2, hidden=not scored),
        Column("attainment", phrase("Attained"), 0, 5, 9, right=True, drop=5, short=phrase("Att."), hidden=not scored),
        Column("pace", phrase("On pace"), most=12, right=True, drop=6, csv=False, hidden=not paced),
        Column("usual", phrase("Usual"), least=6, most=11, right=True, drop=2, csv=False, hidden=scored),
        Column("points", phrase("Worth"), right=True, hidden=True),
        Column("score", phrase("Score"), least=5, most=11, right=True, short=phrase("Pts"), hidden=not scored),
        Column("gain", phrase("Gain"), least=6, most=11, right=True, drop=1),
        Column("owner", phrase("In charge"), most=20, drop=7, hidden=nobody),
        doubt_column(),
    ]


def _rows(card: ChainCard, space: Workspace) -> Iterator[Row]:
    """One row per link; the weak one is the only coloured row."""
    most = max((link.absolute or 0.0 for link in card.links), default=0.0)
    for link in card.links:
        yield Row(link.link.id, tuple(_cells(card, link, space, most)))


def _cells(card: ChainCard, link: LinkCard, space: Workspace, most: float) -> list[Cell]:
    weak = link.link.id == card.weak.named
    tone: Tone = "weak" if weak else ""
    unit, aimed = link_unit(link.link), link.link.rule is not TargetRule.NONE
    state: State = "weak" if weak else _STATES.get(link.status, "none")
    return [
        StateCell(state, tone, link.status),
        TextCell(link_name(card.chain, link.link.id), tone, link.link.id),
        _bar(card, link, most, tone),
        _count(link, tone),
        _ratio(link, space, tone),
        NumberCell(
            finite(link.target),
            link.unit if aimed else unit,
            tone,
            blank=not aimed,
            after=OF_MONTH if of_month(link) else "",
        ),
        AttainmentCell(finite(link.attainment), tone, blank=not link.points),
        _pace(link),
        NumberCell(finite(link.baseline), unit, "muted", blank=True),
        NumberCell(link.points, "weight", "muted"),
        _score(link, tone),
        _gain(link, tone),
        text(in_charge(space, link.link.owner), "muted"),
        text(joined(*_doubts((*link.weeks, link.of_span), space), between="; ")),
    ]


def _doubts(cells: Iterable[WeekCell | Count], space: Workspace) -> list[Word]:
    """What is to be said of the numbers of some weeks, each once."""
    known = list(cells)
    return [
        *left_out((cell.left_out for cell in known), space),
        *noted((note for cell in known for note in cell.notes), space),
    ]


def _bar(card: ChainCard, link: LinkCard, most: float, tone: Tone) -> BarCell:
    """How far towards the target; in a chain without targets, how many of the fullest link."""
    if is_scored(card):
        return BarCell(link.attainment, tone, target=True) if link.points else BarCell(None)
    return BarCell(link.absolute / most if most and link.absolute is not None else None, tone)


def _count(link: LinkCard, tone: Tone) -> NumberCell:
    if link.absolute is None:  # other reasons are about the target
        return NumberCell(None, tone="muted", reason=link.reason if link.reason in _ABSENT else None)
    return NumberCell(finite(link.absolute), "count", tone, partial=link.partial, doubtful=link.doubtful)


def _ratio(link: LinkCard, space: Workspace, tone: Tone) -> NumberCell:
    number, blank = finite(link.ratio), not _has_ratio(link, space)
    return NumberCell(number, "percent", tone, partial=link.partial, blank=blank, doubtful=link.doubtful)


def _pace(link: LinkCard) -> TextCell:
    """`96–104 %`: where its running week will end, coloured by what that means."""
    shares = shares_of(link.pace, _wanted(link))
    if shares is None or link.pace is None:
        return TextCell()
    return text(range_word(shares), StateCell(STATES.get(link.pace.state, "none")).colour)


def _wanted(link: LinkCard) -> float | None:
    return link.pace.target if link.pace else None


def _has_ratio(link: LinkCard, space: Workspace) -> bool:
    """Whether a link has a share: of its own, or a metric that is one."""
    metric = space.metrics.get(link.link.ratio)
    return bool(link.link.denominator) or (metric is not None and metric.unit == "percent")


def _gain(link: LinkCard, tone: Tone) -> Cell:
    """What the end result would win; a gain of less than half a person is not worth a word."""
    if not link.gain or not round(link.gain):
        return text("", exact=finite(link.gain))
    return NumberCell(finite(link.gain), "count", tone, signed=True, digits=0)


def _score(link: LinkCard, tone: Tone) -> Cell:
    """`0.88 / 2`: points earned of those at stake."""
    if not link.points:
        return text("", exact=finite(link.score))
    return NumberCell(finite(link.score), "score", tone, digits=2, of=link.points)


# --- what is said ------------------------------------------------------------------------------------
def leading(card: ChainCard) -> tuple[Finding, ...]:
    """The weak link, behind what ranks above it: a payback that was missed (R084)."""
    weak = next((n for n, found in enumerate(card.findings) if found.code.startswith("weak_")), None)
    if weak is None:
        return card.findings[:1]
    urgent = [found for found in card.findings[:weak] if found.severity == "warning"]
    return (*urgent, card.findings[weak])


def _said(card: ChainCard, space: Workspace) -> list[Sentence]:
    """Total, what to do first (`advice`), every other finding, what comes next, why links have no score."""
    first = leading(card)
    total = _total(card)
    said = [Sentence(total, key="total")] if total else []
    if _is_blank(card):
        said.append(_no_numbers(card))
    else:
        tone: Tone = "weak" if card.weak.named else ""
        said += [Sentence(marked_sentence(finding, card, space), tone, "advice") for finding in first]
    rest = (finding for finding in card.findings if finding not in first)
    said += [Sentence(marked_sentence(finding, card, space), key="finding") for finding in rest]
    cells: list[WeekCell | Count] = [cell for link in card.links for cell in link.weeks]
    cells += [link.of_span for link in card.links]
    said += [Sentence(word, "muted", DOUBTS) for word in _doubts(cells, space)]
    return [*said, *missing(card, space), *next_month(card), *spans(card)]


def missing(card: ChainCard, space: Workspace) -> list[Sentence]:
    """Why links have no score."""
    unknown = [link for link in card.links if link.status == "unknown" and link.points]
    names = [(link_name(card.chain, link.link.id), why_none(link, space)) for link in unknown]
    return [Sentence(joined("◌ ", name, ": ", why, between=""), key="missing") for name, why in names]


def next_month(card: ChainCard) -> list[Sentence]:
    """`Next month: growth 3.0 %, weekly targets 821, 846 …`."""
    if card.next is None or card.next.first_target is None:
        return []
    weeks = joined(*(Quantity(target) for _week, target in card.next.weeks), between=", ")
    growth = Quantity(card.next.growth, "percent")
    told: Word = phrase("Next month: growth {growth}, weekly targets {weeks}", growth=growth, weeks=weeks)
    if card.next.note:
        told = bracketed(told, known(_NOTES[card.next.note]))
    return [Sentence(joined("·", told, between=" "), key="next")]


def _is_blank(card: ChainCard) -> bool:
    return all(link.absolute is None and all(cell.actual is None for cell in link.weeks) for link in card.links)


def _no_numbers(card: ChainCard) -> Sentence:
    why = next((cell for link in card.links for cell in link.weeks if cell.reason), None)
    if why is not None and why.reason in (Reason.NO_TABLE, Reason.NO_COLUMN):
        told = phrase("The tables behind these links are missing")
        if why.reason is Reason.NO_COLUMN:
            told = phrase("No file supplies the columns behind these links")
        return Sentence(joined("◌", told, between=" "), key="advice", hint=phrase("a types their weeks by hand."))
    told = phrase("No data for {period}", period=card.period.id)
    hint = phrase("[ goes to the month before, a types weeks by hand.")
    return Sentence(joined("◌", told, between=" "), key="advice", hint=hint)


def _total(card: ChainCard) -> Word:
    if not card.reachable:
        return ""
    told = phrase(
        "Total {total}; {possible} of {all} points available",
        total=Quantity(card.total, "score"),
        possible=Quantity(card.possible, digits=1),
        all=Quantity(card.reachable, digits=1),
    )
    return joined(told, phrase("; growth {growth} a week", growth=Quantity(card.growth, "percent")), between="")
