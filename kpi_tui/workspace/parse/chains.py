"""chains/*.toml: chains and their links (R041, R042, R056, R057, R064)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpi_tui.definitions.library.chain import GROWTH, Capacity, Chain, Link, Platform, TargetRule
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.toml.fields import Fields

BREAKTHROUGHS = ("traffic_rules", "data_exchange", "bd_contacts")  # R082
LONG = ("month", "quarter", "half-year", "year")
_DAYS = re.compile(r"([1-9]\d{0,3})d")
_LEAST_DAYS = 30  # R056
_VIP_PERIODS = ("14d", "30d", "half-month", "month")  # R057
_SCALED = (TargetRule.HISTORY, TargetRule.PRECEDING)


def read_chain(key: str, fields: Fields) -> Chain:
    """One `[chains.id]` with its `[[chains.id.links]]`."""
    cap, growth = fields.number("cap", -1.0), fields.number("growth", -1.0)
    chain = Chain(
        id=key,
        name=fields.text("name", required=True),
        about=fields.text("about"),
        growth=growth if "growth" in fields.data else None,
        interval=int(fields.number("interval", 1)),
        boundary_growth=fields.choice("boundary_growth", ("this_month", "next_month"), "this_month"),
        score_basis=fields.choice("score_basis", ("rates", "counts"), "rates"),
        cap=cap if "cap" in fields.data else None,
        result=fields.string("result"),
        links=_links(fields),
        platforms=_platforms(fields),
        place=fields.place,
    )
    _check_chain(chain, fields)
    return chain


def _check_chain(chain: Chain, fields: Fields) -> None:
    if chain.growth is not None and not 0 <= chain.growth < 10:
        fields.problem(
            "growth",
            say("a growth of {growth:g} a week is out of range", growth=chain.growth),
            say("write 0.03 for 3 %"),
        )
    if chain.cap is not None and chain.cap <= 0:
        fields.problem("cap", say("'cap' must be above 0"), say("write 1.5 to count at most 150 %, or leave it out"))
    if chain.interval != fields.number("interval", 1) or not 1 <= chain.interval <= 12:
        fields.problem(
            "interval", say("'interval' is a whole number of months from 1 to 12"), say("write interval = 1")
        )
    if chain.result and all(link.id != chain.result for link in chain.links):
        _unknown_link(fields, "result", chain.result, chain.links)


def _links(fields: Fields) -> tuple[Link, ...]:
    found: list[Link] = []
    for inner in fields.tables("links"):
        link = _link(inner)
        if twice := duplicates.chain_link(link.id, (other.id for other in found)):
            inner.problem(*twice)
        if link.after and all(link.after != other.id for other in found):
            _unknown_link(inner, "after", link.after, found)
        fields.join(inner)
        found.append(link)
    if not found and not fields.broken:
        fields.problem(
            "links",
            say("the chain has no links"),
            say("add [[chains.{id}.links]]", id=fields.path[-1]),
            "missing-key",
        )
    return tuple(found)


def _link(fields: Fields) -> Link:
    rule = TargetRule(fields.choice("rule", TargetRule, TargetRule.NONE))
    link = Link(
        id=fields.string("id", required=True),
        name=fields.text("name", required=True),
        about=fields.text("about"),
        rule=rule,
        absolute=fields.string("absolute"),
        ratio=fields.string("ratio"),
        numerator=fields.string("numerator"),
        denominator=fields.string("denominator"),
        after=fields.string("after"),
        points=fields.number("points"),
        period=fields.string("period", "month" if rule in _SCALED else "week"),
        owner=fields.string("owner"),
        on=fields.boolean("on", True),
        capacity=_capacity(fields),
        band=_band(fields),
        place=fields.place,
    )
    _check_link(link, fields)
    return link


def _check_link(link: Link, fields: Fields) -> None:
    if link.points < 0:
        fields.problem("points", say("points of {points:g} are negative", points=link.points), say("write 0 or more"))
    if not re.fullmatch(r"\w[\w\-]{0,30}", link.id) or link.id == GROWTH:
        fields.problem(
            "id", say("{link!r} cannot be the id of a link", link=link.id), say("use letters, digits and _"), "type"
        )
    if link.rule is TargetRule.GROWTH and not link.absolute:
        fields.problem(
            "absolute", say("rule 'growth' needs an absolute count"), say("add a line `absolute = …`"), "missing-key"
        )
    if link.rule in (TargetRule.CONVERSION, TargetRule.HOLD, *_SCALED):
        for name in ("numerator", "denominator"):
            if not fields.data.get(name):
                fields.problem(
                    name,
                    say("rule {rule!r} needs a {name}", rule=link.rule.value, name=name),
                    say("add `{name} = …`", name=name),
                    "missing-key",
                )
    if link.rule is TargetRule.CONVERSION and not link.after:
        fields.problem(
            "after", say("rule 'conversion' needs the link before it"), say("add a line `after = …`"), "missing-key"
        )
    _check_period(link, fields)


def _check_period(link: Link, fields: Fields) -> None:
    if link.rule not in _SCALED:
        if link.period != "week":
            hint = say("leave it out: weeks add up to the month by themselves")
            fields.problem("period", say("rule {rule!r} runs week by week", rule=link.rule.value), hint, "period")
    elif link.rule is TargetRule.PRECEDING:
        if link.period not in _VIP_PERIODS:
            hint = say("write one of {names}", names=listed(_VIP_PERIODS))
            fields.problem("period", say("period = {period!r} is not offered here", period=link.period), hint, "R057")
    elif link.period not in LONG:
        days = _DAYS.fullmatch(link.period)
        if not days or int(days[1]) < _LEAST_DAYS:
            hint = say("short periods fluctuate: write 30d, 60d, 90d, {names}", names=listed(LONG))
            message = say("period = {period!r} is too short to compare with history, or no period", period=link.period)
            fields.problem("period", message, hint, "R056")


def _capacity(fields: Fields) -> Capacity | None:
    inner = fields.table("capacity")
    if inner is None:
        return None
    found = Capacity(inner.number("each", required=True), inner.string("agents"))
    if found.each <= 0 and not inner.broken:
        inner.problem("each", say("'each' must be above 0"), say("write what one agent handles in a week"))
    fields.join(inner)
    return found


def _band(fields: Fields) -> tuple[float, float] | None:
    found = fields.pairs("band")
    if not found:
        return None
    if len(found) > 1 or found[0][0] > found[0][1]:
        fields.problem("band", say("'band' is one pair, the lower value first"), say("write band = [[0.4, 0.5]]"))
    return found[0]


def _platforms(fields: Fields) -> tuple[Platform, ...]:
    found = []
    for inner in fields.tables("platforms"):
        texts = [inner.text(name) for name in ("holding", "breakthrough", "decision", *BREAKTHROUGHS)]
        found.append(Platform(inner.string("id", required=True), *texts))
        fields.join(inner)
    return tuple(found)


def _unknown_link(fields: Fields, key: str, name: str, links: Iterable[Link]) -> None:
    known = [link.id for link in links]
    hint = did_you_mean(name, known, say("links before it: {names}", names=listed(known) or say("none")))
    fields.problem(key, say("unknown link {name!r}", name=name), hint, "unknown-name")
