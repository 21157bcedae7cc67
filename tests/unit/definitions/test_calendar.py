"""Calendars: weeks of any first day, fiscal years and their names; against pandas and published calendars."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.calendar import MONTHS, PATTERNS, WEEKDAYS, YEAR_ENDS, YEAR_NAMES, Calendar
from kpi_tui.definitions.period import GRAINS, Grain, Period

DAYS = st.dates(min_value=date(1972, 1, 1), max_value=date(2099, 12, 31))
MONTHLY = st.builds(Calendar, st.sampled_from(WEEKDAYS), st.sampled_from(MONTHS), st.sampled_from(YEAR_NAMES))
IN_WEEKS = st.builds(
    Calendar,
    st.sampled_from(WEEKDAYS),
    st.sampled_from(MONTHS),
    st.sampled_from(YEAR_NAMES),
    st.sampled_from(list(PATTERNS)),
    st.sampled_from(YEAR_ENDS),
    st.integers(1, 12),
)
CALENDARS = MONTHLY | IN_WEEKS
SUNDAYS = Calendar(week_start="sunday")


# --- every calendar ---------------------------------------------------------------------------------
@given(DAYS, CALENDARS, st.sampled_from(GRAINS), st.integers(-60, 60))
def test_periods_tile_the_days_and_are_called_one_thing(day: date, own: Calendar, grain: Grain, count: int) -> None:
    period = Period.containing(day, grain, own)
    assert period.start <= day <= period.last_day
    assert period.next().start == period.end
    assert period.previous().end == period.start
    there = period.shift(count)
    assert there.shift(-count) == period
    assert there.calendar == own
    assert Period.parse(there.id, own) == there
    assert (there.id == period.id) == (count == 0)


@given(DAYS, CALENDARS)
def test_months_make_quarters_and_quarters_years(day: date, own: Calendar) -> None:
    year = Period.containing(day, Grain.YEAR, own)
    quarters, months = list(year.split(Grain.QUARTER)), list(year.split(Grain.MONTH))
    assert (len(quarters), len(months)) == (4, 12)
    assert [part.id for part in quarters] == [f"{year.id}-Q{number}" for number in (1, 2, 3, 4)]
    for parts in (quarters, months, list(year.split(Grain.DAY))):
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert all(one.end == other.start for one, other in pairwise(parts))
        assert sum(part.days for part in parts) == year.days


@given(DAYS, CALENDARS)
def test_every_week_lies_in_the_one_month_that_holds_its_first_day(day: date, own: Calendar) -> None:
    week = Period.containing(day, Grain.WEEK, own)
    assert week.start.weekday() == WEEKDAYS.index(own.week_start)
    assert week in list(Period.containing(week.start, Grain.MONTH, own).split(Grain.WEEK))
    assert week not in list(Period.containing(week.start, Grain.MONTH, own).next().split(Grain.WEEK))


@given(DAYS, MONTHLY)
def test_the_same_week_a_year_earlier_is_as_far_into_its_year(day: date, own: Calendar) -> None:
    week = Period.containing(day, Grain.WEEK, own)
    before = week.a_year_earlier()
    said, then = week.id.split("-W"), before.id.split("-W")
    assert int(then[0]) == int(said[0]) - 1
    assert then[1] == said[1] or (said[1] == "53" and then[1] == "52")
    assert week.start - before.start in (timedelta(weeks=52), timedelta(weeks=53))


@given(st.integers(1972, 2098), st.sampled_from(WEEKDAYS))
def test_a_week_belongs_to_the_year_that_holds_most_of_its_days(year: int, first: str) -> None:
    """Counted day by day: every week with four days or more in the year, and no other."""
    own = Calendar(week_start=first)
    weeks: dict[str, int] = {}
    for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        week = Period.containing(date(year, 1, 1) + timedelta(days=number), Grain.WEEK, own).id
        weeks[week] = weeks.get(week, 0) + 1
    mine = [week for week, days in weeks.items() if days >= 4]
    assert mine == [f"{year}-W{number:02d}" for number in range(1, len(mine) + 1)]
    assert own.weeks_in(year) == len(mine)


def test_periods_of_the_same_days_are_equal_whatever_they_are_called() -> None:
    ends, starts = Calendar(fiscal_year="april"), Calendar(fiscal_year="april", fiscal_year_name="start")
    one, other = Period.parse("FY2027", ends), Period.parse("FY2026", starts)
    assert one == other
    assert hash(one) == hash(other)
    assert (one.id, other.id) == ("FY2027", "FY2026")


# --- another library -----------------------------------------------------------------------------------
@given(DAYS, st.sampled_from(WEEKDAYS))
def test_weeks_begin_where_those_of_pandas_do(day: date, first: str) -> None:
    last = WEEKDAYS[WEEKDAYS.index(first) - 1][:3].upper()  # pandas calls a week by its last day: W-SAT from Sunday
    theirs = pd.Period(day, freq=f"W-{last}")
    ours = Period.containing(day, Grain.WEEK, Calendar(week_start=first))
    assert (ours.start, ours.last_day) == (theirs.start_time.date(), theirs.end_time.date())


@given(DAYS, st.sampled_from(MONTHS))
def test_fiscal_years_and_quarters_are_those_of_pandas(day: date, first: str) -> None:
    """pandas calls a year by its last month (Q-MAR begins in April), and by the calendar year in which it ends."""
    own, last = Calendar(fiscal_year=first), MONTHS[MONTHS.index(first) - 1][:3].upper()
    quarter, theirs = Period.containing(day, Grain.QUARTER, own), pd.Period(day, freq=f"Q-{last}")
    assert (quarter.start, quarter.last_day) == (theirs.start_time.date(), theirs.end_time.date())
    assert quarter.id.removeprefix("FY") == f"{theirs.qyear}-Q{theirs.quarter}"
    year, whole = Period.containing(day, Grain.YEAR, own), pd.Period(day, freq=f"Y-{last}")
    assert (year.start, year.last_day) == (whole.start_time.date(), whole.end_time.date())
    assert year.id.removeprefix("FY") == str(whole)


# --- published calendars --------------------------------------------------------------------------------
@given(st.integers(1972, 2098))
def test_week_1_from_sunday_is_the_epidemiological_week_1(year: int) -> None:
    """The definition of the CDC (http://www.cmmcp.org/epiweek.htm): weeks run from Sunday to Saturday, and the first
    ends on the first Saturday of January that is at least four days into the month."""
    saturday = next(day for day in (date(year, 1, n) for n in range(4, 11)) if day.weekday() == 5)
    assert Period.parse(f"{year}-W01", SUNDAYS).last_day == saturday


@pytest.mark.parametrize(
    ("week", "first", "last"),
    [
        # MMWR weeks as published by the CDC (NNDSS, "MMWR Weeks"): week 1 of 2020 ended on 4 January 2020, its week 53
        # on 2 January 2021; week 53 of 2014 on 3 January 2015; week 53 of 2025 on 3 January 2026.
        ("2020-W01", date(2019, 12, 29), date(2020, 1, 4)),
        ("2020-W53", date(2020, 12, 27), date(2021, 1, 2)),
        ("2014-W53", date(2014, 12, 28), date(2015, 1, 3)),
        ("2025-W53", date(2025, 12, 28), date(2026, 1, 3)),
        ("2026-W01", date(2026, 1, 4), date(2026, 1, 10)),
    ],
)
def test_weeks_from_sunday_are_the_mmwr_weeks(week: str, first: date, last: date) -> None:
    found = Period.parse(week, SUNDAYS)
    assert (found.start, found.last_day) == (first, last)


@pytest.mark.parametrize(
    ("month", "name", "text", "first", "last"),
    [
        # United States, 31 U.S.C. § 1102: from 1 October, called by the year in which it ends.
        ("october", "end", "FY2026", date(2025, 10, 1), date(2026, 9, 30)),
        ("october", "end", "FY2026-Q1", date(2025, 10, 1), date(2025, 12, 31)),
        # Australia: FY2026 is 1 July 2025 to 30 June 2026.
        ("july", "end", "FY2026", date(2025, 7, 1), date(2026, 6, 30)),
        ("july", "end", "FY2026-Q4", date(2026, 4, 1), date(2026, 6, 30)),
        # India: FY2026 is 1 April 2025 to 31 March 2026.
        ("april", "end", "FY2026", date(2025, 4, 1), date(2026, 3, 31)),
        # Japan, Public Finance Act § 11: 2026年度 is 1 April 2026 to 31 March 2027.
        ("april", "start", "FY2026", date(2026, 4, 1), date(2027, 3, 31)),
        ("april", "start", "FY2026-Q4", date(2027, 1, 1), date(2027, 3, 31)),
    ],
)
def test_fiscal_years_of_countries(month: str, name: str, text: str, first: date, last: date) -> None:
    own = Calendar(fiscal_year=month, fiscal_year_name=name)
    found = Period.parse(text, own)
    assert (found.start, found.last_day, found.id) == (first, last, text)
    assert Period.parse(text.lower().replace("-", ""), own) == found


# --- what is refused ------------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "meant"), [("2026", "FY2026 for 2025-04-01 to 2026-03-31"), ("2026-q1", "FY2026-Q1")])
def test_a_year_that_could_be_of_the_calendar_is_asked_back(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"could be of a calendar year.*write {meant}"):
        Period.parse(text, Calendar(fiscal_year="april"))


def test_a_fiscal_year_is_none_of_the_calendar() -> None:
    for text in ("FY2026", "FY2026-Q1"):
        with pytest.raises(ValueError, match="write 2026, 2026-Q4"):
            Period.parse(text)
    for text in ("FY2026-10", "FY2026-W10", "FY26"):
        with pytest.raises(ValueError, match="write FY2026, FY2026-Q4"):
            Period.parse(text, Calendar(fiscal_year="april"))


def test_a_week_53_that_a_year_has_not_is_refused() -> None:
    assert Period.parse("2026-W53").start == date(2026, 12, 28)  # a long year from Monday …
    with pytest.raises(ValueError, match="not a period"):
        Period.parse("2026-W53", SUNDAYS)  # … and a short one from Sunday: 27 December 2026 begins 2026-W52
    assert Period.containing(date(2026, 12, 31), Grain.WEEK, SUNDAYS).id == "2026-W52"
