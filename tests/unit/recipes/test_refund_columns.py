"""What a shop's own list of orders says of refunds: columns by the kind of their names, parts given back.

Orders of October 2026: 100 done, 200 of which 30 came back, 300 given back whole, 400 of which 50 came back.
By hand: paid 1,000, refunds 30 + 300 + 50 = 380, net 620.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.views.data.proposal import with_questions

HEAD = "订单号,下单时间,付款时间,客户,金额,订单状态"
ROWS = ("1,2026-10-01,2026-10-01,a,100,已完成", "2,2026-10-02,2026-10-02,b,200,已完成",
        "3,2026-10-03,2026-10-03,a,300,已退款", "4,2026-10-04,2026-10-04,c,400,部分退款")  # fmt: skip


def proposed(folder: Path, column: str = "", cells: tuple[str, ...] = ("", "30", "300", "50")) -> Proposal:
    lines = [f"{HEAD},{column}", *(f"{row},{cell}" for row, cell in zip(ROWS, cells, strict=True))]
    text = "\n".join(lines if column else (HEAD, *ROWS)) + "\n"
    (folder / "订单.csv").write_text(text, encoding="utf-8")
    return with_questions(book.propose([folder / "订单.csv"], timezone="Asia/Shanghai"))


def october(folder: Path, proposal: Proposal) -> Book:
    book.create_workspace(folder / "ws", "shop", proposal, preset=None)
    return Book.open(folder / "ws", draft=False)


def figures(opened: Book) -> list[float | None]:
    names = ("paid_amount", "refund_amount")
    return [one.value for one in opened.numbers.values(names, opened.period("2026-10"))]


@pytest.mark.parametrize(
    "column",
    ["退款", "退款额", "退货款", "退款总额", "实退款金额", "已退金额", "退款(元)", "Refund", "refunded", "Refund Total",
     "Total Refunded", "Refunded Amount (CNY)", "return value"],
)  # fmt: skip
def test_a_column_of_refunds_is_known_by_the_kind_of_its_name(column: str, tmp_path: Path) -> None:
    assert figures(october(tmp_path, proposed(tmp_path, column))) == [1000, 380]


@pytest.mark.parametrize("word", ["部分退款", "部分已退", "Partially refunded"])
def test_a_part_given_back_is_never_the_whole_and_never_nothing(word: str, tmp_path: Path) -> None:
    """Without a column of refunds nobody knows how much came back of order 4: 300 and more, said at the value."""
    proposed(tmp_path)
    text = (tmp_path / "订单.csv").read_text(encoding="utf-8").replace("部分退款", word)
    (tmp_path / "订单.csv").write_text(text, encoding="utf-8")
    proposal = with_questions(book.propose([tmp_path / "订单.csv"], timezone="Asia/Shanghai"))
    opened = october(tmp_path, proposal)
    assert figures(opened) == [1000, 300]
    (value,) = opened.numbers.values(["refund_amount"], opened.period("2026-10"))
    assert any("1 of 2 rows has no amount" in note for note in value.notes)
    (said,) = [one.message for one in opened.data.check() if word in one.message and one.code == "confirm"]
    assert "given back in part" in said


def test_a_flag_is_no_amount_and_an_amount_nobody_reads_is_told(tmp_path: Path) -> None:
    """A 1 says that something came back, not how much; a column called otherwise is named, not dropped."""
    opened = october(tmp_path, proposed(tmp_path, "退款", ("0", "0", "1", "0")))
    assert any("退款 may say what was given back" in one.message for one in opened.data.check())
    for column, asked in (("退给客户的钱", True), ("退款单号", False)):
        text = " ".join(str(said) for one in proposed(tmp_path, column).tables for said in one.confirm)
        assert (f"{column} may say what was given back" in text) is asked


def test_pieces_are_known_by_the_kind_of_their_names(tmp_path: Path) -> None:
    """Two orders of 2 and 3 pieces: five units, and nobody says that every row is one."""
    for nth, column in enumerate(("成交数量", "售出件数", "商品个数", "Quantity Sold", "Product qty", "拍下件数")):
        folder = tmp_path / str(nth)
        folder.mkdir()
        rows = ("1,2026-10-01,a,A,2,45.00,90", "2,2026-10-02,b,B,3,10.00,30")
        text = "\n".join((f"订单号,下单时间,客户,商品ID,{column},商品单价,实付款", *rows))
        (folder / "订单.csv").write_text(text, encoding="utf-8")
        proposal = with_questions(book.propose([folder / "订单.csv"], timezone="Asia/Shanghai"))
        assert not [said for one in proposal.tables for said in one.confirm if "one unit" in str(said)]
        opened = october(folder, proposal)
        (sold,) = opened.numbers.values(["items_sold"], opened.period("2026-10"))
        assert sold.value == 5
