"""Status words of a shop's own sheet: kept, closed unpaid, refunded after payment, by proposal, command and answer.

Six orders of October 2026: 100 and 200 done, 40 given back, 30 closed, 20 waiting for payment, 10 with a word of the
shop. By hand: paid 100 + 200 + 40 + 10 = 350, refunds 40, net 310; with the own word for a refund: refunds 50, net 300.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.commands.workspaces.by_hand import proposed
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.issue import UsageError
from kpi_tui.views.data.proposal import with_questions

SHEET = """单号,下单日期,会员,实付,状态
1,2026-10-01,a,100,已完成
2,2026-10-02,b,200,已发货
3,2026-10-03,c,40,已退款
4,2026-10-04,d,30,已取消
5,2026-10-05,e,20,待付款
6,2026-10-31,f,10,老王说算了
"""
PAID_TIMES = """单号,下单时间,付款时间,会员,实付,状态,退款时间,退款金额
1,2026-10-01,2026-10-01,a,100,已完成,,0
2,2026-10-02,2026-10-02,b,200,已关闭,2026-10-09,
3,2026-10-03,,c,40,已关闭,,
4,2026-10-04,2026-10-04,d,60,已完成,2026-10-31,15
"""
LINES = """单号,下单日期,会员,商品编码,数量,单价,状态
1,2026-10-01,a,S1,1,100,已完成
1,2026-10-01,a,S2,2,50,已完成
2,2026-10-02,b,S1,1,100,已取消
2,2026-10-02,b,S2,1,50,已取消
3,2026-10-31,c,S1,1,100,待付款
3,2026-10-31,c,S2,1,50,待付款
4,2026-10-31,d,S1,3,100,已退款
4,2026-10-31,d,S3,1,7,已完成
"""


def sheet(folder: Path, text: str = SHEET) -> Path:
    file = folder / "我的订单.csv"
    file.write_text(text, encoding="utf-8")
    return file


def figures(folder: Path, *metrics: str) -> list[float | None]:
    opened = Book.open(folder, draft=False)
    return [one.value for one in opened.numbers.values(metrics, opened.period("2026-10"))]


def created(folder: Path, proposal: Proposal) -> Path:
    book.create_workspace(folder / "ws", "shop", with_questions(proposal), preset=None)
    return folder / "ws"


def test_words_of_platforms_are_read_and_every_taking_is_asked(tmp_path: Path) -> None:
    """Paid 350, of which 40 came back; the closed 30 are no order, the 20 one that waits; check asks."""
    made = created(tmp_path, proposed(tmp_path / "ws", [sheet(tmp_path)], "UTC", tables=(), columns=(), take=()))
    assert figures(made, "paid_amount", "refund_amount", "order_payment_rate") == [350, 40, pytest.approx(350 / 370)]
    asked = [
        one for one in Book.open(made, draft=False).data.check() if one.code == "confirm" and "状态" in one.message
    ]
    assert all(one.line for one in asked)
    said = " ".join(one.message for one in asked)
    for word in (
        "已取消 (1) taken to be closed and never paid",
        "已退款 (1) taken to be given back",
        "待付款 (1) taken to be not paid yet",
        "nobody said what 老王说算了 (1) means",
    ):
        assert word in said


def test_a_command_says_what_a_word_means(tmp_path: Path) -> None:
    """老王说算了 for a refund: 50 came back; what a person said is not asked again, an unknown word is refused."""
    file = sheet(tmp_path)

    def said(*words: str) -> Proposal:
        return proposed(tmp_path / "ws", [file], "UTC", tables=(), columns=(), take=(), words=words)

    made = created(tmp_path, said("老王说算了=refunded", "已取消=paid"))
    assert figures(made, "paid_amount", "refund_amount") == [380, 50]
    asked = [
        one for one in Book.open(made, draft=False).data.check() if "老王" in one.message or "已取消" in one.message
    ]
    assert asked == []
    with pytest.raises(UsageError, match="no status column has '老张'"):
        said("老张=refunded")
    with pytest.raises(UsageError, match="'gone' is no meaning"):
        said("已取消=gone")


def test_an_answer_of_the_wizard_is_kept_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gone on with after a crash: the own word closed, so that 340 are paid; nothing is asked once it is written."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    setup = Setup(tmp_path / "ws", with_questions)
    answers, _ = setup.begun((sheet(tmp_path),))
    setup.keep(answers.meaning(answers.files[0], "状态", "老王说算了", "closed"))
    setup = Setup(tmp_path / "ws", with_questions)
    answers, resumed = setup.begun(())
    assert resumed
    found = setup.look(answers)
    trial = setup.try_out(setup.plan(found, answers))
    (month,) = trial.months
    assert (month.paid, month.amount, month.back, month.back_amount) == (3, 340, 1, 40)
    assert (month.waiting, month.left_out) == (1, 2)
    made = setup.write(found, trial, answers)
    assert figures(made, "paid_amount", "refund_amount") == [340, 40]
    assert not any("状态" in one.message for one in Book.open(made, draft=False).data.check())


def test_closed_orders_with_a_time_of_payment_were_given_back(tmp_path: Path) -> None:
    """Paid 100 + 200 + 60 = 360; 200 closed after payment and 15 of order 4 came back: 215; order 3 is left out."""
    made = created(tmp_path, book.propose([sheet(tmp_path, PAID_TIMES)], timezone="UTC"))
    assert figures(made, "paid_amount", "refund_amount", "paid_orders") == [360, 215, 3]


def test_lines_of_an_order_have_a_status_each(tmp_path: Path) -> None:
    """Paid: order 1 200, order 4 307; 300 of it came back; order 2 is none, order 3 waits. Units sold 3 + 4."""
    made = created(tmp_path, book.propose([sheet(tmp_path, LINES)], timezone="UTC"))
    assert figures(made, "paid_amount", "refund_amount", "paid_orders") == [507, 300, 2]


def test_a_state_of_america_is_no_status(tmp_path: Path) -> None:
    """CA and NY are where a buyer lives: not asked, and left unused."""
    text = "order id,order date,customer id,amount,state\n1,2026-10-01,a,5,CA\n2,2026-10-02,b,6,NY\n"
    (orders,) = book.propose([sheet(tmp_path, text)], timezone="UTC").tables
    assert "state" in orders.unmapped
    assert not any("CA" in note for note in orders.notes)


def test_answers_of_a_damaged_draft_are_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meaning that nobody knows: the conversation begins anew."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    setup = Setup(tmp_path / "ws", with_questions)
    setup.keep(SetupAnswers(tmp_path / "ws", (sheet(tmp_path),)).meaning(tmp_path, "状态", "x", "paid"))
    setup.draft.write_text(setup.draft.read_text().replace('"paid"', '"gone"'))
    assert setup.begun(())[1] is False


def test_refunds_of_an_own_sheet_stand_beside_those_of_an_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """100 and 60 of Taobao, the 60 closed after payment; of the sheet 350 are paid and 40 of them came back."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    head = "订单编号,买家会员名,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,"
    head += "订单创建时间,订单付款时间,宝贝标题"
    rows = "71,tb1,100,0,100,交易成功,2026-10-01 10:00:00,2026-10-01 10:01:00,x\n"
    rows += "72,tb2,60,0,60,交易关闭,2026-10-31 10:00:00,2026-10-31 10:01:00,x\n"
    (tmp_path / "taobao.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    setup = Setup(tmp_path / "ws", with_questions)
    own = sheet(tmp_path)
    answers = replace(SetupAnswers(tmp_path / "ws", (tmp_path / "taobao.csv", own)), taken=frozenset({f"orders {own}"}))
    found = setup.look(answers)
    trial = setup.try_out(setup.plan(found, answers))
    assert {one.source: (one.amount, one.back_amount) for one in trial.months} == {
        "taobao": (160, 60),
        "我的订单": (350, 40),
    }
    made = setup.write(found, trial, replace(answers, complete="2026-10-31"))
    assert figures(made, "paid_amount", "refund_amount") == [510, 100]


def test_refunds_of_orders_that_a_workspace_would_not_take_are_not_added(tmp_path: Path) -> None:
    """Its orders are refused, and so is what came back of them."""
    (tmp_path / "first.csv").write_text("订单号,下单时间,会员,实付\n1,2026-10-01 10:00:00,a,100\n", encoding="utf-8")
    made = created(tmp_path, book.propose([tmp_path / "first.csv"]))
    with pytest.raises(UsageError, match="mapped already"):
        book.add_to_workspace(made, book.propose([sheet(tmp_path)], folder=made), preset=None)


def test_of_an_amount_that_stands_once_per_order_the_lines_that_came_back_alone_are_given_back(tmp_path: Path) -> None:
    """Order 1 paid 200 for 100 and 2 × 50, of which the 2 × 50 came back; order 2 came back whole: 55. 155 of 255.

    Order 3 paid 40 for goods of 100 and 100, of which one came back: no more than the 40, which is told at the value.
    """
    head = "单号,下单日期,会员,商品编码,数量,单价,实付金额,状态\n"
    lines = (
        "1,2026-10-01,a,S1,1,100,200,已完成\n1,2026-10-01,a,S2,2,50,200,已退款\n"
        "2,2026-10-02,b,S1,1,30,55,已退款\n2,2026-10-02,b,S2,1,30,55,已退款\n"
    )
    made = created(tmp_path, book.propose([sheet(tmp_path, head + lines)], timezone="UTC"))
    opened = Book.open(made, draft=False)
    paid, back = opened.numbers.values(["paid_amount", "refund_amount"], opened.period("2026-10"))
    assert (paid.value, back.value) == (255, 155)
    assert any("their price counts as given back (sum(数量 * 单价))" in str(note) for note in back.notes)
    assert not any("some units of an order" in str(note) for note in back.notes)
    more = "3,2026-10-03,c,S1,1,100,40,已退款\n3,2026-10-03,c,S2,1,100,40,已完成\n"
    sheet(tmp_path, head + lines + more)
    opened = Book.open(made, draft=False)
    (back,) = opened.numbers.values(["refund_amount"], opened.period("2026-10"))
    assert back.value == 195
    assert [note for note in map(str, back.notes) if "1 of 3 rows: some units of an order came back" in note], back
