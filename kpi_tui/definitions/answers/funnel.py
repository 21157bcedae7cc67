"""A funnel read in a period: who took each step, and the step that falls most below the usual (R107, R108, R171)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Reason, Value
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step read: people (or the metric's value), the share of the step before, and what is usual."""

    name: str
    people: float | None
    rate: float | None = None  # None for the first step
    baseline: float | None = None  # the same rate over the periods before
    reason: Reason | None = None  # why there is no number
    detail: str = ""
    of: Value | None = None  # its number with whatever is doubtful about it

    @property
    def against(self) -> float | None:
        """Rate per baseline; below 1 is worse than usual."""
        if self.rate is None or not self.baseline:
            return None
        return self.rate / self.baseline


@dataclass(frozen=True, slots=True)
class FunnelView:
    """A funnel in a period; `weakest` is the step that falls most below its own baseline (R171)."""

    id: str
    name: Text
    period: Period
    steps: tuple[FunnelStep, ...]
    weakest: str = ""
    periods: int = 0  # how many periods the baseline rests on


@dataclass(frozen=True, slots=True)
class FunnelParts:
    """A funnel for each segment of a dimension (None: everybody, first), each against its own past."""

    by: str
    parts: tuple[tuple[str | None, FunnelView], ...]
