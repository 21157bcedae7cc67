"""What moved a number between two periods: contributions of factors, and the branches of a metric tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.value import Reason, Value, relative_change, value_changed

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.quantity import Quantity

METHODS = ("shapley", "lmdi", "substitution")


@dataclass(frozen=True, slots=True)
class Driver:
    """One factor. `contribution` is in the unit of the metric; the contributions of all factors sum to the change."""

    factor: str
    before: float | None
    after: float | None
    contribution: float | None
    check: float | None = None  # the same by LMDI, where it is defined

    def share(self, change: float | None) -> float | None:
        """Part of the whole change; None when there is none."""
        return self.contribution / change if self.contribution is not None and change else None


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of a tree at two periods; children with the largest change first (R166)."""

    node: str
    now: Value
    before: Value
    owner: str = ""
    period: str = ""
    contribution: float | None = None  # to the change of its parent, where the parent has a formula
    children: tuple[Branch, ...] = ()

    @property
    def change(self) -> float | None:
        """Relative change; None when either is unknown, zero before, or partial."""
        return relative_change(self.before, self.now)

    @property
    def moved(self) -> Quantity | None:
        """The change as it is told: of a rate in percentage points."""
        return value_changed(self.before, self.now)

    @property
    def moved_most(self) -> Branch | None:
        """The child that changed most; None when no change is known."""
        first = self.children[0] if self.children else None
        return first if first is not None and (first.contribution or first.change) else None


@dataclass(frozen=True, slots=True)
class Drivers:
    """Why `subject` (a metric or a tree) changed. Without a decomposition `drivers` have no contribution, and a reason.

    `order`: the order in which substitution replaced the factors (连环替代).
    """

    subject: str
    formula: str
    method: str
    now: Value
    before: Value
    change: float | None
    drivers: tuple[Driver, ...] = ()
    order: tuple[str, ...] = ()
    reason: Reason | None = None
    detail: str = ""
    check_detail: str = ""  # why LMDI is not defined here
    tree: Branch | None = None

    @property
    def period(self) -> Period:
        """The period explained."""
        return self.now.period

    @property
    def against(self) -> Period:
        """The period it is compared with."""
        return self.before.period
