"""The commonest own sheet, a day, a number, an amount, is one of orders: not of refunds, top-ups or costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book

CELLS = {
    "Order no": "R{n}",
    "Date": "2026-10-{day:02}",
    "日期": "2026-10-{day:02}",
    "Customer": "C{n}",
    "客户": "C{n}",
    "Product": "Pen",
    "商品": "Pen",
    "Qty": "2",
    "数量": "2",
    "Unit price": "{price}",
    "单价": "{price}",
    "Amount": "{amount}",
    "Total": "{amount}",
    "金额": "{amount}",
}
"""Column -> its cell in row n: two pieces at 5 + n each, on a day of its own. Ten rows: 2 × (50 + 45) = 190."""


@pytest.mark.parametrize(
    ("head", "pieces"),
    [
        ("Order no,Date,Customer,Product,Qty,Unit price,Amount", 20),
        ("Order no,Date,Product,Qty,Amount", 20),
        ("Date,Customer,Product,Qty,Unit price,Amount", 20),  # a row without a number is an order of its own
        ("日期,客户,商品,数量,单价,金额", 20),
        ("Date,Customer,Qty,Amount", None),
        ("Date,Product,Qty,Total", 20),
        ("Date,Amount", None),
    ],
)
def test_a_sheet_of_sales_is_orders_and_their_goods(tmp_path: Path, head: str, pieces: float | None) -> None:
    file = tmp_path / "sales.csv"
    lines = [
        ",".join(CELLS[name].format(n=n, day=n + 1, price=5 + n, amount=2 * (5 + n)) for name in head.split(","))
        for n in range(10)
    ]
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "shop", book.propose([file]))
    opened = Book.open(tmp_path / "ws", draft=False)
    found = opened.numbers.values(["paid_amount", "paid_orders", "items_sold"], opened.period("2026-10"))
    assert [value.value for value in found] == [190, 10, pieces]


def test_a_sheet_that_says_refund_is_one(tmp_path: Path) -> None:
    file = tmp_path / "refunds.csv"
    file.write_text("Order no,Date,Amount\nR1,2026-10-03,5\nR2,2026-10-04,7\n", encoding="utf-8")
    assert [one.table for one in book.propose([file]).tables] == ["refunds"]
