"""Which parts moved a number most, by what takes it apart: a dimension of its rows, else its factors (R026, R164)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.book.causes.drivers import DriverAnalysis
    from kpi_tui.book.causes.segments import SegmentAnalysis
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.answers.drivers import Drivers
    from kpi_tui.definitions.answers.segments import SegmentDrivers
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress

COLUMNS = 2
"""Columns that are tried before the number is taken apart by its factors."""


class MovingParts:
    """Answers where nobody says by what: beside a line of a scorecard, in a pack."""

    def __init__(self, segments: SegmentAnalysis, drivers: DriverAnalysis, scores: Scores) -> None:
        self._segments, self._drivers, self._scores = segments, drivers, scores

    def of(
        self, metric: str, period: Period, owner: str = "", progress: Progress | None = None
    ) -> SegmentDrivers | Drivers:
        """By the first column that takes it apart, else by its factors. UsageError where nothing takes it apart.

        `owner`: the value of a role (`store@S1`) whose rows alone are meant.
        """
        where = self._scores.rows_of(owner, period)
        for column in self._segments.columns(metric)[:COLUMNS]:
            found = self._segments.of(metric, period, by=column, where=where, progress=progress)
            if len(found.segments) > 1 or found.reason is not None:
                return found
        return self._drivers.of(metric, period, where=where or None, progress=progress)
