"""Simple projections: what would be left, or join, if nothing changed (R132, R141, R142)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period

CYCLES = 3
"""Viral cycles that are projected at most (R142)."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Users left after so many periods: by the rule of thumb, and when each period loses the same share of the rest."""

    periods: int
    linear: float
    compounding: float


@dataclass(frozen=True, slots=True)
class Generation:
    """Users of a viral generation: how many, after how many days (None: cycle unknown), how many in all so far."""

    cycle: int
    days: float | None
    joined: float
    total: float


@dataclass(frozen=True, slots=True)
class Assumed:
    """What if: numbers taken instead of the measured ones; None: as measured. `rate`: the churn rate, or K."""

    users: float | None = None
    rate: float | None = None
    cycle: float | None = None


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection and the numbers it rests on; no rows where one of them is unknown.

    `assumed`: which of them somebody put in: users, rate, cycle.
    """

    kind: str  # churn | viral
    period: Period
    users: float | None
    rate: Value  # churn rate, or K factor
    cycle: Value | None = None
    losses: tuple[Loss, ...] = ()
    generations: tuple[Generation, ...] = ()
    detail: str = ""
    assumed: tuple[str, ...] = ()
