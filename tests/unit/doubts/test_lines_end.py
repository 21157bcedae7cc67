"""Lines have no day but that of their order: that their export ends before the orders is told, not a silent 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspaces import Shop, orders

JULY = [(f"o{day:02d}", "u", f"2026-07-{day:02d} 10:00", 10.0) for day in range(1, 32)]


def lines(ids: list[str]) -> list[dict[str, object]]:
    return [{"order_id": one, "sku_id": "tea", "qty": 2, "unit_price": 5, "unit_cost": 3} for one in ids]


def shop_of(root: Path, named: list[str]) -> Shop:
    shop = Shop(root / "ws").says(as_of="2026-07-31").has("orders", orders(*JULY), complete_until="2026-07-31")
    return shop.has("order_items", lines(named))


def ended(shop: Shop) -> list[str]:
    return [str(issue.message) for issue in shop.book().data.check() if issue.code == "lines-end"]


def test_an_export_of_lines_that_ends_before_the_orders_is_told(tmp_path: Path) -> None:
    """Two units a day up to the 19th: 38; of the twelve orders after it nothing is known."""
    shop = shop_of(tmp_path, [f"o{day:02d}" for day in range(1, 20)])
    said = "order_items: nothing is told of any of the 12 rows of orders after 2026-07-19"
    for period, number in (("2026-07", 38), ("2026-W30", 0)):  # the week of the 20th
        value = shop.value("items_sold", period)
        assert (value.value, value.notes) == (number, (said,))
    assert shop.value("paid_orders", "2026-07").notes == ()
    assert ended(shop) == [said]


@pytest.mark.parametrize(
    "named",
    [
        [f"o{day:02d}" for day in range(1, 32)],
        [f"o{day:02d}" for day in range(1, 28)],  # four orders alone: chance, or a day's delay
        [f"o{day:02d}" for day in range(1, 27, 3)],  # two of three orders have none anyway
    ],
)
def test_orders_without_lines_are_ordinary_where_they_are_few_or_were_so_before(
    tmp_path: Path, named: list[str]
) -> None:
    shop = shop_of(tmp_path, named)
    assert (shop.value("items_sold", "2026-07").notes, ended(shop)) == ((), [])


def test_a_source_whose_orders_have_no_lines_at_all_is_told(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").says(as_of="2026-07-31")
    for source, first in (("east", "e"), ("west", "w")):
        rows = [(first + one[1:], *rest) for one, *rest in JULY]
        shop.has_source("orders", source, orders(*rows), complete_until="2026-07-31")
    shop.has("order_items", lines([f"e{day:02d}" for day in range(1, 32)]))
    said = "order_items: nothing is told of any of the 31 rows of orders.sources.west"
    value = shop.value("items_sold", "2026-07")
    assert (value.value, value.notes) == (62, (said,))
    assert ended(shop) == [said]
