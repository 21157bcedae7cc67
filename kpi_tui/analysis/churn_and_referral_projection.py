"""Rules of thumb on plain numbers: users lost at a churn rate (R132), users won by a K factor (R141)."""

from __future__ import annotations

import math

from kpi_tui.definitions.answers.projection import CYCLES, Generation, Loss

MOST = 60  # periods of a very small churn rate: a bound of the table, no setting
EPSILON = 1e-9  # 1 / 0.2 is 5 periods, whatever the last bit says


def losses(users: float, churn: float) -> tuple[Loss, ...]:
    """Until everybody is gone by the linear rule (users × churn × periods, R132); () when nobody leaves."""
    if churn <= 0:
        return ()
    last = min(math.ceil(1 / churn - EPSILON), MOST)
    return tuple(
        Loss(n, max(0.0, round(users * (1 - churn * n), 6)), users * (1 - churn) ** n) for n in range(last + 1)
    )


def generations(seeds: float, k: float, cycle: float | None) -> tuple[Generation, ...]:
    """Each generation invites once: seeds, seeds × K, × K² … for three cycles (R141, R142)."""
    joined = [seeds * k**n for n in range(CYCLES + 1)]
    return tuple(
        Generation(n, None if cycle is None else cycle * n, joined[n], math.fsum(joined[: n + 1]))
        for n in range(CYCLES + 1)
    )
