"""`init` proposes a list of forms for a time column that is written in several, and asks where a day is not certain."""

from __future__ import annotations

import tomllib
from pathlib import Path

import polars as pl
import pytest

from kpi_tui.book import Book, create_workspace, propose
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.period import Period
from kpi_tui.tables.propose.column_shapes import shape_of
from tests.workspaces import Shop

LISTS = {
    "with and without seconds": (
        ["2026/01/02 10:00", "2026/1/3 9:05", "2026/01/04 10:00:30"],
        ["%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S"],
    ),
    "ISO dates among others": (["2026-01-02", "2026/01/03", "2026年1月4日"], ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]),
    "one cell of a hundred": (
        ["2026/01/02 10:00"] * 99 + ["2026/01/02 10:00:30"],
        ["%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S"],
    ),
    "one cell of a hundred ISO ones": (
        ["2026-01-02 10:00"] * 99 + ["2026/01/02 10:00"],
        ["%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"],
    ),
    "a day beyond the twelfth tells the order": (
        ["13/02/2026 10:00", "01/02/2026 10:00:00"],
        ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"],
    ),
    "a zone in some": (
        ["2025-01-02 10:00 UTC", "2025-01-02 11:00", "2025-01-02 10:00 PST"],
        ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M %Z"],
    ),
    "a zone in one form": (
        ["2025/01/02 10:00 UTC", "2025/01/02 10:00:30"],
        ["%Y/%m/%d %H:%M %Z", "%Y/%m/%d %H:%M:%S"],
    ),
}


def proposed(cells: list[str]) -> tuple[str, list[str]]:
    """The SQL of a time column and what is said about it."""
    shape = shape_of("at", pl.Series(cells))
    return shape.sql.get(ColumnType.DATETIME, ""), shape.notes(ColumnType.DATETIME)


@pytest.mark.parametrize("case", LISTS)
def test_every_cell_has_a_form(case: str) -> None:
    cells, forms = LISTS[case]
    assert proposed(cells) == (f"strptime(at, [{', '.join(map(repr, forms))}])", [])


@pytest.mark.parametrize("zone", ["UTC", "PST", "Asia/Shanghai"])
def test_a_zone_by_its_name_is_a_form_too(zone: str) -> None:
    assert proposed([f"2025/01/02 10:00 {zone}"] * 3) == ("strptime(at, '%Y/%m/%d %H:%M %Z')", [])


def test_iso_with_utc_needs_no_form() -> None:
    assert proposed(["2025-01-02 10:00 UTC", "2025-01-03 11:00"]) == ("at", [])


def test_day_or_month_first_is_asked_with_whole_lists() -> None:
    sql, (note,) = proposed(["03/02/2026 10:00", "01/02/2026 10:00:00"])
    assert sql == "at"
    assert "strptime(at, ['%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S'])" in note
    assert "strptime(at, ['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S'])" in note


@pytest.mark.parametrize(
    "cells",
    [
        ["13/02/2026 10:00", "02/13/2026 10:00:00"],  # the one day first, the other month first
        ["2025/01/02 10:00 CST", "2025/01/02 10:00:30 CST"],  # China or Chicago
        ["13800001111", "+86 138 0000", "010-12345678"],
        ["paid", "open", "sent back"],
    ],
)
def test_what_no_list_reads_is_no_time(cells: list[str]) -> None:
    assert proposed(cells)[0] in ("", "at")
    assert "strptime" not in proposed(cells)[0]


def test_dirt_does_not_make_a_list() -> None:
    sql, (note,) = proposed(["2026-01-02 10:00:00"] * 40 + ["soon"])
    assert sql == "at"
    assert "1 of 41 cells" in note


def test_the_workspace_that_init_writes_reads_every_row(tmp_path: Path) -> None:
    """3 orders of 10 in January, one of them in UTC: 31 January 20:00 is 1 February in Shanghai, so January has 20."""
    file = tmp_path / "订单.csv"
    paid = ["2026/01/02 10:00", "2026/01/03 10:00:05", "2026/01/31 20:00 UTC"]
    rows = [f"o{n},u1,{at},{at},10" for n, at in enumerate(paid)]
    file.write_text("\n".join(["订单号,用户ID,下单时间,支付时间,实付金额", *rows]) + "\n", encoding="utf-8")
    written, _changed = create_workspace(tmp_path / "ws", "Mine", propose([file], timezone="Asia/Shanghai"))
    (tables,) = (path for path in written if path.name == "tables.toml")
    columns = tomllib.loads(tables.read_text(encoding="utf-8"))["tables"]["orders"]["columns"]
    assert columns["paid_at"] == {
        "column": "支付时间",
        "formats": ["%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M %Z", "%Y/%m/%d %H:%M:%S"],
    }
    book = Book.open(tmp_path / "ws", draft=False)
    assert [issue for issue in book.issues if issue.severity == "error"] == []
    assert book.data.profiles()["orders"].rows_kept == 3
    values = book.numbers.values(["paid_amount"], Period.parse("2026-02"), last=2)
    assert [value.value for value in values] == [20, 10]


