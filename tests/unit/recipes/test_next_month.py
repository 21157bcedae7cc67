"""Next month's file of what a workspace reads already joins the path of its tables, and nothing counts twice."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.setup import SetupAnswers, part_id
from kpi_tui.definitions.issue import UsageError
from kpi_tui.views.data.proposal import with_questions
from tests.unit.recipes.test_two_platforms import TAOBAO

HEAD = "单号,下单时间,会员,实付,状态\n"


def sheet(folder: Path, name: str, *rows: tuple[str, str, int, str]) -> Path:
    """A shop's own list: number, day, amount, status; a member of its own each."""
    lines = [f"{number},{day} 10:00:00,m{number},{paid},{status}\n" for number, day, paid, status in rows]
    (folder / name).write_text(HEAD + "".join(lines), encoding="utf-8")
    return folder / name


def first_month(folder: Path) -> Path:
    """October: 100 and 50, of which 50 came back."""
    file = sheet(folder, "sales_2026-10.csv", ("A1", "2026-10-03", 100, "已完成"), ("A2", "2026-10-09", 50, "已退款"))
    setup = Setup(folder / "ws", with_questions)
    answers = SetupAnswers(folder / "ws", (file,), name="shop")
    found = setup.look(answers)
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)
    return folder / "ws"


def add(space: Path, *files: Path, **answered: object) -> None:
    setup = Setup(space, with_questions)
    answers = replace(SetupAnswers(space, files), **answered)  # type: ignore[arg-type]
    found = setup.look(answers)
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)


def paths(space: Path) -> dict[str, object]:
    tables = tomllib.loads((space / "tables.toml").read_text(encoding="utf-8"))["tables"]
    return {name: table.get("path") for name, table in tables.items()}


def months(space: Path, metric: str) -> dict[str, float | None]:
    opened = Book.open(space, draft=False)
    found = {month: opened.numbers.values([metric], opened.period(month))[0].value for month in ("2026-09", "2026-10")}
    opened.close()
    return found


def test_next_month_of_two_shops_of_one_header_joins_each_its_own(tmp_path: Path) -> None:
    """September: Berlin 10, Paris 20; October: Berlin 100, Paris 200. A file of no shop's name joins neither."""
    folder = tmp_path / "ws"
    folder.mkdir()
    september = [
        sheet(folder, f"{shop}.csv", (f"{shop}1", "2026-09-03", paid, "已完成"))
        for shop, paid in (("berlin", 10), ("paris", 20))
    ]
    add(folder, *september, name="shop")
    october = [
        sheet(folder, f"{shop}_10.csv", (f"{shop}2", "2026-10-03", paid, "已完成"))
        for shop, paid in (("paris", 200), ("berlin", 100))
    ]
    add(folder, *october)
    opened = Book.open(folder, draft=False)
    found = opened.numbers.values(["paid_amount"], opened.period("2026-10"), by="source")
    assert {value.segment: value.value for value in found} == {None: 300, "berlin": 100, "paris": 200}
    opened.close()
    with pytest.raises(UsageError, match=r"export\.csv is not added"):
        add(folder, sheet(folder, "export.csv", ("x1", "2026-10-04", 7, "已完成")))


def test_both_months_of_an_own_sheet_count_once_in_every_table_it_fills(tmp_path: Path) -> None:
    """September: 30 and 20, of which 20 came back. A glob of just these files reads November too; a comment stays."""
    space = first_month(tmp_path)
    toml = space / "tables.toml"
    toml.write_text("# mine\n" + toml.read_text(encoding="utf-8"), encoding="utf-8")
    more = sheet(tmp_path, "sales_2026-09.csv", ("B1", "2026-09-03", 30, "已完成"), ("B2", "2026-09-09", 20, "已退款"))
    add(space, more)
    assert paths(space) == dict.fromkeys(("orders", "refunds"), "sales_2026-*.csv")
    assert months(space, "paid_amount") == {"2026-09": 50, "2026-10": 150}
    assert months(space, "refund_amount") == {"2026-09": 20, "2026-10": 50}
    assert toml.read_text(encoding="utf-8").startswith("# mine\n")
    with pytest.raises(UsageError, match="is read as orders already"):
        add(space, more)
    shutil.copy(more, tmp_path / "copy.csv")
    add(space, tmp_path / "copy.csv")
    assert months(space, "paid_amount") == {"2026-09": 50, "2026-10": 150}, "the same rows under another name"
    assert months(space, "refund_amount") == {"2026-09": 20, "2026-10": 50}


def test_a_table_that_a_person_leaves_out_does_not_read_the_file(tmp_path: Path) -> None:
    row = "{},tb,100,0,100,交易成功,2026-10-05 10:00:00,2026-10-05 10:01:00\n"
    files = [tmp_path / "list-10.csv", tmp_path / "list-11.csv"]
    for n, file in enumerate(files):
        file.write_text(TAOBAO + row.format(n), encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "shop", book.propose(files[:1]))
    add(tmp_path / "ws", files[1], left_out=frozenset({f"refunds {files[1]}"}))
    assert paths(tmp_path / "ws") == {"orders": "list-*.csv", "refunds": "list-10.csv"}


