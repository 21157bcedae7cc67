"""Exports of two shops of one kind: told apart by their order numbers, else by their names; months of one stay one."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.issue import UsageError
from kpi_tui.tables import prepare
from kpi_tui.tables.propose.several_files.shop_names import is_part
from kpi_tui.views.data.proposal import with_questions
from tests.unit.recipes.test_ordinary_files import english
from tests.unit.recipes.test_two_platforms import TAOBAO, october

HEAD = "单号,日期,商品,数量,金额,客户"
EAST = ("1001,2026-10-01,茶,1,10,甲", "1002,2026-10-02,杯,2,20,乙", "1003,2026-10-02,杯,1,10,丙")
WEST = ("1001,2026-10-02,壶,1,30,丁", "1002,2026-10-04,壶,1,30,甲", "1004,2026-10-05,茶,1,10,甲")
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Source"
)
PINDUODUO = (
    "商品,订单号,订单状态,商品总价(元),用户实付金额(元),商家实收金额(元),商品数量(件),支付时间,订单成交时间,"
    "商品id,售后状态"
)


def csv(file: Path, head: str, rows: tuple[str, ...] | list[str]) -> Path:
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return file


def xlsx(file: Path, head: str, rows: tuple[str, ...]) -> Path:
    made = Workbook()
    for row in (head, *rows):
        made.active.append([int(cell) if cell.isdigit() else cell for cell in row.split(",")])
    made.save(file)
    return file


def begun(folder: Path, *files: Path) -> Book:
    book.create_workspace(folder / "ws", "shop", book.propose(list(files)))
    return Book.open(folder / "ws", draft=False)


def asked(opened: Book) -> list[str]:
    parts = (part for table in opened.workspace.tables.values() for part in table.parts())
    return [english(said) for part in parts for said in part.confirm]


@pytest.mark.parametrize(("write", "suffix"), [(csv, "csv"), (xlsx, "xlsx")])
def test_two_shops_that_count_from_one_keep_their_orders(write, suffix: str, tmp_path: Path) -> None:
    """40 of 3 and 70 of 3 orders: 110 of 6, though 1001 and 1002 stand in both; 4 and 3 pieces, 甲 bought in both."""
    files = [write(tmp_path / f"{name}.{suffix}", HEAD, rows) for name, rows in (("shop_a", EAST), ("shop_b", WEST))]
    opened = begun(tmp_path, *files)
    assert october(opened, "paid_amount", by="source") == {None: 110, "shop_a": 40, "shop_b": 70}
    assert october(opened, "paid_orders", by="source") == {None: 6, "shop_a": 3, "shop_b": 3}
    assert october(opened, "items_sold", by="source") == {None: 7, "shop_a": 4, "shop_b": 3}
    assert october(opened, "buyers") == {None: 4}
    assert len([said for said in asked(opened) if f"shop_b.{suffix} gives numbers of orders" in said]) == 1
    assert not [one for one in opened.data.check() if "another source" in one.message]


def test_a_month_that_begins_at_one_again_is_no_copy_of_the_month_before(tmp_path: Path) -> None:
    """No. 1 of September is 10, that of October 30: 40 in all."""
    september = csv(tmp_path / "sales_09.csv", HEAD, ["1,2026-09-01,茶,1,10,甲", "2,2026-09-02,茶,1,5,乙"])
    later = csv(tmp_path / "sales_10.csv", HEAD, ["1,2026-10-01,茶,1,30,甲", "2,2026-10-02,茶,1,1,乙"])
    opened = begun(tmp_path, september, later)
    found = [opened.numbers.values(["paid_amount"], opened.period(month))[0].value for month in ("2026-09", "2026-10")]
    assert found == [15, 31]
    assert len([said for said in asked(opened) if "months of one shop" in said]) == 1
    assert not opened.workspace.tables["orders"].sources


def test_overlapping_lists_of_one_shop_are_one_whatever_they_are_called(tmp_path: Path) -> None:
    """1002 and 1003 stand in both as they are: 10 + 20 + 10 + 7 = 47, from one source."""
    files = [csv(tmp_path / "east.csv", HEAD, EAST)]
    files.append(csv(tmp_path / "autumn of ours.csv", HEAD, [*EAST[1:], "1004,2026-10-07,茶,1,7,丁"]))
    opened = begun(tmp_path, *files)
    assert not opened.workspace.tables["orders"].sources
    assert october(opened, "paid_amount") == {None: 47}
    assert october(opened, "paid_orders") == {None: 4}


def test_two_shops_of_shopify_do_not_share_number_1001(tmp_path: Path) -> None:
    """First shop: 55 in two lines, and 10; second: 20, of which 5 came back. 85 paid, 5 given back, 3 orders."""
    row = (
        "{},{},paid,2026-10-0{} 09:00:00 +0200,fulfilled,EUR,50.00,5.00,0.00,{},2026-10-0{} 08:59:00 +0200,"
        "1,Cream,{},C{},,{},web"
    )
    one = [
        row.format("#1001", "a@x", 1, 55, 1, 30, 1, 0),
        "#1001,a@x,,,,,,,,,2026-10-01 08:59:00 +0200,2,Soap,10.00,S1,,,",
    ]
    one.append(row.format("#1002", "b@x", 2, 10, 2, 5, 1, 0))
    other = [row.format("#1001", "c@x", 3, 20, 3, 15, 9, 5)]
    opened = begun(
        tmp_path,
        csv(tmp_path / "orders_export_1.csv", SHOPIFY, one),
        csv(tmp_path / "orders_export_2.csv", SHOPIFY, other),
    )
    assert october(opened, "paid_amount", by="source") == {None: 85, "orders_export_1": 65, "orders_export_2": 20}
    assert october(opened, "paid_orders") == {None: 3}
    assert october(opened, "refund_amount", by="source") == {None: 5, "orders_export_2": 5}


def test_exports_that_are_called_like_two_shops_are_two_sources(tmp_path: Path) -> None:
    """Two months of the one, one of the other: 30 and 5."""
    row = "杯子,26100{0}-1\t,已收货,{1},{1},{1},1,2026-10-0{0} 10:00:00\t,2026-10-0{0} 10:00:00\t,600,无售后或售后取消"
    names = {"旗舰店订单_9月.csv": (1, 10), "旗舰店订单_10月.csv": (2, 20), "专卖店订单.csv": (3, 5)}
    opened = begun(
        tmp_path, *(csv(tmp_path / name, PINDUODUO, [row.format(*figures)]) for name, figures in names.items())
    )
    assert october(opened, "paid_amount", by="source") == {None: 35, "旗舰店订单": 30, "专卖店订单": 5}
    assert len([said for said in asked(opened) if "by their names they are of two shops" in said]) == 1


NEXT = ["1,2026-11-01,杯,1,7,丙", "2,2026-11-02,茶,5,2,乙"]


def added(folder: Path, name: str, rows: list[str]) -> list[str]:
    """What is said when a further file comes to a workspace of two orders of October."""
    begun(folder, csv(folder / "east_10.csv", HEAD, ["1,2026-10-01,茶,1,30,甲", "2,2026-10-02,茶,2,1,乙"])).close()
    _, _, said = book.add_to_workspace(
        folder / "ws", book.propose([csv(folder / name, HEAD, rows)]), preset="roles_000"
    )
    return [str(one) for one in said]


def test_next_month_whose_numbers_begin_at_one_again_is_told_apart_by_its_file(tmp_path: Path) -> None:
    """1 and 2 of November are others than those of October: the goods of two orders would meet in one."""
    said = added(tmp_path, "east_11.csv", NEXT)
    assert [one for one in said if "every number gets the name of its file" in one]
    opened = Book.open(tmp_path / "ws", draft=False)
    found = opened.numbers.values(["items_sold"], opened.period("2026-Q4"), by="user_id")
    assert {one.segment: one.value for one in found} == {None: 9, "甲": 1, "乙": 7, "丙": 1}
    opened.close()
    csv(tmp_path / "east_12.csv", HEAD, ["1,2026-12-01,茶,1,4,甲"])  # the path is a glob of these files by now
    opened = Book.open(tmp_path / "ws", draft=False)
    assert opened.numbers.values(["paid_orders"], opened.period("2026-Q4"))[0].value == 5
    assert not [one for one in opened.data.check() if "repeat the key" in one.message]


def test_a_month_of_one_source_of_several_is_told_apart_by_its_file_too(tmp_path: Path) -> None:
    """Goods and refunds of Taobao name no order of the shop's own list."""
    taobao = tmp_path / "ExportOrderList.csv"
    rows = [f"7{n},tb{n},100,0,100,交易关闭,2026-10-{n:02} 10:00:00,2026-10-{n:02} 10:01:00\n" for n in range(1, 29)]
    taobao.write_text(TAOBAO + "".join(rows), encoding="utf-8")
    lines = [f"{n},2026-10-{n:02},茶,1,7.5,甲{n}" for n in range(1, 29)]
    begun(tmp_path, taobao, csv(tmp_path / "east_10.csv", HEAD, lines)).close()
    later = csv(tmp_path / "east_11.csv", HEAD, [line.replace("2026-10", "2026-11") for line in lines])
    book.add_to_workspace(tmp_path / "ws", book.propose([later]))
    opened = Book.open(tmp_path / "ws", draft=False)
    found = opened.numbers.values(["items_sold"], opened.period("2026-Q4"), by="source")
    assert {one.segment: one.value for one in found}["east_10"] == 56
    assert not [one for one in opened.data.check() if "repeat the key" in one.message]


