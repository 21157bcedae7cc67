"""Numbers of weeks from Sunday and of years from April, against pandas (W-SAT, Q-MAR, Y-MAR) over the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Grain, Period
from tests.workspaces import Row, Shop, orders

FIRST, DAYS = date(2024, 12, 1), 600  # to Thursday 23 July 2026
METRICS = ["paid_amount", "active_trading_users", "arppu"]


def rows() -> Iterator[Row]:
    """One to three orders a day of nine buyers, no two days alike; some minutes before and after midnight."""
    for number in range(DAYS):
        for place, clock in enumerate(("00:00:01", "12:30:00", "23:59:59")[: number % 3 + 1]):
            day, buyer = FIRST + timedelta(days=number), f"u{(number * 7 + place * 2) % 9}"
            yield from orders((f"o{number}-{place}", buyer, f"{day} {clock}", 10 + number % 37 + place * 0.5))


@pytest.fixture
def book(shop: Shop) -> Book:
    """A shop whose weeks begin on Sunday and whose years begin in April."""
    calendar = {"week_start": "sunday", "fiscal_year": "april"}
    return shop.says(calendar=calendar).has("orders", list(rows())).book()


def theirs(frequency: str) -> pd.DataFrame:
    """The same numbers by pandas, by period, over days that are counted whole."""
    frame = pd.DataFrame(rows())
    frame["period"] = pd.to_datetime(frame["paid_at"]).dt.to_period(frequency)
    found = frame.groupby("period").agg(paid_amount=("paid_amount", "sum"), active_trading_users=("user_id", "nunique"))
    found["arppu"] = found["paid_amount"] / found["active_trading_users"]
    return found


@pytest.mark.parametrize(
    ("frequency", "grain", "asked", "count"),
    [
        ("W-SAT", Grain.WEEK, "2026-W28", 80),  # 12 to 18 July 2026
        ("Q-MAR", Grain.QUARTER, "FY2027-Q1", 5),  # April to June 2026
        ("Y-MAR", Grain.YEAR, "FY2026", 1),  # April 2025 to March 2026
    ],
)
def test_numbers_are_those_of_pandas(book: Book, frequency: str, grain: Grain, asked: str, count: int) -> None:
    expected = theirs(frequency)
    period = book.period(asked)
    assert period.grain is grain
    for value in book.numbers.values(METRICS, period, last=count):
        its = expected.loc[pd.Period(value.period.start, freq=frequency)]
        assert not value.partial
        assert (value.period.start, value.period.last_day) == (its.name.start_time.date(), its.name.end_time.date())
        assert value.value == pytest.approx(its[value.metric], rel=1e-12), (value.metric, value.period.id)


def test_growth_and_last_year_are_of_the_weeks_before(book: Book) -> None:
    expected, period = theirs("W-SAT")["paid_amount"], book.period("2026-W28")
    now, before, then = (expected[pd.Period(day, freq="W-SAT")] for day in ("2026-07-12", "2026-07-05", "2025-07-06"))
    (growth,) = book.numbers.values(["paid_amount.growth"], period)
    assert growth.value == pytest.approx(now / before - 1)
    (last_year,) = book.numbers.values(["paid_amount"], period.a_year_earlier())  # 2025-W28: from Sunday 6 July 2025
    assert (last_year.period.id, last_year.value) == ("2025-W28", pytest.approx(then))


def test_the_running_periods_are_those_around_the_last_day(book: Book) -> None:
    """The data end on Thursday 23 July 2026."""
    spans = {
        Grain.WEEK: ("2026-W29", date(2026, 7, 19), date(2026, 7, 25)),
        Grain.MONTH: ("2026-07", date(2026, 7, 1), date(2026, 7, 31)),
        Grain.QUARTER: ("FY2027-Q2", date(2026, 7, 1), date(2026, 9, 30)),
        Grain.YEAR: ("FY2027", date(2026, 4, 1), date(2027, 3, 31)),
    }
    for grain, (name, first, last) in spans.items():
        period = book.period("current", grain)
        assert (period.id, period.start, period.last_day) == (name, first, last)
        (value,) = book.numbers.values(["paid_amount"], period)
        done = [row["paid_amount"] for row in rows() if str(first) <= row["paid_at"][:10]]
        assert (value.value, value.partial) == (pytest.approx(sum(done)), True)


def test_what_was_computed_in_another_calendar_is_not_the_answer(shop: Shop) -> None:
    """The cache on disk outlives the setting: 2026-W28 is from Monday 6 July 2026 at first, then from Sunday the
    12th."""
    shop.has("orders", list(rows()))
    monday, sunday = theirs("W-SUN")["paid_amount"], theirs("W-SAT")["paid_amount"]
    for calendar, expected in (
        ({}, monday[pd.Period("2026-07-06", freq="W-SUN")]),
        ({"week_start": "sunday"}, sunday[pd.Period("2026-07-12", freq="W-SAT")]),
        ({"week_start": "monday"}, monday[pd.Period("2026-07-06", freq="W-SUN")]),
    ):
        opened = shop.says(calendar=calendar).book()
        (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-W28"))
        assert value.value == pytest.approx(expected)


def test_a_week_of_another_calendar_is_answered_by_its_own_days(book: Book) -> None:
    """Both are called 2026-W28, and lie 6 days apart."""
    sunday = book.numbers.values(["paid_amount"], book.period("2026-W28"))[0]
    monday = book.numbers.values(["paid_amount"], Period.parse("2026-W28"))[0]
    assert sunday.value == pytest.approx(theirs("W-SAT")["paid_amount"][pd.Period("2026-07-12", freq="W-SAT")])
    assert monday.value == pytest.approx(theirs("W-SUN")["paid_amount"][pd.Period("2026-07-06", freq="W-SUN")])


def test_after_a_year_of_53_weeks_the_same_period_of_last_year_is_restated(shop: Shop) -> None:
    """The 4-5-4 calendar of the NRF: FY2024-P01 is 4 February to 2 March 2024, and FY2023 had 53 weeks: its weeks 2 to
    5, 5 February to 4 March 2023, stand beside it. Ann bought twice and Bob once now, a repeat deal in 3; three times
    and once then, 2 in 4: as many deals as now would have had 2 / 4 × 3 = 1.5 of them, and 1 is two thirds of it.
    """
    bought = [("ann", "2024-02-04"), ("ann", "2024-02-20"), ("bob", "2024-03-02")]
    bought += [("ann", "2023-02-05"), ("ann", "2023-02-20"), ("ann", "2023-03-04"), ("bob", "2023-03-01")]
    bought += [("ann", "2023-01-29"), ("cat", "2023-02-04"), ("dan", "2023-02-04"), ("dan", "2024-03-03")]
    rows = orders(*((f"o{place}", who, f"{day} 12:00:00", 10) for place, (who, day) in enumerate(bought)))
    calendar = {"kind": "4-5-4", "week_start": "sunday", "fiscal_year": "february", "fiscal_year_name": "start"}
    book = shop.has("orders", rows, complete_until=date(2024, 4, 6)).says(calendar=calendar).book()
    (value,) = book.numbers.values(["repeat_monetisation_score"], book.period("FY2024-P01"))
    assert (value.value, value.reason, value.partial) == (pytest.approx(2 / 3), None, False)
