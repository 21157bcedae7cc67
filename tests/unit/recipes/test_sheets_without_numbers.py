"""Own sheets without an order number, or said by hand to be orders: their goods and refunds belong to their orders."""

from __future__ import annotations

import tomllib
from pathlib import Path

import polars as pl
import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.numbers import Numbers
from kpi_tui.views.data.proposal import with_questions

SALES = """日期,商品,数量,单价,金额,客户,状态
2026-10-01,红茶,2,10,20,赵某,已完成
2026-10-02,杯子,1,5,5,钱某,已退款
2026-10-02,红茶,1,10,10,孙某,已完成
2026-10-03,茶壶,1,30,27,赵某,已退款
合计,,5,,62,,
"""


def made(folder: Path, text: str, **answered: object) -> Book:
    """A workspace of a sheet, as the wizard writes it."""
    file = folder / "sales.csv"
    file.write_text(text, encoding="utf-8")
    setup = Setup(folder, with_questions, environ={"XDG_STATE_HOME": str(folder / "state")})
    answers = SetupAnswers(folder, (file,), **answered)
    found = setup.look(answers)
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)
    return Book.open(folder, draft=False)


def rows(opened: Book, table: str) -> pl.DataFrame:
    return Numbers(opened.workspace, Cache(None)).rows(table).collect()


def october(opened: Book, *metrics: str, where: str = "") -> list[float | None]:
    return [one.value for one in opened.numbers.values(list(metrics), opened.period("2026-10"), where=where or None)]


def test_goods_of_sales_without_a_number_belong_to_the_order_of_their_row(tmp_path: Path) -> None:
    """4 orders of 20 + 5 + 10 + 27 = 62; 2 + 1 + 1 + 1 = 5 pieces, 3 of them tea; without the row of sums."""
    opened = made(tmp_path, SALES)
    assert october(opened, "paid_amount", "paid_orders", "items_sold") == [62, 4, 5]
    found = opened.numbers.values(["items_sold"], opened.period("2026-10"), by="sku_id")
    assert {one.segment: one.value for one in found} == {None: 5, "红茶": 3, "杯子": 1, "茶壶": 1}
    tables = tomllib.loads((tmp_path / "tables.toml").read_text(encoding="utf-8"))["tables"]
    assert tables["order_items"]["columns"]["order_id"] == tables["orders"]["columns"]["order_id"]


def test_refunds_of_sales_without_a_number_are_those_of_their_rows(tmp_path: Path) -> None:
    """Given back: 5 of 钱 and 27 of 赵; counted among the refunds alone they would be the orders 1 and 2."""
    opened = made(tmp_path, SALES)
    orders, refunds = (rows(opened, one) for one in ("orders", "refunds"))
    back = refunds.join(orders, on="order_id", how="left", suffix="_ordered")
    assert sorted(zip(back["user_id_ordered"], back["paid_amount"], back["amount"], strict=True)) == [
        ("赵某", 27, 27),
        ("钱某", 5, 5),
    ]


@pytest.mark.parametrize(
    ("head", "pieces"),
    [("日期,商品,数量,单价,金额,客户,状态", 5), ("日期,商品,件,单价,金额,客户,状态", 4)],
)
def test_orders_said_by_hand_bring_their_goods(head: str, pieces: int, tmp_path: Path) -> None:
    """Where nobody says how many, a row is one."""
    text = SALES.replace("日期,商品,数量,单价,金额,客户,状态", head)
    opened = made(tmp_path, text, assigned={tmp_path / "sales.csv": "orders"})
    assert october(opened, "paid_amount", "paid_orders", "items_sold") == [62, 4, pieces]


def test_a_number_picked_by_hand_is_that_of_the_goods_too(tmp_path: Path) -> None:
    """A1, A2, A3 stand below 备注, which no order number is called."""
    text = "日期,商品,数量,金额,备注\n2026-10-01,红茶,2,20,A1\n2026-10-02,杯子,1,5,A2\n2026-10-03,红茶,1,10,A3\n"
    part = f"orders {tmp_path / 'sales.csv'}"
    opened = made(tmp_path, text, columns={part: {"order_id": "备注"}})
    for table in ("orders", "order_items"):
        assert rows(opened, table)["order_id"].to_list() == ["A1", "A2", "A3"]


def test_a_discount_stays_with_the_order_where_a_row_says_both(tmp_path: Path) -> None:
    """27 was paid for a pot of 30: the amount of the sheet counts, not its price."""
    opened = made(tmp_path, SALES)
    assert october(opened, "paid_amount", where="user_id = '赵某'") == [47]


def test_two_lists_that_overlap_count_a_row_of_both_once(tmp_path: Path) -> None:
    """20 + 5 + 10 + 27; the second list has the last two again, and one of 7. Two rows alike in one list are two."""
    lines = SALES.splitlines()
    (tmp_path / "sales_09.csv").write_text("\n".join(lines[:5]) + "\n", encoding="utf-8")
    more = ["2026-10-04,茶壶,1,7,7,赵某,已完成"] * 2
    (tmp_path / "sales_10.csv").write_text("\n".join([lines[0], *lines[3:5], *more]) + "\n", encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "shop", book.propose([tmp_path / f"sales_{n}.csv" for n in ("09", "10")]))
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", "paid_orders", "items_sold") == [76, 6, 7]
