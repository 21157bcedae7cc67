"""Whether a number speaks for or against: beside a limit, or falling while another one holds. Plain numbers in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kpi_tui.definitions.message import say, says

Verdict = tuple[str, str, str]
"""State (good, bad, observing, unknown), cause (none, falling, neither) and detail."""


def beside_limit(value: float | None, limit: float, *, equal: bool) -> str:
    """good above the limit, or at it where `equal` counts; else bad; unknown without a value."""
    if value is None:
        return "unknown"
    return "good" if value > limit or (equal and value == limit) else "bad"


def observed_enough(days: int | None, window: int) -> Verdict | None:
    """A verdict before the data cover `window` days; None once they do."""
    if days is None:
        return "unknown", "", ""
    if days < window:
        return (
            "observing",
            "",
            says("{observed} of {window} day", "{observed} of {window} days", window, observed=days, window=window),
        )
    return None


def falling_while(
    values: Sequence[float | None], others: Sequence[float | None], falling: int, tolerance: float
) -> Verdict:
    """Bad when `values` came to 0, or fell `falling` periods in a row, while `others` hold (R096). Oldest first.

    Unknown where both are 0: who sells nothing holds nothing.
    Others hold when they are not below those before the fall by more than the share `tolerance`.
    """
    if not values or values[-1] is None or others[-1] is None:
        return "unknown", "", ""
    if values[-1] == 0:
        return ("bad", "none", "") if others[-1] > 0 else ("unknown", "neither", "")
    run, held = values[-falling - 1 :], others[-falling - 1 :]
    known = [number for number in run if number is not None]
    if len(known) <= falling or held[0] is None:
        return "unknown", "", say("{falling} known periods are needed", falling=falling + 1)
    falls = all(later < earlier for earlier, later in pairwise(known))
    return ("bad", "falling", "") if falls and others[-1] >= held[0] * (1 - tolerance) else ("good", "", "")
