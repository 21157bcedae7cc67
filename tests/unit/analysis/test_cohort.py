"""Cohorts by hand: shares of the first step, all of them together by size, what is still to come (R129)."""

from __future__ import annotations

from kpi_tui.analysis.cohort import table, triangle
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Grain, Period

MONTHS = [Period.parse("2026-03"), Period.parse("2026-04"), Period.parse("2026-05")]
COUNTS = {
    ("2026-03", "2026-03"): 10,
    ("2026-04", "2026-03"): 5,
    ("2026-04", "2026-04"): 20,
    ("2026-05", "2026-04"): 4,
    ("2026-05", "2026-05"): 8,
}


def found(months: list[Period] = MONTHS, unknown: str = "") -> dict[tuple[Period, str | None], Value]:
    wholes = {
        (month, None): Value("n", month, None if month.id == unknown else 99.0, Reason.NO_DATA) for month in months
    }
    parts = {
        (month, cohort): Value("n", month, float(count), segment=cohort)
        for month in months
        for (at, cohort), count in COUNTS.items()
        if at == month.id and at != unknown
    }
    return {**wholes, **parts}


def test_shares_are_of_the_first_month_and_nobody_left_is_0() -> None:
    rows = triangle(MONTHS, found())
    assert [(row.size, row.kept) for row in rows] == [
        (10, (1.0, 0.5, 0.0)),
        (20, (1.0, 0.2, None)),
        (8, (1.0, None, None)),
    ]


def test_more_of_a_cohort_than_in_its_first_month_is_told() -> None:
    """12 in April of a cohort of which 10 were there in March: 120 % of the first month, not of the cohort."""
    at = found()
    at[MONTHS[1], "2026-03"] = Value("n", MONTHS[1], 12.0, segment="2026-03")
    told, quiet, _last = triangle(MONTHS, at)
    assert told.kept == (1.0, 1.2, 0.0)
    assert "more of them came later than in the first month" in told.detail
    assert quiet.detail == ""


def test_a_month_without_data_is_unknown_not_0() -> None:
    rows = triangle(MONTHS, found(unknown="2026-05"))
    assert [(row.size, row.kept) for row in rows] == [
        (10, (1.0, 0.5, None)),
        (20, (1.0, None, None)),
        (None, (None, None, None)),
    ]


def test_all_together_are_weighted_by_size_among_those_known() -> None:
    """+1: 5 of 10 and 4 of 20 are 9 of 30; +2: 0 of 10."""
    made = table(triangle(MONTHS, found()), Grain.MONTH)
    assert made.together == (1.0, 0.3, 0.0)
    assert made.counted == (38, 30, 10)
