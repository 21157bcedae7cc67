"""The series of values a signal looks at (R118, R121, R150, R160, R161)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.workspace import Workspace

Key = tuple[str, str | None, Period]
"""Where a value stands: metric, segment, period."""


def place_of(value: Value) -> Key:
    """Where a value stands."""
    return value.metric, value.segment, value.period


def look_back(workspace: Workspace, metric: str) -> int:
    """How many periods the signals of a metric look at."""
    found = workspace.metrics.get(metric)
    return max((signal.periods for signal in found.signals), default=1) if found else 1


def series_up_to(value: Value, known: Mapping[Key, Value], count: int) -> list[Value]:
    """The value and those of the periods before it, oldest first, up to the first that is not known."""
    found = [value]
    for back in range(1, count):
        before = known.get((value.metric, value.segment, value.period.previous(back)))
        if before is None:
            break
        found.insert(0, before)
    return found
