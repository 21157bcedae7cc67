"""Answers of `funnel`: people, step rates, what is usual, and the weakest step (spec R108, R171)."""

from __future__ import annotations

from kpi_tui.definitions.library.funnel import FunnelStep, FunnelView
from kpi_tui.report.sheet import Cell, Column, Report, figure, sheet, word
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, language


def funnel_report(found: FunnelView, name: Namer) -> Report:
    """A line per step; the step that fell most below its own past is marked."""
    columns = [
        Column("step", _("Step")),
        Column("name", "", least=80),
        Column("people", _("Number"), right=True),
        Column("rate", _("Of the step before"), right=True),
        Column("baseline", _("Usual"), right=True),
        Column("against", _("Against usual"), right=True),
        Column("mark", ""),
        Column("reason", _("Why none")),
    ]
    rows = [_row(step, found, name) for step in found.steps]
    title = f"{found.name.get(language()) or found.id}  {found.period.id}"
    notes = [_("usual: the rate over the {count} periods before", count=found.periods)]
    return Report(_data(found), (sheet(columns, rows, title, notes),))


def _row(step: FunnelStep, found: FunnelView, name: Namer) -> list[Cell]:
    weak = step.name == found.weakest
    shown = name(step.name)
    return [
        word(step.name),
        word("" if shown == step.name else shown, "dim"),
        figure(finite(step.people), fmt.number(step.people, "count") if step.people is not None else fmt.DASH),
        _percent(step.rate),
        _percent(step.baseline),
        _percent(step.against),
        Cell(_("weakest step") if weak else "", weak, "weak" if weak else ""),
        word(step.detail, "dim"),
    ]


def _percent(value: float | None) -> Cell:
    return figure(finite(value), fmt.number(value, "percent") if value is not None else "")


def _data(found: FunnelView) -> dict[str, object]:
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
