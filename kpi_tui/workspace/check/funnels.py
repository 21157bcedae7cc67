"""Steps of funnels: columns exist and SQL is judged where it stands, and a funnel with an error takes none along."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.funnel import Funnel, Step
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import listed, say
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.measures import MeasureCheck
from kpi_tui.workspace.check.relations import Relations
from kpi_tui.workspace.parse.funnel_facts import without_funnels
from kpi_tui.workspace.parse.layer import Layer


def check_funnels(layer: Layer, relations: Relations, report: Contradictions) -> None:
    """Report every step that cannot be read; its funnel goes, with the facts made of it."""
    check = MeasureCheck(relations, layer.facts.broken | layer.schemas.broken, layer.settings, report)
    for funnel in layer.funnels.items.values():
        for step in funnel.steps:
            for measure in rows_of(funnel, step):
                check.run(measure)
    layer.funnels.drop(report.spoilt)
    kept = without_funnels(layer.facts.items, report.spoilt)
    for name in layer.facts.items.keys() - kept.keys():
        if layer.facts.items[name].parts:
            place = layer.facts.items[name].place
            names = listed(sorted(report.spoilt))
            said = say("fact {name}: no funnel is left, {names} have errors", name=name, names=names)
            hint = say("correct the funnels")
            report.issues.append(Issue(Severity.ERROR, said, hint, place.file, place.line, f"facts.{name}", "follows"))
    layer.facts.drop(layer.facts.items.keys() - kept.keys())
    layer.facts.items = kept


def rows_of(funnel: Funnel, step: Step) -> list[Measure]:
    """The rows of a step as a measure, and the money of them where it has some; errors stand at the step's own keys."""
    places = {"column": step.places.get("user", step.place), **step.places}
    rows = Measure(
        funnel.id, step.table, Aggregation.COUNT, step.user, step.where, step.time, place=step.place, places=places
    )
    if not step.value:
        return [rows]
    worth = replace(rows, agg=Aggregation.SUM, column=step.value, where="")
    return [rows, replace(worth, places={**places, "column": step.places.get("value", step.place)})]
