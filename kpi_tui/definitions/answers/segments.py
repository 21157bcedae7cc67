"""Which segments of a break-down moved a number between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Reason, Value
    from kpi_tui.definitions.period import Period


class SegmentBasis(StrEnum):
    """How contributions of segments are worked out."""

    DIFFERENCE = "difference"  # of a number that adds up: what each segment gained or lost
    RATE_AND_MIX = "rate_and_mix"  # of a ratio
    SHAPLEY = "shapley"  # of any other formula over parts that add up


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment at two periods, None where it has no number. `share`: of the whole, of a ratio that of its denominator.

    `contribution` is in the unit of the metric; of a ratio `rate` + `mix` make it up.
    """

    name: str
    before: float | None
    after: float | None
    share: float | None = None
    contribution: float | None = None
    rate: float | None = None
    mix: float | None = None


@dataclass(frozen=True, slots=True)
class SegmentDrivers:
    """Why a metric changed, by the segments of `by`, the one that moved it most first; `where` and `path` narrow it.

    `path`: the segments gone into, (column, segment). `shared`: what the segments do not sum to, because some are
    counted in several of them (`overlap`: distinct counts) or because it is no sum (medians); contributions and
    `shared` sum to `change`. `deeper`: the segment that moved it most, by a second column.
    """

    by: str
    now: Value
    before: Value
    change: float | None
    basis: SegmentBasis | None = None
    segments: tuple[Segment, ...] = ()
    shared: float | None = None
    overlap: bool = False
    path: tuple[tuple[str, str], ...] = ()
    where: str = ""
    reason: Reason | None = None
    detail: str = ""
    deeper: SegmentDrivers | None = None

    @property
    def period(self) -> Period:
        """The period explained."""
        return self.now.period

    @property
    def against(self) -> Period:
        """The period it is compared with."""
        return self.before.period
