"""`target import` and `actual import`: a file read against what is saved, set as a whole or not at all (R009, R038)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.cli.conftest import Run

Edit = Callable[[Any], None]
HEADER = "role,metric,2026-11,2026-12"


@pytest.fixture
def agreed(shop: Path, run: Run) -> Path:
    """120 an order and 3 orders in November, 130 and 4 in December; `never` is a rate."""
    for period, aov, orders in (("2026-11", "120", "3"), ("2026-12", "130", "4")):
        for metric, value in (("aov", aov), ("orders", orders), ("never", "28%")):
            assert run("-w", shop, "target", "set", "shop", metric, value, "--period", period).code == 0
    return shop


def sheet(folder: Path, text: str, name: str = "plan.csv", **coded: Any) -> Path:
    file = folder / name
    file.write_bytes("\n".join(line.strip() for line in text.strip().splitlines()).encode(**coded))
    return file


def targets(run: Run, root: Path, period: str = "2026-11") -> dict[str, float]:
    return {one["metric"]: one["value"] for one in run("-w", root, "target", "list", "--period", period).json}


def differences(found: Any) -> dict[tuple[str, str, str], tuple[float | None, float | None]]:
    return {(one["role"], one["metric"], one["period"]): (one["now"], one["to"]) for one in found["differences"]}


def edited(file: Path, edit: Edit) -> None:
    book = openpyxl.load_workbook(file)
    edit(book.worksheets[0])
    book.save(file)


def cell(page: Any, metric: str, title: str) -> Any:
    """The cell of a metric's row under a heading."""
    rows = list(page.iter_rows())
    head = next(row for row in rows if any(one.value == title for one in row))
    column = next(one.column for one in head if one.value == title)
    row = next(row for row in rows if any(one.value == metric for one in row))
    return page.cell(row[0].row, column)


# --- there and back ------------------------------------------------------------------------------------
def test_an_exported_workbook_changed_by_others_shows_those_cells_and_no_more(
    run: Run, agreed: Path, tmp_path: Path
) -> None:
    """Three cells changed with openpyxl are three differences; set, the next export is the file again."""
    file = tmp_path / "november.xlsx"
    run("-w", agreed, "target", "list", "--period", "2026-11", "-o", file)
    assert run("-w", agreed, "target", "import", file).json["differences"] == []

    def change(page: Any) -> None:
        for metric, value in (("aov", 125), ("orders", 3.5), ("never", 0.3)):
            cell(page, metric, "Target").value = value

    edited(file, change)
    found = run("-w", agreed, "target", "import", file).json
    assert differences(found) == {
        ("shop", "aov", "2026-11"): (120, 125),
        ("shop", "orders", "2026-11"): (3, 3.5),
        ("shop", "never", "2026-11"): (0.28, 0.3),
    }
    assert targets(run, agreed) == {"aov": 120, "orders": 3, "never": 0.28}, "nothing is written without --set"
    assert run("-w", agreed, "target", "import", file, "--set").code == 0
    assert targets(run, agreed) == {"aov": 125, "orders": 3.5, "never": 0.3}
    again = tmp_path / "again.xlsx"
    run("-w", agreed, "target", "list", "--period", "2026-11", "-o", again)
    written = openpyxl.load_workbook(again).worksheets[0]
    assert [cell(written, metric, "Target").value for metric in ("aov", "orders", "never")] == [125, 3.5, 0.3]


def test_all_of_an_import_is_one_step_of_the_history(run: Run, agreed: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, f"{HEADER}\nshop,aov,121,131\nshop,orders,5,6")
    run("-w", agreed, "target", "import", file, "--set", "--why", "plan of the board")
    lines = run("-w", agreed, "target", "history").json[:4]
    assert len({line["batch"] for line in lines}) == 1
    assert {line["why"] for line in lines} == {"plan of the board (from plan.csv)"}
    run("-w", agreed, "target", "undo")
    assert targets(run, agreed) == {"aov": 120, "orders": 3, "never": 0.28}
    assert targets(run, agreed, "2026-12") == {"aov": 130, "orders": 4, "never": 0.28}


