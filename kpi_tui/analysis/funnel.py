"""A funnel read: step rates against their own past; the weakest is the one that fell most (R108, R171)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.funnel import FunnelStep
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.message import say

People = Sequence[float | None]


def steps(
    names: Sequence[str], now: People, before: Sequence[People], why: Sequence[tuple[Reason | None, str]]
) -> tuple[FunnelStep, ...]:
    """Steps with rate and baseline. `now`: people per step; `before`: the same for earlier periods;
    `why`: the reason of a step without a number, and its words.

    The baseline of a step is its rate over all earlier periods together: people out over people in. A step larger than
    the one before is no part of it: it has no rate.
    """
    found = []
    for place, name in enumerate(names):
        if place == 0:
            found.append(FunnelStep(name, now[0], None, None, *why[0]))
            continue
        known = [(p[place - 1], p[place]) for p in before]
        pairs = [(into, out) for into, out in known if into is not None and out is not None]
        usual = rate(sum(into for into, _ in pairs), sum(out for _, out in pairs))
        share, (reason, detail) = rate(now[place - 1], now[place]), why[place]
        if share is not None and share > 1:
            share, usual = None, None
            detail = say("larger than the step before: it counts others too, so there is no share")
        found.append(FunnelStep(name, now[place], share, usual, reason, detail))
    return tuple(found)


def rate(into: float | None, out: float | None) -> float | None:
    """Share of those who entered; None when unknown or when nobody did."""
    return out / into if into and out is not None else None


def weakest(found: Sequence[FunnelStep]) -> str:
    """The step lowest against its own baseline, "" when none is below it: not the lowest rate as such."""
    below = [(against, step.name) for step in found if (against := step.against) is not None and against < 1]
    return min(below, key=lambda pair: pair[0])[1] if below else ""
