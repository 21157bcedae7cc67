"""chains/*.toml: chains and their links (spec R041, R042, R056, R057, R064)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpi_tui.definitions.chain import GROWTH, Capacity, Chain, Link, Platform, TargetRule
from kpi_tui.workspace.names import did_you_mean
from kpi_tui.workspace.parse import Fields

LONG = ("month", "quarter", "half-year", "year")
_DAYS = re.compile(r"([1-9]\d{0,3})d")
_LEAST_DAYS = 30  # R056
_VIP_PERIODS = ("14d", "30d", "month")  # R057
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
        fields.problem("growth", f"a growth of {chain.growth:g} a week is out of range", "write 0.03 for 3 %")
    if chain.cap is not None and chain.cap <= 0:
        fields.problem("cap", "'cap' must be above 0", "write 1.5 to count at most 150 %, or leave it out")
    if chain.interval != fields.number("interval", 1) or not 1 <= chain.interval <= 12:
        fields.problem("interval", "'interval' is a whole number of months from 1 to 12", "write interval = 1")
    if chain.result and all(link.id != chain.result for link in chain.links):
        _unknown_link(fields, "result", chain.result, chain.links)


def _links(fields: Fields) -> tuple[Link, ...]:
    found: list[Link] = []
    for inner in fields.tables("links"):
        link = _link(inner)
        if any(link.id.casefold() == other.id.casefold() for other in found):
            inner.problem("id", f"the link {link.id!r} stands twice in this chain", "rename one of them", "twice")
        if link.after and all(link.after != other.id for other in found):
            _unknown_link(inner, "after", link.after, found)
        fields.join(inner)
        found.append(link)
    if not found and not fields.broken:
        fields.problem("links", "the chain has no links", f"add [[chains.{fields.path[-1]}.links]]", "missing-key")
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
        fields.problem("points", f"points of {link.points:g} are negative", "write 0 or more")
    if not re.fullmatch(r"\w[\w\-]{0,30}", link.id) or link.id == GROWTH:
        fields.problem("id", f"{link.id!r} cannot be the id of a link", "use letters, digits and _", "type")
    if link.rule is TargetRule.GROWTH and not link.absolute:
        fields.problem("absolute", "rule 'growth' needs an absolute count", "add a line `absolute = …`", "missing-key")
    if link.rule in (TargetRule.CONVERSION, TargetRule.HOLD, *_SCALED):
        for name in ("numerator", "denominator"):
            if not fields.data.get(name):
                fields.problem(name, f"rule {link.rule.value!r} needs a {name}", f"add `{name} = …`", "missing-key")
    if link.rule is TargetRule.CONVERSION and not link.after:
        fields.problem("after", "rule 'conversion' needs the link before it", "add a line `after = …`", "missing-key")
    _check_period(link, fields)


def _check_period(link: Link, fields: Fields) -> None:
    if link.rule not in _SCALED:
        if link.period != "week":
            hint = "leave it out: weeks add up to the month by themselves"
            fields.problem("period", f"rule {link.rule.value!r} runs week by week", hint, "period")
    elif link.rule is TargetRule.PRECEDING:
        if link.period not in _VIP_PERIODS:
            hint = f"write one of {', '.join(_VIP_PERIODS)}"
            fields.problem("period", f"period = {link.period!r} is not offered here", hint, "R057")
    elif link.period not in LONG:
        days = _DAYS.fullmatch(link.period)
        if not days or int(days[1]) < _LEAST_DAYS:
            hint = f"short periods fluctuate: write 30d, 60d, 90d, {', '.join(LONG)}"
            message = f"period = {link.period!r} is too short to compare with history, or no period"
            fields.problem("period", message, hint, "R056")


def _capacity(fields: Fields) -> Capacity | None:
    inner = fields.table("capacity")
    if inner is None:
        return None
    found = Capacity(inner.number("each", required=True), inner.string("agents"))
    if found.each <= 0 and not inner.broken:
        inner.problem("each", "'each' must be above 0", "write what one agent handles in a week")
    fields.join(inner)
    return found


def _band(fields: Fields) -> tuple[float, float] | None:
    found = fields.pairs("band")
    if not found:
        return None
    if len(found) > 1 or found[0][0] > found[0][1]:
        fields.problem("band", "'band' is one pair, the lower value first", "write band = [[0.4, 0.5]]")
    return found[0]


def _platforms(fields: Fields) -> tuple[Platform, ...]:
    found = []
    for inner in fields.tables("platforms"):
        texts = [inner.text(name) for name in ("holding", "breakthrough", "decision")]
        found.append(Platform(inner.string("id", required=True), *texts))
        fields.join(inner)
    return tuple(found)


def _unknown_link(fields: Fields, key: str, name: str, links: Iterable[Link]) -> None:
    known = [link.id for link in links]
    hint = did_you_mean(name, known, f"links before it: {', '.join(known) or 'none'}")
    fields.problem(key, f"unknown link {name!r}", hint, "unknown-name")
