"""Saved reports: a question that a workspace asks again and again, kept under a name (R147)."""

from __future__ import annotations

from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Workspace


class SavedReports:
    """Finds saved reports and asks what they ask."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers) -> None:
        self._workspace = workspace
        self._numbers = numbers

    def find(self, report: str) -> SavedReport:
        """A report by id. UsageError on an unknown one."""
        known = self._workspace.reports
        if report not in known:
            names = listed(known) or say("none")
            raise UsageError(say("there is no report {report!r}; known: {names}", report=report, names=names))
        return known[report]

    def values(self, report: str, period: Period, *, progress: Progress | None = None) -> list[Value]:
        """The values of a saved report for a period."""
        asked = self.find(report)
        by, where = asked.by or None, asked.where or None
        return self._numbers.values(list(asked.metrics), period, by=by, where=where, last=asked.last, progress=progress)
