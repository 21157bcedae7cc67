"""Headings as people write them into a sheet of their own: days, units behind a name, a row of sums below."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.answers.setup import MoneyMonth, SetupAnswers
from kpi_tui.views.data.proposal import with_questions

ROWS = ("S-1,2026-10-01,Tea,2,10,20,Ann", "S-2,2026-10-02,Cup,1,5,5,Bob", "S-3,2026-10-03,Tea,1,10,10,Ann")


def sheet(folder: Path, head: str, *rows: str) -> Path:
    file = folder / "sales.csv"
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    return file


def orders(found: Proposal) -> TableProposal:
    return next(one for one in found.tables if one.table == "orders")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        *(
            (heading, "created_at")
            for heading in (
                "Date,Ordered,Placed,Sold,Sold on,Date ordered,Date of sale,Bought on,Order day,Booked,When ordered,"
                "成交日期,下单,下单日,订购日期,售出时间,开票日期,出单日"
            ).split(",")
        ),
        *(
            (heading, "paid_at")
            for heading in (
                "Paid,Paid on,Date paid,Payment day,Settled on,Date of payment,付款,付款日,收款日期,结账时间"
            ).split(",")
        ),
    ],
)
def test_whatever_was_done_to_an_order_has_its_day(heading: str, column: str, tmp_path: Path) -> None:
    """A day of payment alone is that of the order too, and asked about."""
    found = orders(book.propose([sheet(tmp_path, f"Order No,{heading},Item,Qty,Price,Total,Customer", *ROWS)]))
    assert found.columns[column].strip('"') == heading
    assert found.columns["created_at"].strip('"') == heading
    said = "no column was found for created_at: it is taken to be paid_at"
    assert (said in map(str, found.notes)) == (column == "paid_at")


def test_both_days_are_told_apart_and_an_amount_is_no_day(tmp_path: Path) -> None:
    """46,000 could be a day of a spreadsheet (2025-12-09): below Paid it is an amount."""
    head = "Order No,Placed,Paid on,Paid,Customer"
    rows = ("S-1,2026-10-01,2026-10-02,46000,Ann", "S-2,2026-10-02,2026-11-01,45000,Bob")
    found = orders(book.propose([sheet(tmp_path, head, *rows)]))
    named = {name: found.columns[name].strip('"') for name in ("created_at", "paid_at", "paid_amount")}
    assert named == {"created_at": "Placed", "paid_at": "Paid on", "paid_amount": "Paid"}


def test_the_only_days_of_a_sheet_are_those_of_its_orders_and_it_is_asked(tmp_path: Path) -> None:
    """With a second column of days nobody can tell."""
    rows = [row.replace(",2026", ",2026", 1) for row in ROWS]
    found = orders(book.propose([sheet(tmp_path, "Order No,When it went out,Item,Qty,Price,Total,Customer", *rows)]))
    assert found.columns["created_at"] == '"When it went out"'
    assert any("the only one with days" in str(said) for said in found.notes)
    both = [row.replace("Ann", "2026-11-05").replace("Bob", "2026-11-06") for row in rows]
    found = book.propose([sheet(tmp_path, "Order No,When it went out,Item,Qty,Price,Total,Came back", *both)])
    assert all("created_at" not in one.columns for one in found.tables)


@pytest.mark.parametrize(
    ("heading", "known"), [("Total (USD)", True), ("金额（元）", True), ("金额(¥)", True), ("金额(万元)", False)]
)
def test_a_unit_behind_a_heading_does_not_hide_it(heading: str, known: bool, tmp_path: Path) -> None:
    """But 2 below 万元 are 20,000 yuan: such a column is left to the person."""
    head = f"Order No,Date,{heading},Customer"
    found = book.propose([sheet(tmp_path, head, "S-1,2026-10-01,20,Ann", "S-2,2026-10-02,5,Bob")])
    assert (orders(found).columns.get("paid_amount") is not None) == known


@pytest.mark.parametrize(
    "total",
    [
        "Total,,,4,,35,",
        "合计,,,4,,35,",
        "Total,2026-10-31,,4,,35,",
        ",,Total,4,,35,",
    ],
)
def test_a_row_of_sums_is_left_out_wherever_its_word_stands(total: str, tmp_path: Path) -> None:
    """20 + 5 + 10 = 35 of 3 orders and 4 goods; `check` asks nothing of the row any more."""
    file = sheet(tmp_path, "Order No,Date,Item,Qty,Price,Total,Customer", *ROWS, total)
    found = book.propose([file])
    assert any("sum up others are left out" in str(said) for said in orders(found).info)
    book.create_workspace(tmp_path / "ws", "shop", found)
    opened = Book.open(tmp_path / "ws", draft=False)
    values = opened.numbers.values(["paid_amount", "paid_orders", "items_sold"], opened.period("2026-10"))
    assert [one.value for one in values] == [35, 3, 4]
    assert not [one for one in opened.data.check() if "total row" in one.message]


def test_a_row_of_sums_is_no_order_left_out(tmp_path: Path) -> None:
    """Of a sheet without order numbers, too: 35 of 3 orders, and nothing else."""
    rows = [row.partition(",")[2] for row in ROWS]
    file = sheet(tmp_path, "Date,Item,Qty,Price,Total,Customer", *rows, ",Total,4,,35,")
    setup, answers = Setup(tmp_path / "ws", with_questions), SetupAnswers(tmp_path / "ws", (file,))
    assert setup.try_out(setup.plan(setup.look(answers), answers)).months == (MoneyMonth("2026-10", "", "CNY", 3, 35),)


def test_a_customer_called_total_buys(tmp_path: Path) -> None:
    """A row with a number and a day of its own is an order: it counts, and `check` asks about it."""
    file = sheet(tmp_path, "Customer,Order No,Date,Amount", "Total,S-1,2026-10-01,20", "Ann,S-2,2026-10-02,5")
    book.create_workspace(tmp_path / "ws", "shop", book.propose([file]))
    opened = Book.open(tmp_path / "ws", draft=False)
    assert [one.value for one in opened.numbers.values(["paid_amount"], opened.period("2026-10"))] == [25]
    assert [one for one in opened.data.check() if "total row" in one.message]
