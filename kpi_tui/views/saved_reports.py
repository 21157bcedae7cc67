"""The saved reports of the workspace; what one of them shows is laid out as values are (spec R147)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import text
from kpi_tui.views.view import Column, Row, View, sheet


def saved_reports(found: Sequence[SavedReport]) -> View:
    """One line per report."""
    columns = [
        Column("report", phrase("Report")),
        Column("name", phrase("Name")),
        Column("grain", phrase("Grain")),
        Column("metrics", phrase("Metrics")),
        Column("by"),
        Column("where"),
    ]
    rows = [
        Row(
            one.id,
            (
                text(one.id),
                text(one.name),
                text(one.grain.value, "muted"),
                text(", ".join(one.metrics)),
                text(one.by, "muted"),
                text(one.where, "muted"),
            ),
        )
        for one in found
    ]
    return View(sheets=(sheet(columns, rows, key="reports"),), data=[_data(one) for one in found])


def _data(one: SavedReport) -> dict[str, object]:
    return {
        "report": one.id,
        "name": {"en": one.name.en, "zh": one.name.zh},
        "grain": one.grain.value,
        "metrics": list(one.metrics),
        "by": one.by,
        "where": one.where,
        "last": one.last,
    }
