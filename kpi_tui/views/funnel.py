"""A funnel: people, step rates, what is usual, and the weakest step (spec R108, R171)."""

from __future__ import annotations

from kpi_tui.definitions.answers.funnel import FunnelStep, FunnelView
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, Tone, finite, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import METRIC, Column, Columns, Sheet, View, listed

_NUMBERS: Columns[FunnelStep] = [
    (Column("people", phrase("Number"), right=True), lambda step: NumberCell(finite(step.people))),
    (Column("rate", phrase("Of the step before"), right=True, short=phrase("Share")), lambda step: _share(step.rate)),
    (Column("baseline", phrase("Usual"), right=True), lambda step: _share(step.baseline)),
    (Column("against", phrase("Against usual"), right=True), lambda step: _share(step.against)),
]


def funnel_view(found: FunnelView, space: Workspace) -> View:
    """A line per step; the step that fell most below its own past is marked."""

    def mark(step: FunnelStep) -> Cell:
        weak = step.name == found.weakest
        return text(phrase("weakest against usual") if weak else "", "weak" if weak else "", exact=weak)

    columns = [
        (Column("step", phrase("Step")), lambda step: text(step.name)),
        (Column("name", drop=1), lambda step: text(_name(step, space, ""), "muted")),
        *_NUMBERS,
        (Column("mark"), mark),
        (Column("reason", phrase("Why none")), lambda step: text(step.detail, "muted")),
    ]
    title = joined(found.name if found.name.en or found.name.zh else found.id, found.period.id)
    notes = [
        phrases(
            "usual: the rate in the period before", "usual: the rate over the {count} periods before", found.periods
        )
    ]
    table = listed(found.steps, columns, lambda step: step.name, title, notes, "steps")
    return View(sheets=(table,), data=funnel_data(found))


def funnel_section(found: FunnelView, space: Workspace) -> Sheet:
    """The same with a glyph and without ids, where little room is."""

    def tone(step: FunnelStep) -> Tone:
        return "weak" if step.name == found.weakest else ""

    columns = [
        (Column("mark", width=1, csv=False), lambda step: text("○" if tone(step) else "", tone(step))),
        (Column("step", phrase("Step")), lambda step: text(_name(step, space, step.name), tone(step), step.name)),
        *_NUMBERS,
        (Column("reason"), lambda step: text(phrase("weakest against usual"), "weak") if tone(step) else _why(step)),
    ]
    return listed(found.steps, columns, lambda step: METRIC * (step.name in space.metrics) + step.name)


def _share(share: float | None) -> NumberCell:
    return NumberCell(finite(share), "percent", blank=True)


def _name(step: FunnelStep, space: Workspace, else_: Word) -> Word:
    return metric_name(space, step.name) if step.name in space.metrics else else_


def _why(step: FunnelStep) -> Cell:
    return text(step.detail, "muted")


def funnel_data(found: FunnelView) -> Record:
    """The JSON: people, rates and what is usual, a step each."""
    steps = [
        record(step, "step=name", "people", "rate", "baseline", "against", "reason", "detail") for step in found.steps
    ]
    weakest = found.weakest or None
    return {
        **record(found, "funnel=id", "period"),
        "weakest": weakest,
        "baseline_periods": found.periods,
        "steps": steps,
    }
