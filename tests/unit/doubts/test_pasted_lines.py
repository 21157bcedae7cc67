"""A section of lines that stands twice in its file counts twice where lines are added up: told at every value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kpi_tui.definitions.issue import Issue
from tests.workspaces import Row, Shop

LINES: list[Row] = [
    {"Order": f"o{n}", "Who": f"u{n % 5}", "At": f"2026-03-{n + 1:02} 10:00", "SKU": f"s{k}", "Pay": 10 + k}
    for n in range(20)
    for k in range(2)
]
"""Twenty orders of 10 + 11."""
ADDED_UP = {
    "group_by": ['"Order"'],
    "columns": {
        "order_id": '"Order"',
        "user_id": "any_value(Who)",
        "created_at": "min(At)",
        "paid_at": "min(At)",
        "order_amount": "sum(Pay)",
        "paid_amount": "sum(Pay)",
    },
}


def told(shop: Shop, code: str) -> list[Issue]:
    return [issue for issue in shop.book().data.check() if issue.code == code]


def added_up(root: Path, rows: list[Row], **more: Any) -> Shop:
    """A shop whose orders are the sums of the lines of one file."""
    shop = Shop(root).has("orders", rows, **ADDED_UP, **more)
    return shop.says(as_of="2026-03-20")


def test_a_section_pasted_twice_is_told_where_lines_are_added_up(tmp_path: Path) -> None:
    """20 orders of 21 are 420; the last two orders, pasted once more, add 42: told, and at the value too."""
    shop = added_up(tmp_path / "a", [*LINES, *LINES[-4:]])
    (issue,) = told(shop, "rows-twice")
    assert issue.message == "orders: orders.csv: 4 rows stand in it twice, in the same order"
    found = shop.value("paid_amount", "2026-03")
    assert (found.value, any("4 rows stand in it twice" in note for note in found.notes)) == (462, True)
    settled = added_up(tmp_path / "b", [*LINES, *LINES[-4:]], distinct=True)
    assert (settled.value("paid_amount", "2026-03").value, told(settled, "rows-twice")) == (420, [])


def test_lines_that_the_mapping_leaves_out_or_a_basket_holds_twice_are_no_section(tmp_path: Path) -> None:
    """Equal lines of one order, three kinds in the same order, are a basket; rows that do not count are none."""
    basket = [{**LINES[0], "SKU": f"s{k}", "Pay": 10 + k} for k in range(3)]
    assert told(added_up(tmp_path / "a", [*basket, *basket, *LINES[2:]]), "rows-twice") == []
    out = [{**row, "Who": "nobody"} for row in LINES[-4:]]
    shop = added_up(tmp_path / "b", [*LINES, *out, *out], where="Who <> 'nobody'")
    assert (shop.value("paid_amount", "2026-03").value, told(shop, "rows-twice")) == (420, [])


def test_a_section_of_order_items_that_is_pasted_twice_is_told(tmp_path: Path) -> None:
    """Twenty orders of two units; five lines once more are five units too many."""
    items = [{"order_id": row["Order"], "sku_id": row["SKU"], "qty": 1, "unit_price": row["Pay"]} for row in LINES]
    shop = added_up(tmp_path / "a", LINES).has("order_items", [*items, *items[10:15]])
    found = shop.value("items_sold", "2026-03")
    assert (found.value, any("5 rows stand in it twice" in note for note in found.notes)) == (45, True)
    assert told(added_up(tmp_path / "b", LINES).has("order_items", items), "rows-twice") == []