def test_a_sorted_export_keeps_what_each_of_its_rows_was(run: Run, agreed: Path, tmp_path: Path) -> None:
    rows = list(
        csv.reader(io.StringIO(run("-w", agreed, "target", "list", "--period", "2026-11", "--format", "csv").out))
    )
    rows[1:] = reversed(rows[1:])
    text = "\n".join(",".join(row) for row in rows).replace(",120.0,", ",122,")
    run("-w", agreed, "target", "set", "shop", "orders", "9", "--period", "2026-11")
    found = run("-w", agreed, "target", "import", sheet(tmp_path, text)).json
    assert differences(found) == {("shop", "aov", "2026-11"): (120, 122)}, "orders was not touched in the file"


def test_an_empty_cell_is_no_opinion_and_only_the_word_clears(run: Run, agreed: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, f"{HEADER}\nshop,aov,,-\nshop,orders,—,clear")
    found = run("-w", agreed, "target", "import", file).json
    assert differences(found) == {("shop", "orders", "2026-12"): (4, None)}
    run("-w", agreed, "target", "import", file, "--set")
    assert "orders" not in targets(run, agreed, "2026-12")


# --- two people ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("side", "left"), [("mine", 125), ("theirs", 150)])
def test_a_cell_changed_on_both_sides_is_a_conflict_until_a_side_is_chosen(
    run: Run, agreed: Path, tmp_path: Path, side: str, left: float
) -> None:
    file = tmp_path / "november.xlsx"
    run("-w", agreed, "target", "list", "--period", "2026-11", "-o", file)
    edited(file, lambda page: setattr(cell(page, "aov", "Target"), "value", 125))
    run("-w", agreed, "target", "set", "shop", "aov", "150", "--period", "2026-11")
    (found,) = run("-w", agreed, "target", "import", file).json["differences"]
    assert (found["conflict"], found["exported"], found["now"], found["to"]) == (True, 120, 150, 125)
    ran = run("-w", agreed, "target", "import", file, "--set")
    assert (ran.code, targets(run, agreed)["aov"]) == (5, 150)
    run("-w", agreed, "target", "import", file, "--set", "--conflicts", side)
    assert targets(run, agreed)["aov"] == left


# --- sheets that people make ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "coded",
    [
        pytest.param({"encoding": "gb18030"}, id="GBK"),
        pytest.param({"encoding": "utf-8-sig"}, id="UTF-8 with BOM"),
        pytest.param({"encoding": "utf-16"}, id="UTF-16"),
    ],
)
def test_a_chinese_sheet_with_months_and_a_title(run: Run, agreed: Path, tmp_path: Path, coded: dict[str, str]) -> None:
    """`1月` is of the year of the title; 1.2万 is 12,000; 合计 is no metric."""
    text = """
    2026年销售目标,,,
    岗位,指标,11月,12月
    门店,客单价,"1.2万","¥1,234.50"
    ,订单数,7,8
    合计,,9,9
    """
    found = run("-w", agreed, "target", "import", sheet(tmp_path, text, **coded)).json
    assert differences(found) == {
        ("shop", "aov", "2026-11"): (120, 12000),
        ("shop", "aov", "2026-12"): (130, 1234.5),
        ("shop", "orders", "2026-11"): (3, 7),
        ("shop", "orders", "2026-12"): (4, 8),
    }
    assert (found["troubles"], found["notes"]) == ([], [])


def test_a_month_without_a_year_is_of_the_as_of_day_and_that_is_told(run: Run, agreed: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, "role,metric,Nov\nshop,aov,99")
    found = run("-w", agreed, "target", "import", file).json
    assert list(differences(found)) == [("shop", "aov", "2026-11")]
    assert found["notes"] == ["“Nov” and its like are of 2026"]
    found = run("-w", agreed, "target", "import", file, "--period", "2027").json
    assert list(differences(found)) == [("shop", "aov", "2027-11")]


