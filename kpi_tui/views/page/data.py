"""The JSON of a section, by its kind."""

from __future__ import annotations

from kpi_tui.definitions.answers.baseline import Baseline
from kpi_tui.definitions.answers.page import (
    Assessment,
    BaselineRow,
    BaselinesFound,
    BreakdownFound,
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
from kpi_tui.definitions.library.page import BaselinePart, BreakdownPart, FindingsPart, LayersPart, TextPart
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.views.causes.drivers import drivers_data
from kpi_tui.views.cells import finite
from kpi_tui.views.funnel import funnel_data
from kpi_tui.views.library.values import value_data
from kpi_tui.views.page.texts import cause, filled, finding_text, numbers

Data = dict[str, object]


def section_data(one: SectionAnswer, space: Workspace) -> object:
    """The numbers of a section; null where it could not be answered."""
    match one.section.part, one.found:
        case _, MetricsFound(values=values):
            return [value_data(value) for value in values]
        case _, DriversFound() as found:
            return {**drivers_data(found.drivers), "gap": finite(found.gap)}
        case BaselinePart(market=market), BaselinesFound(rows=rows):
            return [_step(row) if market else baseline_data(row.usual) for row in rows]
        case _, FunnelView() as found:
            return funnel_data(found)
        case BreakdownPart() as part, BreakdownFound() as found:
            return _breakdown(part, found)
        case LayersPart() as part, LayersFound() as found:
            return _layers(part, found)
        case _, CohortsFound(rows=cohorts):
            return [
                {"cohort": row.period.id, "size": row.size, "kept": list(row.kept), "detail": row.detail}
                for row in cohorts
            ]
        case _, QuadrantsFound() as found:
            return _quadrants(found)
        case FindingsPart() as part, FindingsFound(rows=findings):
            rules = {rule.id: rule for rule in part.rules}
            return [_finding(row, finding_text(rules[row.rule], row, space), cause(rules[row.rule], row))
                    for row in findings]  # fmt: skip
        case TextPart() as part, TextFound() as found:
            return _text(part, found)
    return None


def baseline_data(found: Baseline) -> Data:
    """A value with its band and the periods behind it."""
    value, band = found.value, found.band
    return {
        "metric": value.metric,
        "period": value.period.id,
        "segment": value.segment,
        "value": finite(value.value),
        "unit": value.unit,
        "partial": value.partial,
        "state": found.state,
        "band": None if band is None else {
            "centre": band.centre, "low": band.low, "high": band.high, "periods": band.count},
        "history": [{"period": past.period.id, "value": finite(past.value)} for past in found.history],
        "reason": found.reason.value if found.reason else None,
        "detail": found.detail,
    }  # fmt: skip


def _step(row: BaselineRow) -> Data:
    bench = row.benchmark
    return {
        **baseline_data(row.usual),
        "benchmark": None if bench is None else {"low": bench.value, "high": bench.upper},
        "band_state": row.band,
        "entered": finite(row.entered),
        "converted": finite(row.converted),
        "tables": list(row.tables),
    }


def _breakdown(part: BreakdownPart, found: BreakdownFound) -> list[Data]:
    rows = []
    for row in found.rows:
        data: Data = {part.name or part.by: row.segment}
        for column in part.columns:
            if not column.hidden:
                cell = row.cells[column.id]
                data[column.id] = finite(cell.value)
                if column.reason:
                    data[f"{column.id}_reason"] = cell.reason.value if cell.reason else None
        if part.best:
            data["best"] = row.best
        if part.balance:
            data[part.balance.id] = row.balances
        rows.append(data)
    return rows


def _layers(part: LayersPart, found: LayersFound) -> list[Data]:
    return [
        {"layer": row.layer, part.counted: row.count, "amount": row.amount, "share": finite(row.share),
         "mean": finite(row.mean)} for row in found.rows
    ]  # fmt: skip


def _quadrants(found: QuadrantsFound) -> Data:
    return {
        "x": finite(found.x),
        "y": finite(found.y),
        "segments": [
            {"segment": row.segment, "x": finite(row.x.value), "y": finite(row.y.value), "high_x": row.high_x,
             "high_y": row.high_y} for row in found.rows
        ],
    }  # fmt: skip


def _finding(row: Assessment, said: Text, why: object) -> Data:
    """`detail` stays English, `text` is told in the language in force."""
    detail = why.en if isinstance(why, Text) else str(why)
    return {"rule": row.rule, "state": row.state, "numbers": dict(row.numbers), "detail": detail, "text": said}


def _text(part: TextPart, found: TextFound) -> object:
    """Its numbers by the keys it gives them; else its items; else the sentence in both languages."""
    if part.numbers:
        known: dict[str, object] = {**numbers(found), "days": found.days, "stage": found.stage}
        data = {key: known.get(name) for key, name in part.numbers.items()}
        return {**data, "detail": found.value.detail} if found.value else data
    if part.items:
        return [{"en": item.en, "zh": item.zh} for item in part.items]
    said = filled(part, found)
    return {"en": said.en, "zh": said.zh} if isinstance(said, Text) else {"en": "", "zh": ""}
