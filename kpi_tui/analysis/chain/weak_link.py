"""The weak link, honestly: by what the end result would gain, not by the lowest rate (R077).

Each link of the flow is brought back, alone, to where its own past says it should be (its target where it has no
past); what that adds to the end result is its gain. A link is named only when its fall is more than its usual
swing. Two causes move the blame: padded visitors dilute the rate of the next link, and a flow above capacity
breaks the link that cannot take it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt

from kpi_tui.analysis.chain.capacity import is_overloaded
from kpi_tui.analysis.chain.swing import Swing, Years, known, pooled, swing
from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, Rank, WeakLink
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.attainment_state import NEAR_FROM
from kpi_tui.definitions.library.chain import Link, TargetRule
from kpi_tui.definitions.library.chain_periods import MONTHS, span_of, weeks_before, weeks_of

CLEAR = 2.5  # usual swings that make a fall more than chance
LEAST = 0.03  # share of the end result worth naming


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What every step looks at."""

    inputs: ChainInputs
    card: ChainCard
    now: tuple[str, ...]
    swings: Mapping[str, Swing]
    flow: tuple[Link, ...]
    result: float | None  # None where no week of the last link is known
    clear: float
    least: float

    def before(self, link: Link) -> str:
        """The id of the link before, "" for the first of the flow."""
        place = self.flow.index(link) if link in self.flow else 0
        return self.flow[place - 1].id if place else ""


def find(inputs: ChainInputs, card: ChainCard, now: Sequence[str] | None = None) -> WeakLink:
    """Both orders of the links, and the one to mend first; `now`: weeks that are over (default: all of the month)."""
    view = _view(inputs, card, tuple(now if now is not None else (week.id for week in weeks_of(card.period))))
    ranks = [
        _rank(view, link) for link in card.links if link.link.rule is not TargetRule.NONE or link.link in view.flow
    ]
    ranks = _blamed(view, ranks)
    ranks.sort(key=_place)
    first = ranks[0] if ranks and ranks[0].clear else None
    scored = [link for link in card.links if link.attainment is not None]
    end = view.flow[-1] if view.flow else None
    return WeakLink(
        by_gain=tuple(ranks),
        by_attainment=tuple(link.link.id for link in sorted(scored, key=lambda link: link.attainment or 0.0)),
        named=first.link if first else "",
        cause=first.cause if first else "",
        result=view.result,
        result_of=(end.numerator or end.absolute) if end else "",
        seasonal=any(_is_seasonal(swing_) for swing_ in view.swings.values()),
    )


def _view(inputs: ChainInputs, card: ChainCard, now: tuple[str, ...]) -> _Evidence:
    before = weeks_before(card.period)
    year = Years(
        tuple(week.a_year_earlier().id for week in weeks_of(card.period) if week.id in now),
        tuple(week.a_year_earlier().id for week in before),
    )
    past = [week.id for week in before]
    links = [link for link in inputs.chain.active if link.rule not in (TargetRule.HISTORY, TargetRule.PRECEDING)]
    swings = {link.id: found for link in links if (found := swing(inputs, link, now, past, year)) is not None}
    flow = inputs.chain.flow()
    ends = known(inputs, flow[-1], now) if flow else ()
    result = fsum(week.numerator for week in ends) if ends else None
    clear, least = inputs.setting("weak_link_clear", CLEAR), inputs.setting("weak_link_least", LEAST)
    return _Evidence(inputs, card, now, swings, flow, result, clear, least)


def _rank(view: _Evidence, card: LinkCard) -> Rank:
    link, seen = card.link, view.swings.get(card.link.id)
    lost = None if card.attainment is None else card.points * max(1 - card.attainment, 0.0)
    rank = Rank(link.id, gain_score=lost, attainment=card.attainment, actual=seen.actual if seen else card.actual)
    if link.rule in (TargetRule.HISTORY, TargetRule.PRECEDING):
        return _scaled(view, card, rank)
    if seen is not None and seen.z is not None:
        fallen = seen.z < -view.clear and seen.change < -view.least
        rank = replace(rank, reference=seen.reference, basis="baseline", clear=fallen)
    elif card.target and card.actual is not None:
        behind = card.attainment is not None and card.attainment < view.inputs.setting("chain_weak", NEAR_FROM)
        done, wanted = _a_week(card)
        rank = replace(rank, reference=wanted, actual=done, basis="target", clear=behind)
    return _gained(view, link, replace(rank, cause="rate" if link.denominator else "volume"))


