"""Rows without an amount: the note names the sum that lacks them, since a count beside it holds them."""

from __future__ import annotations

from tests.workspaces import Shop, orders


def test_the_note_of_a_ratio_names_the_sum_without_the_rows(shop: Shop) -> None:
    """Of three paid orders one has no amount: 300 ÷ 3 orders, and the order is in the divisor, not in the sum."""
    sold = orders(
        ("o1", "ann", "2026-01-01 10:00:00", 100),
        ("o2", "bob", "2026-01-02 10:00:00", 200),
        ("o3", "cat", "2026-01-03 10:00:00", 0),
    )
    sold[2] |= {"paid_amount": None}
    value = shop.has("orders", sold, complete_until="2026-01-31").says(as_of="2026-01-31").value("aov", "2026-01")
    assert value.value == 100
    assert [str(note) for note in value.notes] == ["rows without an amount: 1; paid_amount_sum is without them"]
