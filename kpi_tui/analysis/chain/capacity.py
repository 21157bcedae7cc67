"""What a link can handle against who comes: overload, idle service, the bottleneck, the critical point (R078–R081)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpi_tui.analysis.chain.one_sided_views import EPSILON, growth_card
from kpi_tui.analysis.chain.swing import known, pooled
from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard
from kpi_tui.definitions.answers.chain_facts import ChainFacts
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.attainment_state import NEAR_FROM
from kpi_tui.definitions.library.chain import Link, TargetRule
from kpi_tui.definitions.quantity import Quantity

BACKLOG = "presale_backlog_per_agent"


def is_overloaded(inputs: ChainInputs, link: Link, weeks: Sequence[str]) -> bool:
    """True when in most weeks more people reached the link than it can handle."""
    flows = [
        (inflow, room)
        for week in weeks
        if (inflow := inflow_of(inputs, link, week)) is not None
        and (room := capacity_of(inputs, link, week)) is not None
    ]
    return bool(flows) and sum(inflow > room for inflow, room in flows) * 2 > len(flows)


def inflow_of(inputs: ChainInputs, link: Link, week: str) -> float | None:
    """People who reach a link in a week."""
    return inputs.count(link.denominator or link.absolute, week).value


def capacity_of(inputs: ChainInputs, link: Link, week: str) -> float | None:
    """What a link can handle in a week (R081)."""
    if link.capacity is None:
        return None
    if not link.capacity.agents:
        return link.capacity.each
    agents = inputs.count(link.capacity.agents, week).value
    return None if agents is None else agents * link.capacity.each


def starving(inputs: ChainInputs, card: ChainCard, facts: ChainFacts) -> Iterable[Finding]:
    """Service idles because too few visitors arrive (R078)."""
    growing, backlog = growth_card(card), facts.now(BACKLOG)
    if growing is None or growing.attainment is None or backlog is None:
        return
    if growing.attainment < inputs.setting("chain_weak", NEAR_FROM) and backlog == 0:
        numbers: dict[str, Quantity | str] = {"attainment": Quantity(growing.attainment, "percent")}
        yield Finding("starving", "R078", growing.link.id, growing.link.owner, numbers)


def overload(card: ChainCard, facts: ChainFacts) -> Iterable[Finding]:
    """More waits than service can handle, and it shows in inquiries, satisfaction or complaints (R079)."""
    busy = next((link for link in card.links if link.link.capacity), None)
    backlog = facts.now(BACKLOG)
    if busy is None or busy.link.capacity is None or backlog is None or backlog <= busy.link.capacity.each:
        return
    complaints = facts.last("complaint_rate", 2)
    worse = len(complaints) == 2 and None not in complaints and (complaints[1] or 0.0) > (complaints[0] or 0.0)
    hurt = [link.link.id for link in _touched(card, busy) if (link.attainment or 1.0) < 1 - EPSILON]
    if hurt or worse:
        numbers: dict[str, Quantity | str] = {
            "backlog": Quantity(backlog, digits=0),
            "each": Quantity(busy.link.capacity.each, digits=0),
            "hurt": ", ".join(hurt),
        }
        yield Finding("overload", "R079", busy.link.id, service_owner(card, busy), numbers)


def critical_point(inputs: ChainInputs, card: ChainCard, weeks: Sequence[str]) -> Iterable[Finding]:
    """N_crit = capacity a week / inquiry rate: below it invest in visitors, above it in service (R081)."""
    busy = next((link for link in card.links if link.link.capacity), None)
    source = card.link(busy.link.after) if busy else None
    asked = known(inputs, source.link, weeks) if source else []
    if busy is None or source is None or not asked or not (rate := pooled(asked)):
        return
    rooms = [room for week in weeks if (room := capacity_of(inputs, busy.link, week)) is not None]
    people = [came for week in weeks if (came := inflow_of(inputs, source.link, week)) is not None]
    if not rooms or not people:
        return
    point, visitors = rooms[-1] / rate, sum(people) / len(people)
    below = visitors < point
    growing = growth_card(card)
    owner = growing.link.owner if below and growing else service_owner(card, busy)
    numbers: dict[str, Quantity | str] = {
        "point": Quantity(point, digits=0),
        "visitors": Quantity(visitors, digits=0),
        "capacity": Quantity(rooms[-1], digits=0),
        "rate": Quantity(rate, "percent"),
        "side": "visitors" if below else "service",
    }
    yield Finding("critical_point", "R081", busy.link.id, owner, numbers, "advice")


def bottleneck(inputs: ChainInputs, card: ChainCard, weeks: Sequence[str]) -> Iterable[Finding]:
    """The link whose flow comes nearest to, or above, what it can handle."""
    loads = [(load, link) for link in card.links if (load := _load(inputs, link.link, weeks)) is not None]
    if not loads:
        return
    (inflow, room), busy = max(loads, key=lambda item: item[0][0] / item[0][1])
    numbers: dict[str, Quantity | str] = {
        "inflow": Quantity(inflow, digits=0),
        "capacity": Quantity(room, digits=0),
        "load": Quantity(inflow / room, "percent"),
    }
    severity = "warning" if inflow > room else "advice"
    yield Finding("bottleneck", "R079", busy.link.id, service_owner(card, busy), numbers, severity)


def service_owner(card: ChainCard, busy: LinkCard) -> str:
    """Who runs pre-sale service: the owner of the first satisfaction link, else of the busy link itself."""
    satisfaction = next((link for link in card.links if link.link.rule is TargetRule.HOLD and link.link.owner), None)
    return satisfaction.link.owner if satisfaction else busy.link.owner


def _load(inputs: ChainInputs, link: Link, weeks: Sequence[str]) -> tuple[float, float] | None:
    """Mean inflow and capacity of the weeks that have both."""
    pairs = [(inflow_of(inputs, link, week), capacity_of(inputs, link, week)) for week in weeks]
    known = [(flow, room) for flow, room in pairs if flow is not None and room]
    if not known:
        return None
    return sum(flow for flow, _ in known) / len(known), sum(room for _, room in known) / len(known)


def _touched(card: ChainCard, busy: LinkCard) -> list[LinkCard]:
    """The links where overload shows: inquiries before the busy link, and pre-sale satisfaction (C and E)."""
    satisfaction = [link for link in card.links if link.link.rule is TargetRule.HOLD][:1]
    source = card.link(busy.link.after)
    return [*([source] if source else []), *satisfaction]
