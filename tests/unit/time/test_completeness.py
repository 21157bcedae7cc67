"""How far the rows of a table reach: dense tables to their last day, sparse ones by their rhythm (R002)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi_tui.definitions.answers.value import Reason
from tests.workspaces import Row, Shop, orders, users, views

START = date(2026, 3, 1)


def _every(step: int, count: int, clock: str = "10:00:00") -> list[Row]:
    """An order of 10 every `step` days from 1 March on."""
    days = (START + timedelta(days=step * n) for n in range(count))
    return orders(*((f"o{day}", f"u{day}", f"{day} {clock}", 10) for day in days))


def _seen(last: str) -> list[Row]:
    """Page views on every day from 1 March to `last`, from morning to midnight."""
    days = [START + timedelta(days=n) for n in range((date.fromisoformat(last) - START).days + 1)]
    return views(*((f"v{day}", f"{day} {clock}", "/") for day in days for clock in ("08:00:00", "23:50:00")))


def test_missing_days_of_a_dense_table_are_no_zeros(shop: Shop) -> None:
    """Orders on all 60 days to 29 April, views to 31 May: May has no orders because nobody exported them."""
    book = shop.has("orders", _every(1, 60)).has("events", _seen("2026-05-31"))
    april, may = book.value("paid_amount", "2026-04"), book.value("paid_amount", "2026-05")
    assert (april.value, april.partial) == (290, True)
    assert [str(note) for note in april.notes] == ["orders: no rows since 2026-04-29"]
    assert (may.value, may.reason) == (None, Reason.NO_DATA)
    assert "2026-03-01 … 2026-04-29" in may.detail
    day = book.value("paid_amount", "2026-04-30")
    assert (day.value, day.reason) == (None, Reason.NO_DATA), "one missing day is missing too"


def test_one_long_holiday_gives_a_dense_table_no_patience(shop: Shop) -> None:
    """Ten closed days in February do not make ten missing days at the end of June a 0."""
    rows = [row for row in _every(1, 120) if not "2026-04-01" <= str(row["paid_at"])[:10] <= "2026-04-10"]
    value = shop.has("orders", rows).has("events", _seen("2026-07-02")).value("paid_amount", "2026-07-01")
    assert (value.value, value.reason) == (None, Reason.NO_DATA)


def test_a_sparse_table_may_be_silent_as_long_as_it_usually_is(shop: Shop) -> None:
    """An order every five days, the last on 15 April; views to 18 April: three silent days are its rhythm."""
    quiet = shop.has("orders", _every(5, 10)).has("events", _seen("2026-04-18"))
    assert quiet.value("paid_amount", "2026-04-17").value == 0
    late = shop.has("events", _seen("2026-04-25"))
    value = late.value("paid_amount", "2026-04-24")
    assert (value.value, value.reason) == (None, Reason.NO_DATA)


@pytest.mark.parametrize(("clock", "partial"), [("10:00:00", False), ("09:59:59", True)])
def test_the_last_day_of_a_dense_table_is_over_when_its_stamps_say_so(shop: Shop, clock: str, partial: bool) -> None:
    """Every day had its last order at ten; a file whose last day ends earlier was exported in the middle of it."""
    rows = [*_every(1, 30), *orders(("last", "zed", f"2026-03-31 {clock}", 10))]
    value = shop.has("orders", rows).value("paid_amount", "2026-03")
    assert (value.value, value.partial, value.late) == (310, partial, False)


def test_later_rows_of_another_table_close_the_last_day(shop: Shop) -> None:
    rows = [*_every(1, 30), *orders(("last", "zed", "2026-03-31 06:00:00", 10))]
    shop.has("orders", rows).has("events", _seen("2026-04-01"))
    assert not shop.value("paid_amount", "2026-03").partial


def test_days_without_a_time_are_over(shop: Shop) -> None:
    rows = [{**row, "paid_at": str(row["paid_at"])[:10]} for row in _every(1, 31)]
    assert not shop.has("orders", rows).value("paid_amount", "2026-03").partial


@pytest.mark.parametrize("until", ["2026-04-30", "as_of"])
def test_complete_until_closes_a_quiet_month(shop: Shop, until: str) -> None:
    """Orders on all days to 10 April: what came after is 0 because somebody says that nothing is missing."""
    shop.has("orders", _every(1, 41), complete_until=until)
    if until == "as_of":
        shop.has("events", _seen("2026-04-30"))
    april, day = shop.value("paid_amount", "2026-04"), shop.value("paid_amount", "2026-04-20")
    assert (april.value, april.partial, day.value) == (100, False, 0)


@pytest.mark.parametrize("step", [5, 7, 18])
def test_nothing_is_known_of_days_before_the_first_row_of_a_sparse_table(shop: Shop, step: int) -> None:
    """An order every few days from 1 March; the first customer a rhythm earlier tells nothing of orders before."""
    first = START - timedelta(days=step)
    shop.has("orders", _every(step, 10)).has("users", users(("ann", f"{first} 09:00:00"), ("bob", "2026-03-02 09:00")))
    february, day = shop.value("paid_amount", "2026-02"), shop.value("paid_orders", f"{START - timedelta(days=1)}")
    assert (february.value, february.reason, day.value, day.reason) == (None, Reason.NO_DATA) * 2
    assert "2026-03-01" in february.detail


def test_a_period_in_which_a_sparse_table_begins_names_its_own_first_day(shop: Shop) -> None:
    """An order every five days from 1 March; a customer on 25 February: the week from 23 February is a part."""
    shop.has("orders", _every(5, 10)).has("users", users(("ann", "2026-02-25 09:00:00")))
    week = shop.value("paid_amount", "2026-W09")
    assert (week.value, week.partial, week.late) == (10, True, True)
    assert [str(note) for note in week.notes] == ["orders: the data begin on 2026-03-01"]


@pytest.mark.parametrize(("first", "back"), [("2026-03-04", 0), ("2026-03-14", None)])
def test_no_order_was_returned_before_the_first_refund_within_its_rhythm(
    shop: Shop, first: str, back: float | None
) -> None:
    """Orders from 1 March, a refund every five days: three days without one are its rhythm, thirteen are not."""
    days = [date.fromisoformat(first) + timedelta(days=5 * n) for n in range(8)]
    returned = [
        {"refund_id": f"r{day}", "order_id": "o2026-03-01", "user_id": "u", "refunded_at": f"{day} 12:00", "amount": 1}
        for day in days
    ]
    shop.has("orders", _every(1, 60)).has("refunds", returned).has("users", users(("u", "2026-01-01 09:00:00")))
    assert shop.value("refund_amount", "2026-03-02").value == back


def test_complete_until_moves_the_as_of_day_when_nothing_else_does(shop: Shop) -> None:
    assert str(shop.has("orders", _every(1, 41), complete_until="2026-04-30").book().as_of()) == "2026-04-30"


def test_data_that_begin_later_are_not_said_to_be_unfinished(shop: Shop) -> None:
    """Views from 4 March on a workspace that has orders since the 1st: March began before them, and is over."""
    seen = [row for row in _seen("2026-04-30") if str(row["ts"]) >= "2026-03-04"]
    value = shop.has("orders", _every(1, 61)).has("events", seen).value("pv", "2026-03")
    assert (value.value, value.partial, value.late) == (56, True, True)
    assert [str(note) for note in value.notes] == ["events: the data begin on 2026-03-04"]


def test_rows_left_out_are_told_at_every_number_of_their_table(shop: Shop) -> None:
    rows = [*_every(1, 31), *orders(("bad", "ann", "2026-03-05 10:00:00", 1))]
    rows[-1]["paid_amount"] = "n/a so far"
    shop.has("orders", rows).has("events", _seen("2026-03-31"))
    assert shop.value("paid_amount", "2026-03").left_out == {"orders": 1}
    assert shop.value("pv", "2026-03").left_out == {}


@pytest.mark.parametrize(("cut", "reason"), [("23:50:00", None), ("08:00:00", Reason.PENDING)])
def test_a_cohort_waits_for_a_last_day_that_is_not_over(shop: Shop, cut: str, reason: Reason | None) -> None:
    """Ann comes on 30 March; whether she is back on the 31st is not known from a log that ends at eight that day."""
    seen = [row for row in _seen("2026-03-31") if str(row["ts"]) <= f"2026-03-31 {cut}"]
    shop.has("users", users(("ann", "2026-03-30 09:00:00"))).has("events", seen)
    assert shop.value("d1_retention", "2026-03-30").reason == reason
