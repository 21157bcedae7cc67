"""An order that was paid, of an amount nobody knows, is a deal all the same."""

from __future__ import annotations

from tests.workspaces import Shop, orders


def test_a_paid_order_without_an_amount_counts_as_a_deal_and_its_amount_is_unknown(shop: Shop) -> None:
    """Three paid orders, one without an amount, one paid from stored value alone (its top-up was the deal): 2 deals."""
    rows = orders(
        ("o1", "ann", "2026-10-02 10:00:00", 30),
        ("o2", "bob", "2026-10-03 10:00:00", 0),
        ("o3", "cat", "2026-10-04 10:00:00", 20),
    )
    rows[1]["paid_amount"] = None
    rows[2]["paid_from_balance"] = 20
    value = shop.has("orders", rows, complete_until="2026-10-31").value("deals", "2026-10")
    assert value.value == 2
