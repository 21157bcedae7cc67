"""A funnel: people, step rates, what is usual, and the weakest step (spec R108, R171)."""

from __future__ import annotations

from kpi_tui.definitions.library.funnel import FunnelStep, FunnelView
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, finite, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.view import Column, View, sheet


def funnel_view(found: FunnelView, space: Workspace) -> View:
    """A line per step; the step that fell most below its own past is marked."""
    columns = [
        Column("step", phrase("Step")),
        Column("name", drop=1),
        Column("people", phrase("Number"), right=True),
        Column("rate", phrase("Of the step before"), right=True),
        Column("baseline", phrase("Usual"), right=True),
        Column("against", phrase("Against usual"), right=True),
        Column("mark"),
        Column("reason", phrase("Why none")),
    ]
    name = found.name if found.name.en or found.name.zh else found.id
    notes = [phrase("usual: the rate over the {count} periods before", count=found.periods)]
    rows = [_cells(step, found, space) for step in found.steps]
    return View(sheets=(sheet(columns, rows, joined(name, found.period.id), notes, "steps"),), data=funnel_data(found))


def _cells(step: FunnelStep, found: FunnelView, space: Workspace) -> list[Cell]:
    weak = step.name == found.weakest
    named = step.name in space.metrics
    return [
        text(step.name),
        text(metric_name(space, step.name) if named else "", "muted"),
        NumberCell(finite(step.people)),
        *(NumberCell(finite(share), "percent", blank=True) for share in (step.rate, step.baseline, step.against)),
        text(phrase("weakest step") if weak else "", "weak" if weak else "", exact=weak),
        text(step.detail, "muted"),
    ]


def funnel_data(found: FunnelView) -> dict[str, object]:
    """The JSON: people, rates and what is usual, a step each."""
    return {
        "funnel": found.id,
        "period": found.period.id,
        "weakest": found.weakest or None,
        "baseline_periods": found.periods,
        "steps": [
            {
                "step": step.name,
                "people": finite(step.people),
                "rate": finite(step.rate),
                "baseline": finite(step.baseline),
                "against": finite(step.against),
                "detail": step.detail,
            }
            for step in found.steps
        ],
    }
