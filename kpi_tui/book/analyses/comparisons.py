"""Numbers of a period beside those of the period before and of the same period last year (R005, R056)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.analyses.comparison import Comparison

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress


class Comparisons:
    """Every number of a span is computed over its own days: people are counted once in it."""

    def __init__(self, numbers: MetricNumbers) -> None:
        self._numbers = numbers

    def of(self, metrics: Sequence[str], period: Period, *, progress: Progress | None = None) -> tuple[Comparison, ...]:
        """One per metric. UsageError on an unknown metric."""
        now = self._numbers.values(metrics, period, progress=progress)
        year = {one.metric: one for one in self._numbers.values(metrics, period.a_year_earlier(), progress=progress)}
        if period.previous() == period.a_year_earlier():
            return tuple(Comparison(one, None, year[one.metric]) for one in now)
        before = {one.metric: one for one in self._numbers.values(metrics, period.previous(), progress=progress)}
        return tuple(Comparison(one, before[one.metric], year[one.metric]) for one in now)
