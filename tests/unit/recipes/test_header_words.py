"""Header words of recipes, and cells as exports of platforms print them."""

from __future__ import annotations

import polars as pl

from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.tables.mapping.timestamps import Zones, to_stamp
from kpi_tui.tables.propose.column_shapes import shape_of
from kpi_tui.tables.propose.header_words import columns_meant, currencies_said


def test_a_word_means_the_header_with_a_unit_too_and_two_columns_where_it_says_so() -> None:
    headers = ["Date", "Time", "Amount spent (USD)", "消耗（元）", "成交额(万元)"]
    names = {"at": ("Stamp", "Date + Time"), "spend": ("Amount spent",), "cost": ("消耗",), "sales": ("成交额",)}
    assert columns_meant(names, headers) == {
        "at": ("Date", "Time"),
        "spend": ("Amount spent (USD)",),
        "cost": ("消耗（元）",),
    }


def test_the_header_as_written_comes_before_the_one_with_a_unit() -> None:
    assert columns_meant({"cost": ("Cost",)}, ["Cost (USD)", "Cost"]) == {"cost": ("Cost",)}


def test_units_of_headers_say_the_currency() -> None:
    assert currencies_said(["Amount spent (USD)", "Clicks (All)", "Day"]) == {"USD"}
    assert currencies_said(["消耗（元）"]) == {"CNY"}
    assert currencies_said(["Created (UTC)"]) == set()


def test_a_dash_stands_for_nothing_and_brackets_for_minus() -> None:
    shape = shape_of("cost", pl.Series(["1,200.50", "(12.00)", "--"]))
    sql = "nullif(cost, '--')"
    for old, new in (("(", "-"), (")", ""), (",", "")):
        sql = f"replace({sql}, '{old}', '{new}')"
    assert shape.sql[ColumnType.FLOAT] == sql
    assert shape.sql[ColumnType.STR] == "cost"


def test_a_column_of_dashes_alone_is_as_an_empty_one() -> None:
    sql = shape_of("cost", pl.Series(["--", "--"])).sql
    assert (sql[ColumnType.FLOAT], sql[ColumnType.STR]) == ("nullif(cost, '--')", "cost")


def test_stamps_with_the_name_of_their_zone_are_read() -> None:
    """15 October is day 15 in any order; 09:00 in Los Angeles (PDT, UTC-7) is 16:00 UTC, 09:00 at +08:00 is 01:00."""
    shape = shape_of("at", pl.Series(["10/15/2026 09:00:00 PDT"]))
    assert shape.sql[ColumnType.DATETIME] == "strptime(at, '%m/%d/%Y %H:%M:%S %Z')"
    cells = pl.Series(["10/15/2026 09:00:00 PDT", "10/15/2026 09:00:00 GMT+08:00"])
    read = to_stamp(cells, Zones("", "UTC"), "%m/%d/%Y %H:%M:%S %Z").values
    assert read.dt.strftime("%H:%M").to_list() == ["16:00", "01:00"]