def test_numbers_that_other_files_name_are_not_changed(tmp_path: Path) -> None:
    """A file of refunds says 1 and 2: nobody can tell whose; the person is told what to do."""
    refunds = csv(tmp_path / "refunds.csv", "退款单号,订单号,退款时间,退款金额", ["R1,1,2026-10-05,30"])
    sales = csv(tmp_path / "east_10.csv", HEAD, ["1,2026-10-01,茶,1,30,甲", "2,2026-10-02,茶,2,1,乙"])
    begun(tmp_path, sales, refunds).close()
    before = (tmp_path / "ws" / "tables.toml").read_bytes()
    with pytest.raises(UsageError, match=r"east_11\.csv is not added.*kpi:name"):
        book.add_to_workspace(tmp_path / "ws", book.propose([csv(tmp_path / "east_11.csv", HEAD, NEXT)]))
    assert (tmp_path / "ws" / "tables.toml").read_bytes() == before


def test_another_shop_with_the_same_numbers_is_a_source_of_a_workspace(tmp_path: Path) -> None:
    """30 + 2 of the east, 7 + 2 of the west; each piece belongs to the buyer of its own shop's order."""
    said = added(tmp_path, "west.csv", [row.replace("2026-11", "2026-10") for row in NEXT])
    assert [one for one in said if "west.csv gives numbers of orders of orders to others" in one]
    opened = Book.open(tmp_path / "ws", draft=False)
    assert october(opened, "paid_amount", by="source") == {None: 40, "east": 31, "west": 9}
    assert october(opened, "items_sold", by="user_id") == {None: 9, "甲": 1, "乙": 7, "丙": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1730352000_9f3ab2c81d0e4f6a.csv", "1733030400_b17c22d09e5f4a3c.csv"),
        ("export-3f2b8c1e-9a4d-4c7b-8e2f-1a2b3c4d5e6f.csv", "export-7d1e9f20-1b2c-4d3e-9f8a-6b5c4d3e2f1a.csv"),
    ],
)
def test_what_a_platform_calls_a_download_is_no_shop(one: str, other: str) -> None:
    assert is_part(Path(one), Path(other))
    assert not is_part(Path(one), Path(f"west_{other}"))


