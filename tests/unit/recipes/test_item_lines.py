"""A file that nobody knows with a row a piece: its orders are joined, and whose amount a column is, is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.shipped import shipped_library
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import SetupAnswers, part_id
from kpi_tui.workspace.start.decided import decided

HEAD = "lineNo,orderNumber,createTime,sellerSku,paidPrice,{price},customerName,customerEmail,status\n"


def proposed(folder: Path, rows: list[str], price: str = "listPrice") -> Proposal:
    (folder / "own.csv").write_text(HEAD.format(price=price) + "\n".join(rows), encoding="utf-8")
    return book.propose([folder / "own.csv"], timezone="UTC")


def notes(proposal: Proposal) -> str:
    return " ".join(str(note) for table in proposal.tables for note in table.notes)


def test_the_pieces_of_an_order_are_one_order(tmp_path: Path) -> None:
    """October: order 501 has 20 + 30: 50 of one buyer; 502 is cancelled, which is told; 503 is November's."""
    found = proposed(
        tmp_path,
        [
            "1,501,2026-10-03 10:15,A,20,25,Ana,,delivered",
            "2,501,2026-10-03 10:15,B,30,30,Ana,,delivered",
            "3,502,2026-10-08 20:00,A,25,25,Bo,,canceled",
            "4,503,2026-11-02 08:00,C,40,45,Ana,,delivered",
        ],
    )
    orders = next(table for table in found.tables if table.table == "orders")
    assert orders.columns["user_id"] == "min(customerName)", "the e-mail column is empty"
    book.create_workspace(tmp_path / "ws", "own", found, timezone="UTC")
    opened = Book.open(tmp_path / "ws", draft=False)
    values = opened.numbers.values(["paid_amount", "paid_orders", "buyers"], opened.period("2026-10"))
    assert [value.value for value in values] == [50, 1, 1]
    assert "paidPrice differs between the lines of an order" in notes(found)
    assert "two people of one name count as one" in notes(found)
    assert "status: canceled (1) taken to be closed and never paid" in notes(found), "no silence about a state"


@pytest.mark.parametrize(
    ("first", "second", "amount"),
    [
        (20, 20, 40),  # priced 20 + 20: of each line
        (40, 40, 40),  # priced 20 + 20, and 40 stands on both: of the order
    ],
)
def test_the_prices_of_the_lines_tell_whose_the_amount_is(tmp_path: Path, first: int, second: int, amount: int) -> None:
    found = proposed(
        tmp_path,
        [
            f"1,501,2026-10-03 10:15,A,{first},20,Ana,,delivered",
            f"2,501,2026-10-03 10:15,B,{second},20,Ana,,delivered",
        ],
        price="unitPrice",
    )
    book.create_workspace(tmp_path / "ws", "own", found, timezone="UTC")
    opened = Book.open(tmp_path / "ws", draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert value.value == amount
    assert "paidPrice" not in notes(found), "the file's own arithmetic proves it"


def test_the_same_amount_on_every_line_is_asked_about_where_nothing_proves_it(tmp_path: Path) -> None:
    found = proposed(
        tmp_path,
        ["1,501,2026-10-03 10:15,A,36,20,Ana,,paid", "2,501,2026-10-03 10:15,B,36,20,Ana,,paid"],
        price="unitPrice",
    )
    assert "paidPrice is the same on all lines of an order: it is taken once" in notes(found)
    assert "--column 'orders.paid_amount=sum(paidPrice)'`" in notes(found)


def test_rows_of_one_order_without_different_goods_are_not_its_pieces(tmp_path: Path) -> None:
    """Two payments of one order, or a copy: no line of goods is made of them."""
    found = proposed(
        tmp_path,
        ["1,501,2026-10-03 10:15,A,20,20,Ana,,paid", "2,501,2026-10-03 10:15,A,20,20,Ana,,paid"],
    )
    assert "order_items" not in {table.table for table in found.tables if table.group_by}
    assert not [table for table in found.tables if table.group_by]


def test_a_sheet_of_sales_is_read_by_the_words_of_a_shop(tmp_path: Path) -> None:
    """October: 105 + 35 of S1 and S2, two members; the total row is none of them."""
    (tmp_path / "sales.csv").write_text(
        "销售单号,销售日期,会员,商品,数量,单价,金额\n"
        "S1,2026-10-02,V1,茶杯,3,35,105\nS2,2026-10-03,V2,茶杯,1,35,35\nS3,2026-11-03,V2,碗,1,20,20\n合计,,,,,,160\n",
        encoding="utf-8",
    )
    found = book.propose([tmp_path / "sales.csv"], timezone="UTC")
    book.create_workspace(tmp_path / "ws", "own", found, timezone="UTC")
    opened = Book.open(tmp_path / "ws", draft=False)
    values = opened.numbers.values(["paid_amount", "paid_orders", "buyers"], opened.period("2026-10"))
    assert [value.value for value in values] == [140, 2, 2]


def test_sales_without_numbers_that_a_person_adds_to_another_file_are_paid_orders(tmp_path: Path) -> None:
    """Left as they were, all of them would be unpaid orders without an amount."""
    (tmp_path / "taobao.csv").write_text(
        "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n"
        "1,u1,10,10,交易成功,2026-10-02 10:00:00,2026-10-02 10:05:00\n",
        encoding="utf-8",
    )
    (tmp_path / "store.csv").write_text("销售日期,会员,金额\n2026-10-02,V1,105\n2026-10-03,V2,35\n", encoding="utf-8")
    found = book.propose([tmp_path / "taobao.csv", tmp_path / "store.csv"], timezone="Asia/Shanghai")
    (store,) = (one for one in found.others if one.path.name == "store.csv")
    answers = SetupAnswers(tmp_path / "ws", taken=frozenset({part_id(store)}))
    agreed = decided(found, answers, shipped_library().schemas)
    book.create_workspace(tmp_path / "ws", "own", agreed)
    opened = Book.open(tmp_path / "ws", draft=False)
    values = opened.numbers.values(["paid_amount", "paid_orders"], opened.period("2026-10"))
    assert [value.value for value in values] == [10 + 105 + 35, 3]