def test_a_list_of_files_is_kept_and_another_header_or_mapping_is_a_source_as_before(tmp_path: Path) -> None:
    space = first_month(tmp_path)
    toml = space / "tables.toml"
    text = toml.read_text(encoding="utf-8").replace('path = "sales_2026-10.csv"', 'path = ["sales_2026-10.csv"]')
    toml.write_text(text, encoding="utf-8")
    more = sheet(tmp_path, "second.csv", ("B1", "2026-09-03", 30, "已完成"))
    add(space, more)
    assert paths(space)["orders"] == ["sales_2026-10.csv", "second.csv"]
    third = sheet(tmp_path, "third.csv", ("C1", "2026-10-09", 7, "已完成"))
    part = f"orders {third}"
    assert part == part_id(book.propose([third], folder=space).tables[0])
    add(space, third, columns={part: {"paid_amount": '"实付" * 10'}}, taken=frozenset({part}))
    sources = tomllib.loads(toml.read_text(encoding="utf-8"))["tables"]["orders"]["sources"]
    assert {name: one["path"] for name, one in sources.items()} == {
        "sales": ["sales_2026-10.csv", "second.csv"],
        "third": "third.csv",
    }
    assert months(space, "paid_amount") == {"2026-09": 30, "2026-10": 220}


def test_the_next_export_of_a_platform_joins_its_source(tmp_path: Path) -> None:
    """October 100; the export of November has that order again, closed meanwhile, and one of 40."""
    row = "{},tb,{},0,{},{},{} 10:00:00,{} 10:01:00\n"
    first, second = tmp_path / "list-10.csv", tmp_path / "list-11.csv"
    first.write_text(TAOBAO + row.format(1, 100, 100, "交易成功", *["2026-10-05"] * 2), encoding="utf-8")
    closed = row.format(1, 100, 100, "交易关闭", *["2026-10-05"] * 2)
    second.write_text(TAOBAO + closed + row.format(2, 40, 40, "交易成功", *["2026-09-07"] * 2), encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "shop", book.propose([first]))
    book.add_to_workspace(tmp_path / "ws", book.propose([second], folder=tmp_path / "ws"))
    assert set(paths(tmp_path / "ws").values()) == {"list-*.csv"}
    assert months(tmp_path / "ws", "paid_amount") == {"2026-09": 40, "2026-10": 100}
    assert months(tmp_path / "ws", "refund_amount") == {"2026-09": 0, "2026-10": 100}


def test_the_goods_of_all_months_come_with_the_next_one(tmp_path: Path) -> None:
    """Orders alone were read of September; with October come the goods of both: 2 + 1 pieces, then 5."""
    space, head = tmp_path / "ws", "单号,日期,商品,数量,金额\n"
    rows = {"09": "A1,2026-09-01,茶,2,20\nA2,2026-09-02,杯,1,5\n", "10": "A3,2026-10-01,茶,5,50\n"}
    files = [tmp_path / f"sales_{month}.csv" for month in rows]
    for file, lines in zip(files, rows.values(), strict=True):
        file.write_text(head + lines, encoding="utf-8")
    space.mkdir()
    add(space, files[0], left_out=frozenset({f"order_items {files[0]}"}))
    assert paths(space) == {"orders": "sales_09.csv"}
    add(space, files[1])
    assert paths(space) == dict.fromkeys(("orders", "order_items"), "sales_*.csv")
    assert months(space, "items_sold") == {"2026-09": 3, "2026-10": 5}
    assert months(space, "paid_amount") == {"2026-09": 25, "2026-10": 50}


def test_the_currency_of_a_workspace_is_not_asked_again(tmp_path: Path) -> None:
    space = tmp_path / "ws"
    space.mkdir()
    file = tmp_path / "sales_09.csv"
    file.write_text("单号,日期,金额\nA1,2026-09-01,20\n", encoding="utf-8")
    add(space, file, currency="EUR")
    setup = Setup(space, with_questions)
    found = setup.look(SetupAnswers(space, (sheet(tmp_path, "next.csv", ("B1", "2026-10-03", 30, "已完成")),)))
    assert found.currency == "EUR"
    assert with_questions(found, setup.schemas).confirm == ()


def test_an_order_of_an_own_sheet_that_changed_since_counts_as_the_last_file_has_it(tmp_path: Path) -> None:
    """September: A1 30, A2 20 waiting; October's file: A2 paid, A1 given back, and A1 anew of October, 70.

    By hand: September paid 30 + 20 + 5 (a row without a number, in both files) = 55, of which 30 came back; October 70.
    """
    space = tmp_path / "ws"
    space.mkdir()
    none = ("", "2026-09-20", 5, "已完成")
    first = sheet(tmp_path, "list_1.csv", ("A1", "2026-09-03", 30, "已完成"), ("A2", "2026-09-30", 20, "待付款"), none)
    add(space, first, name="shop")
    again = (("A1", "2026-09-03", 30, "已退款"), ("A2", "2026-09-30", 20, "已完成"), ("A1", "2026-10-03", 70, "已完成"))
    add(space, sheet(tmp_path, "list_2.csv", *again, none))
    assert set(paths(space).values()) == {"list_*.csv"}
    assert months(space, "paid_amount") == {"2026-09": 55, "2026-10": 70}
    assert months(space, "refund_amount") == {"2026-09": 30, "2026-10": 0}
    opened = Book.open(space, draft=False)
    said = " ".join(map(str, opened.data.profiles()["orders"].notes))
    assert "2 rows stand in a later file again (单号, 下单时间): those of the last file count" in said
    opened.close()


def test_october_is_the_last_file_after_september(tmp_path: Path) -> None:
    """9月 sorts behind 10月 by its letters: the order that September's file has as waiting is paid in October's."""
    space = tmp_path / "ws"
    space.mkdir()
    add(space, sheet(tmp_path, "销售9月.csv", ("A1", "2026-09-30", 20, "待付款")), name="shop")
    add(space, sheet(tmp_path, "销售10月.csv", ("A1", "2026-09-30", 20, "已完成"), ("A2", "2026-10-03", 70, "已完成")))
    assert months(space, "paid_amount") == {"2026-09": 20, "2026-10": 70}
