"""The Library's questions to the book, asked on the computing thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.views.library.metric_list import MetricFacts

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

TREND = 6
"""Periods of the trend, the present one included."""


@dataclass(frozen=True, slots=True)
class ValueAnswer:
    """What is known about a metric in a period."""

    metric: str
    period: Period
    facts: MetricFacts


def answer_live(book: Book, metrics: Sequence[str]) -> dict[str, MetricFacts]:
    """Which metrics are computed from this workspace's tables, what the others lack, and who uses them."""
    return {
        metric: MetricFacts(*book.numbers.is_live(metric), roles=book.library.roles_of(metric)) for metric in metrics
    }


def answer_value(book: Book, metric: str, period: Period, progress: Progress) -> ValueAnswer:
    """Value, trend, tables, users and settings in force of one metric."""
    values = book.numbers.values([metric], period, last=TREND, progress=progress)
    facts = MetricFacts(
        *book.numbers.is_live(metric),
        tables=book.numbers.tables_of(metric),
        roles=book.library.roles_of(metric),
        settings=book.numbers.settings_of(metric),
        values=values,
        signals=book.numbers.last_signals(values),
    )
    return ValueAnswer(metric, period, facts)
