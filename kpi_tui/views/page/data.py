"""The JSON of a section, by its kind."""

from __future__ import annotations

from kpi_tui.definitions.answers.page import (
    Assessment,
    BaselineRow,
    BaselinesFound,
    BreakdownFound,
    BreakdownRow,
    CohortsFound,
    DriversFound,
    FindingsFound,
    LayersFound,
    MetricsFound,
    QuadrantsFound,
    SectionAnswer,
    TextFound,
)
from kpi_tui.definitions.library.funnel import FunnelView
from kpi_tui.definitions.library.page import (
    BaselinePart,
    BreakdownPart,
    FindingRule,
    FindingsPart,
    LayersPart,
    TextPart,
)
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.views.causes.baseline import baseline_data
from kpi_tui.views.causes.cohort import cohorts_data
from kpi_tui.views.causes.drivers import drivers_data
from kpi_tui.views.funnel import funnel_data
from kpi_tui.views.library.values import value_data
from kpi_tui.views.page.texts import cause, filled, finding_text, numbers
from kpi_tui.views.record import Record, plain, record


def section_data(one: SectionAnswer, space: Workspace) -> object:
    """The numbers of a section; null where it could not be answered."""
    match one.section.part, one.found:
        case _, MetricsFound(values=values):
            return [value_data(value) for value in values]
        case _, DriversFound() as found:
            return {**drivers_data(found.drivers), **record(found, "gap")}
        case BaselinePart(market=market), BaselinesFound(rows=rows):
            return [_step(row) if market else baseline_data(row.usual) for row in rows]
        case _, FunnelView() as found:
            return funnel_data(found)
        case BreakdownPart() as part, BreakdownFound() as found:
            return [_breakdown(part, row) for row in found.rows]
        case LayersPart(counted=counted), LayersFound(rows=layers):
            return [record(row, "layer", f"{counted}=count", "amount", "share", "mean") for row in layers]
        case _, CohortsFound(rows=cohorts):
            return cohorts_data(cohorts)
        case _, QuadrantsFound() as found:
            fields = ("segment", "x=x.value", "y=y.value", "high_x", "high_y")
            return {**record(found, "x", "y"), "segments": [record(row, *fields) for row in found.rows]}
        case FindingsPart() as part, FindingsFound(rows=findings):
            rules = {rule.id: rule for rule in part.rules}
            return [_finding(rules[row.rule], row, space) for row in findings]
        case TextPart() as part, TextFound() as found:
            return _text(part, found)
    return None


def _step(row: BaselineRow) -> Record:
    bench = record(row.benchmark, "low=value", "high=upper") if row.benchmark else None
    rest = record(row, "band_state=band", "entered", "converted", "tables")
    return {**baseline_data(row.usual), "benchmark": bench, **rest}


def _breakdown(part: BreakdownPart, row: BreakdownRow) -> Record:
    data: Record = {part.name or part.by: row.segment}
    for column in part.columns:
        if not column.hidden:
            cell = row.cells[column.id]
            data |= record(cell, f"{column.id}=value", *([f"{column.id}_reason=reason"] if column.reason else ()))
    if part.best:
        data["best"] = row.best
    if part.balance:
        data[part.balance.id] = row.balances
    return data


def _finding(rule: FindingRule, row: Assessment, space: Workspace) -> Record:
    """`detail` stays English, `text` is told in the language in force."""
    why = cause(rule, row)
    detail = why.en if isinstance(why, Text) else str(why)
    return {**record(row, "rule", "state", "numbers"), "detail": detail, "text": finding_text(rule, row, space)}


def _text(part: TextPart, found: TextFound) -> object:
    """Its numbers by the keys it gives them; else its items; else the sentence in both languages."""
    if part.numbers:
        known: Record = {**numbers(found), **record(found, "days", "stage")}
        data = {key: known.get(name) for key, name in part.numbers.items()}
        return {**data, "detail": found.value.detail} if found.value else data
    said = filled(part, found)
    return plain(part.items or (said if isinstance(said, Text) else Text()))
