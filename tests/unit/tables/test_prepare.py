"""What a prepared table promises (docs/architecture.md)."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from kpi_tui.definitions.issue import Place, TableError
from kpi_tui.definitions.library.table import ColumnType, TableSource
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.source.changed_files import fingerprint
from tests.table_kit import ORDERS, TODAY, balanced, column, counts, read

FULL = """order_id,user_id,created_at,paid_at,paid_amount,qty,gift,shipped_on,scene
1,u1,2026-10-15 08:26:00,2026-10-15T09:00,1.5,3,yes,2026-10-16, live 
2,u2,2026-10-15,,2,3.0,否,,
"""  # noqa: W291


def test_every_canonical_column_has_its_type_and_stamps_have_their_day(tmp_path: Path) -> None:
    made = read(tmp_path, FULL)
    assert dict(made.frame.collect_schema()) == {
        "order_id": pl.String(),
        "user_id": pl.String(),
        "created_at": pl.Datetime("us"),
        "paid_at": pl.Datetime("us"),
        "paid_amount": pl.Float64(),
        "qty": pl.Int64(),
        "gift": pl.Boolean(),
        "shipped_on": pl.Date(),
        "scene": pl.String(),
        "created_at_day": pl.Date(),
        "paid_at_day": pl.Date(),
        "shipped_on_day": pl.Date(),
    }
    assert column(made, "gift") == [True, False]
    assert column(made, "qty") == [3, 3]
    assert column(made, "scene") == ["live", None]  # blanks around a word are no part of it
    assert column(made, "paid_at_day") == [date(2026, 10, 15), None]


def test_absent_columns_are_typed_nulls_and_named(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,created_at\n1,2026-10-15\n")
    assert made.missing == {"user_id", "paid_at", "paid_amount", "qty", "gift", "shipped_on", "scene"}
    assert set(made.profile.missing_columns) == made.missing
    assert made.frame.collect_schema()["paid_amount"] == pl.Float64()
    assert column(made, "paid_at_day") == [None]


def test_an_unreadable_cell_rejects_its_row_even_where_null_is_allowed(tmp_path: Path) -> None:
    lines = ["1,2026-10-15,x1,1", "2,2026-10-15,2,1", "3,2026-10-15,,1", "4,2026-10-15,2.5,1", "5,2026-02-30,1,1"]
    made = read(tmp_path, "order_id,created_at,qty,paid_amount\n" + "\n".join(lines) + "\n")
    assert column(made, "order_id") == ["2", "3"]
    assert counts(made) == {"qty: no number": 1, "created_at: no date or time": 1, "qty: no whole number": 1}
    examples = {example for item in made.profile.rejected for example in item.examples}
    assert examples == {(2, "x1"), (6, "2026-02-30"), (5, "2.5")}
    assert balanced(made)


def test_at_most_five_examples_are_kept_but_all_are_counted(tmp_path: Path) -> None:
    lines = [f"{i},2026-10-15,{'bad' if i % 2 else 1}" for i in range(40)]
    made = read(tmp_path, "order_id,created_at,paid_amount\n" + "\n".join(lines) + "\n")
    (bad,) = made.profile.rejected
    assert (bad.count, [row for row, _ in bad.examples]) == (20, [3, 5, 7, 9, 11])


def test_rows_without_time_are_rejected_and_rows_without_key_counted(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,created_at\n1,\n,2026-10-15\n2,2026-10-15\n2,2026-10-16\n")
    assert counts(made) == {"no time (created_at is empty)": 1}
    assert made.profile.null_keys == {"order_id": 1}
    assert made.profile.duplicate_keys == 1
    assert made.profile.rows_kept == 3


def test_the_span_and_rows_after_today_are_told(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,created_at\n1,2026-10-15\n2,2027-01-01 10:00:00\n")
    assert (made.profile.first_day, made.profile.last_day) == (date(2026, 10, 15), date(2027, 1, 1))
    assert any(f"1 row lies after today ({TODAY})" in note for note in made.profile.notes)


LINES = """no,who,at,sku,n,price
A1,7,2026-10-15 08:00:00,x,2,1.25
A1,7,2026-10-15 08:05:00,y,1,10
B2,007,2026-10-16 08:00:00,x,4,0.5
C3,9,2026-10-17 08:00:00,x,-1,5
"""
ORDER = {
    "order_id": "no",
    "user_id": "min(who)",
    "created_at": "min(at)",
    "paid_amount": "sum(n * price)",
    "qty": "sum(n)",
    "scene": "case when sum(n) > 3 then 'large' else 'small' end",
    "lines": "count(*)",
    "goods": "count(distinct sku)",
}


def test_lines_are_grouped_to_orders_in_the_order_of_the_file(tmp_path: Path) -> None:
    made = read(tmp_path, LINES, columns=ORDER, where="n > 0", group_by=("no",))
    wanted = ("order_id", "user_id", "created_at", "paid_amount", "qty", "scene", "lines", "goods")
    assert made.frame.select(wanted).collect().rows() == [
        ("A1", "7", datetime(2026, 10, 15, 8), 12.5, 3, "small", 2, 2),
        ("B2", "007", datetime(2026, 10, 16, 8), 2.0, 4, "large", 1, 1),
    ]
    assert (made.profile.rows_read, made.profile.rows_kept, made.profile.filtered) == (4, 3, 1)
    assert any("2 rows after grouping" in note for note in made.profile.notes)


def test_exact_repetitions_of_a_row_count_once_when_the_source_asks_for_it(tmp_path: Path) -> None:
    """Two equal lines of one order; a third differs in its price. Without `distinct` all three are summed."""
    text = "no,who,at,price\n1,ann,2026-10-01,2\n1,ann,2026-10-01,2\n1,ann,2026-10-01,3\n"
    columns = {"order_id": "no", "user_id": "min(who)", "created_at": "min(at)", "paid_amount": "sum(price)"}
    once = read(tmp_path, text, columns=columns, group_by=("no",), distinct=True)
    assert once.frame.collect()["paid_amount"].to_list() == [5.0]
    assert (once.profile.rows_read, once.profile.rows_kept, once.profile.filtered) == (3, 2, 1)
    assert "1 row equal to an earlier one in every column left out (distinct)" in once.profile.notes
    every = read(tmp_path, text, columns=columns, group_by=("no",))
    assert every.frame.collect()["paid_amount"].to_list() == [7.0]
    assert once.fingerprint != every.fingerprint


def test_csv_xlsx_and_parquet_of_one_table_give_the_same_rows(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "no": ["A1", "A1", "B2"],
            "who": [7, 7, 8],
            "at": [datetime(2026, 10, 15, 8), datetime(2026, 10, 15, 8, 5), datetime(2026, 10, 16)],
            "sku": ["x", "y", "x"],
            "n": [2, 1, 4],
            "price": [1.25, 10.0, 0.5],
        }
    )
    frame.write_csv(tmp_path / "o.csv", datetime_format="%Y-%m-%dT%H:%M:%S")
    frame.write_parquet(tmp_path / "o.parquet")
    book = openpyxl.Workbook()
    for row in [frame.columns, *frame.rows()]:
        book.active.append(list(row))
    book.save(tmp_path / "o.xlsx")
    made = [
        read(tmp_path, name=f"o.{kind}", columns=ORDER, group_by=("no",)).frame.collect()
        for kind in ("csv", "parquet", "xlsx")
    ]
    assert made[0].equals(made[1])
    assert made[0].equals(made[2])
    assert made[0]["user_id"].to_list() == ["7", "8"]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("n * price", [2.5, 10.0, 2.0, -5.0]),
        ("abs(n) * price", [2.5, 10.0, 2.0, 5.0]),
        ("coalesce(nullif(n, '4'), '0')", [2.0, 1.0, 0.0, -1.0]),
        ("case when who = '007' then 1 else 0 end", [0.0, 0.0, 1.0, 0.0]),
        ("case when n > 1 then n else price end", [2.0, 10.0, 4.0, 5.0]),
        ("cast(n as int) / 2", [1.0, 0.5, 2.0, -0.5]),
        ("n % 2", [0.0, 1.0, 0.0, -1.0]),
        ("greatest(n, price)", [2.0, 10.0, 4.0, 5.0]),
        ("length(who)", [1.0, 1.0, 3.0, 1.0]),
        ("date_part('day', at)", [15.0, 15.0, 16.0, 17.0]),
        ("case when at >= date '2026-10-16' then 1 else 0 end", [0.0, 0.0, 1.0, 1.0]),
        ("case when n < price then 1 else 0 end", [0.0, 1.0, 0.0, 1.0]),
        ("7", [7.0] * 4),
    ],
)
def test_text_of_a_csv_becomes_what_an_expression_needs(tmp_path: Path, sql: str, expected: list[float]) -> None:
    made = read(tmp_path, LINES, columns={"order_id": "no", "created_at": "at", "paid_amount": sql})
    assert column(made, "paid_amount") == expected


def test_strptime_reads_declared_formats_and_rejects_what_does_not_match(tmp_path: Path) -> None:
    content = "no,at\n1,31/12/2025 08:05\n2,2025-12-31\n3,\n4,01/02/2026 09:00\n"
    made = read(
        tmp_path, content, columns={"order_id": "no", "created_at": "strptime(at, '%d/%m/%Y %H:%M')"}, where="no <> '3'"
    )
    assert column(made, "created_at") == [datetime(2025, 12, 31, 8, 5), datetime(2026, 2, 1, 9)]
    assert made.profile.rejected[0].examples == ((3, "2025-12-31"),)


def test_a_two_digit_year_read_as_four_digits_is_no_date(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="does not match the format"):
        read(tmp_path, "no,at\n1,31/12/25\n", columns={"order_id": "no", "created_at": "strptime(at, '%d/%m/%Y')"})


def test_strptime_keeps_fractions_of_a_second(tmp_path: Path) -> None:
    sql = "strptime(at, '%Y/%m/%d %H:%M:%S.%f')"
    made = read(tmp_path, "no,at\n1,2026/10/15 08:00:05.123\n", columns={"order_id": "no", "created_at": sql})
    assert column(made, "created_at") == [datetime(2026, 10, 15, 8, 0, 5, 123_000)]


def test_extra_columns_come_as_they_are_or_as_their_declared_type(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        LINES,
        columns={
            "order_id": "no",
            "created_at": "at",
            "buyer": "who",
            "pieces": "n",
            "code": "n",
            "Seller Name": "'x'",
        },
        types={"code": ColumnType.STR},
    )
    assert column(made, "buyer") == ["7", "7", "007", "9"]  # one leading zero: an id
    assert column(made, "pieces") == [2, 1, 4, -1]
    assert column(made, "code") == ["2", "1", "4", "-1"]
    assert column(made, "Seller Name") == ["x"] * 4


def test_float_ids_of_parquet_lose_their_point_zero(tmp_path: Path) -> None:
    pl.DataFrame({"order_id": [17850.0, None], "created_at": [datetime(2026, 10, 1)] * 2}).write_parquet(
        tmp_path / "o.parquet"
    )
    assert column(read(tmp_path, name="o.parquet"), "order_id") == ["17850", None]


def test_headers_with_blanks_and_chinese_names_can_be_mapped(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        "订单号;下单 时间;unit price\n001;2026-10-15 10:00:00;2.5\n",
        columns={"order_id": "订单号", "created_at": '"下单 时间"', "paid_amount": '"unit price" * 2'},
    )
    assert made.frame.select("order_id", "created_at", "paid_amount").collect().rows() == [
        ("001", datetime(2026, 10, 15, 10), 5.0)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
def test_the_delimiter_is_seen_from_the_header(tmp_path: Path, delimiter: str) -> None:
    content = "order_id,created_at,paid_amount\n 1,2026-10-15,2.5\n 22,2026-10-16,3\n".replace(",", delimiter)
    made = read(tmp_path, content if delimiter != "," else content.replace(" ", ""))
    assert column(made, "paid_amount") == [2.5, 3.0]


def test_settings_stand_for_their_names(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(LINES)
    source = TableSource("orders", ("o.csv",), columns={"order_id": "no", "created_at": "at"}, where="price > :floor")
    made = prepare(source, ORDERS, data=tmp_path, roots=(), timezone="UTC", settings={"floor": 4}, today=TODAY)
    assert column(made, "order_id") == ["A1", "C3"]
    with pytest.raises(TableError, match="unknown setting :floor"):
        prepare(source, ORDERS, data=tmp_path, roots=(), timezone="UTC", today=TODAY)


def test_an_error_stands_at_its_line_of_tables_toml(tmp_path: Path) -> None:
    place = Place("tables.toml", 7, "tables.orders.where")
    with pytest.raises(TableError) as caught:
        read(tmp_path, LINES, where="nn > 0", places={"where": place})
    (issue,) = caught.value.issues
    assert (issue.file, issue.line, issue.key) == ("tables.toml", 7, "tables.orders.where")
    assert "unknown column 'nn'" in issue.message


@pytest.mark.parametrize(
    "sql", ["n * ", "n; drop table x", "(select 1)", "read_parquet('x')", "sum(n) over (", "n in (select n from file)"]
)
def test_hostile_or_broken_sql_is_one_sentence(tmp_path: Path, sql: str) -> None:
    with pytest.raises(TableError, match=r"tables\.toml: table orders\.paid_amount"):
        read(tmp_path, LINES, columns={"order_id": "no", "created_at": "at", "paid_amount": sql})


def test_columns_outside_the_group_must_be_aggregated(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"'who' is neither in group_by.*min\(who\)"):
        read(tmp_path, LINES, columns={**ORDER, "user_id": "who"}, group_by=("no",))


def test_several_files_are_told_apart_in_examples(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order_id,created_at,qty\n1,2026-10-15,1\n2,2026-10-15,x\n")
    (tmp_path / "b.csv").write_text("order_id,created_at,qty\n3,2026-10-15,y\n4\n")
    made = read(tmp_path, paths=("?.csv",))
    assert {example for item in made.profile.rejected for example in item.examples} == {
        (3, "a.csv: x"),
        (2, "b.csv: y"),
        (3, "b.csv: 4"),
    }
    assert made.profile.rows_read == 4


def test_progress_is_told_file_by_file_and_may_cancel(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order_id,created_at\n1,2026-10-15\n")
    (tmp_path / "b.csv").write_text("order_id,created_at\n2,2026-10-15\n")
    said: list[tuple[str, int, int]] = []
    source = TableSource("orders", ("?.csv",))
    prepare(source, ORDERS, data=tmp_path, roots=(), timezone="UTC", progress=lambda *step: said.append(step))
    assert said == [("a.csv", 0, 2), ("b.csv", 1, 2)]

    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(source, ORDERS, data=tmp_path, roots=(), timezone="UTC", progress=stop)


def test_the_fingerprint_changes_with_files_and_mapping_only(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(LINES)
    source = TableSource("orders", ("*.csv",), columns={"order_id": "no", "created_at": "at"})
    first = fingerprint(source, tmp_path)
    assert first == fingerprint(source, tmp_path)
    assert first == prepare(source, ORDERS, data=tmp_path, roots=(), timezone="UTC").fingerprint
    os.utime(tmp_path / "o.csv", ns=(1, 1))
    second = fingerprint(source, tmp_path)
    (tmp_path / "p.csv").write_text(LINES)
    third = fingerprint(source, tmp_path)
    other = fingerprint(TableSource("orders", ("*.csv",), columns={"order_id": "sku", "created_at": "at"}), tmp_path)
    assert len({first, second, third, other}) == 4


def test_an_unknown_time_zone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"orders\.timezone: unknown time zone 'Asia/Shangai'"):
        read(tmp_path, LINES, timezone="Asia/Shangai")


def test_a_file_with_a_header_only_is_an_empty_table(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,created_at,paid_amount\n")
    assert made.frame.collect().height == 0
    assert made.frame.collect_schema()["created_at"] == pl.Datetime("us")
    assert any("no rows" in note for note in made.profile.notes)


def test_a_sheet_is_chosen_by_name_and_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "notes"
    sheet = book.create_sheet("订单")
    for cell, value in {"B3": "order_id", "C3": "created_at", "D3": "qty", "B4": "1", "C4": datetime(2026, 10, 1),
                        "D4": "x", "B6": "2", "C6": datetime(2026, 10, 2, 3, 4, 5), "D6": 2}.items():  # fmt: skip
        sheet[cell] = value
    book.save(tmp_path / "o.xlsx")
    made = read(tmp_path, name="o.xlsx", sheet="订单")
    assert column(made, "created_at") == [datetime(2026, 10, 2, 3, 4, 5)]
    assert {(item.reason, item.examples[0]) for item in made.profile.rejected} == {
        ("qty: no number", (4, "x")),
        ("blank row", (5, "")),
    }
    with pytest.raises(TableError, match="no sheet 'x'; it has notes, 订单"):
        read(tmp_path, name="o.xlsx", sheet="x")


def test_text_and_typed_files_of_one_table_go_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order_id,created_at,paid_amount\n007,2026-10-15 08:00:00,1.5\n")
    typed = pl.DataFrame({"order_id": [8], "created_at": [datetime(2026, 10, 15, 20)], "paid_amount": [2]})
    typed.with_columns(pl.col("created_at").dt.replace_time_zone("UTC")).write_parquet(tmp_path / "b.parquet")
    made = read(tmp_path, paths=("a.csv", "b.parquet"))
    assert made.frame.select("order_id", "created_at", "paid_amount").collect().rows() == [
        ("007", datetime(2026, 10, 15, 8), 1.5),
        ("8", datetime(2026, 10, 16, 4), 2.0),
    ]


def test_the_fingerprint_knows_the_settings_a_mapping_names(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(LINES)
    source = TableSource("orders", ("o.csv",), where="price > :floor")
    stamps = {fingerprint(source, tmp_path, (), {"floor": floor, "other": floor}) for floor in (1, 2)}
    assert len(stamps) == 2
    plain = TableSource("orders", ("o.csv",))
    assert fingerprint(plain, tmp_path, (), {"floor": 1}) == fingerprint(plain, tmp_path, (), {"floor": 2})


@pytest.mark.parametrize("delimiter", ["]", "^", "\\", "."])
def test_any_single_character_may_be_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    content = 'order_id,created_at,scene\n1,2026-10-15,"a,b"\n2,2026-10-15,x\n'.replace(",", delimiter)
    made = read(tmp_path, content, delimiter=delimiter)
    assert column(made, "scene") == [f"a{delimiter}b", "x"]
