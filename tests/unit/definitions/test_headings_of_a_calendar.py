"""What headings of a sheet mean where years begin in April: worked by hand, FY2026 being April 2025 to March 2026."""

from __future__ import annotations

import pytest

from kpi_tui.book.targets.period_headings import said_period
from kpi_tui.definitions.calendar import ISO, Calendar

APRIL = Calendar(fiscal_year="april")
SUNDAYS = Calendar(week_start="sunday", fiscal_year="april")


@pytest.mark.parametrize(
    ("heading", "period", "assumed"),
    [
        ("4月", "2025-04", True),
        ("12月", "2025-12", True),
        ("1月", "2026-01", True),
        ("Mar", "2026-03", True),
        ("Mar 2027", "2027-03", False),
        ("2026年4月", "2026-04", False),
        ("Q1", "FY2026-Q1", True),
        ("第四季度", "FY2026-Q4", True),
        ("Q1 2027", "FY2027-Q1", False),
        ("2026年度", "FY2026", False),
        ("2026", "FY2026", False),
        ("FY2026", "FY2026", False),
        ("fy2026-q2", "FY2026-Q2", False),
        ("W20", "2025-W20", True),  # from 12 May 2025
        ("W05", "2026-W05", True),  # from 26 January 2026
        ("2026-W20", "2026-W20", False),
    ],
)
def test_a_heading_lies_in_the_year_that_is_meant(heading: str, period: str, assumed: bool) -> None:
    found = said_period(heading, 2026, APRIL)
    assert found is not None
    assert (found.period.id, found.assumed, found.period.calendar) == (period, assumed, APRIL)


def test_weeks_of_headings_begin_where_the_calendar_says() -> None:
    found = said_period("第45周", 2027, SUNDAYS)
    assert found is not None
    assert f"{found.period.start}" == "2026-11-08"


@pytest.mark.parametrize(("heading", "period"), [("4月", "2026-04"), ("Q1", "2026-Q1"), ("W20", "2026-W20")])
def test_calendar_years_are_meant_where_nothing_is_said(heading: str, period: str) -> None:
    found = said_period(heading, 2026, ISO)
    assert found is not None
    assert found.period.id == period
