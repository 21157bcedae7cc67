"""Amounts per buyer where orders have none: how many, how much, and what it does to the number (docs/data.md)."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.unit.traps.trap_shop import own
from tests.workspaces import Shop, orders, users, views

LAST = "2026-01-31"
PAID = orders(
    ("o1", "ann", "2026-01-01 10:00:00", 100.0),
    ("o2", "bob", "2026-01-02 10:00:00", 200.0),
    ("o3", "", "2026-01-03 10:00:00", 30.0),
    ("o4", "", "2026-01-20 10:00:00", 15.0),
    ("o5", "", "2025-12-20 10:00:00", 5.0),
    ("o6", "", "2026-01-21 10:00:00", 90.0),
)
"""345 paid in January by Ann, Bob and nobody (45), and an order of nobody that was never paid."""
PAID[5]["paid_at"] = None
SAID = "paid_amount_sum: 2 rows of 45.00 have no user_id, and count for nobody; {metric} is overstated"


def asked(shop: Shop, metric: str, **question: Any) -> list[Value]:
    rows = [{**row, "domain": "public" if row["order_id"] == "o4" else "private"} for row in PAID]
    book = shop.has("orders", rows, complete_until=LAST).says(as_of=LAST).book()
    return book.numbers.values([metric], Period.parse("2026-01"), **question)


@pytest.mark.parametrize("metric", ["arppu", "spend_per_customer"])
def test_orders_without_a_buyer_are_told_where_amounts_are_divided_by_buyers(metric: str, shop: Shop) -> None:
    """345 of two buyers is 172.5 each; of the 300 that they paid it would be 150."""
    (found,) = asked(shop, metric)
    assert (found.value, found.notes) == (172.5, (SAID.format(metric=metric),))


@pytest.mark.parametrize("metric", ["paid_amount", "paid_orders", "buyers", "aov"])
def test_what_is_no_amount_per_buyer_says_nothing(metric: str, shop: Shop) -> None:
    assert asked(shop, metric)[0].notes == ()


def test_a_part_and_a_question_are_told_of_their_own_rows(shop: Shop) -> None:
    """Private: 330 ÷ 2, 30 of nobody. Public: 15 of nobody and no buyer. Above 50 every order has its buyer."""
    found = {one.segment: (one.value, one.notes) for one in asked(shop, "arppu", by="domain")}
    said = "paid_amount_sum: 1 row of 30.00 has no user_id, and counts for nobody; arppu is overstated"
    assert found["private"] == (165, (said,)) and found["public"] == (None, ())
    assert [(one.value, one.notes) for one in asked(shop, "arppu", where="paid_amount > 50")] == [(150, ())]


def test_orders_per_buyer_tell_rows_alone(shop: Shop) -> None:
    """Four paid orders of two buyers."""
    count = 'table = "orders"\nagg = "count"\nwhere = "paid_at is not null"\ntime = "paid_at"'
    (found,) = asked(shop.defines("metrics/own.toml", own("each", count, "m_each / buyer_count", "ratio")), "each")
    said = "m_each: 2 rows have no user_id, and count for nobody; each is overstated"
    assert (found.value, found.notes) == (2, (said,))


OWN = """
[measures.net_buyers]
table = "orders"
agg = "count_distinct"
column = "user_id"
where = "paid_at is not null and user_id <> 'bob'"
time = "paid_at"
[measures.first_payers]
table = "d_buyers"
agg = "count"
time = "first_paid_at"
[measures.ordered]
table = "orders"
agg = "sum"
column = "order_amount"
time = "created_at"
[metrics.kept]
name = "Kept"
category = "revenue"
kind = "absolute"
formula = "net_buyers"
unit = "count"
grain = "day"
[metrics.each]
name = "Each"
category = "revenue"
kind = "ratio"
formula = "{formula}"
unit = "currency"
grain = "month"
"""
PAID_OF_NOBODY = "paid_amount_sum: 2 rows of 45.00 have no user_id, and count for nobody; each is overstated"
ORDERS_OF_NOBODY = "paid_order_count: 2 rows have no user_id, and count for nobody; each is understated"


@pytest.mark.parametrize(
    ("formula", "value", "said"),
    [
        ("paid_amount / buyers", 172.5, PAID_OF_NOBODY),  # a quotient of metrics
        ("paid_amount_sum / kept", 345, PAID_OF_NOBODY),  # of Ann alone
        ("2 * paid_amount / nullif(kept, 0)", 690, PAID_OF_NOBODY),
        ("paid_amount_sum / first_payers", 172.5, PAID_OF_NOBODY),  # rows of a table that has one of each buyer
        # what was ordered in January, the order that was never paid among it, of those who paid
        ("ordered / buyer_count", 217.5, "ordered: 3 rows of 135.00 have no user_id, and count for nobody; {over}"),
        (
            "buyer_count / paid_order_count",
            0.5,
            "paid_order_count: 2 rows have no user_id, and count for nobody; {under}",
        ),
        ("buyers / paid_orders", 0.5, "paid_order_count: 2 rows have no user_id, and count for nobody; {under}"),
    ],
)
def test_heads_are_known_however_they_are_counted(formula: str, value: float, said: str, shop: Shop) -> None:
    (found,) = asked(shop.defines("metrics/own.toml", OWN.format(formula=formula)), "each")
    told = said.format(over="each is overstated", under="each is understated")
    assert (found.value, [note for note in found.notes if "history" not in note]) == (value, [told])


def test_amounts_per_active_user_tell_orders_of_nobody_too(shop: Shop) -> None:
    """345 by Ann and Bob, who were there."""
    shop.has("events", views(("ann", "2026-01-02 10:00", "home"), ("bob", "2026-01-02 11:00", "home")))
    shop.has("users", users(("ann", "2025-12-01 10:00"), ("bob", "2025-12-01 10:00")))
    shop.says_of("events", complete_until=LAST).says_of("users", complete_until=LAST)
    (found,) = asked(shop, "arpu")
    assert (found.value, SAID.format(metric="arpu") in found.notes) == (172.5, True)


def test_a_quotient_of_metrics_leaves_unknown_amounts_out_on_both_sides(shop: Shop) -> None:
    """Bob's amount is not known: 145 of three orders, never of four. `explain` shows the three."""
    shop.defines("metrics/own.toml", OWN.format(formula="paid_amount / paid_orders"))
    rows = [row | {"paid_amount": ""} if row["order_id"] == "o2" else row for row in PAID]
    book = shop.has("orders", rows, complete_until=LAST).says(as_of=LAST).book()
    shown = book.numbers.explain("each", Period.parse("2026-01"))
    said = "paid_amount_sum: 1 of 4 rows has no amount; left out on both sides of each"
    assert (round(shown.value.value or 0, 6), shown.value.notes) == (round(145 / 3, 6), (said,))
    assert [(one.id, one.number.value) for one in shown.readings] == [("paid_amount_sum", 145), ("paid_order_count", 3)]


