"""pages/*.toml: pages of sections, each of one kind with its own options."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpi_tui.definitions.library.page import (
    FINDING_STATES,
    TEXT_PLACES,
    ZEROS,
    BalanceCheck,
    BaselinePart,
    BreakdownPart,
    DriversPart,
    FindingRule,
    FindingsPart,
    FunnelPart,
    LayerShare,
    LayersPart,
    Limit,
    MetricsPart,
    Page,
    Part,
    PartColumn,
    QuadrantsPart,
    Section,
    Stage,
    TextPart,
)
from kpi_tui.definitions.message import say
from kpi_tui.definitions.text import Text
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.parse import analysis_parts as parts
from kpi_tui.workspace.toml.fields import Fields

METHODS = ("", "shapley", "lmdi", "substitution")


def read_page(key: str, fields: Fields) -> Page:
    """One `[pages.id]` with its `[[pages.id.sections]]`."""
    inner = fields.tables("sections")
    sections = tuple(_section(one) for one in inner)
    fields.join(*inner)
    if not inner:
        hint = say("add [[pages.{id}.sections]]", id=key)
        fields.problem("sections", say("the page has no sections"), hint, "missing-key")
    ids = [section.id for section in sections]
    for one, section in zip(inner, sections, strict=True):
        if twice := duplicates.page_section(section.id, ids):
            one.problem(*twice)
            fields.broken = True
    return Page(
        id=key,
        name=fields.text("name", required=True),
        about=fields.text("about"),
        sections=sections,
        pack=fields.boolean("pack"),
        place=fields.place,
        places=fields.places,
    )


def _section(fields: Fields) -> Section:
    """A section whose kind is not known is read no further: its options mean nothing."""
    kind = fields.choice("kind", READERS, required=True)
    id_ = fields.string("id") or kind
    title, needs = fields.text("title"), fields.strings("needs")
    if fields.broken:
        fields.seen.update(fields.data)
        return Section(id_, kind, title, TextPart(), place=fields.place)
    return Section(id_, kind, title, READERS[kind](fields), needs, fields.place, fields.places)


def _metrics(fields: Fields) -> MetricsPart:
    return MetricsPart(
        metrics=fields.strings("metrics", required=True),
        by=fields.string("by"),
        where=fields.string("where"),
        last=parts.whole(fields, "last", 1),
        lacks=fields.boolean("lacks"),
    )


def _drivers(fields: Fields) -> DriversPart:
    return DriversPart(fields.string("of", required=True), fields.choice("method", METHODS), fields.boolean("gap"))


def _baseline(fields: Fields) -> BaselinePart:
    cuts = fields.table("cuts")
    found = {} if cuts is None else {name: cuts.strings(name) for name in cuts.data}
    fields.join(cuts)
    return BaselinePart(
        metrics=fields.strings("metrics", required=True),
        tolerance=_limit(fields, "tolerance"),
        market=fields.boolean("market"),
        cuts=found,
    )


def _funnel(fields: Fields) -> FunnelPart:
    return FunnelPart(fields.string("funnel"), fields.string("by"))


def _breakdown(fields: Fields) -> BreakdownPart:
    columns, balance = fields.tables("columns"), fields.table("balance")
    found = tuple(_column(one) for one in columns)
    check = None
    if balance is not None:
        check = BalanceCheck(
            id=balance.string("id", "balances"),
            left=balance.string("left", required=True),
            right=balance.string("right", required=True),
            says=balance.text("says"),
        )
    fields.join(*columns, balance)
    if not found:
        fields.problem("columns", say("the table has no columns"), say("add `columns = [{{ … }}]`"), "missing-key")
    return BreakdownPart(
        by=fields.string("by", required=True),
        columns=found,
        name=fields.string("name"),
        heading=fields.text("heading"),
        where=fields.string("where"),
        segments=fields.strings("segments"),
        total=fields.boolean("total", True),
        known=fields.boolean("unknown", True),
        sort=fields.string("sort"),
        best=fields.string("best"),
        balance=check,
        names=parts.named(fields, "names"),
        notes=parts.named(fields, "notes"),
        noted=fields.text("noted"),
        most=parts.whole(fields, "most", 20) if "most" in fields.data else 0,
    )


def _column(fields: Fields) -> PartColumn:
    metric, measure, formula = (fields.string(key) for key in ("metric", "measure", "formula"))
    if sum(map(bool, (metric, measure, formula))) != 1:
        message = say("a column has one of metric, measure and formula")
        fields.problem("", message, say('write `metric = "…"`, or another of them'), "missing-key")
    return PartColumn(
        id=fields.string("id") or metric or measure,
        title=fields.text("title"),
        short=fields.text("short"),
        metric=metric,
        measure=measure,
        formula=formula,
        unit=fields.string("unit", "count"),
        previous=fields.boolean("previous"),
        zero=fields.choice("zero", ZEROS),
        whole=fields.boolean("whole"),
        hidden=fields.boolean("hidden"),
        signals=fields.boolean("signals"),
        reason=fields.boolean("reason"),
        csv=fields.string("csv"),
        place=fields.place,
        places=fields.places,
    )


def _layers(fields: Fields) -> LayersPart:
    inner = fields.tables("layers")
    layers = tuple(LayerShare(one.string("id", required=True), one.text("name"), _limit(one, "share")) for one in inner)
    fields.join(*inner)
    if not layers:
        fields.problem("layers", say("there are no layers"), say("add `layers = [{{ … }}]`"), "missing-key")
    metric, by = (fields.string(key, required=True) for key in ("metric", "by"))
    where, counted = fields.string("where"), fields.string("counted", "count")
    return LayersPart(metric, by, layers, where, counted, fields.text("heading"))


def _quadrants(fields: Fields) -> QuadrantsPart:
    x, y, by = (fields.string(key, required=True) for key in ("x", "y", "by"))
    return QuadrantsPart(x, y, by, fields.string("where"))


def _findings(fields: Fields) -> FindingsPart:
    inner = fields.tables("rules")
    rules = tuple(_rule(one) for one in inner)
    fields.join(*inner)
    if not rules:
        fields.problem("rules", say("there are no rules"), say("add `[[…rules]]`"), "missing-key")
    return FindingsPart(rules)


def _rule(fields: Fields) -> FindingRule:
    above, least, against = _limit(fields, "above"), _limit(fields, "least"), fields.string("against")
    if sum((above is not None, least is not None, bool(against))) != 1:
        message = say("a rule has one of above, least and against")
        fields.problem("", message, say("write the limit, or the metric it is seen against"), "missing-key")
    periods, tolerance = _limit(fields, "periods"), _limit(fields, "tolerance")
    return FindingRule(
        id=fields.string("id", required=True),
        metric=fields.string("metric", required=True),
        above=above,
        least=least,
        against=against,
        periods=3.0 if periods is None else periods,
        tolerance=0.1 if tolerance is None else tolerance,
        observed=_limit(fields, "observed"),
        says=_texts(fields, "says", FINDING_STATES),
        because=_texts(fields, "because", ("none", "falling", "neither")),
        place=fields.place,
        places=fields.places,
    )


def _text(fields: Fields) -> TextPart:
    inner = fields.tables("stages")
    stages = tuple(Stage(one.string("id", required=True), one.text("name"), _limit(one, "until")) for one in inner)
    fields.join(*inner)
    return TextPart(
        body=fields.text("body"),
        items=fields.texts("items"),
        metric=fields.string("metric"),
        units=fields.string_map("units"),
        numbers=fields.string_map("numbers"),
        since=fields.string("since"),
        stages=stages,
        at=fields.choice("at", TEXT_PLACES, "sheet"),
    )


READERS: Mapping[str, Callable[[Fields], Part]] = {
    "metrics": _metrics,
    "drivers": _drivers,
    "baseline": _baseline,
    "funnel": _funnel,
    "breakdown": _breakdown,
    "layers": _layers,
    "cohort": parts.cohort,
    "moves": parts.moves,
    "projection": parts.projection,
    "campaigns": parts.campaigns,
    "compare": parts.compare,
    "rules": parts.rules,
    "top": parts.top,
    "scores": parts.scores,
    "festival": parts.festival,
    "quadrants": _quadrants,
    "findings": _findings,
    "text": _text,
}
"""The kinds of a section, and how their options are read."""


def _limit(fields: Fields, key: str) -> Limit | None:
    """A number or the name of a setting; None where the key is not written."""
    if key not in fields.data:
        return None
    return fields.string(key) if isinstance(fields.data[key], str) else fields.number(key)


def _texts(fields: Fields, key: str, known: tuple[str, ...]) -> dict[str, Text]:
    """A table of texts with known keys."""
    inner = fields.table(key)
    found = {} if inner is None else {name: inner.text(name) for name in known if name in inner.data}
    if inner is not None:
        inner.seen.update(known)
    fields.join(inner)
    return found
