"""Two files of one table of which one writes cents: told with both names, at check and at every amount."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.issue import Issue
from tests.workspaces import Shop, orders

YUAN = [10.5 + n for n in range(12)]
"""10.50 to 21.50, together 192."""
CENTS = [amount * 100 for amount in YUAN]


def bought(letter: str, month: int, amounts: list[float], **more: Any) -> list[dict[str, Any]]:
    days = (f"2026-{month:02}-{n + 1:02} 10:00" for n in range(len(amounts)))
    rows = ((f"{letter}{n}", f"u{n}", day, one) for n, (day, one) in enumerate(zip(days, amounts, strict=True)))
    return [{**row, **more} for row in orders(*rows)]


def shop_of(root: Path, first: list[dict[str, Any]], other: list[dict[str, Any]]) -> Shop:
    shop = Shop(root / "ws").has("orders", other)
    shop.book().close()
    (root / "ws/february.csv").write_text((root / "ws/orders.csv").read_text())
    shop = shop.has("orders", first)
    return shop.says_of("orders", path=["orders.csv", "february.csv"]).says(as_of="2026-02-28")


def told(shop: Shop) -> list[Issue]:
    return [issue for issue in shop.book(draft=False).data.check() if issue.code == "cents"]


def test_a_file_in_cents_is_told_at_check_and_at_every_amount(tmp_path: Path) -> None:
    """192 in January, 19,200 written in February: the 192 of February are not what is counted."""
    shop = shop_of(tmp_path, bought("a", 1, YUAN), bought("b", 2, CENTS))
    (issue,) = told(shop)
    assert issue.message == (
        "orders: february.csv: order_amount is about a hundred times that of orders.csv, and whole: "
        "it may be in cents (分)"
    )
    value = shop.value("paid_amount", "2026-02")
    assert value.value == 19_200 and any("in cents" in str(note) for note in value.notes)
    assert not any("in cents" in str(note) for note in shop.value("paid_orders", "2026-02").notes)


def test_a_source_in_cents_is_told_with_its_line_and_no_more_once_it_is_written(tmp_path: Path) -> None:
    def shop(**columns: str) -> Shop:
        made = Shop(tmp_path / f"ws{len(columns)}").has_source("orders", "east", bought("a", 2, YUAN))
        return made.has_source("orders", "west", bought("b", 2, CENTS), columns=columns).says(as_of="2026-02-28")

    (issue,) = told(shop())
    names = ("order_amount", "list_amount", "paid_amount")
    lines = ", ".join(f'{name} = "COLUMN / 100.0"' for name in names)
    assert issue.hint == f"if it is, [tables.orders.sources.west.columns] {lines}"
    divided = shop(**{name: f"{name} / 100.0" for name in names})
    assert told(divided) == [] and divided.value("paid_amount", "2026-02").value == 384


@pytest.mark.parametrize(
    "other",
    [
        bought("b", 2, [amount * 20 for amount in YUAN]),  # a dearer month
        bought("b", 2, [amount * 100 + 0.25 for amount in YUAN]),  # finer than a cent would be
        bought("b", 2, CENTS[:9]),  # few
        bought("b", 2, [*YUAN[:6], *CENTS[6:]]),  # some large ones
    ],
)
def test_larger_amounts_are_no_cents(other: list[dict[str, Any]], tmp_path: Path) -> None:
    assert told(shop_of(tmp_path, bought("a", 1, YUAN), other)) == []


def test_yen_beside_dollars_are_no_cents(tmp_path: Path) -> None:
    """A column says which currency each file is in: amounts of both are not added anyway."""
    dollars, yen = bought("a", 1, YUAN, currency="USD"), bought("b", 2, CENTS, currency="JPY")
    assert told(shop_of(tmp_path, dollars, yen)) == []
