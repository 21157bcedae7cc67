"""A section of a page by its kind: its sheet and its JSON."""

from __future__ import annotations

from kpi_tui.definitions.answers.analyses.campaigns import Campaigns
from kpi_tui.definitions.answers.analyses.festivals import FestivalCalendar, FestivalYears
from kpi_tui.definitions.answers.analyses.moves import Moves
from kpi_tui.definitions.answers.basket import RuleList, TopList
from kpi_tui.definitions.answers.cohort import CohortTable
from kpi_tui.definitions.answers.funnel import FunnelParts, FunnelView
from kpi_tui.definitions.answers.page import (
    Assessment,
    BaselineRow,
    BaselinesFound,
    BreakdownFound,
    BreakdownRow,
    ComparisonsFound,
    DriversFound,
    FindingsFound,
    LayersFound,
    MetricsFound,
    PageAnswer,
    QuadrantsFound,
    ScoresFound,
    SectionAnswer,
    TextFound,
)
from kpi_tui.definitions.answers.projection import Projection
from kpi_tui.definitions.library.analysis_parts import CohortPart, MovesPart, TopPart
from kpi_tui.definitions.library.page import (
    BaselinePart,
    BreakdownPart,
    FindingRule,
    FindingsPart,
    LayersPart,
    MetricsPart,
    QuadrantsPart,
    TextPart,
)
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined
from kpi_tui.views.analyses.campaigns import campaigns, campaigns_data
from kpi_tui.views.analyses.comparisons import comparison_data, comparison_sheet
from kpi_tui.views.analyses.festivals import calendar_data, calendar_sheet, festival_data, festival_sheet
from kpi_tui.views.analyses.moves import moves, moves_data
from kpi_tui.views.causes.baseline import baseline_data
from kpi_tui.views.causes.cohort import cohort_section, cohorts_data
from kpi_tui.views.causes.drivers import drivers_data
from kpi_tui.views.causes.projection import projection_data, projection_sheet
from kpi_tui.views.doubts import shared_doubt_data
from kpi_tui.views.funnel import funnel_data, funnel_section
from kpi_tui.views.funnel_parts import funnel_parts, funnel_parts_data
from kpi_tui.views.goods.rules import rule_data, rules_section
from kpi_tui.views.goods.top import top_data, top_section
from kpi_tui.views.library.values import value_data
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.page import sheets
from kpi_tui.views.page.tables import breakdown, layers, quadrants
from kpi_tui.views.page.texts import body, cause, filled, finding_text, findings
from kpi_tui.views.page.texts import numbers as text_numbers
from kpi_tui.views.record import Record, plain, record
from kpi_tui.views.scores.rolled_up import whole_data, with_wholes
from kpi_tui.views.scores.scores_of_all import scores_sheet, summary_data
from kpi_tui.views.view import Column, Sheet, sheet


def section(one: SectionAnswer, answer: PageAnswer, space: Workspace) -> tuple[Sheet, object]:
    """What a section shows by its kind, and its numbers; why and null, where it could not be answered."""
    match one.section.part, one.found:
        case _, None:
            return sheet([Column("key")], [], notes=[joined("◌", in_names(one.lack, space), between=" ")]), None
        case MetricsPart() as part, MetricsFound() as found:
            return sheets.metrics(part, found, space, answer.missing), [value_data(value) for value in found.values]
        case _, DriversFound() as found:
            return sheets.drivers(found, space), {**drivers_data(found.drivers), **record(found, "gap")}
        case BaselinePart() as part, BaselinesFound() as found:
            data = [_step(row) if part.market else baseline_data(row.usual) for row in found.rows]
            return sheets.baselines(part, found, space), data
        case _, FunnelView() as found:
            return funnel_section(found, space), funnel_data(found)
        case _, FunnelParts() as found:
            return funnel_parts(found, space), funnel_parts_data(found)
        case BreakdownPart() as part, BreakdownFound() as found:
            return breakdown(part, found, space), [_breakdown(part, row) for row in found.rows]
        case LayersPart() as part, LayersFound() as found:
            fields = ("layer", f"{part.counted}=count", "amount", "share", "mean")
            return layers(part, found, space), [record(row, *fields) for row in found.rows]
        case CohortPart() as part, CohortTable() as found:
            return cohort_section(part, found, space), cohorts_data(found)
        case MovesPart() as part, Moves() as found:
            return moves(part, found, space), moves_data(found)
        case _, Campaigns() as found:
            return campaigns(found, space), campaigns_data(found)
        case _, ComparisonsFound() as found:
            return comparison_sheet(found.rows, space), [comparison_data(row) for row in found.rows]
        case _, Projection() as found:
            table = projection_sheet(found)
            return table, projection_data(found, table)
        case _, FestivalYears() as found:
            return festival_sheet(found, space), festival_data(found)
        case _, FestivalCalendar() as found:
            return calendar_sheet(found, space), calendar_data(found)
        case _, ScoresFound() as found:
            parts = [{**whole_data(one), "parts": [summary_data(card) for card in one.cards]} for one in found.wholes]
            table = with_wholes(scores_sheet(found.cards, space), found.wholes, space)
            return table, [*map(summary_data, found.cards), *parts]
        case _, RuleList() as found:
            listed = {"count": found.count, "rules": [rule_data(rule) for rule in found.rows]}
            return rules_section(found, space), {**listed, **shared_doubt_data(found.rests_on)}
        case TopPart() as part, TopList() as found:
            return top_section(part, found, space), top_data(found)
        case QuadrantsPart() as part, QuadrantsFound() as found:
            fields = ("segment", "x=x.value", "y=y.value", "high_x", "high_y")
            segments = [record(row, *fields) for row in found.rows]
            marks = shared_doubt_data(one for row in found.rows for one in (row.x, row.y))
            return quadrants(part, found, space), {**record(found, "x", "y"), "segments": segments, **marks}
        case FindingsPart() as part, FindingsFound() as found:
            rules = {rule.id: rule for rule in part.rules}
            return findings(part, found, space), [_finding(rules[row.rule], row, space) for row in found.rows]
        case TextPart() as part, TextFound() as found:
            return body(part, found), _text(part, found)
    raise TypeError(f"section {one.section.id}: {type(one.found).__name__} is no answer of {one.section.kind}")


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
    data |= shared_doubt_data(row.cells[column.id] for column in part.columns if not column.hidden)
    if part.notes:
        data["note"] = plain(part.notes.get(str(row.segment), Text()))
    if any(column.signals for column in part.columns):
        data["signals"] = [plain(one) for one in row.signals]
    if part.best:
        data["best"] = row.best
    if part.balance:
        data[part.balance.id] = row.balances
    return data


def _finding(rule: FindingRule, row: Assessment, space: Workspace) -> Record:
    """`detail` stays English, `text` is told in the language in force."""
    why = cause(rule, row)
    detail = why.en if isinstance(why, Text) else str(why)
    numbers = {name: plain(number.value) for name, number in row.numbers.items()}
    text = finding_text(rule, row, space)
    return {**record(row, "rule", "state"), "numbers": numbers, "detail": detail, "text": text}


def _text(part: TextPart, found: TextFound) -> object:
    """Its numbers by the keys it gives them; else its items; else the sentence in both languages."""
    if part.numbers:
        known: Record = {**text_numbers(found), **record(found, "days", "stage")}
        data = {key: known.get(name) for key, name in part.numbers.items()}
        return {**data, "detail": found.value.detail} if found.value else data
    said = filled(part, found)
    return plain(part.items or (said if isinstance(said, Text) else Text()))
