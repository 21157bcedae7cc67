"""The commonest own sheet, a day, a number, an amount, is one of orders: not of refunds, top-ups or costs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.views.data.proposal import with_questions

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


def test_a_sheet_of_every_month_is_told_and_as_files_they_are_read_together(tmp_path: Path) -> None:
    """September 9, October 10: the first sheet alone is read, which is asked about; as a file each both count."""
    whole, files = Workbook(), []
    for month in (9, 10):
        alone = Workbook()
        for made in (whole, alone):
            sheet = made.create_sheet(f"{month}月")
            sheet.append([f"{month}月销售"])
            sheet.append(["日期", "单号", "客户", "实收"])
            sheet.append([dt.datetime(2026, month, 1), f"N{month}", "王姐", month])
        del alone["Sheet"]
        files.append(tmp_path / f"销售{month}月.xlsx")
        alone.save(files[-1])
    del whole["Sheet"]
    whole.create_sheet("说明").append(["制表说明"])
    whole.save(tmp_path / "全部.xlsx")
    book.create_workspace(tmp_path / "one", "x", with_questions(book.propose([tmp_path / "全部.xlsx"])), preset=None)
    opened = Book.open(tmp_path / "one", draft=False)
    (said,) = [one.message for one in opened.data.check() if "only its first sheet is read" in one.message]
    assert "10月 have the same columns: read them too? `init … --all-sheets 全部.xlsx`" in said
    book.create_workspace(tmp_path / "two", "x", with_questions(book.propose(files)), preset=None)
    opened = Book.open(tmp_path / "two", draft=False)
    months = [opened.numbers.values(["paid_amount"], opened.period(f"2026-{month}"))[0] for month in ("09", "10")]
    assert [one.value for one in months] == [9, 10]
