"""Calendars of weeks (4-4-5, 4-5-4, 5-4-4) against the published calendar of the NRF, Apple's years and pandas."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.book.targets.period_headings import said_period
from kpi_tui.definitions.calendar import LAST, MONTHS, NEAREST, PATTERNS, WEEKDAYS, Calendar
from kpi_tui.definitions.period import Grain, Period

NRF = Calendar("sunday", "february", "start", "4-5-4")
APPLE = Calendar("sunday", "october", "end", "4-4-5", LAST, week_53=3)
DAYS = st.dates(min_value=date(1972, 1, 1), max_value=date(2099, 12, 31))


def days(text: str, own: Calendar = NRF) -> tuple[str, str]:
    """First and last day of a period."""
    found = Period.parse(text, own)
    return found.start.isoformat(), found.last_day.isoformat()


# --- the 4-5-4 calendar of the National Retail Federation ------------------------------------------------
@pytest.mark.parametrize(
    ("year", "first", "last", "weeks"),
    [
        # Published by the NRF (https://nrf.com/resources/4-5-4-calendar): 53 weeks in 2006, 2012, 2017 and 2023.
        ("FY2015", "2015-02-01", "2016-01-30", 52),
        ("FY2017", "2017-01-29", "2018-02-03", 53),
        ("FY2018", "2018-02-04", "2019-02-02", 52),
        ("FY2019", "2019-02-03", "2020-02-01", 52),
        ("FY2020", "2020-02-02", "2021-01-30", 52),
        ("FY2021", "2021-01-31", "2022-01-29", 52),
        ("FY2022", "2022-01-30", "2023-01-28", 52),
        ("FY2023", "2023-01-29", "2024-02-03", 53),
        ("FY2024", "2024-02-04", "2025-02-01", 52),
        ("FY2025", "2025-02-02", "2026-01-31", 52),
    ],
)
def test_years_are_those_of_the_nrf(year: str, first: str, last: str, weeks: int) -> None:
    assert days(year) == (first, last)
    assert len(list(Period.parse(year, NRF).split(Grain.WEEK))) == weeks


def test_years_of_53_weeks_are_those_other_calendars_of_the_nrf_list() -> None:
    """The list that gems and packages of this calendar test against."""
    long = [2000, 2006, 2012, 2017, 2023, 2028, 2034, 2040, 2045, 2051, 2056, 2062, 2068, 2073, 2079, 2084, 2090, 2096]
    assert [year for year in range(2000, 2100) if NRF.weeks_in(year) == 53] == long


def test_months_of_2023_are_those_of_the_nrf() -> None:
    """February is P01; January of 2024 has the 53rd week."""
    published = [
        ("2023-01-29", "2023-02-25"),
        ("2023-02-26", "2023-04-01"),
        ("2023-04-02", "2023-04-29"),
        ("2023-04-30", "2023-05-27"),
        ("2023-05-28", "2023-07-01"),
        ("2023-07-02", "2023-07-29"),
        ("2023-07-30", "2023-08-26"),
        ("2023-08-27", "2023-09-30"),
        ("2023-10-01", "2023-10-28"),
        ("2023-10-29", "2023-11-25"),
        ("2023-11-26", "2023-12-30"),
        ("2023-12-31", "2024-02-03"),
    ]
    assert [days(f"FY2023-P{place:02d}") for place in range(1, 13)] == published
    assert days("FY2015-P09") == ("2015-10-04", "2015-10-31")
    assert days("FY2023-Q4") == ("2023-10-29", "2024-02-03")
    assert days("FY2023-W53") == ("2024-01-28", "2024-02-03")


@pytest.mark.parametrize(
    ("period", "first", "last", "called"),
    [
        # The restated calendar of 2023 begins a week later, on 5 February: its weeks 2 to 53 are 1 to 52.
        ("FY2024-W01", "2023-02-05", "2023-02-11", "FY2023-W02"),
        ("FY2024-W52", "2024-01-28", "2024-02-03", "FY2023-W53"),
        ("FY2024-P01", "2023-02-05", "2023-03-04", ""),
        ("FY2024-Q4", "2023-11-05", "2024-02-03", ""),
        ("FY2024", "2023-02-05", "2024-02-03", ""),
        # A long year: as many weeks, the last of them the first of its own year.
        ("FY2023-P12", "2023-01-01", "2023-02-04", ""),
        ("FY2023-P11", "2022-11-27", "2022-12-31", "FY2022-P11"),
        ("FY2023-W53", "2023-01-29", "2023-02-04", "FY2023-W01"),
        ("FY2025", "2024-02-04", "2025-02-01", "FY2024"),
        ("2024-11-29", "2023-12-01", "2023-12-01", "2023-12-01"),  # a Friday beside a Friday
    ],
)
def test_last_year_is_restated_after_week_53(period: str, first: str, last: str, called: str) -> None:
    before = Period.parse(period, NRF).a_year_earlier()
    assert (before.start.isoformat(), before.last_day.isoformat()) == (first, last)
    assert before.id == (called or f"{first}/{last}")


def test_restated_days_have_the_parts_of_the_period_they_stand_beside() -> None:
    before = Period.parse("FY2024-Q1", NRF).a_year_earlier()
    assert [one.id for one in before.split(Grain.MONTH)] == [
        "2023-02-05/2023-03-04",
        "2023-03-05/2023-04-08",
        "2023-04-09/2023-05-06",
    ]
    assert before.holds(Grain.MONTH) and not before.holds(Grain.YEAR)
    assert [one.id for one in Period.parse("FY2024-P01", NRF).a_year_earlier().split(Grain.WEEK)] == [
        f"FY2023-W{number:02d}" for number in (2, 3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("2023-10", "FY2023-P09"), ("2024-01", "FY2023-P12"), ("2023-W05", "FY2023-W05"), ("2023", "FY2023")],
)
def test_what_is_of_the_calendar_year_is_asked_back(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"write {meant} for"):
        Period.parse(text, NRF)


@pytest.mark.parametrize("text", ["FY2023-P00", "FY2023-P13", "FY2024-W53", "FY2023-W54", "2023-13", "2023-P01"])
def test_what_no_year_of_weeks_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="FY2026-P09"):
        Period.parse(text, NRF)
    with pytest.raises(ValueError, match="is not a period"):
        Period.parse("FY2023-P01", Calendar(fiscal_year="february"))


@pytest.mark.parametrize(
    ("heading", "year", "meant"),
    [
        ("Oct", 2023, "FY2023-P09"),
        ("1月", 2023, "FY2023-P12"),
        ("2024年1月", 2023, "FY2023-P12"),
        ("W53", 2023, "FY2023-W53"),
    ],
)
def test_a_heading_that_names_a_month_means_the_one_of_weeks(heading: str, year: int, meant: str) -> None:
    found = said_period(heading, year, NRF)
    assert found is not None and found.period.id == meant


# --- another company, another library --------------------------------------------------------------------
def test_years_of_apple_end_on_the_last_saturday_of_september() -> None:
    """Form 10-K of 2023: a year of 52 or 53 weeks that ends on the last Saturday of September, the additional week in
    its first quarter; 2023 spanned 53 weeks, and its first quarter ended on 31 December 2022."""
    assert days("FY2023", APPLE) == ("2022-09-25", "2023-09-30")
    assert days("FY2023-Q1", APPLE) == ("2022-09-25", "2022-12-31")
    assert days("FY2024", APPLE) == ("2023-10-01", "2024-09-28")
    assert APPLE.weeks_in(2023) == 53 and APPLE.weeks_in(2022) == APPLE.weeks_in(2024) == 52


@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(MONTHS), st.sampled_from((NEAREST, LAST)), st.integers(1, 4))
def test_years_and_quarters_are_those_of_pandas(day: date, first: str, month: str, year_end: str, long: int) -> None:
    """pandas calls them 52-53 week fiscal years, by the weekday and the month of their last day."""
    own = Calendar(first, month, "end", "4-4-5", year_end, week_53=3 * long)
    ends = pd.offsets.FY5253Quarter(
        weekday=(WEEKDAYS.index(first) - 1) % 7,
        startingMonth=(MONTHS.index(month) - 1) % 12 + 1,
        qtr_with_extra_week=long,
        variation=year_end,
    )
    quarter = Period.containing(day, Grain.QUARTER, own)
    assert pd.Timestamp(quarter.last_day) == ends.rollforward(pd.Timestamp(day))
    assert pd.Timestamp(quarter.start) == ends.rollback(pd.Timestamp(day) - timedelta(days=1)) + timedelta(days=1)
    year = Period.containing(day, Grain.YEAR, own)
    assert (year.end - year.start).days // 7 == ends.year_has_extra_week(pd.Timestamp(year.last_day)) + 52


@given(DAYS, st.sampled_from(list(PATTERNS)), st.integers(1, 12))
def test_every_quarter_has_the_weeks_of_its_pattern(day: date, kind: str, long: int) -> None:
    own = Calendar("sunday", "february", "start", kind, week_53=long)
    year = Period.containing(day, Grain.YEAR, own)
    weeks = [int(number) for number in kind.split("-")] * 4
    weeks[long - 1] += year.days // 7 - 52
    assert [month.days // 7 for month in year.split(Grain.MONTH)] == weeks