def _a_week(card: LinkCard) -> tuple[float | None, float | None]:
    """Actual and target of a mean week: a sum of the month is no weekly figure."""
    weeks = [cell for cell in card.weeks if cell.period.id in card.counted]
    if not weeks:
        return card.actual, card.target
    done, wanted = fsum(cell.actual or 0.0 for cell in weeks), fsum(cell.target or 0.0 for cell in weeks)
    return done / len(weeks), wanted / len(weeks)


def _gained(view: _Evidence, link: Link, rank: Rank) -> Rank:
    """What the end result would gain if this link alone came back to its reference."""
    if link not in view.flow or rank.reference is None or rank.actual is None:
        return rank
    weeks = known(view.inputs, link, view.now)
    if link.denominator:
        missing = (rank.reference - rank.actual) * fsum(week.denominator or 0.0 for week in weeks)
    else:
        missing = (rank.reference - rank.actual) * len(weeks)
    gain = max(missing, 0.0) * _yield(view, link)
    share = gain / view.result if view.result else None
    return replace(rank, gain=gain, share=share, clear=rank.clear and (share is None or share >= view.least))


def _yield(view: _Evidence, link: Link) -> float:
    """End results per unit that leaves this link: the product of the rates behind it."""
    product = 1.0
    for later in view.flow[view.flow.index(link) + 1 :]:
        seen = view.swings.get(later.id)
        product *= seen.actual if seen else 0.0
    return product


def _scaled(view: _Evidence, card: LinkCard, rank: Rank) -> Rank:
    """Links G and H against their scaled history. Repeat deals are deals: what is missing is missing in the result."""
    if card.target is None or card.actual is None:
        return rank
    missing = max(card.target - card.actual, 0.0)
    # Two counts are compared, so chance alone moves the difference by the root of twice the count.
    fallen = missing > view.clear * sqrt(2 * max(card.target, 1.0)) and _fell_of_late(view, card)
    rank = replace(rank, reference=card.target, actual=card.actual, basis="target", cause="rate", clear=fallen)
    end = view.flow[-1] if view.flow else None
    repeats = card.link.rule is TargetRule.HISTORY and end is not None
    if not repeats or end is None or card.link.denominator != (end.numerator or end.absolute):
        return rank
    result = view.inputs.count(card.link.denominator, span_of(card.link, view.card.period).id).value
    if not result:
        return rank
    share = missing / result  # of the same span, not of the weeks of the other links
    return replace(rank, gain=missing, share=share, clear=fallen and share >= view.least)


def _fell_of_late(view: _Evidence, card: LinkCard) -> bool:
    """Against a history of another size of shop alone nothing is claimed: the last months must show the fall too."""
    months = [view.card.period.previous(back).id for back in range(1, MONTHS + 1)]
    past = known(view.inputs, card.link, months)
    now = known(view.inputs, card.link, [view.card.period.id])
    return len(past) < MONTHS or not now or pooled(now) < pooled(past) * (1 - view.least)


def _blamed(view: _Evidence, ranks: list[Rank]) -> list[Rank]:
    """The blame moved to where it belongs: padding to the link that grew, overload to the one that cannot take it."""
    found = {rank.link: rank for rank in ranks}
    for link in view.flow:
        before = view.before(link)
        if before and found[link.id].clear and before in found and _is_padded(view, link, before):
            found[before] = replace(found[before], clear=True, cause="padding", gain=0.0, share=0.0)
            found[link.id] = replace(found[link.id], clear=False)
    for rank in list(found.values()):
        card = view.card.link(rank.link)
        if card and rank.clear and is_overloaded(view.inputs, card.link, view.now):
            found[rank.link] = replace(rank, cause="capacity")
    return list(found.values())


def _is_padded(view: _Evidence, link: Link, before: str) -> bool:
    """More people than ever came in, and no more of them went on: the rate fell by dilution alone (R075)."""
    source = view.swings.get(before)
    if source is None or source.z is None or source.z < view.clear or source.change < view.least:
        return False
    counted = replace(link, denominator="")
    past = [week.id for week in weeks_before(view.card.period)]
    went_on = swing(view.inputs, counted, view.now, past, Years())
    return went_on is not None and went_on.z is not None and went_on.z > -view.clear and source.change > went_on.change


def _is_seasonal(seen: Swing) -> bool:
    return abs(seen.season - 1) > LEAST


def _place(rank: Rank) -> tuple[bool, bool, bool, float, float]:
    """Named ones first, among them causes over symptoms; then the largest gain; links without a path last.

    Gains are compared as shares of the result of their own span: a month's gain is no larger for being a month's.
    """
    moved = rank.cause in ("padding", "capacity")
    return (
        not rank.clear,
        not (rank.clear and moved),
        rank.gain is None,
        -(rank.share or 0.0),
        -(rank.gain_score or 0.0),
    )
