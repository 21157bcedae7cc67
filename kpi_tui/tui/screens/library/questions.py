"""The Library's questions to the book, asked on the computing thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.views.library.metric_list import MetricFacts

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

TREND = 6
"""Periods of the trend, the present one included."""


@dataclass(frozen=True, slots=True)
class LiveQuestion:
    """Which metrics are computed from this workspace's tables, what the others lack, and who uses them."""

    metrics: tuple[str, ...]

    def ask(self, book: Book, _progress: Progress, /) -> dict[str, MetricFacts]:
        """The facts of each metric, without values."""
        return {
            metric: MetricFacts(*book.numbers.is_live(metric), roles=book.library.roles_of(metric))
            for metric in self.metrics
        }


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """Value, trend, tables, users and settings in force of one metric."""

    metric: str
    period: Period

    def ask(self, book: Book, progress: Progress, /) -> MetricFacts:
        """The metric's facts, with its values."""
        numbers, metric = book.numbers, self.metric
        values = numbers.values([metric], self.period, last=TREND, progress=progress)
        return MetricFacts(
            *numbers.is_live(metric),
            tables=numbers.tables_of(metric),
            roles=book.library.roles_of(metric),
            settings=numbers.settings_of(metric),
            values=values,
            signals=numbers.last_signals(values),
        )
