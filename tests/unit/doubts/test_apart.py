"""Rows that a measure and its counterpart cannot place (`apart` of a measure): how many, what they hold, why."""

from __future__ import annotations

import pytest

from tests.workspaces import Shop, orders

WHY = "orders without a buyer, neither of new nor of returning ones"


@pytest.fixture
def guests(shop: Shop) -> Shop:
    """October: 50 of ann, who bought in September; 30, 20 and 3 of new ones; 7 of nobody known. 110 in all."""
    rows = orders(
        ("0", "old", "2025-01-01 10:00:00", 1.0),
        ("1", "ann", "2026-09-01 10:00:00", 100.0),
        ("2", "ann", "2026-10-01 10:00:00", 50.0),
        ("3", "bob", "2026-10-02 10:00:00", 30.0),
        ("4", "bob", "2026-10-03 10:00:00", 20.0),
        ("5", "", "2026-10-04 10:00:00", 7.0),
        ("6", "cid", "2026-10-31 10:00:00", 3.0),
    )
    return shop.has("orders", rows, complete_until="2026-10-31").says(as_of="2026-10-31")


def test_an_order_without_a_buyer_is_told_where_it_is_missing(guests: Shop) -> None:
    new, returning = guests.value("new_buyer_amount", "2026-10"), guests.value("returning_buyer_amount", "2026-10")
    assert (guests.value("paid_amount", "2026-10").value, new.value, returning.value) == (110, 53, 50)
    assert f"new_buyer_revenue_sum: 1 row of 7.00 is left out: {WHY}" in new.notes
    assert f"returning_buyer_revenue_sum: 1 row of 7.00 is left out: {WHY}" in returning.notes


def test_a_month_whose_buyers_are_all_known_says_nothing(guests: Shop) -> None:
    september = guests.value("new_buyer_amount", "2026-09")
    assert (september.value, [note for note in september.notes if "left out" in note]) == (100, [])


def test_the_condition_of_a_question_counts_for_the_rows_apart_too(guests: Shop) -> None:
    asked = guests.value("new_buyer_amount", "2026-10", where="order_id <> '5'")
    assert (asked.value, [note for note in asked.notes if "left out" in note]) == (53, [])


def test_orders_that_are_nobodys_first_or_later_one_are_told(guests: Shop) -> None:
    """Of five orders in October Ann's and Bob's second are repeats; one is of nobody known."""
    found = guests.value("repurchase_rate_orders", "2026-10")
    why = "orders without a buyer, neither a first nor a later one of anybody"
    assert (found.value, f"repeat_order_count: 1 row is left out: {why}" in found.notes) == (2 / 5, True)
