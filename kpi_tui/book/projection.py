"""The Book's simple projections (spec R132, R141, R142)."""

from __future__ import annotations

from kpi_tui.book.asks import Asks
from kpi_tui.definitions.answers.projection import Projection
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress

KINDS = ("churn", "viral")


class ProjectionQuestions:
    """Part of the Book."""

    def projection(
        self: Asks, kind: str, period: Period, users: float | None = None, *, progress: Progress | None = None
    ) -> Projection:
        """What the churn rate, or the K factor, of a period would lead to if it stayed.

        `users`: how many there are at first; default: the users active in the period.
        """
        if kind not in KINDS:
            raise UsageError(say("there is no projection {kind!r}; known: {names}", kind=kind, names=", ".join(KINDS)))
        return (_churn if kind == "churn" else _viral)(self, period, users, progress)


def _churn(book: Asks, period: Period, users: float | None, progress: Progress | None) -> Projection:
    from kpi_tui.analysis.projection import losses

    (rate,) = book.values(["churn_rate"], period, progress=progress)
    users, detail = _base(book, period, users, rate, progress)
    if users is None or rate.value is None:
        return Projection("churn", period, users, rate, detail=detail)
    found = losses(users, rate.value)
    return Projection("churn", period, users, rate, losses=found, detail="" if found else say("nobody leaves"))


def _viral(book: Asks, period: Period, users: float | None, progress: Progress | None) -> Projection:
    from kpi_tui.analysis.projection import generations

    rate, cycle = book.values(["k_factor", "viral_cycle_days"], period, progress=progress)
    users, detail = _base(book, period, users, rate, progress)
    if users is None or rate.value is None:
        return Projection("viral", period, users, rate, cycle, detail=detail)
    return Projection("viral", period, users, rate, cycle, generations=generations(users, rate.value, cycle.value))


def _base(
    book: Asks, period: Period, users: float | None, rate: Value, progress: Progress | None
) -> tuple[float | None, str]:
    """How many there are at first, and why the projection cannot be made."""
    if users is not None:
        return users, rate.detail
    from kpi_tui.engine.plan import Cut

    (active,) = book._numbers.values(["=active_user_count"], [period], Cut(), progress)
    return active.value, rate.detail or active.detail