def test_a_month_of_taobao_beside_another_is_one_source(tmp_path: Path) -> None:
    rows = {"ExportOrderList202609.csv": "2026-09-30", "ExportOrderList202610.csv": "2026-10-01"}
    for number, (name, day) in enumerate(rows.items()):
        text = TAOBAO + f"7{number},tb,100,0,100,交易成功,{day} 10:00:00,{day} 10:01:00\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert not begun(tmp_path, *(tmp_path / name for name in rows)).workspace.tables["orders"].sources


def test_files_that_a_person_takes_apart_are_called_by_their_files_each(tmp_path: Path) -> None:
    """Of a platform, too: not one by the platform and the other by its file."""
    files = [tmp_path / f"ExportOrderList2026{month}.csv" for month in ("09", "10")]
    for number, file in enumerate(files):
        text = (
            TAOBAO
            + f"7{number},tb,100,0,100,交易成功,2026-{9 + number:02}-05 10:00:00,2026-{9 + number:02}-05 10:01:00\n"
        )
        file.write_text(text, encoding="utf-8")
    setup = Setup(tmp_path / "ws", with_questions)
    answers = SetupAnswers(tmp_path / "ws", tuple(files), taken=frozenset({f"orders {files[1]}"}))
    found = setup.decided(setup.look(answers), answers)
    assert sorted(one.source for one in found.tables if one.table == "orders") == [file.stem for file in files]


def test_an_answer_does_not_read_the_orders_of_the_workspace_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path, csv(tmp_path / "east_10.csv", HEAD, ["1,2026-10-01,茶,1,30,甲"])).close()
    later = csv(tmp_path / "east_11.csv", HEAD, NEXT)
    setup, read = Setup(tmp_path / "ws", with_questions), []
    prepared = prepare.prepare
    monkeypatch.setattr(prepare, "prepare", lambda *args, **more: read.append(args[0].id) or prepared(*args, **more))
    answers = SetupAnswers(tmp_path / "ws", (later,))
    found = setup.look(answers)
    setup.plan(found, answers)
    first = len(read)
    setup.plan(found, answers.at("money"))
    assert first == 2, "the orders that are there, and the new ones"
    assert len(read) == first
