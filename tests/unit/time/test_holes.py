"""Days missing inside a table that is usually not so long silent: asked about, told at the value, never a silent 0."""

from __future__ import annotations

from datetime import date, timedelta

from kpi_tui.definitions.answers.value import Reason
from tests.workspaces import Row, Shop, orders

MARCH = "orders: no rows from 2026-03-01 to 2026-03-31"
HOLE = {date(2026, 10, day) for day in range(5, 13)}


def rows() -> list[Row]:
    """An order of 10 every day from 1 July to 31 October but 5 to 12 October."""
    days = (date(2026, 7, 1) + timedelta(days=n) for n in range(123))
    return orders(*((f"o{day}", "u1", f"{day} 10:00:00", 10.0) for day in days if day not in HOLE))


def test_a_hole_is_asked_about_and_stands_at_the_values_it_touches(shop: Shop) -> None:
    """October has 23 days with an order: 230; what happened on the 7th nobody knows. September is whole."""
    shop.has("orders", rows()).says(as_of="2026-10-31")
    said = "orders: no rows from 2026-10-05 to 2026-10-12"
    october, day = shop.value("paid_amount", "2026-10"), shop.value("paid_amount", "2026-10-07")
    assert (october.value, day.value, day.reason, day.detail) == (230, None, Reason.NO_DATA, said)
    assert said in [str(note) for note in october.notes]
    assert said not in [str(note) for note in shop.value("paid_amount", "2026-09").notes]
    assert any(issue.code == "hole" and said in issue.message for issue in shop.book().data.check())


def test_a_table_declared_complete_has_no_hole(shop: Shop) -> None:
    shop.has("orders", rows(), complete_until="2026-10-31").says(as_of="2026-10-31")
    assert not any("no rows from" in note for note in shop.value("paid_amount", "2026-10").notes)
    assert not any(issue.code == "hole" for issue in shop.book().data.check())


def test_a_shop_that_rests_on_a_long_weekend_has_no_hole(shop: Shop) -> None:
    """A long weekend without an order is no export that is missing."""
    away = ("2026-09-04", "2026-09-05", "2026-09-06")
    shop.has("orders", [row for row in rows() if row["paid_at"][:10] not in away]).says(as_of="2026-10-31")
    assert not any("2026-09" in note and "no rows" in note for note in shop.value("paid_amount", "2026-09").notes)


def five_months(*, weekends: bool, without: set[date]) -> list[Row]:
    """An order of 10 on every day from 1 January to 31 May 2026, on Mondays to Fridays only where weekends are free."""
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(151))
    open_ = (day for day in days if day not in without and (weekends or day.weekday() < 5))
    return orders(*((f"o{day}", "u1", f"{day} 10:00:00", 10.0) for day in open_))


def of_march() -> set[date]:
    return {date(2026, 3, day) for day in range(1, 32)}


def test_a_month_that_is_missing_is_no_zero_however_much_of_the_data_it_is(shop: Shop) -> None:
    """31 of 151 days: March, its days and its growth have no number; Q1 has 59 orders of 10 and says so."""
    shop.has("orders", five_months(weekends=True, without=of_march())).says(as_of="2026-05-31")
    for period in ("2026-03", "2026-03-12", "2026-W11"):
        value = shop.value("paid_amount", period)
        assert (value.value, value.reason, value.detail) == (None, Reason.NO_DATA, MARCH)
    assert shop.value("paid_amount.growth", "2026-03").value is None
    assert shop.value("paid_amount.growth", "2026-04").value is None
    quarter = shop.value("paid_amount", "2026-Q1")
    assert (quarter.value, [str(note) for note in quarter.notes]) == (590, [MARCH])
    assert [MARCH in issue.message for issue in shop.book().data.check() if issue.code == "hole"] == [True]


def test_ten_of_ninety_two_days_are_a_hole(shop: Shop) -> None:
    """March to May without 10 to 19 April: 20 orders of 10 in April, and the note."""
    away = {date(2026, 1, 1) + timedelta(days=n) for n in range(59)} | {date(2026, 4, day) for day in range(10, 20)}
    shop.has("orders", five_months(weekends=True, without=away)).says(as_of="2026-05-31")
    april = shop.value("paid_amount", "2026-04")
    assert (april.value, [str(n) for n in april.notes]) == (200, ["orders: no rows from 2026-04-10 to 2026-04-19"])


def test_a_shop_of_weekdays_is_judged_by_its_own_rhythm(shop: Shop) -> None:
    """No row from Saturday 28 February to the end of March: 33 days where 2 are usual. April has 22 weekdays."""
    shop.has("orders", five_months(weekends=False, without=of_march())).says(as_of="2026-05-29")
    march = shop.value("paid_amount", "2026-03")
    said = "orders: no rows from 2026-02-28 to 2026-03-31"
    assert (march.value, march.reason, march.detail) == (None, Reason.NO_DATA, said)
    assert (shop.value("paid_amount", "2026-04").value, shop.value("paid_amount", "2026-04").notes) == (220, ())
    assert any(issue.code == "hole" and said in issue.message for issue in shop.book().data.check())


def test_a_shop_of_weekdays_may_close_for_a_festival(shop: Shop) -> None:
    """Nine days around Spring Festival, 14 to 22 February 2026: 15 of February's 20 weekdays have an order."""
    festival = {date(2026, 2, day) for day in range(14, 23)}
    shop.has("orders", five_months(weekends=False, without=festival)).says(as_of="2026-05-29")
    assert (shop.value("paid_amount", "2026-02").value, shop.value("paid_amount", "2026-02").notes) == (150, ())
    assert not any(issue.code == "hole" for issue in shop.book().data.check())


def test_a_table_without_a_rhythm_is_not_judged(shop: Shop) -> None:
    """Forty orders in bursts of four days, then silent for 5 to 40 days: a month between them has 0."""
    day, rows = date(2026, 1, 1), []
    for silent in (5, 20, 11, 40, 8, 31, 6, 25, 14, 9):
        rows += [day + timedelta(days=n) for n in range(4)]
        day += timedelta(days=4 + silent)
    shop.has("orders", orders(*((f"o{one}", "u1", f"{one} 10:00:00", 10.0) for one in rows))).says(as_of="2026-07-20")
    assert not any(issue.code == "hole" for issue in shop.book().data.check())
    assert shop.value("paid_amount", "2026-03-20").value == 0
