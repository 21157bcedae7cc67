"""Days missing inside a table that has rows nearly every day are asked about and told at the value; no silent 0."""

from __future__ import annotations

from datetime import date, timedelta

from tests.workspaces import Row, Shop, orders

HOLE = {date(2026, 10, day) for day in range(5, 13)}


def rows() -> list[Row]:
    """An order of 10 every day from 1 July to 31 October but 5 to 12 October."""
    days = (date(2026, 7, 1) + timedelta(days=n) for n in range(123))
    return orders(*((f"o{day}", "u1", f"{day} 10:00:00", 10.0) for day in days if day not in HOLE))


def test_a_hole_is_asked_about_and_stands_at_the_values_it_touches(shop: Shop) -> None:
    """October has 23 days with an order: 230; the 7th has 0. September is whole."""
    shop.has("orders", rows()).says(as_of="2026-10-31")
    said = "orders: no rows from 2026-10-05 to 2026-10-12"
    october, day = shop.value("paid_amount", "2026-10"), shop.value("paid_amount", "2026-10-07")
    assert (october.value, day.value) == (230, 0)
    assert said in [str(note) for note in october.notes]
    assert said in [str(note) for note in day.notes]
    assert said not in [str(note) for note in shop.value("paid_amount", "2026-09").notes]
    assert any(issue.code == "hole" and said in issue.message for issue in shop.book().data.check())


def test_a_table_declared_complete_has_no_hole(shop: Shop) -> None:
    shop.has("orders", rows(), complete_until="2026-10-31").says(as_of="2026-10-31")
    assert not any("no rows from" in note for note in shop.value("paid_amount", "2026-10").notes)
    assert not any(issue.code == "hole" for issue in shop.book().data.check())


def test_a_shop_that_rests_on_a_long_weekend_has_no_hole(shop: Shop) -> None:
    """A long weekend without an order is no export that is missing."""
    away = ("2026-09-04", "2026-09-05", "2026-09-06")
    shop.has("orders", [row for row in rows() if row["paid_at"][:10] not in away]).says(as_of="2026-10-31")
    assert not any("2026-09" in note and "no rows" in note for note in shop.value("paid_amount", "2026-09").notes)
