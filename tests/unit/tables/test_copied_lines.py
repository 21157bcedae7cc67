"""Exports that overlap: a line of an earlier file counts once, lines of one file that are alike all count."""

from __future__ import annotations

import pytest

from tests.workspaces import Shop

HEAD = "no,buyer,at,sku,qty,price\n"
FIRST = HEAD + "1,u1,2026-10-01 10:00:00,A,1,10\n1,u1,2026-10-01 10:00:00,A,1,10\n2,u2,2026-10-02 10:00:00,B,2,5\n"
SECOND = HEAD + "2,u2,2026-10-02 10:00:00,B,2,5\n3,u3,2026-10-03 10:00:00,A,1,10\n"
ORDERS = {
    "group_by": ["no"],
    "columns": {
        "order_id": "no",
        "user_id": "min(buyer)",
        "created_at": "min(at)",
        "paid_at": "min(at)",
        "order_amount": "sum(qty * price)",
        "paid_amount": "sum(qty * price)",
    },
}
ITEMS = {"columns": {"order_id": "no", "sku_id": "sku", "qty": "qty", "unit_price": "price"}}


@pytest.fixture
def lines(shop: Shop) -> Shop:
    """Two exports of lines; order 1 has two lines that are alike, order 2 stands in both."""
    (shop.root / "a.csv").write_text(FIRST, encoding="utf-8")
    (shop.root / "b.csv").write_text(SECOND, encoding="utf-8")
    paths = {"path": ["a.csv", "b.csv"]}
    shop.maps("orders", {**paths, **ORDERS, "complete_until": "2026-10-31"})
    return shop.maps("order_items", {**paths, **ITEMS})


def test_amounts_and_items_of_the_overlap_count_once(lines: Shop) -> None:
    """Order 1: 10 + 10; order 2: 2 × 5; order 3: 10. 40 paid, 2 + 2 + 1 = 5 items."""
    assert lines.value("paid_amount", "2026-10").value == 40
    assert lines.value("items_sold", "2026-10").value == 5


def test_it_is_said_how_many_lines_stand_twice_and_rows_add_up(lines: Shop) -> None:
    profile = lines.book().data.profiles()["orders"]
    assert any("1 row stands in an earlier file too" in note for note in profile.notes)
    assert profile.rows_read == 5
    assert (profile.rows_kept, profile.repeated, profile.filtered) == (4, 1, 0)


def test_the_same_file_twice_counts_once_and_the_advice_names_the_other_file(lines: Shop) -> None:
    (lines.root / "b.csv").write_text(FIRST, encoding="utf-8")
    assert lines.value("paid_amount", "2026-10").value == 30
    (doubt,) = [one for one in lines.book().data.profiles()["orders"].doubts if one.code == "same-file"]
    assert not doubt.counts
    assert 'path = ["a.csv"]' in doubt.write


def test_lines_of_one_file_that_are_alike_all_count(shop: Shop) -> None:
    (shop.root / "a.csv").write_text(FIRST, encoding="utf-8")
    shop.maps("orders", {"path": "a.csv", **ORDERS, "complete_until": "2026-10-31"})
    assert shop.value("paid_amount", "2026-10").value == 30


OLD = "no,status,at,paid\n1,sent,2026-10-01 10:00:00,10\n2,sent,2026-10-02 10:00:00,20\n"
NEW = "no,status,at,paid\n2,closed,2026-10-02 10:00:00,20\n3,sent,2026-10-03 10:00:00,30\n"
MAPPED = {
    "path": "*.csv",
    "columns": {"order_id": "no", "user_id": "no", "created_at": "at", "paid_at": "at", "paid_amount": "paid"},
    "where": "status <> 'closed'",
    "complete_until": "2026-10-31",
}


def test_of_an_order_in_several_exports_the_rows_of_the_last_count(shop: Shop) -> None:
    """Order 2 was sent in September's export and is closed in October's: 10 + 30. Without `latest_by` 20 more."""
    (shop.root / "2026-10-10.csv").write_text(OLD, encoding="utf-8")
    (shop.root / "2026-10-20.csv").write_text(NEW, encoding="utf-8")
    shop.maps("orders", {**MAPPED, "latest_by": ["no"]})
    assert shop.value("paid_amount", "2026-10").value == 40
    (note,) = [one for one in shop.book().data.profiles()["orders"].notes if "later file" in one]
    assert note == "1 row stands in a later file again (no): that of the last file counts"
    shop.maps("orders", MAPPED)
    assert shop.value("paid_amount", "2026-10").value == 60


def test_a_column_of_latest_by_that_the_file_has_not_is_named(shop: Shop) -> None:
    (shop.root / "a.csv").write_text(OLD, encoding="utf-8")
    (shop.root / "b.csv").write_text(NEW, encoding="utf-8")
    shop.maps("orders", {**MAPPED, "latest_by": ["number"]})
    (error,) = shop.book().data.unreadable().values()
    assert "`latest_by` names 'number'" in str(error)
