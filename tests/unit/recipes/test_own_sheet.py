"""A shop's own sheet beside the export of a platform: other orders count too, a copy of the same ones never twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.setup import SetupAnswers, part_id
from kpi_tui.definitions.issue import Severity, UsageError
from kpi_tui.views.data.proposal import with_questions
from tests.unit.recipes.test_two_platforms import TAOBAO, october

DAYS = range(1, 32)


def beside_taobao(folder: Path, *, amount: float, days: int) -> list[Path]:
    """Taobao: 100 on every day of October; a sheet with a title, `amount` on each of its days and their sum."""
    rows = [f"7{day:03},tb{day},100,0,100,交易成功,{at} 10:00:00,{at} 10:01:00\n" for day, at in enumerate(_dates(), 1)]
    (folder / "orders.csv").write_text(TAOBAO + "".join(rows), encoding="utf-8")
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["南山门店销售明细"])
    sheet.append([])
    sheet.append(["日期", "单号", "会员", "商品", "数量", "单价", "金额"])
    for day in DAYS[:days]:
        sheet.append([dt.datetime(2026, 10, day), f"XS{day:03}", f"M{day}", "围巾", 1, amount, amount])
    sheet.append(["合计", "", "", "", days, None, amount * days])
    made.save(folder / "sheet.xlsx")
    return [folder / "orders.csv", folder / "sheet.xlsx"]


def _dates() -> list[str]:
    return [f"2026-10-{day:02}" for day in DAYS]


def test_orders_of_another_shop_are_a_source_of_their_own_and_it_is_asked(tmp_path: Path) -> None:
    """31 days of 100 and of 7: 3,100 + 217 = 3,317, without the row of the sum; its goods count with its orders."""
    proposal = book.propose(beside_taobao(tmp_path, amount=7, days=31))
    assert proposal.skipped == ()
    assert {one.table for one in proposal.tables if one.path.name == "sheet.xlsx"} == {"orders", "order_items"}
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", by="source") == {None: 3317, "taobao": 3100, "sheet": 217}
    assert [one for one in opened.data.check() if "sheet.xlsx are other orders" in one.message]


@pytest.mark.parametrize(
    ("amount", "days", "why"),
    [
        (
            100,
            31,
            "common days (2026-10-01 – 2026-10-31) has the amount and time of an order; but 31 have the amount of",
        ),
        (
            7,
            19,
            "none of 19 payments on their common days (2026-10-01 – 2026-10-19) has the amount and time of an order; "
            "but fewer than 20 are too few to be sure",
        ),
    ],
    ids=["the same amounts", "too few to be sure"],
)
def test_orders_that_may_be_those_of_the_export_are_left_out_and_asked_about(
    amount: float, days: int, why: str, tmp_path: Path
) -> None:
    """3,100 and no more; a warning of `check` says which file is left out and what was compared."""
    proposal = book.propose(beside_taobao(tmp_path, amount=amount, days=days))
    assert {path.name for path, _why in proposal.skipped} == {"sheet.xlsx"}
    assert {(one.table, one.path.name) for one in proposal.others} == {
        ("orders", "sheet.xlsx"),
        ("order_items", "sheet.xlsx"),
    }
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount") == {None: 3100}
    asked = [one for one in opened.data.check() if "sheet.xlsx is left out: its orders may be those" in one.message]
    assert [one.severity for one in asked] == [Severity.WARNING]
    assert why in asked[0].message


def test_a_sheet_of_another_shop_joins_a_workspace_of_an_export(tmp_path: Path) -> None:
    """3,100 of Taobao are there; the sheet adds 217, and a sheet of the same amounts is refused with what was found."""
    taobao, sheet = beside_taobao(tmp_path, amount=7, days=31)
    book.create_workspace(tmp_path / "ws", "shop", book.propose([taobao]))
    book.add_to_workspace(tmp_path / "ws", book.propose([sheet], folder=tmp_path / "ws"))
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", by="source") == {None: 3317, "taobao": 3100, "sheet": 217}
    beside_taobao(tmp_path, amount=100, days=31)
    copy = sheet.rename(tmp_path / "copy.xlsx")
    with pytest.raises(UsageError, match="nothing counts twice"):
        book.add_to_workspace(tmp_path / "ws", book.propose([copy], folder=tmp_path / "ws"))


def test_an_own_sheet_that_is_refused_is_added_where_a_person_insists(tmp_path: Path) -> None:
    """20 + 20 + 10 stand beside 31 of 100: 3,150; of the words of its status 20 came back. A comment stays."""
    first = tmp_path / "first.csv"
    rows = [f"A{day},2026-10-{day:02} 10:00:00,m{day},100\n" for day in DAYS]
    first.write_text("单号,下单时间,会员,实付\n" + "".join(rows), encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "shop", book.propose([first]))
    toml = tmp_path / "ws" / "tables.toml"
    toml.write_text("# mine\n" + toml.read_text(encoding="utf-8"), encoding="utf-8")
    second = tmp_path / "second.csv"
    more = [
        f"B{n},2026-10-{n:02} 11:00:00,x{n},{10 * (n < 7) + 10},{'已退款' if n == 3 else '已完成'}\n" for n in (1, 3, 9)
    ]
    second.write_text("订单号,下单时间,会员,实付,状态\n" + "".join(more), encoding="utf-8")
    setup = Setup(tmp_path / "ws", with_questions)
    answers = SetupAnswers(tmp_path / "ws", (second,))
    found = setup.look(answers)
    plan = setup.plan(found, answers)
    assert [part_id(one) for one in plan.refused] == [f"orders {second}"]
    answers = replace(answers, taken=frozenset({f"orders {second}"}))
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", by="source") == {None: 3150, "first": 3100, "second": 50}
    assert october(opened, "refund_amount") == {None: 20}
    assert toml.read_text(encoding="utf-8").startswith("# mine\n")


def test_once_a_file_is_added_nobody_asks_whether_it_is_rightly_left_out(tmp_path: Path) -> None:
    """Comments and the other questions stay."""
    files = beside_taobao(tmp_path, amount=100, days=31)
    book.create_workspace(tmp_path / "ws", "shop", book.propose(files))
    toml = tmp_path / "ws" / "tables.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert toml.read_text(encoding="utf-8").count("sheet.xlsx is left out") == 1
    setup = Setup(tmp_path / "ws", with_questions)
    answers = SetupAnswers(tmp_path / "ws", (files[1],), taken=frozenset({f"orders {files[1]}"}))
    found = setup.look(answers)
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)
    text = toml.read_text(encoding="utf-8")
    assert "sheet.xlsx is left out" not in text
    assert "# mine" in text
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount") == {None: 6200}


def test_a_sheet_of_the_goods_of_the_very_orders_of_an_export_fills_what_the_export_lacks(tmp_path: Path) -> None:
    """Its orders are those of Taobao by their numbers and count once: 3,100; 31 pieces of its goods count."""
    taobao, _sheet = beside_taobao(tmp_path, amount=100, days=31)
    goods = [f"7{day:03},{at},tb{day},围巾,1,100,100\n" for day, at in enumerate(_dates(), 1)]
    lines = tmp_path / "lines.csv"
    lines.write_text("单号,日期,会员,商品,数量,单价,金额\n" + "".join(goods), encoding="utf-8")
    proposal = book.propose([taobao, lines])
    assert {(one.table, one.path.name) for one in proposal.tables} >= {
        ("orders", "orders.csv"),
        ("order_items", "lines.csv"),
    }
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount") == {None: 3100}
    assert october(opened, "items_per_order") == {None: 1}


def two_sheets(folder: Path, *, number: str, amount: int) -> list[Path]:
    """East sells for 20 on 28 days of October; west has its orders in other columns, called `number` and a day."""
    days = [f"{day:02}" for day in DAYS[:28]]
    east = "".join(f"E{day},2026-10-{day},c{day},20\n" for day in days)
    west = "".join(f"{number}{day},2026-10-{day} 10:00:00,m{day},{amount}\n" for day in days)
    (folder / "east.csv").write_text("单号,日期,客户,金额\n" + east, encoding="utf-8")
    (folder / "west.csv").write_text("订单号,下单时间,会员,实付\n" + west, encoding="utf-8")
    return [folder / "east.csv", folder / "west.csv"]


def test_own_sheets_of_two_shops_count_both(tmp_path: Path) -> None:
    """28 × 20 and 28 × 35: 560 + 980 = 1,540; that they are other orders is asked."""
    book.create_workspace(tmp_path / "ws", "shop", book.propose(two_sheets(tmp_path, number="W", amount=35)))
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", by="source") == {None: 1540, "east": 560, "west": 980}
    assert [one for one in opened.data.check() if "west.csv are other orders" in one.message]


def test_an_own_sheet_of_the_orders_of_another_is_left_out_and_it_is_said_why(tmp_path: Path) -> None:
    proposal = book.propose(two_sheets(tmp_path, number="E", amount=20))
    ((path, why),) = proposal.skipped
    assert (path.name, "28 of 28 order numbers meet, e.g. 'E01'" in why) == ("west.csv", True)
    book.create_workspace(tmp_path / "ws", "shop", proposal)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount") == {None: 560}
    assert [one for one in opened.data.check() if "west.csv is left out" in one.message]


def test_two_own_sheets_that_are_copies_of_each_other_count_once_beside_a_third(tmp_path: Path) -> None:
    """Own sheets of 1,000 and of 70, that again with other headings: 1,070, and it is said of which."""
    sheets = {
        "main.csv": (
            "单号,下单时间,付款时间,会员,实付金额",
            [f"A{n},2026-10-{n:02},2026-10-{n:02},m{n},50" for n in range(1, 21)],
        ),
        "west.csv": ("销售单号,日期,客户,金额", [f"W{n},2026-10-{n:02},c{n},3.5" for n in range(1, 21)]),
        "copy.csv": ("小票号,成交日期,顾客,实收", [f"W{n},2026-10-{n:02},c{n},3.5" for n in range(1, 21)]),
    }
    for name, (head, rows) in sheets.items():
        (tmp_path / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    found = book.propose([tmp_path / name for name in sheets])
    assert sum(one.table == "orders" for one in found.tables) == 2
    assert [path.name for path, why in found.skipped if "order numbers meet" in why] in (["copy.csv"], ["west.csv"])
    book.create_workspace(tmp_path / "ws", "shop", found)
    opened = Book.open(tmp_path / "ws", draft=False)
    assert opened.numbers.values(["paid_amount"], opened.period("2026-10"))[0].value == 1070


@pytest.mark.parametrize(("same", "apart"), [(0, True), (12, False)])
def test_amounts_that_meet_no_more_often_than_weeks_away_meet_by_chance(same: int, apart: bool, tmp_path: Path) -> None:
    """Few prices: of 60 sales with days alone some have the amount of an order of that day, as of any other day.

    12 that are the very orders of the export are more than chance.
    """
    prices = [10 + n for n in range(40)]
    rows, sold = [], []
    for n in range(124):
        day, amount = _dates()[n % 31], prices[(n * 17) % 40]
        rows.append(f"7{n:03},tb{n},{amount},0,{amount},交易成功,{day} 10:00:00,{day} 10:01:00\n")
        sold.append((day, amount))
    (tmp_path / "orders.csv").write_text(TAOBAO + "".join(rows), encoding="utf-8")
    own = sold[:same] + [(_dates()[(n * 13) % 31], prices[(n * 23 + 5) % 40]) for n in range(60 - same)]
    lines = [f"{day},S{n},M{n},{amount}\n" for n, (day, amount) in enumerate(own)]
    (tmp_path / "stall.csv").write_text("日期,单号,会员,金额\n" + "".join(lines), encoding="utf-8")
    found = book.propose([tmp_path / "orders.csv", tmp_path / "stall.csv"])
    assert any(one.path.name == "stall.csv" and one.table == "orders" for one in found.tables) == apart
