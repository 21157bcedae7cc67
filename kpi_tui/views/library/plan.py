"""Metrics under the five planning dimensions, and who is scored by them (spec R012)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.text.terms import DIMENSIONS
from kpi_tui.views.cells import Cell, text
from kpi_tui.views.reasons import term
from kpi_tui.views.view import Column, View, sheet

RolesOf = Callable[[str], Sequence[str]]


def plan(found: Mapping[str, Sequence[Metric]], roles_of: RolesOf) -> View:
    """The five dimensions, the metrics under each and who is scored by them; an empty one is named."""
    columns = [
        Column("dimension", phrase("Dimension")),
        Column("metric", phrase("Metric")),
        Column("name", phrase("Name")),
        Column("roles", phrase("Roles")),
    ]
    rows = [row for dimension, metrics in found.items() for row in _rows(dimension, metrics, roles_of)]
    empty = [term(DIMENSIONS, dimension) for dimension, metrics in found.items() if not metrics]
    notes = [phrase("Without a metric: {dimensions}", dimensions=joined(*empty, between=", "))] if empty else []
    data = [
        {
            "dimension": dimension,
            "empty": not metrics,
            "metrics": [{"id": metric.id, "roles": list(roles_of(metric.id))} for metric in metrics],
        }
        for dimension, metrics in found.items()
    ]
    return View(sheets=(sheet(columns, rows, notes=notes),), data=data)


def _rows(dimension: str, metrics: Sequence[Metric], roles_of: RolesOf) -> Iterator[list[Cell]]:
    """The dimension stands beside its first metric only."""
    title = term(DIMENSIONS, dimension)
    if not metrics:
        yield [
            text(title, "", dimension),
            text(DASH, "", ""),
            text(phrase("no metric in the library"), "near"),
            text(""),
        ]
    for place, metric in enumerate(metrics):
        heading = "" if place else joined(title, f"({len(metrics)})", between=" ")
        who = ", ".join(roles_of(metric.id))
        yield [text(heading, "", dimension), text(metric.id), text(metric.name.both(), "muted"), text(who, "muted")]
