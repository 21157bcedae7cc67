"""Cohorts: users who registered together, and how many of them stay active (R129)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.cohort import Cohort
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.progress import Progress

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers

SIZE, ACTIVE = "=cohort_size", "=cohort_day_users"


class Cohorts:
    """Retention tables by day of registration."""

    def __init__(self, engine: Numbers) -> None:
        self._engine = engine

    def table(
        self, period: Period, grain: Grain = Grain.DAY, *, days: int, progress: Progress | None = None
    ) -> list[Cohort]:
        """Users registered in each part of a period, and the share of them active on each of the `days` days after."""
        from kpi_tui.engine.query.plan import Cut

        parts = list(period.split(grain))
        sizes = self._engine.values([SIZE], parts, Cut(), progress)
        active = self._engine.values([ACTIVE], parts, Cut("offset_days"), progress)
        covered = self._engine.covered(ACTIVE)
        return [
            _cohort(size, [value for value in active if value.period == size.period], days, covered and covered[1])
            for size in sizes
        ]


def _cohort(size: Value, active: list[Value], days: int, last: date | None) -> Cohort:
    """A cell is known once the data reach that day for the last who came; then nobody there is 0, not unknown."""
    people = {int(float(value.segment)): value.value or 0.0 for value in active if value.segment is not None}
    total = next(value for value in active if value.segment is None)
    if not size.value or total.value is None or last is None:
        return Cohort(size.period, size.value, (None,) * (days + 1), size.detail or total.detail)
    reached = (size.period.last_day + timedelta(days=day) <= last for day in range(days + 1))
    kept = tuple(people.get(day, 0.0) / size.value if known else None for day, known in enumerate(reached))
    return Cohort(size.period, size.value, kept)
