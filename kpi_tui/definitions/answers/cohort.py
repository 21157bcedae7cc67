"""The cohort table: who came together, and how many of them were there so many days later (R129)."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class Cohort:
    """Users registered in a period: their number, and of them the share active on each day after (day 0 first).

    None = the data do not reach that day for everyone of the cohort, or nothing is known of the cohort at all.
    """

    period: Period
    size: float | None
    kept: tuple[float | None, ...]
    detail: str = ""  # why nothing is known
