"""Cohorts: users who registered together, and how many of them stay active (R129)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.cohort import Cohort, CohortTable
from kpi_tui.definitions.calendar import ISO
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.library.analysis_parts import CohortPart
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.engine.numbers import Numbers

SIZE, ACTIVE = "=cohort_size", "=cohort_day_users"


class Cohorts:
    """Retention tables: by registration and day, or of any count of people by the period they came in."""

    def __init__(self, numbers: MetricNumbers, engine: Numbers) -> None:
        self._numbers = numbers
        self._engine = engine

    def of(self, part: CohortPart, period: Period, *, progress: Progress | None = None) -> CohortTable:
        """What a section of a page asks for. UsageError on an unknown metric or dimension.

        The columns that say in which month people came hold calendar months (`2026-10`): in a calendar of weeks both
        sides of the triangle are, and it is said there.
        """
        if not part.metric:
            return self.table(period, part.grain, days=part.days, progress=progress)
        from kpi_tui.analysis.cohort import table, triangle
        from kpi_tui.engine.query.segments import NULL_SEGMENT

        by_calendar = part.grain is Grain.MONTH and period.calendar.in_weeks
        last = Period.containing(period.last_day, part.grain, ISO if by_calendar else period.calendar)
        periods = [last.previous(back) for back in range(part.last - 1, -1, -1)]
        found = self._numbers.values([part.metric], last, by=part.by, last=part.last, progress=progress)
        at = {(value.period, value.segment): value for value in found}
        cohorts = triangle(periods, at, NULL_SEGMENT)
        first = next((place for place, one in enumerate(cohorts) if one.size), len(cohorts) - 1)
        return replace(table(cohorts[first:], part.grain), by_calendar=by_calendar)

    def table(
        self, period: Period, grain: Grain = Grain.DAY, *, days: int, progress: Progress | None = None
    ) -> CohortTable:
        """Users registered in each part of a period, and the share of them active on each of the `days` days after."""
        from kpi_tui.analysis.cohort import table
        from kpi_tui.engine.query.cut import Cut

        parts = list(period.split(grain))
        sizes = self._engine.values([SIZE], parts, Cut(), progress)
        active = self._engine.values([ACTIVE], parts, Cut("offset_days"), progress)
        covered = self._engine.covered(ACTIVE)
        rows = [
            _cohort(size, [value for value in active if value.period == size.period], days, covered and covered[1])
            for size in sizes
        ]
        return table(rows, Grain.DAY)


def _cohort(size: Value, active: list[Value], days: int, last: date | None) -> Cohort:
    """A cell is known once the data reach that day for the last who came; then nobody there is 0, not unknown."""
    people = {int(float(value.segment)): value.value or 0.0 for value in active if value.segment is not None}
    total = next(value for value in active if value.segment is None)
    if not size.value or total.value is None or last is None:
        return Cohort(size.period, size.value, (None,) * (days + 1), size.detail or total.detail, size)
    reached = (size.period.last_day + timedelta(days=day) <= last for day in range(days + 1))
    kept = tuple(people.get(day, 0.0) / size.value if known else None for day, known in enumerate(reached))
    return Cohort(size.period, size.value, kept, of=size)
