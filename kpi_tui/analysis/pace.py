"""How far a running period has come: what is usual by this day, and where it will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.message import say, says
from kpi_tui.definitions.period import Period

LEAST = 3
"""Past periods a shape needs."""


@dataclass(frozen=True, slots=True)
class Past:
    """A complete period before: its value up to the same point, and in whole."""

    so_far: float
    whole: float

    @property
    def share(self) -> float | None:
        """Part of the whole that was there by then; None when it is no part."""
        return self.so_far / self.whole if self.whole and 0 <= self.so_far / self.whole <= 1 else None


def days_done(period: Period, last: date) -> int:
    """How many days of a period are done when `last` is the last day with data: that day counts as a whole one."""
    return max(0, (min(last, period.last_day) - period.start).days + 1)


def cut(past: Period, day: int, days: int) -> Period:
    """The first days of a past period that answer to the first `day` of `days`: the same share of its length."""
    length = min(past.days, max(1, round(day / days * past.days)))
    return past.span(past.start, past.start + timedelta(days=length))


def pace(start: Pace, history: Sequence[Past], *, by_days: bool, better: Better) -> Pace:
    """Share, projection and range: by the shape of at least three past periods, else by days where that makes sense.

    `by_days`: the metric adds up over days, so that an even flow is a fair guess.
    `better`: of what is better low, the target is a most.
    """
    shares = sorted(share for past in history if (share := past.share) is not None)
    if len(shares) >= LEAST:
        return _ended(replace(start, basis="shape", periods=len(shares)), median(shares), shares[0], shares[-1], better)
    if not by_days:
        detail = says(
            "no projection: {count} complete period shows how it grows within one, {least} are needed",
            "no projection: {count} complete periods show how it grows within one, {least} are needed",
            len(shares),
            least=LEAST,
        )
        return replace(start, reason=Reason.NO_DATA, detail=detail)
    share = start.day / start.days
    found = _ended(replace(start, basis="days"), share, share, share, better)
    detail = says(
        "by days, without a range: {count} complete period shows its shape, {least} are needed",
        "by days, without a range: {count} complete periods show its shape, {least} are needed",
        len(shares),
        least=LEAST,
    )
    return replace(found, low=None, high=None, state=None, detail=detail)


def _ended(found: Pace, share: float, least: float, most: float, better: Better) -> Pace:
    """The end value if the share is the usual one; its range if it is the smallest or the largest seen."""
    due = None if found.target is None else found.target * share
    now = found.value.value
    if now is None:
        return replace(found, share=share, due=due, reason=found.value.reason, detail=found.value.detail)
    if now == 0 or share == 0:
        detail = (
            say("nothing yet: no projection from 0")
            if now == 0
            else say("usually nothing is there by now: no projection")
        )
        return replace(found, share=share, due=due, reason=Reason.PENDING, detail=detail)
    ends = (now / most, None if least == 0 else now / least)
    low, high = ends if now > 0 else (ends[1], ends[0])
    found = replace(found, share=share, due=due, projected=now / share, low=low, high=high)
    return replace(found, state=found.against(found.target, better))
