"""Targets of a long period in its parts, across: a year in months, with what is done and what is still needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Grain, Period
    from kpi_tui.definitions.target import TargetKey


class Adding(StrEnum):
    """What the parts make of the whole, as the metric's roll-up says (R004)."""

    SUM = "sum"  # plain counts and sums: the months add up
    MEAN = "mean"  # rates, and states that are averaged: the parts lie around the whole
    LAST = "last"  # a state at the end: the last part is the whole
    NONE = "none"  # distinct counts and the like: nothing can be said


@dataclass(frozen=True, slots=True)
class YearActuals:
    """What was in the parts and in the whole so far, per line; parts that are `over` are whole and known to be so."""

    period: Period
    grain: Grain
    parts: Mapping[TargetKey, tuple[Value, ...]]
    whole: Mapping[TargetKey, Value]
    adding: Mapping[TargetKey, Adding]
    over: frozenset[Period]


@dataclass(frozen=True, slots=True)
class YearCell:
    """One target of the sheet: as it is now, as it is saved, and the actual of its period where there is one."""

    period: Period
    target: float | None
    saved: float | None
    actual: float | None = None
    is_over: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it is not saved yet."""
        return self.target != self.saved


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of a role: the target of the whole, those of its parts, and what they come to.

    `total`: sum or mean of the parts' targets, as `adding` says. `done`: what was reached in the `over` parts that are
    over, or None and `why`. `needed`: what each of the `left` others must bring to reach the whole.
    `due`: the sum (of means the mean) of the targets of the parts that are over, where each has one, else what the
    target of the whole makes of them.
    """

    key: TargetKey
    adding: Adding
    whole: YearCell
    parts: tuple[YearCell, ...]
    total: float | None = None
    done: float | None = None
    why: str = ""
    needed: float | None = None
    due: float | None = None  # what should be done by now
    rests_on: tuple[Value, ...] = ()  # what `done` is made of

    @property
    def is_doubtful(self) -> bool:
        """Whether something is to be said of the rows behind what is done."""
        return any(value.notes or value.left_out or value.late for value in self.rests_on)

    @property
    def over(self) -> int:
        """Parts that are over."""
        return sum(cell.is_over for cell in self.parts)

    @property
    def left(self) -> int:
        """Parts that are not over."""
        return len(self.parts) - self.over

    @property
    def is_reached(self) -> bool:
        """Whether nothing is needed any more."""
        return self.needed is not None and self.needed <= 0

    def cell(self, period: str) -> YearCell | None:
        """The cell of a period id, the whole or a part."""
        return next((cell for cell in (self.whole, *self.parts) if cell.period.id == period), None)


@dataclass(frozen=True, slots=True)
class YearSheet:
    """The lines of the roles asked for; `is_known`: the actuals are there, not only the targets."""

    period: Period
    grain: Grain
    lines: tuple[YearLine, ...]
    is_known: bool = False
    unsaved: int = 0

    @property
    def parts(self) -> tuple[Period, ...]:
        """The periods across."""
        return tuple(self.period.split(self.grain))
