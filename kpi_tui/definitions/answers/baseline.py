"""What is usual for a number, and how far a running period has come (R089)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.library.metric import Better

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Reason, Value
    from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class Band:
    """Usual values: `low` … `high` around `centre`, learned from `count` periods."""

    centre: float
    low: float
    high: float
    count: int

    def within(self, least: float, most: float) -> Band:
        """It ends where the number does."""
        low, high = (min(max(end, least), most) for end in (self.low, self.high))
        return Band(self.centre, low, high, self.count)

    def place(self, value: float | None) -> str | None:
        """inside | above | below; None for an unknown value."""
        if value is None:
            return None
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        return "below" if value < self.low - slack else "above" if value > self.high + slack else "inside"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A value beside its band; `state` (inside | above | below) is None without a band or for an unfinished period.

    `history` are the complete periods behind it, oldest first. Without a band `reason` and `detail` say why.
    """

    value: Value
    band: Band | None
    state: str | None
    history: tuple[Value, ...] = ()
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """A running period. `share` (0–1) of the whole is usual by now, by the shape of past periods or by days.

    `projected` is the end value, `low` … `high` its range; `due` = share × target. `state` says how the range
    lies to the target: ahead (all of it meets), within, behind (none of it does); of what is better low, lower is
    better. What cannot be known is None, with `detail`.
    """

    metric: str
    period: Period
    value: Value
    day: int  # days that have data
    days: int
    target: float | None = None
    role: str = ""  # whose target it is
    basis: str = ""  # shape | days | "" (no projection)
    share: float | None = None
    due: float | None = None
    projected: float | None = None
    low: float | None = None
    high: float | None = None
    state: str | None = None
    periods: int = 0  # past periods behind the shape
    band: Band | None = None  # for a mean, a ratio or a state
    reason: Reason | None = None
    detail: str = ""

    def against(self, target: float | None, better: Better) -> str | None:
        """How the range lies to a target: ahead (all of it meets), within, behind (none of it does); None: unknown."""
        if target is None or (self.low is None and self.high is None):
            return None
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if better is Better.LOWER:
            return "ahead" if high <= target else "behind" if low > target else "within"
        return "ahead" if low >= target else "behind" if high < target else "within"
