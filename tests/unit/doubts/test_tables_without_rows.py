"""A table without a row that counts says of no day that nothing happened: no number, with the reason; never 0."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

JANUARY = orders(*((f"o{day}", f"u{day % 5}", f"2026-01-{day:02d} 10:00:00", 100) for day in range(1, 32)))
NO_TIME = [{**row, "created_at": ""} for row in JANUARY]
MIXED = [{**row, "created_at": ""} if at % 2 else {**row, "paid_amount": "x"} for at, row in enumerate(JANUARY)]
USERS = [
    {"user_id": f"u{n}", "registered_at": f"2026-01-{n + 1:02d} 09:00:00", "acquisition_type": "organic"}
    for n in range(5)
]
REFUND = {"refund_id": "r1", "order_id": "o1", "refunded_at": "2026-01-03 12:00:00", "amount": 5}
ITEM = {"order_id": "o1", "sku_id": "tea", "qty": 2, "unit_price": 50, "unit_cost": 10}
EMPTY = "{} has no row; complete_until of it says up to which day there was none"
UNTIL = {"complete_until": "2026-01-31"}


def header_of(shop: Shop, table: str, row: Row, **source: Any) -> Shop:
    """A file that is a header alone."""
    (shop.root / f"{table}.csv").write_text(",".join(row) + "\n", encoding="utf-8")
    return shop.maps(table, {"path": f"{table}.csv", **source})


def told(value: Value) -> tuple[float | None, Reason | None, str]:
    return value.value, value.reason, value.detail


@pytest.mark.parametrize("metric", ["paid_amount", "paid_orders", "buyers", "aov", "new_buyer_amount", "refund_rate"])
@pytest.mark.parametrize("period", ["2026-01", "2025-06", "2026-W03"])
def test_of_orders_with_a_header_alone_nothing_is_known(metric: str, period: str, shop: Shop) -> None:
    """Users came in January: whether they bought, no row says; a year before neither."""
    header_of(shop, "orders", JANUARY[0]).has("users", USERS).has("refunds", [REFUND])
    assert told(shop.value(metric, period)) == (None, Reason.NO_DATA, EMPTY.format("orders"))


@pytest.mark.parametrize("rows", [NO_TIME, MIXED])
@pytest.mark.parametrize("metric", ["paid_amount", "buyers", "aov", "net_sales_revenue", "refund_amount"])
def test_orders_that_were_all_rejected_are_unknown_with_their_number(metric: str, rows: list[Row], shop: Shop) -> None:
    """31 orders without a time, or 16 whose amount is a letter and 15 without a time."""
    shop.has("orders", rows).has("users", USERS).has("refunds", [REFUND])
    value = shop.value(metric, "2026-01")
    assert (value.value, value.reason, value.left_out) == (None, Reason.UNKNOWN, {"orders": 31})
    assert value.detail.startswith("all 31 rows of orders were rejected: ")
    again = shop.value(metric, "2026-01")  # of a later start, from the cache
    assert told(again) == told(value)


@pytest.mark.parametrize("metric", ["refund_amount", "refund_rate", "net_sales_revenue"])
def test_refunds_with_a_header_alone_are_0_where_somebody_says_so(metric: str, shop: Shop) -> None:
    """Orders of 3,100 in January. Without a word nobody knows what came back; with one, nothing did."""
    right = {"refund_amount": 0, "refund_rate": 0, "net_sales_revenue": 3100}[metric]
    header_of(shop.has("orders", JANUARY), "refunds", REFUND)
    assert told(shop.value(metric, "2026-01")) == (None, Reason.NO_DATA, EMPTY.format("refunds"))
    assert shop.value("paid_amount", "2026-01").value == 3100
    shop.says_of("refunds", **UNTIL)
    assert told(shop.value(metric, "2026-01")) == (right, None, "")
    assert shop.value(metric, "2026-02").reason is Reason.NO_DATA
    shop.says_of("refunds", complete_until="as_of")
    assert told(shop.value(metric, "2026-01")) == (right, None, "")


def test_refunds_of_the_file_of_the_orders_that_has_none_are_0(shop: Shop) -> None:
    """The state of every order is there, and none is refunded: an answer."""
    shop.has("orders", [{**row, "state": "done"} for row in JANUARY])
    said = {"refund_id": "order_id", "refunded_at": "paid_at", "amount": "paid_amount"}
    shop.maps("refunds", {"path": "orders.csv", "where": "state in ('back')", "columns": said})
    assert shop.value("refund_amount", "2026-01").value == 0
    assert shop.value("refund_amount", "2025-06").reason is Reason.NO_DATA
    assert shop.value("refund_amount", "2026-03").reason is Reason.NO_DATA


def test_rejected_rows_of_a_table_that_is_said_to_be_whole_may_lie_anywhere(shop: Shop) -> None:
    """One refund, without a time: its month is not known; nor is the day of one whose amount cannot be read."""
    undated = {**REFUND, "refunded_at": ""}
    shop.has("orders", JANUARY).has("refunds", [undated], **UNTIL)
    value = shop.value("refund_amount", "2026-01")
    assert (value.value, value.reason, value.left_out) == (None, Reason.UNKNOWN, {"refunds": 1})
    dated = [{**REFUND, "amount": "x"}, {**REFUND, "refund_id": "r2", "refunded_at": ""}]
    shop.has("refunds", dated, **UNTIL)
    assert shop.value("refund_amount", "2026-01-03").reason is Reason.UNKNOWN


@pytest.mark.parametrize(("more", "reason"), [({}, Reason.NO_DATA), (UNTIL, None)])
def test_a_source_with_a_header_alone_leaves_the_whole_unknown(
    more: dict[str, str], reason: Reason | None, shop: Shop
) -> None:
    """East sold 3,100. West says nothing, or that there was nothing."""
    shop.has_source("orders", "east", JANUARY).has_source("orders", "west", [], **more)
    (shop.root / "orders-west.csv").write_text(",".join(JANUARY[0]) + "\n", encoding="utf-8")
    whole, *parts = shop.book().numbers.values(["aov", "paid_amount"], Period.parse("2026-01"), by="source")[-3:]
    by_name = {one.segment: one for one in (whole, *parts) if one.metric == "paid_amount"}
    assert (by_name[None].value, by_name[None].reason) == (None if reason else 3100, reason)
    assert by_name["east"].value == 3100
    if reason:
        for lost in (by_name[None], by_name["west"], shop.value("aov", "2026-01", where="source = 'west'")):
            assert told(lost) == (None, Reason.NO_DATA, EMPTY.format("orders.sources.west"))
    assert told(shop.value("aov", "2026-01", where="source = 'east'")) == (100, None, "")


def test_what_a_table_without_rows_would_say_of_others_is_not_known(shop: Shop) -> None:
    """Who bought is no part without a channel, and nobody of channel c1: users is a header alone."""
    header_of(shop.has("orders", JANUARY), "users", {"user_id": "", "registered_at": "", "channel_id": ""})
    assert shop.value("paid_amount", "2026-01").value == 3100
    period, why = Period.parse("2026-01"), EMPTY.format("users")
    whole, part = shop.book().numbers.values(["paid_amount"], period, by="users.channel_id")
    assert (whole.value, told(part)) == (3100, (None, Reason.NO_DATA, why))
    asked = shop.value("paid_amount", "2026-01", where="users.channel_id = 'c1'")
    assert told(asked) == (None, Reason.NO_DATA, why)
    assert told(shop.value("new_users", "2026-01")) == (None, Reason.NO_DATA, why)


def test_lines_with_a_header_alone_tell_of_no_goods(shop: Shop) -> None:
    header_of(shop.has("orders", JANUARY), "order_items", ITEM)
    for metric in ("items_sold", "gross_profit", "items_per_order"):
        assert told(shop.value(metric, "2026-01")) == (None, Reason.NO_DATA, EMPTY.format("order_items")), metric


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("", "order_items: 3 of 3 rows have no order_id: they are of no day and in no number"),
        ("z", "order_items: the order_id of 3 of 3 rows is not in orders (z): they are of no day and in no number"),
    ],
)
def test_lines_of_which_none_says_its_order_are_no_0(named: str, why: str, shop: Shop) -> None:
    """Three lines of two units: six were sold on days that nobody knows."""
    shop.has("orders", JANUARY).has("order_items", [{**ITEM, "order_id": named, "sku_id": sku} for sku in "abc"])
    for metric in ("items_sold", "gross_profit"):
        assert told(shop.value(metric, "2026-01")) == (None, Reason.UNKNOWN, why), metric


def test_a_few_lines_without_their_order_are_told_where_the_number_stands(shop: Shop) -> None:
    """62 units in 31 lines that say their order; two lines more do not."""
    lines = [{**ITEM, "order_id": f"o{day}"} for day in range(1, 32)]
    lost = [{**ITEM, "order_id": "", "sku_id": sku} for sku in "ab"]
    value = shop.has("orders", JANUARY).has("order_items", [*lines, *lost]).value("items_sold", "2026-01")
    said = "order_items: 2 of 33 rows have no order_id: they are of no day and in no number"
    assert (value.value, value.notes) == (62, (said,))
