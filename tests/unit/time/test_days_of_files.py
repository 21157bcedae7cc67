"""How far the rows of a file reach, where several tables are read from it."""

from __future__ import annotations

from tests.workspaces import Shop, orders


def test_the_long_silences_of_refunds_do_not_stretch_the_orders_of_the_same_file(shop: Shop) -> None:
    """B ends on the 10th with an order; its refunds come every ten days, so that their silence up to the 20th is usual.

    Whether B sold anything on the 15th nobody knows: 10 of A is not what the shop took.
    """
    days = [f"2026-{month}-{day:02d}" for month in ("08", "09", "10") for day in range(1, 31)]
    of_a = [(f"a{n}", "u1", f"{day} 10:00:00", 10.0) for n, day in enumerate([*days, *november(20)])]
    of_b = [(f"b{n}", "u2", f"{day} 10:00:00", 5.0) for n, day in enumerate([*days, *november(10)])]
    back = dict.fromkeys(["2026-08-10", "2026-08-20", "2026-09-01", "2026-09-11", "2026-10-01", "2026-10-30"], 5.0)
    shop.has_source("orders", "a", orders(*of_a))
    rows = [row | {"back_at": "", "back": ""} for row in orders(*of_b)]
    for row in rows:
        if (day := row["paid_at"][:10]) in back:
            row |= {"back_at": f"{day} 12:00:00", "back": back[day]}
    shop.has_source("orders", "b", rows)
    shop.has_source(
        "refunds", "b", [], path="orders-b.csv", where="back_at is not null",
        columns={"refund_id": "order_id", "refunded_at": "back_at", "amount": "back"},
    )  # fmt: skip
    value = shop.value("paid_amount", "2026-11-15")
    assert value.value is None
    assert "orders.sources.b cover 2026-08-01 … 2026-11-10" in value.detail
    assert shop.value("paid_amount", "2026-11-10").value == 15


def test_a_table_whose_silence_is_no_lack_does_not_complete_the_others_of_its_workbook(shop: Shop) -> None:
    """Capital is paid in seldom, and no row means none; orders of the same file end on the 10th all the same."""
    sold = orders(*[(f"o{n}", "u", f"2026-10-{n:02d} 10:00:00", 5.0) for n in range(1, 11)])
    shop.has("orders", [row | {"project": "p"} for row in sold])
    back = {"refund_id": "r", "order_id": "o1", "user_id": "u", "refunded_at": "2026-10-30 10:00:00", "amount": 1}
    columns = {"project_id": "project", "invested_on": "created_at", "amount": "order_amount"}
    shop.has("refunds", [back]).has("investments", [], path="orders.csv", columns=columns)
    value = shop.value("paid_amount", "2026-10-20")
    assert (value.value, "orders cover 2026-10-01 … 2026-10-10" in value.detail) == (None, True), value.detail


def november(last: int) -> list[str]:
    return [f"2026-11-{day:02d}" for day in range(1, last + 1)]
