"""Cohorts from plain numbers: the triangle of shares, and all cohorts together (R129)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.cohort import Cohort, CohortTable
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period

_MORE_LATER = say(
    "more of them came later than in the first month, of which the shares are: not of everybody of the cohort"
)


def table(rows: Sequence[Cohort], step: Grain) -> CohortTable:
    """The cohorts with their weighted mean at every step; a step that no cohort reaches has none."""
    steps = range(max((len(row.kept) for row in rows), default=0))
    known = [[(row.size, row.kept[n]) for row in rows if n < len(row.kept)] for n in steps]
    sums = [
        (
            sum(size for size, kept in at if size and kept is not None),
            sum((size or 0) * (kept or 0) for size, kept in at),
        )
        for at in known
    ]
    together = tuple(people / counted if counted else None for counted, people in sums)
    return CohortTable(tuple(rows), step, together, tuple(float(counted) for counted, _people in sums))


def triangle(
    periods: Sequence[Period], at: Mapping[tuple[Period, str | None], Value], nobody: str = ""
) -> list[Cohort]:
    """A cohort per period from counts by (period, cohort); (period, None) is the whole of a period.

    Nobody of a cohort in a period that has data is 0; a period without data, and one to come, is unknown, as all are
    while the segment `nobody` (people without a cohort) says that no file tells when they came.
    """
    return [_cohort(place, periods, at, nobody) for place in range(len(periods))]


def _cohort(
    place: int, periods: Sequence[Period], at: Mapping[tuple[Period, str | None], Value], nobody: str
) -> Cohort:
    own = periods[place]
    wholes = [_whole(at, period, nobody) for period in periods[place:]]
    blank = Cohort(own, None, (None,) * len(periods), wholes[0].detail)
    counts = [_count(whole, at.get((whole.period, own.id))) for whole in wholes]
    size = counts[0]
    if not size:
        return blank if size is None else replace(blank, size=size, detail="")
    kept = tuple(None if count is None else count / size for count in counts)
    detail = _MORE_LATER if any(share is not None and share > 1 for share in kept) else ""
    return Cohort(own, size, kept + (None,) * place, detail, of=at.get((own, own.id)), at=tuple(wholes))


def _whole(at: Mapping[tuple[Period, str | None], Value], period: Period, nobody: str) -> Value:
    """Everybody of a period; what is unknown of those without a cohort is unknown of every cohort."""
    unknown = at.get((period, nobody))
    return unknown if unknown is not None and unknown.value is None else at[period, None]


def _count(whole: Value, own: Value | None) -> float | None:
    """People of a cohort in a period; 0 where others are there, unknown where nobody is known to be."""
    if whole.value is None:
        return None
    return 0.0 if own is None else own.value
