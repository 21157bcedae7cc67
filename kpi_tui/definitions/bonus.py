"""The rule by which a score changes a bonus (R010, R011)."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.period import Grain, Period


@dataclass(frozen=True, slots=True)
class BonusStep:
    """From this score share on (1.0 = 100 points), the bonus changes by `effect` (0.10 = +10 %)."""

    attainment: float
    effect: float


@dataclass(frozen=True, slots=True)
class BonusRule:
    """Step table of the performance bonus (R010); mode deduct or adjust (R011); `versions` as of a role.

    `grain`: how long a period the bonus base of a role or a person is for.
    """

    mode: str = "deduct"
    steps: tuple[BonusStep, ...] = (BonusStep(0.0, -0.10), BonusStep(1.0, 0.10))
    grain: Grain = Grain.MONTH
    since: Period | None = None
    gone: bool = False
    versions: tuple[BonusRule, ...] = ()
