"""Cross checks between definitions; what fails is taken out and named, and so is what rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.doubt import Doubt
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Setting
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.check.chains import check_chain
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.facts import FactCheck
from kpi_tui.workspace.check.funnels import check_funnels
from kpi_tui.workspace.check.measures import MeasureCheck
from kpi_tui.workspace.check.metrics import MetricCheck
from kpi_tui.workspace.check.pages import PageCheck
from kpi_tui.workspace.check.relations import Relations, column_names
from kpi_tui.workspace.check.reports import check_report
from kpi_tui.workspace.check.roles import check_per, check_person, check_role, check_target_names
from kpi_tui.workspace.check.schemas import check_references
from kpi_tui.workspace.check.tables import TableCheck
from kpi_tui.workspace.check.trees import check_tree
from kpi_tui.workspace.check.unread_files import unread_files
from kpi_tui.workspace.parse.funnel_facts import of_funnels_left
from kpi_tui.workspace.parse.layer import Layer


def validate_layer(layer: Layer, root: Path, data: Path, calendar: Calendar = ISO) -> list[Issue]:
    """Every contradiction between definitions; spoilt ones are dropped from `layer`."""
    issues: list[Issue] = []
    sources = layer.tables.items | layer.tables.suspects  # a table with one bad path still has its extra columns
    _schemas(layer, issues)
    _tables(layer, root, data, issues)
    relations = _relations(layer, sources, issues)
    columns = column_names(relations)
    _measures(layer, relations, layer.settings, issues)
    report = Contradictions(say("metric"), issues)
    MetricCheck(layer, layer.settings, report).run()
    layer.metrics.drop(report.spoilt)
    _chains(layer, issues)
    _roles(layer, columns, issues)
    _trees(layer, issues)
    _reports(layer, columns, issues)
    _pages(layer, columns, issues)
    _doubts(layer, relations, issues)
    check_target_names(root / "targets", calendar, issues)
    issues += unread_files(root)
    return issues


def _schemas(layer: Layer, issues: list[Issue]) -> None:
    report = Contradictions(say("table"), issues)
    for schema in layer.schemas.items.values():
        check_references(schema, layer.schemas, report)
    layer.schemas.drop(report.spoilt)


def _tables(layer: Layer, root: Path, data: Path, issues: list[Issue]) -> None:
    report = Contradictions(say("table"), issues)
    check = TableCheck(data, (data, root.resolve()), layer.settings, report)
    for table in [*layer.tables.items.values(), *layer.tables.suspects.values()]:
        check.run(table, layer.schemas.items)
    layer.tables.drop(report.spoilt)


def _relations(layer: Layer, sources: Mapping[str, TableSource], issues: list[Issue]) -> Relations:
    relations = Relations()
    for schema in layer.schemas.items.values():
        relations.add_table(schema, sources.get(schema.id))
    report = Contradictions(say("fact"), issues)
    for fact in layer.facts.items.values():
        if twice := duplicates.fact_and_table(fact.id, layer.schemas.items):
            report.error(fact, *twice)
    check = FactCheck(layer.facts, relations, layer.settings, report)
    check.run({step.table for funnel in layer.funnels.items.values() for step in funnel.steps})
    layer.facts.drop(report.spoilt)
    check_funnels(layer, relations, Contradictions(say("funnel"), issues))
    check.run(list(layer.facts.items))
    layer.facts.drop(report.spoilt)
    layer.measures.items = of_funnels_left(layer.measures.items, layer.facts.items)
    return relations


def _measures(layer: Layer, relations: Relations, settings: Mapping[str, Setting], issues: list[Issue]) -> None:
    report = Contradictions(say("measure"), issues)
    check = MeasureCheck(relations, layer.facts.broken | layer.schemas.broken, settings, report)
    for measure in [*layer.measures.items.values(), *layer.measures.suspects.values()]:
        check.run(measure)
    layer.measures.drop(report.spoilt)


def _chains(layer: Layer, issues: list[Issue]) -> None:
    report = Contradictions(say("chain"), issues)
    for chain in layer.chains.items.values():
        check_chain(chain, layer.measures, layer.metrics, report)
    layer.chains.drop(report.spoilt)


def _trees(layer: Layer, issues: list[Issue]) -> None:
    report = Contradictions(say("tree"), issues)
    for tree in layer.trees.items.values():
        check_tree(tree, layer.metrics, report)
    layer.trees.drop(report.spoilt)


def _reports(layer: Layer, columns: set[str], issues: list[Issue]) -> None:
    report = Contradictions(say("report"), issues)
    for asked in layer.reports.items.values():
        check_report(asked, layer.metrics, columns, report)
    layer.reports.drop(report.spoilt)


def _pages(layer: Layer, columns: set[str], issues: list[Issue]) -> None:
    report = Contradictions(say("page"), issues)
    check = PageCheck(layer, columns, report)
    for page in layer.pages.items.values():
        check.run(page)
    layer.pages.drop(report.spoilt)


def _doubts(layer: Layer, relations: Relations, issues: list[Issue]) -> None:
    report = Contradictions(say("doubt"), issues)
    check = MeasureCheck(relations, layer.facts.broken | layer.schemas.broken, layer.settings, report)
    for doubt in [*layer.doubts.items.values(), *layer.doubts.suspects.values()]:
        check.run(doubt.rows)
        _without_time(doubt, layer, relations, report)
    layer.doubts.drop(report.spoilt)


def _without_time(doubt: Doubt, layer: Layer, relations: Relations, report: Contradictions) -> None:
    """Where its rows lack a time: the times are two of its table that have days, the amount is one of its columns."""
    asked, key, table = doubt.without_time, "without_time", doubt.rows.table
    if asked is None or doubt.id in report.spoilt:
        return
    if table not in layer.schemas.items:
        report.unknown(doubt.rows, key, say("table"), table, layer.schemas.items)
        return
    columns = relations.columns.get(table) or frozenset()
    times = sorted(name for name in columns if f"{name}_day" in columns)
    for name in (asked.time, asked.instead):
        if name not in times:
            report.unknown(doubt.rows, key, say("time"), name, times)
    if asked.amount not in columns:
        report.unknown(doubt.rows, key, say("column"), asked.amount, sorted(columns))


def _roles(layer: Layer, columns: set[str], issues: list[Issue]) -> None:
    roles = Contradictions(say("role"), issues)
    for role in layer.roles.items.values():
        check_role(role, layer.metrics, roles)
        check_per(role, columns, roles)
    layer.roles.drop(roles.spoilt)
    people = Contradictions(say("person"), issues)
    for person in layer.people.items.values():
        check_person(person, layer.roles, people, layer.people)
        if twice := duplicates.person_and_role(person.id, layer.roles.items):
            people.error(person, *twice)
    layer.people.drop(people.spoilt)
