"""The Book's standing reports (spec R147)."""

from __future__ import annotations

from kpi_tui.book.asks import Asks
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.saved_report import StandingReport
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress


class ReportQuestions:
    """Part of the Book."""

    def standing_report(self: Asks, report: str) -> StandingReport:
        """A report by id. UsageError on an unknown one."""
        known = self.workspace.reports
        if report not in known:
            raise UsageError(
                say(
                    "there is no report {report!r}; known: {names}",
                    report=report,
                    names=", ".join(known) or say("none"),
                )
            )
        return known[report]

    def report_values(self: Asks, report: str, period: Period, *, progress: Progress | None = None) -> list[Value]:
        """The values of a standing report for a period."""
        asked = self.standing_report(report)
        by, where = asked.by or None, asked.where or None
        return self.values(list(asked.metrics), period, by=by, where=where, last=asked.last, progress=progress)
