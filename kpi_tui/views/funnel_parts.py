"""A funnel by a dimension: a line per segment, people and rate of every step, its weakest step against its own past."""

from __future__ import annotations

from kpi_tui.definitions.answers.funnel import FunnelParts, FunnelStep, FunnelView
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, finite, marked, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.funnel import funnel_data
from kpi_tui.views.names import column_name, segment_word, step_title
from kpi_tui.views.record import Record
from kpi_tui.views.view import Column, Row, Sheet, View, sheet


def funnel_parts_view(found: FunnelParts, space: Workspace) -> View:
    """The table under the name of its funnel."""
    whole = found.parts[0][1]
    name = whole.name if whole.name.en or whole.name.zh else whole.id
    table = funnel_parts(found, space)
    return View(joined(name, whole.period.said), sheets=(table,), data=funnel_parts_data(found))


def funnel_parts(found: FunnelParts, space: Workspace) -> Sheet:
    """People of every step, and which share of the step before they are."""
    whole = found.parts[0][1]
    columns = [Column("mark", width=1, csv=False), Column(found.by, column_name(space, found.by))]
    for place, step in enumerate(whole.steps):
        columns.append(Column(step.name, step_title(space, whole.id, step.name), right=True))
        columns += [Column(f"{step.name}_rate", phrase("Of step"), right=True)] if place else []
    columns.append(Column("weakest", phrase("weakest against usual"), most=36))
    rows = [_row(segment, one, space) for segment, one in found.parts]
    values = (step.of for _segment, one in found.parts for step in one.steps if step.of is not None)
    return sheet(columns, rows, notes=doubts(values, space), key="segments")


def _row(segment: str | None, one: FunnelView, space: Workspace) -> Row:
    cells: list[Cell] = [text("○" if one.weakest else "", "weak" if one.weakest else "")]
    cells.append(text(phrase("total")) if segment is None else text(segment_word(segment), exact=segment))
    for place, step in enumerate(one.steps):
        cells.append(marked(step.of) if step.of else NumberCell(finite(step.people)))
        tone = "weak" if step.name == one.weakest else ""
        cells += [NumberCell(finite(step.rate), "percent", "weak" if tone else "", blank=True)] if place else []
    weak = next((step for step in one.steps if step.name == one.weakest), None)
    cells.append(text(_told(weak, one.id, space) if weak else "", "muted", weak.name if weak else None))
    return Row(str(segment), tuple(cells), total=segment is None)


def _told(step: FunnelStep, funnel: str, space: Workspace) -> Word:
    """The step and what is left of its usual rate."""
    share = Quantity(step.against, "percent")
    return phrase("{step}: {share} of its usual rate", step=step_title(space, funnel, step.name), share=share)


def funnel_parts_data(found: FunnelParts) -> Record:
    """The JSON: the funnel of every segment."""
    whole = funnel_data(found.parts[0][1])
    segments = [
        {"segment": segment, "weakest": data["weakest"], "steps": data["steps"]}
        for segment, one in found.parts
        for data in [funnel_data(one)]
    ]
    return {"funnel": whole["funnel"], "period": whole["period"], "by": found.by, "segments": segments}
