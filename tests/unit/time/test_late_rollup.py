"""A mean of days whose data begin within a closed month says so, and not that the month is not over."""

from __future__ import annotations

from tests.workspaces import Shop, orders


def test_the_mean_of_a_closed_month_that_begins_late_is_late(shop: Shop) -> None:
    """Orders from the 22nd to the 31st of January, two people a day: their mean is 2, the data begin on the 22nd."""
    rows = [(f"o{day}{n}", f"u{n}", f"2026-01-{day} 10:00:00", 10.0) for day in range(22, 32) for n in (1, 2)]
    shop.has("orders", orders(*rows), complete_until="2026-01-31").says(as_of="2026-02-28")
    value = shop.value("dau", "2026-01")
    assert (value.value, value.partial, value.late) == (2, True, True)


def test_the_mean_of_a_month_that_is_not_over_is_not_late(shop: Shop) -> None:
    rows = [(f"o{day}", "u1", f"2026-01-{day:02} 10:00:00", 10.0) for day in range(1, 15)]
    shop.has("orders", orders(*rows)).says(as_of="2026-01-15")
    value = shop.value("dau", "2026-01")
    assert (value.partial, value.late) == (True, False)
