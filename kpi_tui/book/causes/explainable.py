"""Which metrics have a change that can be taken apart: not growth forms, and not what is read off a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Metric
from kpi_tui.definitions.message import say

if TYPE_CHECKING:
    from kpi_tui.book.library import Library


def explainable(library: Library, subject: str) -> Metric:
    """The metric of that id. UsageError where it has none, or another number is to be asked for."""
    metric = library.metric(subject)
    if subject.endswith(GROWTH_SUFFIX):
        raise UsageError(
            say(
                "{subject} is a growth form; ask for the drivers of {metric}",
                subject=subject,
                metric=subject.removesuffix(GROWTH_SUFFIX),
            )
        )
    if metric.chain:
        raise UsageError(
            say("{subject} is read off a chain, which has drivers of its own: see kpi-tui chain", subject=subject)
        )
    return metric
