"""The cohort table: who came together, and how many of them were there so much later (R129)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value


@dataclass(frozen=True, slots=True)
class Cohort:
    """People who came in a period: their number, and the share of them who are there after each step (step 0 first).

    None = the data do not reach that step for everyone of the cohort, or nothing is known of the cohort at all.
    """

    period: Period
    size: float | None
    kept: tuple[float | None, ...]
    detail: str = ""  # why nothing is known, or what is odd about the shares
    of: Value | None = None  # the value that `size` is, with its marks
    at: tuple[Value, ...] = ()  # the whole of the period of each step, with its marks


@dataclass(frozen=True, slots=True)
class CohortTable:
    """The cohorts, oldest first; `step`: how long a step is (a day, or the grain of the cohorts).

    `together`: the share of all cohorts that are known at a step, weighted by their sizes; `counted`: their people.
    `by_calendar`: they are calendar months although the months of the workspace are weeks.
    """

    rows: tuple[Cohort, ...]
    step: Grain = Grain.DAY
    together: tuple[float | None, ...] = ()
    counted: tuple[float, ...] = ()
    by_calendar: bool = False