def checked(shop: Shop, cells: list[str], **columns: str) -> Book:
    rows = [{"order_id": f"o{n}", "user_id": "ann", "at": cell, "paid_amount": 1} for n, cell in enumerate(cells)]
    return shop.has("orders", rows, columns={"created_at": "at", "paid_at": "at", **columns}).book()


def test_check_quotes_every_form_of_a_column_with_its_cells_and_the_list_that_reads_them(shop: Shop) -> None:
    """No cell is an ISO date: three without seconds, two with. The line that is offered reads all five."""
    cells = ["2026/10/01 10:00"] * 3 + ["2026/10/02 10:00:30"] * 2
    (found,) = [one for one in checked(shop, cells).data.check() if one.code == "table"]
    assert found.message == (
        "table orders.created_at: 'at' holds stamps of several forms: "
        "'2026/10/01 10:00' (3 cells) and '2026/10/02 10:00:30' (2 cells)"
    )
    sql = "strptime(at, ['%Y/%m/%d %H:%M', '%Y/%m/%d %H:%M:%S'])"
    assert found.hint == f"write {sql}"
    assert checked(shop, cells, created_at=sql, paid_at=sql).data.profiles()["orders"].rows_kept == 5


def test_a_list_with_day_or_month_first_is_asked_for(shop: Shop) -> None:
    issues = checked(shop, ["03/02/2026 10:00", "01/02/2026 10:00:00"]).data.check()
    (hint,) = [one.hint for one in issues if one.code == "table"]
    assert "strptime(at, ['%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S']) or strptime(at, ['%m/%d/%Y" in hint
    assert hint.endswith("as it is meant")


@pytest.mark.parametrize(
    ("cells", "columns", "said"),
    [
        (
            ["2026-10-01 10:00:00"] * 3 + ["2026/10/02 10:00"],
            {},
            "at: stamps of several forms: '2026/10/02 10:00' (1 cell) and '2026-10-01 10:00:00' (3 cells); "
            "write strptime(at, ['%Y/%m/%d %H:%M', '%Y-%m-%d %H:%M:%S'])",
        ),
        (
            ["2026/10/01 10:00", "2026/10/02 10:00:30"],
            dict.fromkeys(("created_at", "paid_at"), "strptime(at, '%Y/%m/%d %H:%M')"),
            "at: stamps of several forms: '2026/10/01 10:00' (1 cell) and '2026/10/02 10:00:30' (1 cell); "
            "write strptime(at, ['%Y/%m/%d %H:%M', '%Y/%m/%d %H:%M:%S'])",
        ),
        (["2026-10-01 10:00:00"] * 3 + ["soon"], {}, ""),
    ],
)
def test_where_some_cells_are_read_a_note_says_how_all_would_be(
    cells: list[str], columns: dict[str, str], said: str, shop: Shop
) -> None:
    """A cell that is no stamp in any form is only rejected."""
    notes = [one for one in checked(shop, cells, **columns).data.profiles()["orders"].notes if "several forms" in one]
    assert [told for told in notes if told.startswith("at:")] == ([said] if said else [])


def test_no_list_is_named_for_an_hour_that_the_clocks_skipped(shop: Shop) -> None:
    """New York has no 02:30 on 8 March 2026: no list of forms reads it, so none is named."""
    stamps = ("2026-03-08 02:30:00", "2026-11-02 01:30:00", "2026-11-01 05:30:00+00:00", "2026-11-01 03:59:00Z")
    rows = [
        {"order_id": str(n), "user_id": "u", "created_at": at, "paid_at": at, "paid_amount": 10}
        for n, at in enumerate(stamps)
    ]
    shop.has("orders", rows).says(timezone="America/New_York")
    said = [str(issue.message) for issue in shop.book().data.check()]
    assert any("an hour that the clocks skipped" in one for one in said)
    assert not any("several forms" in one for one in said)
