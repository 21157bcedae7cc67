"""The saved reports of the workspace; what one of them shows is laid out as values are (R147)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import text
from kpi_tui.views.record import record
from kpi_tui.views.view import Column, View, listed


def saved_reports(found: Sequence[SavedReport]) -> View:
    """One line per report."""
    table = listed(
        found,
        [
            (Column("report", phrase("Report")), lambda one: text(one.id)),
            (Column("name", phrase("Name")), lambda one: text(one.name)),
            (Column("grain", phrase("Grain")), lambda one: text(one.grain.value, "muted")),
            (Column("metrics", phrase("Metrics")), lambda one: text(", ".join(one.metrics))),
            (Column("by"), lambda one: text(one.by, "muted")),
            (Column("where"), lambda one: text(one.where, "muted")),
        ],
        lambda one: one.id,
        name="reports",
    )
    data = [record(one, "report=id", "name", "grain", "metrics", "by", "where", "last") for one in found]
    return View(sheets=(table,), data=data)
