"""Simple projections: what a rate would lead to if it stayed (R132, R141, R142)."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.projection import Assumed, Projection
from kpi_tui.definitions.answers.value import Value, unfinished
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.analysis_parts import PROJECTIONS
from kpi_tui.definitions.message import listed, say

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.engine.numbers import Numbers

KINDS = PROJECTIONS


class Projections:
    """Users lost to churn, users won by invitations."""

    def __init__(self, numbers: MetricNumbers, engine: Numbers) -> None:
        self._numbers = numbers
        self._engine = engine

    def of(
        self, kind: str, period: Period, assumed: Assumed | None = None, *, progress: Progress | None = None
    ) -> Projection:
        """What the churn rate, or the K factor, of a period would lead to if it stayed.

        `assumed`: users at first (default: those active in the period), rate and cycle instead of the measured ones.
        UsageError on an unknown kind, a number below 0, or a churn rate above 1.
        """
        if kind not in KINDS:
            raise UsageError(say("there is no projection {kind!r}; known: {names}", kind=kind, names=listed(KINDS)))
        assumed = assumed or Assumed()
        _judge(kind, assumed)
        found = (self._churn if kind == "churn" else self._viral)(period, assumed, progress)
        return replace(found, assumed=tuple(name for name, number in asdict(assumed).items() if number is not None))

    def _churn(self, period: Period, assumed: Assumed, progress: Progress | None) -> Projection:
        from kpi_tui.analysis.churn_and_referral_projection import losses

        (rate,) = self._numbers.values(["churn_rate"], period, progress=progress)
        rate = _put_in(rate, assumed.rate)
        users, detail = self._base(period, assumed.users, rate, progress)
        if users is None or rate.value is None or rate.partial:
            return Projection("churn", period, users, rate, detail=_in_part(rate) or detail)
        found = losses(users, rate.value)
        return Projection("churn", period, users, rate, losses=found, detail="" if found else say("nobody leaves"))

    def _viral(self, period: Period, assumed: Assumed, progress: Progress | None) -> Projection:
        from kpi_tui.analysis.churn_and_referral_projection import generations

        rate, cycle = self._numbers.values(["k_factor", "viral_cycle_days"], period, progress=progress)
        rate, cycle = _put_in(rate, assumed.rate), _put_in(cycle, assumed.cycle)
        users, detail = self._base(period, assumed.users, rate, progress)
        if users is None or rate.value is None or rate.partial:
            return Projection("viral", period, users, rate, cycle, detail=_in_part(rate) or detail)
        return Projection("viral", period, users, rate, cycle, generations=generations(users, rate.value, cycle.value))

    def _base(
        self, period: Period, users: float | None, rate: Value, progress: Progress | None
    ) -> tuple[float | None, str]:
        """How many there are at first, and why the projection cannot be made."""
        if users is not None:
            return users, rate.detail
        from kpi_tui.engine.query.cut import Cut

        (active,) = self._engine.values(["=active_user_count"], [period], Cut(), progress)
        return active.value, rate.detail or active.detail


def _put_in(value: Value, number: float | None) -> Value:
    """A number that somebody assumes in the place of the measured one."""
    return value if number is None else Value(value.metric, value.period, number, unit=value.unit)


def _in_part(rate: Value) -> str:
    """A rate of some days of a period would be continued as if it were that of all of them."""
    if rate.value is None or not rate.partial:
        return ""
    over = unfinished(rate)
    return say("{said}; its rate is that of a part: ask for a period that is over, or put a rate in", said=over)


def _judge(kind: str, assumed: Assumed) -> None:
    known = [number for number in asdict(assumed).values() if number is not None]
    if any(not math.isfinite(number) or number < 0 for number in known):
        raise UsageError(say("a number that is assumed is 0 or more"))
    if kind == "churn" and assumed.rate is not None and assumed.rate > 1:
        raise UsageError(say("a churn rate is a share from 0 to 1: 0.2 means 20 %"))
