"""A row without any cell is counted and shown in the table's profile, and makes no number doubtful."""

from __future__ import annotations

from pathlib import Path

from tests.workspaces import Shop

HEAD = "order_id,user_id,created_at,paid_at,paid_amount\n"
ROW = "o{n},u{n},2026-10-0{n} 10:00:00,2026-10-0{n} 10:00:00,{n}0\n"


def written(shop: Shop, *lines: str) -> Shop:
    Path(shop.root / "own.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    return shop.says(as_of="2026-10-31").maps("orders", {"path": "own.csv", "complete_until": "2026-10-31"})


def test_blank_lines_leave_a_number_without_a_mark_and_stand_in_the_profile(shop: Shop) -> None:
    written(shop, ROW.format(n=1), ",,,,\n", ROW.format(n=2), "\n")
    value = shop.value("paid_amount", "2026-10")
    assert (value.value, value.left_out) == (30, {})
    book = shop.book()
    book.data.load()
    (blank,) = book.data.profiles()["orders"].rejected
    assert (str(blank.reason), blank.count) == ("blank row", 2)


def test_a_row_that_lacks_only_some_cells_is_still_told(shop: Shop) -> None:
    written(shop, ROW.format(n=1), ",,,,\n", "o9,u9,nonsense,2026-10-09 10:00:00,90\n")
    value = shop.value("paid_amount", "2026-10")
    assert (value.value, value.left_out) == (10, {"orders": 1})
