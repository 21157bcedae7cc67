"""A funnel: people, step rates, what is usual, and the weakest step (R108, R171)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kpi_tui.definitions.answers.funnel import FunnelStep, FunnelView
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, Tone, finite, marked, text
from kpi_tui.views.charts import BarChart, known, plain_bar
from kpi_tui.views.doubts import doubt_column, doubts, shared_doubt_cell, shared_doubt_data
from kpi_tui.views.names import step_title
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import METRIC, Column, Columns, Sentence, Sheet, View, listed

_NUMBERS: Columns[FunnelStep] = [
    (Column("people", phrase("Number"), right=True), lambda step: _people(step)),
    (Column("rate", phrase("Of the step before"), right=True, short=phrase("Of step")), lambda step: _share(step.rate)),
    (Column("baseline", phrase("Usual"), right=True), lambda step: _share(step.baseline)),
    (Column("against", phrase("Against usual"), right=True), lambda step: _share(step.against)),
]


def funnel_view(found: FunnelView, space: Workspace) -> View:
    """A line per step; the step that fell most below its own past is marked."""

    def mark(step: FunnelStep) -> Cell:
        weak = step.name == found.weakest
        return text(phrase("weakest step") if weak else "", "weak" if weak else "", exact=weak)

    columns = [
        (Column("step", phrase("Step")), lambda step: text(step.name)),
        (Column("name", drop=1), lambda step: text(_beside_id(step, found, space), "muted")),
        *_NUMBERS,
        (Column("mark"), mark),
        (Column("reason", phrase("Why none")), lambda step: text(step.detail, "muted")),
        (doubt_column(), lambda step: shared_doubt_cell(_of([step]))),
    ]
    title = joined(found.name if found.name.en or found.name.zh else found.id, found.period.said)
    notes: list[Word | Sentence] = [
        phrases(
            "usual: the rate in the period before", "usual: the rate over the {count} periods before", found.periods
        ),
        *doubts(_of(found.steps), space),
    ]
    table = listed(found.steps, columns, lambda step: step.name, title, notes, "steps")
    return View(sheets=(table,), charts=known([funnel_chart(found, space, title)]), data=funnel_data(found))


def funnel_chart(found: FunnelView, space: Workspace, title: Word, key: str = "steps") -> BarChart:
    """A bar per step as long as its people are many, with the share of the step before and what is usual for it."""
    bars = (
        plain_bar(
            step_title(space, found.id, step.name),
            _people(step),
            _share(step.rate),
            _share(step.baseline),
            tone="weak" if step.name == found.weakest else "",
        )
        for step in found.steps
    )
    return BarChart(title, tuple(bars), heads=("", phrase("Of step"), phrase("Usual")), key=key)


def funnel_section(found: FunnelView, space: Workspace) -> Sheet:
    """The same with a glyph and without ids, where little room is."""

    def tone(step: FunnelStep) -> Tone:
        return "weak" if step.name == found.weakest else ""

    def named(step: FunnelStep) -> Cell:
        return text(step_title(space, found.id, step.name), tone(step), step.name)

    columns = [
        (Column("mark", width=1, csv=False), lambda step: text("○" if tone(step) else "", tone(step))),
        (Column("step", phrase("Step")), named),
        *_NUMBERS,
        (Column("reason"), lambda step: text(phrase("weakest step"), "weak") if tone(step) else _why(step)),
    ]
    notes = doubts(_of(found.steps), space)
    return listed(found.steps, columns, lambda step: METRIC * (step.name in space.metrics) + step.name, notes=notes)


def _beside_id(step: FunnelStep, found: FunnelView, space: Workspace) -> Word:
    """What a step is called, where that is not its id."""
    title = step_title(space, found.id, step.name)
    return "" if title == Text(step.name) else title


def _people(step: FunnelStep) -> NumberCell:
    """How many, with the marks of the number."""
    shown = NumberCell(finite(step.people))
    marks = marked(step.of) if step.of else shown
    return replace(shown, partial=marks.partial, late=marks.late, doubtful=marks.doubtful)


def _of(steps: Iterable[FunnelStep]) -> list[Value]:
    return [step.of for step in steps if step.of is not None]


def _share(share: float | None) -> NumberCell:
    return NumberCell(finite(share), "percent", blank=True)


def _why(step: FunnelStep) -> Cell:
    return text(step.detail, "muted")


def funnel_data(found: FunnelView) -> Record:
    """The JSON: people, rates and what is usual, a step each."""
    fields = ("step=name", "people", "rate", "baseline", "against", "reason", "detail")
    steps = [{**record(step, *fields), **shared_doubt_data(_of([step]))} for step in found.steps]
    weakest = found.weakest or None
    return {
        **record(found, "funnel=id", "period"),
        "weakest": weakest,
        "baseline_periods": found.periods,
        "steps": steps,
    }