def test_a_semicolon_file_with_decimal_commas(run: Run, agreed: Path, tmp_path: Path) -> None:
    text = "role;metric;period;value\nshop;aov;2026-11;1.234,5\nshop;orders;2026-11;1.000"
    found = run("-w", agreed, "target", "import", sheet(tmp_path, text)).json
    expected = {("shop", "aov", "2026-11"): (120, 1234.5), ("shop", "orders", "2026-11"): (3, 1000)}
    assert differences(found) == expected
    text = "role;metric;period;value\nshop;aov;2026-11;1,234"
    (trouble,) = run("-w", agreed, "target", "import", sheet(tmp_path, text)).json["troubles"]
    assert "could be 1234 or 1.234" in trouble["why"], "nothing tells which sign divides decimals"


def test_what_excel_makes_of_a_month_and_of_a_percent(run: Run, agreed: Path, tmp_path: Path) -> None:
    """Typed `2026-11` becomes a date; 150 % is stored as 1.5, which alone could be 1.5 %."""
    import datetime

    book = openpyxl.Workbook()
    page = book.active
    page.append(["role", "metric", datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)])
    page.append(["shop", "never", 1.5, 1.5])
    page["C2"].number_format = "0%"
    file = tmp_path / "typed.xlsx"
    book.save(file)
    found = run("-w", agreed, "target", "import", file).json
    assert differences(found) == {("shop", "never", "2026-11"): (0.28, 1.5)}
    assert [(one["cell"], "1.5% or 150" in one["why"]) for one in found["troubles"]] == [("Sheet!D2", True)]


def test_a_formula_whose_value_was_never_stored_is_not_an_empty_cell(run: Run, agreed: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["role", "metric", "2026-11"])
    book.active.append(["shop", "aov", "=100+20"])
    file = tmp_path / "formula.xlsx"
    book.save(file)
    (trouble,) = run("-w", agreed, "target", "import", file).json["troubles"]
    assert (trouble["cell"], "formula" in trouble["why"]) == ("Sheet!C2", True)


def test_without_a_role_the_only_holder_is_meant(run: Run, agreed: Path, tmp_path: Path) -> None:
    found = run("-w", agreed, "target", "import", sheet(tmp_path, "指标,2026-11\n客单价,200\n回购率,30%")).json
    assert differences(found) == {("shop", "aov", "2026-11"): (120, 200)}
    assert "no role has 回购率" in found["troubles"][0]["why"]


def test_a_name_is_known_without_its_bracket_where_that_is_one_metric(run: Run, agreed: Path, tmp_path: Path) -> None:
    file = agreed / "metrics" / "revenue.toml"
    text = file.read_text(encoding="utf-8").replace('zh = "客单价"', 'zh = "客单价(每单)"')
    file.write_text(text.replace('zh = "订单数"', 'zh = "订单数（已付）"'), encoding="utf-8")
    found = run(
        "-w", agreed, "target", "import", sheet(tmp_path, "岗位,指标,2026-11\n门店,客单价,99\n门店,订单数,8")
    ).json
    assert {one["metric"]: one["to"] for one in found["differences"]} == {"aov": 99, "orders": 8}


# --- what is refused ------------------------------------------------------------------------------------
def test_what_is_not_understood_is_named_with_its_cell_and_nothing_is_set(
    run: Run, agreed: Path, tmp_path: Path
) -> None:
    text = """
    role,metric,period,value
    shpo,aov,2026-11,1
    shop,ordres,2026-11,1
    shop,aov,sometime,1
    shop,aov,2026-11,many
    shop,orders,2026-11,5
    shop,orders,2026-11,6
    """
    file = sheet(tmp_path, text)
    ran = run("-w", agreed, "target", "import", file, "--set")
    assert (ran.code, targets(run, agreed)["orders"]) == (2, 3)
    found = {one["cell"]: one["why"] for one in ran.json["troubles"]}
    assert list(found) == ["B2", "B3", "C4", "D5", "D7"]
    assert "did you mean shop?" in found["B2"]
    assert "did you mean orders?" in found["B3"]
    assert "no period" in found["C4"]
    assert "no number" in found["D5"]
    assert found["D7"] == "said twice: D6 says 5"


