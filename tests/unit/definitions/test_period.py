"""Periods: ISO forms, neighbours, parts (R004); checked against the calendar of DuckDB."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.period import GRAINS, Grain, Period

DAYS = st.dates(min_value=date(1971, 1, 1), max_value=date(2099, 12, 31))


@given(DAYS, st.sampled_from(GRAINS))
def test_periods_start_where_duckdb_truncates(day: date, grain: Grain) -> None:
    start = duckdb.sql(f"select date_trunc('{grain.value}', date '{day}')::date").fetchall()[0][0]
    period = Period.containing(day, grain)
    assert period.start == start
    assert period.start <= day <= period.last_day


@given(DAYS, st.sampled_from(GRAINS), st.integers(-30, 30))
def test_periods_tile_the_calendar(day: date, grain: Grain, count: int) -> None:
    period = Period.containing(day, grain)
    assert period.next().start == period.end
    assert period.shift(count).shift(-count) == period
    assert Period.parse(period.id) == period


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        ("2026", date(2026, 1, 1), 365),
        ("2026-Q4", date(2026, 10, 1), 92),
        ("2026-10", date(2026, 10, 1), 31),
        ("2026-W01", date(2025, 12, 29), 7),
        ("2020-W53", date(2020, 12, 28), 7),
        ("2026-10-15", date(2026, 10, 15), 1),
        ("2012-03-19/2012-06-13", date(2012, 3, 19), 87),
    ],
)
def test_iso_forms(text: str, start: date, days: int) -> None:
    period = Period.parse(text)
    assert (period.start, period.days) == (start, days)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-W54", "2025-W53", "26-10", "2026-Q5", "2026-02-30", "x", "2026-10-02/2026-10-01"]
)
def test_what_is_no_period_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(ValueError, match="2026-W43"):
        Period.parse(text)


def test_weeks_belong_to_the_month_of_their_monday() -> None:
    weeks = [part.id for part in Period.parse("2026-05").split(Grain.WEEK)]
    assert weeks == ["2026-W19", "2026-W20", "2026-W21", "2026-W22"]  # from Monday 4 May


def test_a_year_earlier_keeps_the_bucket() -> None:
    assert Period.parse("2026-10").a_year_earlier().id == "2025-10"
    assert Period.parse("2020-W53").a_year_earlier().id == "2019-W52"
    assert Period.parse("2024-02-29").a_year_earlier().id == "2023-02-28"
    assert Period.parse("2026-Q1").a_year_earlier().id == "2025-Q1"
