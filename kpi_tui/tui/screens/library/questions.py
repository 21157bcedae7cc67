"""The Library's questions to the book, asked on the computing thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.tui.widgets.metric_details import Known

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

TREND = 6
"""Periods of the trend, the present one included."""


@dataclass(frozen=True, slots=True)
class ValueAnswer:
    """What is known about a metric in a period."""

    metric: str
    period: Period
    known: Known


def answer_live(book: Book, metrics: Sequence[str]) -> dict[str, tuple[bool, str]]:
    """Which metrics are computed from this workspace's tables, and what the others lack."""
    return {metric: book.numbers.is_live(metric) for metric in metrics}


def answer_value(book: Book, metric: str, period: Period, progress: Progress) -> ValueAnswer:
    """Value, trend, tables, users and settings in force of one metric."""
    live = book.numbers.is_live(metric)
    values = book.numbers.values([metric], period, last=TREND, progress=progress)
    known = Known(
        live,
        book.numbers.tables_of(metric),
        book.library.roles_of(metric),
        values,
        book.numbers.settings_of(metric),
        signals=book.numbers.last_signals(values),
    )
    return ValueAnswer(metric, period, known)
