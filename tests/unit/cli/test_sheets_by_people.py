"""`init` on sheets as people keep them: merged cells, days written once or without a year, two header rows, a sheet a
month. Sums by hand from the rows below.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.unit.cli.conftest import Run

HEADER = ["日期", "单号", "客户", "商品", "数量", "单价", "实付金额"]
ROWS = [
    ["2026-10-01", "A1", "张三", "围巾", 1, 100, 100],
    [None, "A2", "李四", "帽子", 2, 50, 100],
    [None, "A3", "王五", "帽子", 1, 50, 50],
    ["2026-10-02", "A4", "张三", "围巾", 1, 100, 100],
    [None, "A5", "赵六", "围巾", 3, 100, 300],
    ["合计", None, None, None, 8, None, 650],
]


def workbook(path: Path, sheets: dict[str, list[list[object]]], merged: tuple[str, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for cells in merged:
        made.worksheets[0].merge_cells(cells)
    made.save(path)
    return path


def begun(run: Run, folder: Path, *files: object, more: tuple[object, ...] = ()) -> str:
    ran = run("init", folder, *files, *more, "--yes")
    assert ran.code == 0, ran.err
    return ran.out


def paid(run: Run, folder: Path, period: str = "2026-10") -> tuple[float | None, float | None]:
    """The sum paid in a period and its orders."""
    values = run("-w", folder, "values", "paid_amount", "paid_orders", "--period", period).json
    return values[0]["value"], values[1]["value"]


def asked(run: Run, folder: Path) -> str:
    return " ".join(issue["message"] for issue in run("-w", folder, "check").json)


def test_a_day_merged_over_its_orders_is_that_of_each(run: Run, tmp_path: Path) -> None:
    """100 + 100 + 50 + 100 + 300 = 650 in 5 orders; the row of the sum stays left out. It was 200 in 2 orders."""
    file = workbook(tmp_path / "sales.xlsx", {"s": [HEADER, *ROWS]}, ("A2:A4", "A5:A6"))
    said = begun(run, tmp_path / "shop", file)
    assert "sales.xlsx: 3 empty cells of 日期 take the value above them" in said
    assert paid(run, tmp_path / "shop") == (650, 5)
    assert paid(run, tmp_path / "shop", "2026-10-01") == (250, 3)


def test_a_number_and_a_buyer_merged_over_the_lines_of_an_order_make_it_one(run: Run, tmp_path: Path) -> None:
    """A1 has two lines of 100 + 60, A2 one of 50; the merged 160 is that of both lines: 210 in 2 orders, 2 buyers."""
    rows = [
        ["日期", "订单号", "客户", "商品", "数量", "单价", "实付金额"],
        ["2026-10-01", "1001", "张三", "围巾", 1, 100, 160],
        [None, None, None, "帽子", 2, 30, None],
        ["2026-10-02", "1002", "李四", "帽子", 1, 50, 50],
    ]
    file = workbook(tmp_path / "lines.xlsx", {"s": rows}, ("A2:A3", "B2:B3", "C2:C3", "G2:G3"))
    begun(run, tmp_path / "shop", file)
    assert paid(run, tmp_path / "shop") == (210, 2)
    goods = run("-w", tmp_path / "shop", "values", "items_sold", "buyers", "--period", "2026-10").json
    assert [value["value"] for value in goods] == [4, 2]


def test_a_day_written_once_is_asked_about_and_filled_by_option(run: Run, tmp_path: Path) -> None:
    """Not merged: 200 in 2 orders, and `check` says which option takes the others; with it 650 in 5."""
    file = workbook(tmp_path / "sales.xlsx", {"s": [HEADER, *ROWS]})
    begun(run, tmp_path / "shop", file)
    assert paid(run, tmp_path / "shop") == (200, 2)
    assert "日期 is empty in 3 of 5 rows" in asked(run, tmp_path / "shop")
    assert "--fill-down 日期" in asked(run, tmp_path / "shop")
    begun(run, tmp_path / "filled", file, more=("--fill-down", "日期"))
    assert paid(run, tmp_path / "filled") == (650, 5)
    assert "--fill-down" not in asked(run, tmp_path / "filled")
    csv = tmp_path / "sales.csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in (HEADER, *ROWS)]
    csv.write_text("\n".join(lines) + "\n", encoding="utf-8")
    begun(run, tmp_path / "plain", csv, more=("--fill-down", "日期"))
    assert paid(run, tmp_path / "plain") == (650, 5)


def test_a_column_that_no_file_has_is_not_filled(run: Run, tmp_path: Path) -> None:
    file = workbook(tmp_path / "sales.xlsx", {"s": [HEADER, *ROWS]})
    ran = run("init", tmp_path / "shop", file, "--fill-down", "日子", "--yes")
    assert ran.code == 2
    assert "--fill-down 日子: no file has it" in ran.err


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026/10/31 下午11:05", "2026/11/1 上午12:05"),
        ("2026/10/31 PM 11:05", "2026/11/1 AM 12:05"),
        ("2026-10-31 下午11:05:00", "2026-11-01 上午12:05:00"),
        ("2026年10月31日 下午11点05分", "2026年11月1日 上午12点05分"),
    ],
)
def test_the_half_of_the_day_says_on_which_day_it_was(run: Run, tmp_path: Path, first: str, second: str) -> None:
    """23:05 of the 31st and 0:05 of the 1st: 100 in October, 50 in November."""
    file = tmp_path / "orders.csv"
    file.write_text(f"单号,下单时间,客户,实付金额\nA1,{first},张三,100\nA2,{second},李四,50\n", encoding="utf-8")
    begun(run, tmp_path / "shop", file)
    assert (paid(run, tmp_path / "shop"), paid(run, tmp_path / "shop", "2026-11")) == ((100, 1), (50, 1))


DAYS = [("12月30日", "A1", 100), ("12月31日 15:30", "A2", 50), ("1月1日", "A3", 7), ("1月2日 9:05", "A4", 3)]


def without_year(path: Path) -> Path:
    rows = "".join(f"{day},{number},张三,{amount}\n" for day, number, amount in DAYS)
    path.write_text(f"日期,单号,客户,实付金额\n{rows}", encoding="utf-8")
    return path


def test_days_without_a_year_have_that_of_the_file_and_january_the_next(run: Run, tmp_path: Path) -> None:
    """100 + 50 in December 2025, 7 + 3 in January 2026."""
    said = begun(run, tmp_path / "shop", without_year(tmp_path / "2025年12月.csv"))
    assert "日期 has no year: its days are read as 2025-12-30 to 2026-01-02" in said
    assert (paid(run, tmp_path / "shop", "2025-12"), paid(run, tmp_path / "shop", "2026-01")) == ((150, 2), (10, 2))


def test_a_year_that_nobody_says_is_asked_for(run: Run, tmp_path: Path) -> None:
    file = without_year(tmp_path / "sales.csv")
    ran = run("init", tmp_path / "none", file, "--yes")
    assert "--year sales.csv=2026" in ran.out + ran.err
    begun(run, tmp_path / "shop", file, more=("--year", "2025"))
    assert (paid(run, tmp_path / "shop", "2025-12"), paid(run, tmp_path / "shop", "2026-01")) == ((150, 2), (10, 2))
    assert "which year" not in asked(run, tmp_path / "shop")


def test_a_column_of_years_and_the_name_of_a_sheet_say_the_year(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{2024 + n % 2},{day},{number},张三,{amount}\n" for n, (day, number, amount) in enumerate(DAYS))
    (tmp_path / "sales.csv").write_text(f"年份,日期,单号,客户,实付金额\n{rows}", encoding="utf-8")
    begun(run, tmp_path / "column", tmp_path / "sales.csv")
    assert paid(run, tmp_path / "column", "2025-12") == (50, 1)
    assert paid(run, tmp_path / "column", "2024-01") == (7, 1)
    file = workbook(
        tmp_path / "book.xlsx", {"2025年": [["日期", "单号", "客户", "实付金额"], ["12月30日", "A1", "张三", 9]]}
    )
    begun(run, tmp_path / "sheet", file)
    assert paid(run, tmp_path / "sheet", "2025-12") == (9, 1)


def test_a_header_of_two_rows_below_a_title(run: Run, tmp_path: Path) -> None:
    """The lower row names 应付 and 实付 once each: 110 ordered, 100 paid; 60 and 50: 150 paid of 170."""
    rows = [
        ["2026年10月销售明细"],
        ["订单号", "日期", "客户", "金额", None, "商品"],
        [None, None, None, "订单金额", "实付金额", None],
        ["A1", "2026-10-01", "张三", 110, 100, "围巾"],
        ["A2", "2026-10-02", "李四", 60, 50, "帽子"],
    ]
    file = workbook(tmp_path / "sales.xlsx", {"s": rows}, ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"))
    said = begun(run, tmp_path / "shop", file)
    assert "rows 2 and 3 are the header" in said
    assert paid(run, tmp_path / "shop") == (150, 2)
    plain = tmp_path / "sales.csv"
    plain.write_text("\n".join(",".join(str(c or "") for c in row) for row in rows) + "\n", encoding="utf-8")
    begun(run, tmp_path / "plain", plain)
    assert paid(run, tmp_path / "plain") == (150, 2)
    values = run("-w", tmp_path / "plain", "values", "gmv", "--period", "2026-10").json
    assert values[0]["value"] == 170


def test_names_that_repeat_below_two_headings_are_told_apart_by_them(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    file.write_text(
        "订单号,日期,客户,线上,,线下,\n,,,数量,金额,数量,金额\nA1,2026-10-01,张三,1,100,0,0\nA2,2026-10-02,李四,1,50,1,20\n",
        encoding="utf-8",
    )
    out = run("init", tmp_path / "shop", file, "--column", "orders.paid_amount=线上 金额 ", "--yes")
    assert "线上 金额" in out.out + out.err
    begun(run, tmp_path / "shop", file, more=("--column", 'orders.paid_amount="线上 金额" + "线下 金额"'))
    assert paid(run, tmp_path / "shop") == (170, 2)


def test_a_sheet_of_one_header_row_keeps_it(run: Run, tmp_path: Path) -> None:
    """A nameless column of remarks and a first record of texts and blanks make no second header row."""
    file = tmp_path / "sales.csv"
    file.write_text("订单号,日期,客户,实付金额,\nA1,2026-10-01,张三,100,\nA2,2026-10-02,,50,早\n", encoding="utf-8")
    begun(run, tmp_path / "shop", file)
    assert paid(run, tmp_path / "shop") == (150, 2)


MONTHS = {
    "九月": [["日期", "单号", "客户", "实付金额"], ["2026-09-01", "S1", "张三", 10], ["2026-09-30", "S2", "李四", 5]],
    "十月": [["日期", "单号", "客户", "实付金额"], ["2026-10-01", "O1", "张三", 100]],
    "说明": [["谁", "何时"], ["我", "今天"]],
}


def test_sheets_of_months_are_read_together_by_option(run: Run, tmp_path: Path) -> None:
    """15 in September, 100 in October, which was asked about only."""
    file = workbook(tmp_path / "year.xlsx", MONTHS)
    begun(run, tmp_path / "first", file)
    assert paid(run, tmp_path / "first", "2026-09") == (15, 2)
    assert "--all-sheets year.xlsx" in asked(run, tmp_path / "first")
    said = begun(run, tmp_path / "all", file, more=("--all-sheets", "year.xlsx"))
    assert (paid(run, tmp_path / "all", "2026-09"), paid(run, tmp_path / "all")) == ((15, 2), (100, 1))
    assert "sheet '十月': 1 row" in said
    assert "说明 have other columns and are not read" in said
    assert "--all-sheets" not in asked(run, tmp_path / "all")
