"""Simple projections: what a rate would lead to if it stayed (R132, R141, R142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.projection import Projection
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers

KINDS = ("churn", "viral")


class Projections:
    """Users lost to churn, users won by invitations."""

    def __init__(self, numbers: MetricNumbers, engine: Numbers) -> None:
        self._numbers = numbers
        self._engine = engine

    def of(
        self, kind: str, period: Period, users: float | None = None, *, progress: Progress | None = None
    ) -> Projection:
        """What the churn rate, or the K factor, of a period would lead to if it stayed.

        `users`: how many there are at first; default: the users active in the period.
        """
        if kind not in KINDS:
            raise UsageError(say("there is no projection {kind!r}; known: {names}", kind=kind, names=", ".join(KINDS)))
        return (self._churn if kind == "churn" else self._viral)(period, users, progress)

    def _churn(self, period: Period, users: float | None, progress: Progress | None) -> Projection:
        from kpi_tui.analysis.churn_and_referral_projection import losses

        (rate,) = self._numbers.values(["churn_rate"], period, progress=progress)
        users, detail = self._base(period, users, rate, progress)
        if users is None or rate.value is None:
            return Projection("churn", period, users, rate, detail=detail)
        found = losses(users, rate.value)
        return Projection("churn", period, users, rate, losses=found, detail="" if found else say("nobody leaves"))

    def _viral(self, period: Period, users: float | None, progress: Progress | None) -> Projection:
        from kpi_tui.analysis.churn_and_referral_projection import generations

        rate, cycle = self._numbers.values(["k_factor", "viral_cycle_days"], period, progress=progress)
        users, detail = self._base(period, users, rate, progress)
        if users is None or rate.value is None:
            return Projection("viral", period, users, rate, cycle, detail=detail)
        return Projection("viral", period, users, rate, cycle, generations=generations(users, rate.value, cycle.value))

    def _base(
        self, period: Period, users: float | None, rate: Value, progress: Progress | None
    ) -> tuple[float | None, str]:
        """How many there are at first, and why the projection cannot be made."""
        if users is not None:
            return users, rate.detail
        from kpi_tui.engine.query.plan import Cut

        (active,) = self._engine.values(["=active_user_count"], [period], Cut(), progress)
        return active.value, rate.detail or active.detail
