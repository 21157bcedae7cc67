"""Next week's targets of a chain, a function per rule (R043–R055); what a week fell short is not added."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.rounding import whole
from kpi_tui.scoring.decimals import decimal


@dataclass(frozen=True, slots=True)
class NextTarget:
    """A target rate, and the target count that is its numerator (R045)."""

    rate: float
    count: float


def grown(target: float, growth: float, weeks: int = 1) -> float:
    """N*(w + weeks) = N*(w) × (1 + g)^weeks, not yet rounded: the chain runs on targets (R043)."""
    return float(decimal(target) * (1 + decimal(growth)) ** weeks)


def continued(exact: float | None, agreed: float) -> float:
    """The exact chain while the agreed target is only its rounding; else the chain starts anew from the agreed one."""
    return exact if exact is not None and whole(exact) == agreed else agreed


def conversion(numerator: float, extra: float, base_target: float) -> NextTarget | None:
    """What came and what the growth adds, over the target count of the link before (R044, R046).

    C: (I + N·g·r_I) / N*; D: (D + N·g·r_I·r_D) / target inquiries. None when there is nothing to divide by.
    """
    count = numerator + extra
    return NextTarget(count / base_target, count) if base_target > 0 else None


def hold(satisfied: float, participants: float, growth: float) -> NextTarget | None:
    """(S + P·g·r) / (P·g + P): always this week's own rate, so it measures "not falling" (R048–R050)."""
    if participants <= 0:
        return None
    count = satisfied + participants * growth * (satisfied / participants)
    return NextTarget(count / (participants * growth + participants), count)


def expected(now: float, then: float, then_result: float) -> float | None:
    """(base now / base then) × result then: links G and H (R054, R055). None without a history to scale."""
    return now / then * then_result if then > 0 else None