@pytest.mark.parametrize("text", ["3万", "1200", "1000%"])
def test_a_rate_that_hardly_is_one_is_asked_about(run: Run, agreed: Path, tmp_path: Path, text: str) -> None:
    file = sheet(tmp_path, f"role,metric,2026-11\nshop,never,{text}\nshop,aov,140")
    ran = run("-w", agreed, "target", "import", file, "--set")
    assert (ran.code, targets(run, agreed)["aov"]) == (2, 120)
    assert [one["metric"] for one in ran.json["differences"] if one["doubtful"]] == ["never"]
    assert run("-w", agreed, "target", "import", file, "--set", "--yes").code == 0
    assert targets(run, agreed)["aov"] == 140


def test_a_period_that_is_over_needs_a_reason_and_is_marked_late(run: Run, agreed: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, "role,metric,2026-09\nshop,aov,90")
    assert run("-w", agreed, "target", "import", file).json["locked"] == ["2026-09"]
    ran = run("-w", agreed, "target", "import", file, "--set")
    assert (ran.code, "needs a reason" in ran.err) == (2, True)
    assert run("-w", agreed, "target", "import", file, "--set", "--why", "agreed by phone").code == 0
    (target,) = run("-w", agreed, "target", "list", "--period", "2026-09").json
    assert (target["late"], target["why"]) == (True, "agreed by phone (from plan.csv)")


def test_a_file_without_such_a_header_says_what_to_write(run: Run, agreed: Path, tmp_path: Path) -> None:
    ran = run("-w", agreed, "target", "import", sheet(tmp_path, "a,b\n1,2"))
    assert (ran.code, "role, metric, 2026-10" in ran.err) == (4, True)
    ran = run("-w", agreed, "target", "import", tmp_path / "nowhere.xlsx")
    assert (ran.code, "nowhere.xlsx" in ran.err) == (4, True)


# --- typed numbers ----------------------------------------------------------------------------------------
CHAIN = """
[chains.site]
name = "Site"
[[chains.site.links]]
id = "B"
name = { en = "Visitors", zh = "访客" }
rule = "growth"
absolute = "order_count"
"""


def test_typed_numbers_come_back_from_their_export(run: Run, shop: Path, tmp_path: Path) -> None:
    (shop / "chains").mkdir()
    (shop / "chains" / "site.toml").write_text(CHAIN, encoding="utf-8")
    run("-w", shop, "actual", "set", "2026-W43", "B", "2000", "--chain", "site")
    file = tmp_path / "typed.csv"
    run("-w", shop, "actual", "list", "-o", file)
    file.write_text(file.read_text(encoding="utf-8").replace(",2000.0,", ",2100,"), encoding="utf-8")
    found = run("-w", shop, "actual", "import", file).json
    assert differences(found) == {("counts", "order_count", "2026-W43"): (2000, 2100)}
    assert run("-w", shop, "actual", "import", file, "--set").code == 0
    assert [one["value"] for one in run("-w", shop, "actual", "list").json] == [2100]
    run("-w", shop, "actual", "undo")
    assert [one["value"] for one in run("-w", shop, "actual", "list").json] == [2000]
    weeks = sheet(tmp_path, "week,link,numerator,denominator\n2026-W43,B,2200,", "weeks.csv")
    found = run("-w", shop, "actual", "import", weeks, "--chain", "site", "--dry-run").json
    assert differences(found) == {("counts", "order_count", "2026-W43"): (2000, 2200)}
    assert [one["value"] for one in run("-w", shop, "actual", "list").json] == [2000], "only shown"
    below = sheet(tmp_path, "metric,2026-W44\norder_count,-3")
    assert "negative" in run("-w", shop, "actual", "import", below).json["troubles"][0]["why"]


