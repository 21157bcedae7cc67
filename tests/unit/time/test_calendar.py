"""Days, ISO weeks across the end of a year, months, quarters, years (R004, ISO 8601)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

FIRST, LAST = date(2020, 12, 20), date(2021, 1, 10)


def a_coin_a_day(shop: Shop, first: date, last: date) -> Book:
    """One order of 1 on every day; what a period reads is its number of days inside."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return shop.has("orders", orders(*((f"o{d}", f"u{d}", f"{d} 23:59:59", 1) for d in days))).book()


def paid(book: Book, period: str) -> float | None:
    return book.numbers.values(["paid_amount"], Period.parse(period))[0].value


@pytest.mark.parametrize(
    ("week", "monday"),
    [
        ("2020-W53", "2020-12-28"),
        ("2021-W01", "2021-01-04"),
        ("2026-W01", "2025-12-29"),
        ("2026-W53", "2026-12-28"),
        ("2027-W01", "2027-01-04"),
    ],
)
def test_an_iso_week_holds_seven_days_from_its_monday(shop: Shop, week: str, monday: str) -> None:
    start = date.fromisoformat(monday)
    rows = [("before", start - timedelta(days=1), 1), ("mon", start, 10), ("sun", start + timedelta(days=6), 100)]
    rows.append(("after", start + timedelta(days=7), 1000))
    shop.has("orders", orders(*((name, name, f"{day} 12:00:00", amount) for name, day, amount in rows)))
    assert shop.value("paid_amount", week).value == 110


def test_weeks_are_those_of_the_standard_library_across_new_year(shop: Shop) -> None:
    book = a_coin_a_day(shop, FIRST, LAST)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    expected = Counter(f"{d.isocalendar().year}-W{d.isocalendar().week:02d}" for d in days)
    assert {week: paid(book, week) for week in expected} == dict(expected)
    assert expected["2020-W53"] == 7


def test_the_week_before_2027_w01_is_w53_and_growth_compares_with_it(shop: Shop) -> None:
    rows = orders(
        ("o0", "ann", "2026-12-27 12:00:00", 1), ("o1", "ann", "2027-01-03 12:00:00", 50),
        ("o2", "ann", "2027-01-04 00:00:00", 60), ("o3", "ann", "2027-01-10 12:00:00", 15),
    )  # fmt: skip
    shop.has("orders", rows)
    assert shop.value("paid_amount.growth", "2027-W01").value == pytest.approx(0.5)


def test_a_year_ends_on_31_december_whatever_its_weeks_do(shop: Shop) -> None:
    book = a_coin_a_day(shop, date(2025, 12, 25), date(2027, 1, 8))
    assert paid(book, "2026") == 365
    assert sum(paid(book, f"2026-Q{n}") or 0 for n in range(1, 5)) == 365
    assert [paid(book, f"2026-{n:02d}") for n in range(1, 13)] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    weeks = sum(paid(book, f"2026-W{n:02d}") or 0 for n in range(1, 54))
    assert weeks == 371  # 53 weeks from 2025-12-29 to 2027-01-03


def test_a_leap_day_is_a_day_of_its_month_and_quarter(shop: Shop) -> None:
    book = a_coin_a_day(shop, date(2028, 1, 1), date(2028, 3, 31))
    assert (paid(book, "2028-02-29"), paid(book, "2028-02"), paid(book, "2028-Q1")) == (1, 29, 91)
