"""The list of standing reports (spec R147)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.report.sheet import Column, Report, sheet, word
from kpi_tui.text.i18n import _


def reports_report(found: Sequence[SavedReport], language: str) -> Report:
    """One line per report."""
    columns = [
        Column("report", _("Report")),
        Column("name", _("Name")),
        Column("grain", _("Grain")),
        Column("metrics", _("Metrics")),
        Column("by", ""),
        Column("where", ""),
    ]
    rows = [
        [
            word(one.id),
            word(one.name.get(language)),
            word(one.grain.value, "dim"),
            word(", ".join(one.metrics)),
            word(one.by, "dim"),
            word(one.where, "dim"),
        ]
        for one in found
    ]
    data = [
        {
            "report": one.id,
            "name": {"en": one.name.en, "zh": one.name.zh},
            "grain": one.grain.value,
            "metrics": list(one.metrics),
            "by": one.by,
            "where": one.where,
            "last": one.last,
        }
        for one in found
    ]
    return Report(data, (sheet(columns, rows),))