# --- hostile files ------------------------------------------------------------------------------------------
def test_names_in_a_file_control_no_terminal(run: Run, agreed: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, "role,metric,2026-11\nshop,\x1b]52;c;aGk=\x07,1\n[bold]x[/],aov,1")
    shown = run("-w", agreed, "target", "import", file, "--format", "table").out
    assert "\x1b" not in shown and "\x07" not in shown
    assert "[bold]x[/]" in shown, "text from a file is never markup"


def test_a_damaged_workbook_and_another_kind_of_file_are_named(run: Run, agreed: Path, tmp_path: Path) -> None:
    """Bytes in the middle of a sheet are turned over: the reader reads on, the archive does not."""
    file = tmp_path / "november.xlsx"
    run("-w", agreed, "target", "list", "--period", "2026-11", "-o", file)
    content = bytearray(file.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 20] = bytes(byte ^ 0xFF for byte in content[at : at + 20])
    file.write_bytes(content)
    ran = run("-w", agreed, "target", "import", file)
    assert (ran.code, "november.xlsx" in ran.err, "Traceback" in ran.err) == (4, True, False)
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
    ran = run("-w", agreed, "target", "import", file)
    assert (ran.code, "old Excel workbook" in ran.err) == (4, True)


def test_joined_role_cells_and_error_cells_of_a_workbook(run: Run, agreed: Path, tmp_path: Path) -> None:
    """A role that is written once over several rows is the role of them all; #N/A is no number and not empty."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (["岗位", "指标", "2026年11月"], ["门店", "客单价", 111], [None, "订单数", 5], [None, "回购率", "#N/A"]):
        page.append(row)
    page.merge_cells("A2:A4")
    page["C4"].data_type = "e"
    file = tmp_path / "joined.xlsx"
    book.save(file)
    found = run("-w", agreed, "target", "import", file).json
    assert differences(found) == {("shop", "aov", "2026-11"): (120, 111), ("shop", "orders", "2026-11"): (3, 5)}
    assert [(one["cell"], one["text"]) for one in found["troubles"]] == [("Sheet!C4", "#N/A")]


def test_export_is_the_other_way_of_import_for_a_month_and_for_a_year(run: Run, agreed: Path, tmp_path: Path) -> None:
    """The same cells as `target list -o` and `target year -o`; a form that cannot be read back is refused."""
    month, by_list = tmp_path / "november.csv", tmp_path / "list.csv"
    assert run("-w", agreed, "target", "export", month, "shop", "--period", "2026-11").code == 0
    run("-w", agreed, "target", "list", "shop", "--period", "2026-11", "-o", by_list)
    assert month.read_text(encoding="utf-8-sig") == by_list.read_text(encoding="utf-8-sig")
    assert run("-w", agreed, "target", "import", month).json["differences"] == []
    year = tmp_path / "2026.xlsx"
    assert run("-w", agreed, "target", "export", year, "--period", "2026").code == 0
    assert run("-w", agreed, "target", "import", year).json["differences"] == []
    assert "2026-11" in {cell.value for row in openpyxl.load_workbook(year).worksheets[0].iter_rows() for cell in row}
    refused = run("-w", agreed, "target", "export", tmp_path / "x.html", "--period", "2026-11")
    assert (refused.code, ".xlsx, .csv" in refused.err) == (2, True) and not (tmp_path / "x.html").exists()


def test_a_metric_in_a_file_of_counts_is_computed_and_a_strange_word_is_none(shop: Path, run: Run) -> None:
    file = sheet(shop, "metric,2026-11\naov,88\nnosuch,3")
    found = run("-w", shop, "actual", "import", file).json["troubles"]
    assert [one["why"] for one in found] == [
        "aov is computed from tables; kept by hand are the counts of a chain's links",
        "there is no metric 'nosuch'",
    ]
