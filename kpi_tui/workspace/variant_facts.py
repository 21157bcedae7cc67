"""Facts made ready before they are checked: the variant that a setting chooses, the facts of every funnel."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.message import listed, say
from kpi_tui.workspace.check.contradiction import Contradictions, Located
from kpi_tui.workspace.parse.funnel_facts import funnel_facts, reached_measures
from kpi_tui.workspace.parse.layer import Layer


def prepare_facts(layer: Layer, issues: list[Issue]) -> None:
    """Choose variants, then add the facts of the funnels; a fact the workspace writes itself goes first."""
    _choose(layer, issues)
    check_steps(layer, issues)
    times = {key: schema.time for key, schema in layer.schemas.items.items()}
    times |= {key: fact.time for key, fact in layer.facts.items.items()}
    made = {fact.id: fact for fact in funnel_facts(_supplied(layer), times)}
    layer.facts.items = made | layer.facts.items
    layer.measures.items = reached_measures(_supplied(layer)) | layer.measures.items


def _choose(layer: Layer, issues: list[Issue]) -> None:
    """Give every fact with variants the SQL its setting names."""
    report = Contradictions(say("fact"), issues)
    for key, fact in layer.facts.items.items():
        if not fact.variants:
            continue
        word = layer.settings.get(fact.chosen_by)
        if fact.chosen_by not in layer.settings:
            report.unknown(fact, "chosen_by", say("setting"), fact.chosen_by, layer.settings, "setting")
        elif word not in fact.variants:
            known = listed(fact.variants)
            message = say("the setting {chosen_by} = {word!r} names no variant", chosen_by=fact.chosen_by, word=word)
            report.error(fact, "variants", message, say("set it to one of: {known}", known=known), "setting")
        else:
            layer.facts.items[key] = replace(fact, sql=fact.variants[str(word)])
    layer.facts.drop(report.spoilt)


def check_steps(layer: Layer, issues: list[Issue]) -> None:
    """Steps read known tables; the metrics of a funnel exist. Columns are checked with the facts made of them."""
    report = Contradictions(say("funnel"), issues)
    for funnel in layer.funnels.items.values():
        known = [*layer.schemas.items, *layer.facts.items]
        for step in funnel.steps:
            if step.table not in known:
                at = Located(funnel.id, step.places.get("table", step.place))
                report.unknown(at, "", say("table or fact"), step.table, known)
        for name in funnel.metrics:
            if name in layer.metrics.broken:
                report.follows(funnel, "metrics", say("metric"), name)
            elif name not in layer.metrics.items:
                report.unknown(funnel, "metrics", say("metric"), name, layer.metrics.items)
    layer.funnels.drop(report.spoilt)


def _supplied(layer: Layer) -> list[Funnel]:
    """Funnels whose tables the workspace has; all of them when it has none, so that the lack can be named."""
    funnels = list(layer.funnels.items.values())
    there = {*layer.tables.items, *layer.facts.items}
    having = [funnel for funnel in funnels if funnel.steps and {step.table for step in funnel.steps} <= there]
    return having or funnels
