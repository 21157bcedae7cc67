"""The targets of a year split over the parts that are left, per line; or why a line is left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Grain, Period
    from kpi_tui.definitions.target import TargetKey


class SplitBy(StrEnum):
    """In which proportion the parts share what is left."""

    SHAPE = "shape"  # as last year's parts stood to each other
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A line and the targets its parts get; none with `why`."""

    key: TargetKey
    values: tuple[tuple[Period, float], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class YearSplit:
    """What is set where it is accepted; parts that are over stay as they are."""

    period: Period
    grain: Grain
    by: SplitBy
    lines: tuple[SplitLine, ...]

    @property
    def cells(self) -> dict[str, dict[TargetKey, float | None]]:
        """Period id -> cells to set."""
        found: dict[str, dict[TargetKey, float | None]] = {}
        for line in self.lines:
            for period, value in line.values:
                found.setdefault(period.id, {})[line.key] = value
        return found

    @property
    def left_out(self) -> tuple[SplitLine, ...]:
        """Lines that get nothing."""
        return tuple(line for line in self.lines if not line.values)