def test_orders_of_guests_alone_have_no_number_of_buyers(shop: Shop) -> None:
    """The week's seven orders say no buyer: somebody bought, and nobody knows how many. In January five are known."""
    days = [
        (f"o{day}", "" if 5 <= day <= 11 else f"u{day % 5}", f"2026-01-{day:02d} 10:00", 10.0) for day in range(1, 32)
    ]
    shop.has("orders", orders(*days))
    why = "none of 7 rows of orders has a user_id"
    for metric in ("buyers", "arppu"):
        value = shop.value(metric, "2026-W02")
        assert (value.value, value.reason, value.detail) == (None, Reason.UNKNOWN, why), metric
    assert shop.value("paid_orders", "2026-W02").value == 7
    assert shop.value("buyers", "2026-01").value == 5
    parts = {
        one.segment: one.value for one in shop.book().numbers.values(["buyers"], Period.parse("2026-W02"), by="domain")
    }
    assert parts == {None: None, "public": None}


@pytest.mark.parametrize(("who", "number"), [(("", ""), None), (("u1", ""), 1), (("u1", "u2"), 2)])
def test_participants_that_nobody_knows_are_no_0(who: tuple[str, str], number: int | None, shop: Shop) -> None:
    """Two rows say that somebody joined the campaign."""
    seen = views(
        ("u1", "2026-01-10 09:00", "home"), ("u2", "2026-01-11 09:00", "home"), ("u9", "2026-01-31 10:00", "home")
    )
    rows = [{**row, "event_id": str(at), "campaign_id": ""} for at, row in enumerate(seen)]
    for row, user in zip(rows, who, strict=False):
        row |= {"event": "campaign_join", "campaign_id": "c1", "user_id": user}
    campaign = {"campaign_id": "c1", "starts_at": "2026-01-10 00:00", "ends_at": "2026-01-15 23:59"}
    shop.has("events", rows, complete_until=LAST).has("campaigns", [campaign])
    shop.has("users", users(("u1", "2025-12-01 08:00:00")), complete_until=LAST)
    section = shop.has("orders", PAID, complete_until=LAST).book().pages.of("campaign", Period.parse("2026-01"))
    (row,) = section.section("campaigns").found.rows
    assert row.participants.value == number
