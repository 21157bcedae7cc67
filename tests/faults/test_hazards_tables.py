"""One test per way in which reading a file could lose or change a number; expected values by construction."""

from __future__ import annotations

import csv
import io
import math
import os
import random
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
import pytest

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import ColumnType, TableSource
from kpi_tui.tables.source.csv.whole_file import read_csv
from tests.table_kit import balanced, column, counts, read

HEADER = "order_id,user_id,created_at,paid_amount"


def rows(count: int) -> list[str]:
    return [f"o{i:05d},u{i % 50},2026-10-{i % 28 + 1:02d} 12:00:00,{i}.5" for i in range(count)]


def text(lines: list[str], header: str = HEADER) -> str:
    return "\n".join([header, *lines]) + "\n"


def test_one_stray_quote_loses_only_its_own_row(tmp_path: Path) -> None:
    lines = rows(20_000)
    lines[99] = 'o00099,"u49,2026-10-16 12:00:00,99.5'
    made = read(tmp_path, text(lines))
    assert made.profile.rows_read == 20_000
    assert made.profile.rows_kept == 19_999
    (stray,) = made.profile.rejected
    assert (stray.count, stray.examples[0]) == (1, (101, lines[99]))
    assert sum(column(made, "paid_amount")) == sum(i + 0.5 for i in range(20_000) if i != 99)


def test_two_opening_quotes_do_not_swallow_the_rows_between_them(tmp_path: Path) -> None:
    lines = rows(1_000)
    lines[100] = 'o00100,"u0,2026-10-17 12:00:00,100.5'
    lines[300] = 'o00300,"u0,2026-10-21 12:00:00,300.5'
    made = read(tmp_path, text(lines))
    assert (made.profile.rows_read, made.profile.rows_kept) == (1_000, 998)
    assert [row for row, _ in made.profile.rejected[0].examples] == [102, 302]
    assert sum(column(made, "paid_amount")) == sum(i + 0.5 for i in range(1_000) if i not in (100, 300))


def test_quotes_commas_and_line_breaks_inside_cells_are_read_as_the_csv_module_reads_them(tmp_path: Path) -> None:
    written = io.StringIO()
    writer = csv.writer(written)
    cells = ['say "hi"', "a,b", "two\nlines", 'mixed "x",\ny', "北京\r\n上海", '5" pipe', ""]
    writer.writerow([*HEADER.split(","), "scene"])
    for number, cell in enumerate(cells):
        writer.writerow([f"o{number}", "u", "2026-10-01 00:00:00", number, cell])
    made = read(tmp_path, written.getvalue())
    assert column(made, "scene") == [cell or None for cell in cells]
    assert made.profile.rows_read == len(cells)


def test_text_after_a_thousand_numeric_excel_rows_survives(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["order_id", "user_id", "created_at", "paid_amount"])
    for number in range(1_500):
        sheet.append([number, number, datetime(2026, 10, 1), 1])
    sheet.append(["A-1", "late", datetime(2026, 10, 2), 1])
    book.save(tmp_path / "orders.xlsx")
    made = read(tmp_path, name="orders.xlsx")
    assert column(made, "order_id")[-1] == "A-1"
    assert column(made, "user_id")[-2:] == ["1499", "late"]
    assert made.profile.rows_kept == 1_501


def test_excel_error_cells_reject_their_row_instead_of_becoming_null(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["order_id", "user_id", "created_at", "paid_amount"])
    sheet.append(["1", "u", datetime(2026, 10, 1), 2.5])
    sheet.append(["2", "u", datetime(2026, 10, 1), "#N/A"])
    sheet["D3"].data_type = "e"
    book.save(tmp_path / "orders.xlsx")
    made = read(tmp_path, name="orders.xlsx")
    assert column(made, "paid_amount") == [2.5]
    assert made.profile.rejected[0].examples == ((3, "#N/A"),)


@pytest.mark.parametrize("name", ["orders.csv", "orders.xlsx", "orders.parquet"])
def test_ids_with_leading_zeros_and_twenty_digits_stay_apart(tmp_path: Path, name: str) -> None:
    ids = ["00123", "123", "12345678901234567890", "12345678901234567891", "1234567890123456789"]
    table = {"order_id": ids, "user_id": ids, "created_at": ["2026-10-01"] * 5, "paid_amount": ["1"] * 5}
    if name.endswith("csv"):
        pl.DataFrame(table).write_csv(file := io.BytesIO())
        made = read(tmp_path, file.getvalue())
    elif name.endswith("parquet"):
        pl.DataFrame(table).write_parquet(tmp_path / name)
        made = read(tmp_path, name=name)
    else:
        book = openpyxl.Workbook()
        for row in [list(table), *zip(*table.values(), strict=True)]:
            book.active.append(list(row))
        book.save(tmp_path / name)
        made = read(tmp_path, name=name)
    assert column(made, "order_id") == ids


def test_ids_read_through_an_aggregate_stay_text(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        "no,who,at,price\n001,00123,2026-10-01,2\n001,00123,2026-10-01,3\n",
        columns={"order_id": "no", "user_id": "min(who)", "created_at": "min(at)", "paid_amount": "sum(price)"},
        group_by=("no",),
    )
    assert made.frame.select("order_id", "user_id", "paid_amount").collect().rows() == [("001", "00123", 5.0)]


def test_short_long_and_blank_rows_are_counted_and_shown_with_their_row_number(tmp_path: Path) -> None:
    good = "o1,u,2026-10-01,1"
    made = read(tmp_path, text([good, "o2,u", "", "o3,u,2026-10-01,1,extra", ",,,", good.replace("o1", "o4")]))
    assert column(made, "order_id") == ["o1", "o4"]
    assert {reason.split(" (")[0]: count for reason, count in counts(made).items()} == {
        "too few cells": 1,
        "too many cells": 1,
        "blank row": 2,
    }
    assert sorted(example for item in made.profile.rejected for example in item.examples) == [
        (3, "o2,u"),
        (4, ""),
        (5, "o3,u,2026-10-01,1,extra"),
        (6, ",,,"),
    ]
    assert balanced(made)


def test_a_total_row_is_noted_and_the_workspace_can_leave_it_out(tmp_path: Path) -> None:
    content = text(["o1,u,2026-10-01,1", "o2,u,2026-10-01,2", "合计,,2026-10-01,3"])
    noted = read(tmp_path, content)
    assert sum(column(noted, "paid_amount")) == 6
    assert any("row 4" in note and "合计" in note for note in noted.profile.notes)
    without = read(tmp_path, content, where="order_id <> '合计'")
    assert sum(column(without, "paid_amount")) == 3
    assert without.profile.filtered == 1
    assert not any("合计" in note for note in without.profile.notes)


def test_day_or_month_first_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    content = text(["o1,u,01/02/2026,1", "o2,u,13/02/2026,1"])
    with pytest.raises(TableError, match=r"created_at.*01/02/2026.*strptime\(created_at, '%d/%m/%Y'\)"):
        read(tmp_path, content)
    made = read(tmp_path, content, columns={"created_at": "strptime(created_at, '%d/%m/%Y')"})
    assert column(made, "created_at_day") == [date(2026, 2, 1), date(2026, 2, 13)]


def test_stamps_with_an_offset_fall_on_the_day_of_the_workspace_zone(tmp_path: Path) -> None:
    stamps = ["2026-10-15T23:30:00+08:00", "2026-10-15T23:30:00Z", "2026-10-15 12:00:00-05:30", "2026-10-15 23:30:00"]
    made = read(tmp_path, text([f"o{i},u,{stamp},1" for i, stamp in enumerate(stamps)]))
    assert column(made, "created_at") == [
        datetime(2026, 10, 15, 23, 30),
        datetime(2026, 10, 16, 7, 30),
        datetime(2026, 10, 16, 1, 30),
        datetime(2026, 10, 15, 23, 30),
    ]
    assert column(made, "created_at_day") == [date(2026, 10, 15), *[date(2026, 10, 16)] * 2, date(2026, 10, 15)]


def test_parquet_stamps_with_a_zone_become_local_and_naive(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"order_id": ["1"], "user_id": ["u"], "created_at": [datetime(2026, 10, 15, 20)], "paid_amount": [1.0]}
    )
    frame.with_columns(pl.col("created_at").dt.replace_time_zone("UTC")).write_parquet(tmp_path / "o.parquet")
    made = read(tmp_path, name="o.parquet")
    assert column(made, "created_at") == [datetime(2026, 10, 16, 4)]


def test_clock_changes_of_new_york_are_handled_and_counted(tmp_path: Path) -> None:
    """zoneinfo with fold = 0 (PEP 495) says what the hour that came twice means; the one that was skipped is none."""
    stamps = ["2026-11-01 01:30:00", "2026-07-01 00:00:00", "2026-03-08 03:00:00"]
    content = text([f"o{i},u,{stamp},1" for i, stamp in enumerate([*stamps, "2026-03-08 02:30:00"])])
    made = read(tmp_path, content, timezone="UTC", zone="America/New_York")
    zone = ZoneInfo("America/New_York")
    expected = [datetime.fromisoformat(s).replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) for s in stamps]
    assert column(made, "created_at") == expected
    assert any("1 stamp lies in an hour that a clock change repeats" in note for note in made.profile.notes)
    (skipped,) = made.profile.rejected
    assert skipped.reason == "created_at: an hour that the clocks skipped"
    assert skipped.examples == ((5, "2026-03-08 02:30:00"),)


@pytest.mark.parametrize("cell", ["NaN", "nan", "inf", "-Infinity"])
def test_nan_and_infinity_are_null_and_counted_and_do_not_poison_a_sum(tmp_path: Path, cell: str) -> None:
    made = read(tmp_path, text(["o1,u,2026-10-01,1", f"o2,u,2026-10-01,{cell}"]))
    assert column(made, "paid_amount") == [1.0, None]
    assert any("NaN or infinite" in note for note in made.profile.notes)


def test_nan_in_parquet_is_null_and_counted(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "order_id": ["1", "2"],
            "user_id": ["u", "u"],
            "created_at": [datetime(2026, 10, 1)] * 2,
            "paid_amount": [1.0, math.nan],
        }
    )
    frame.write_parquet(tmp_path / "o.parquet")
    made = read(tmp_path, name="o.parquet")
    assert column(made, "paid_amount") == [1.0, None]
    assert any("paid_amount: 1 cell is" in note for note in made.profile.notes)


def test_reordered_headers_of_several_files_are_matched_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order_id,user_id,created_at,paid_amount\n1,u1,2026-10-01,5\n")
    (tmp_path / "b.csv").write_text("paid_amount,created_at,user_id,order_id\n7,2026-10-02,u2,2\n")
    made = read(tmp_path, paths=("*.csv",))
    assert made.frame.select("order_id", "user_id", "paid_amount").collect().rows() == [
        ("1", "u1", 5.0),
        ("2", "u2", 7.0),
    ]


def test_counts_are_signed_so_that_a_difference_may_be_negative(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        text(["o1,u,2026-10-01,1"]),
        columns={"order_id": "order_id", "created_at": "min(created_at)", "qty": "count(*)"},
        group_by=("order_id",),
    )
    difference = made.frame.select(pl.col("qty") - 5).collect().item()
    assert difference == -4


def test_a_sum_of_large_whole_numbers_does_not_wrap_around(tmp_path: Path) -> None:
    big = 4 * 10**18
    frame = pl.DataFrame({"order_id": ["1"] * 3, "v": [big] * 3, "created_at": [datetime(2026, 10, 1)] * 3})
    frame.write_parquet(tmp_path / "o.parquet")
    made = read(
        tmp_path,
        name="o.parquet",
        columns={"order_id": "order_id", "created_at": "min(created_at)", "paid_amount": "sum(v)"},
        group_by=("order_id",),
    )
    assert column(made, "paid_amount") == [3.0 * big]


def test_utf16_with_its_mark_is_read_and_named(tmp_path: Path) -> None:
    made = read(tmp_path, text(["o1,用户,2026-10-01,1"]).encode("utf-16"))
    assert (column(made, "user_id"), made.profile.encoding) == (["用户"], "utf-16")


def test_utf16_without_its_mark_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="UTF-16"):
        read(tmp_path, text(["o1,u,2026-10-01,1"]).encode("utf-16-le"))


def test_bare_carriage_returns_are_read_and_named(tmp_path: Path) -> None:
    made = read(tmp_path, text(["o1,u,2026-10-01,1", "o2,u,2026-10-01,2"]).replace("\n", "\r"))
    assert column(made, "order_id") == ["o1", "o2"]
    assert any("(CR)" in note for note in made.profile.notes)


def _zip(*names: str) -> bytes:
    """The same bytes whenever they are made: without its own date an entry is stamped with the clock."""
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, date_time=(2026, 10, 1, 0, 0, 0)), "x")
    return file.getvalue()


ODS = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9_000) + "EncryptedPackage".encode("utf-16-le") + bytes(9)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(_zip("a.csv"), "zip archive", id="zip"),
        pytest.param(_zip("[Content_Types].xml", "xl/workbook.xml"), r"Excel workbook \(\.xlsx\)", id="xlsx"),
        pytest.param(b"\xef\xbb\xbf\n<!DOCTYPE html><html></html>", "HTML", id="html-with-bom"),
        pytest.param(b"<table><tr><td>1</td></tr></table>", "HTML", id="html-table"),
        pytest.param(b"PAR1xxxx", "Parquet", id="parquet"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"\.xls\)", id="xls"),
        pytest.param(_zip("xl/workbook.bin"), r"binary Excel workbook \(\.xlsb\), not CSV; save it as", id="xlsb"),
        pytest.param(_zip("a.csv")[:-9], "damaged zip archive, not CSV; export it again", id="cut-off-zip"),
        pytest.param(b"PK\x05\x06" + bytes(18), "zip archive", id="empty-zip"),
        pytest.param(LOCKED, "an Excel workbook with a password, not CSV; save it without one", id="password"),
        pytest.param(ODS, r"OpenDocument file \(\.ods\), not CSV; save it as \.xlsx or CSV", id="ods"),
        pytest.param(b"PARE" + bytes(100), "an encrypted Parquet file", id="encrypted"),
        pytest.param(b"\x01" + bytes(100), "binary data", id="zeros"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n\r\n", "empty", id="bom-and-blank-lines"),
        pytest.param(b"a,b\n\x00\x01\x02\x00\n", "binary", id="binary"),
    ],
)
def test_a_file_that_is_no_csv_is_named_for_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(TableError, match=rf"orders\.csv.*{said}"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(_zip("xl/workbook.bin"), r"is a binary Excel workbook \(\.xlsb\); save it as \.xlsx", id="xlsb"),
        pytest.param(_zip("word/document.xml"), "is a zip archive; unpack it first", id="docx"),
        pytest.param(LOCKED, "is an Excel workbook with a password; save it without one", id="password"),
        pytest.param(ODS, r"is an OpenDocument file \(\.ods\); save it as \.xlsx or CSV", id="ods"),
        pytest.param(_zip("xl/workbook.xml")[:-9], "not an Excel workbook that can be read", id="cut off"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "orders.xlsx").write_bytes(content)
    with pytest.raises(TableError, match=rf"orders\.xlsx: .*{said}"):
        read(tmp_path, name="orders.xlsx")


def test_gbk_is_read_and_said(tmp_path: Path) -> None:
    made = read(tmp_path, text(["o1,张三,2026-10-01,1"]).encode("gbk"))
    assert (column(made, "user_id"), made.profile.encoding) == (["张三"], "gb18030")


def test_a_byte_of_no_known_encoding_names_file_and_row(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"orders\.csv: row 3: byte 0xa3 .*encoding"):
        read(tmp_path, text(["o1,u,2026-10-01,1", "o2,£,2026-10-01,1"]).encode("cp1252"))


def test_damaged_utf8_is_not_taken_for_gbk(tmp_path: Path) -> None:
    content = text([f"o{i},会员甲乙丙丁戊己庚辛,2026-10-01,1" for i in range(20)]).encode()
    broken = content.replace("辛".encode(), "辛".encode()[:2], 1)
    with pytest.raises(TableError, match=r"row 2: byte .* is not UTF-8"):
        read(tmp_path, broken)


def test_bit_flips_in_parquet_never_raise_anything_but_a_table_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = random.Random(7)
    frame = pl.DataFrame(
        {
            "order_id": [str(i) for i in range(300)],
            "user_id": ["u"] * 300,
            "created_at": [datetime(2026, 10, 1)] * 300,
            "paid_amount": [float(i) for i in range(300)],
        }
    )
    frame.write_parquet(tmp_path / "good.parquet")
    good = (tmp_path / "good.parquet").read_bytes()
    refused = 0
    for _ in range(200):
        broken = bytearray(good)
        broken[source.randrange(len(good))] ^= 1 << source.randrange(8)
        try:
            read(tmp_path, bytes(broken), name="bad.parquet")
        except TableError:
            refused += 1
    assert refused > 0
    assert capfd.readouterr().err == ""


def test_a_null_filter_leaves_rows_out_as_sql_says(tmp_path: Path) -> None:
    made = read(
        tmp_path, text(["o1,u1,2026-10-01,1", "o2,,2026-10-01,1", "o3,u3,2026-10-01,1"]), where="user_id <> 'u1'"
    )
    assert (column(made, "order_id"), made.profile.filtered) == (["o3"], 2)


def test_a_cell_the_filter_cannot_read_rejects_the_row_instead_of_filtering_it(tmp_path: Path) -> None:
    made = read(
        tmp_path, text(["o1,u,2026-10-01,1", "o2,u,2026-10-01,n/a", "o3,u,2026-10-01,9"]), where="paid_amount > 2"
    )
    assert (made.profile.filtered, counts(made)) == (1, {"paid_amount: no number": 1})
    assert made.profile.rejected[0].examples == ((3, "n/a"),)


def test_thousands_separators_are_refused_with_a_hint_and_read_when_replaced(tmp_path: Path) -> None:
    content = text([f'o{i},u,2026-10-01,"{i},000.5"' for i in range(1, 5)])
    with pytest.raises(TableError, match=r"replace\(paid_amount, ',', ''\)"):
        read(tmp_path, content)
    made = read(tmp_path, content, columns={"paid_amount": "replace(paid_amount, ',', '')"})
    assert sum(column(made, "paid_amount")) == 10_002.0


def test_a_header_name_that_stands_twice_may_not_be_mapped(tmp_path: Path) -> None:
    content = "order_id,amount,created_at,amount\n1,2,2026-10-01,3\n"
    with pytest.raises(TableError, match="'amount' stands twice"):
        read(tmp_path, content, columns={"paid_amount": "amount"})
    assert column(read(tmp_path, content, columns={"paid_amount": "amount_2"}), "paid_amount") == [3.0]


def test_links_globs_pipes_and_addresses_cannot_leave_the_data_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.csv").write_text(text(["o1,u,2026-10-01,1"]))
    (inside / "link.csv").symlink_to(outside / "secret.csv")
    os.mkfifo(inside / "pipe.csv")
    cases = {
        "link.csv": "lies outside",
        "l*.csv": "lies outside",
        "../out/secret.csv": "lies outside",
        "pipe.csv": "not a regular file",
        "https://example.org/a.csv": "address",
        "none*.csv": "no file matches",
    }
    for path, said in cases.items():
        with pytest.raises(TableError, match=rf"tables\.toml: table orders: .*{said}"):
            read(inside, paths=(path,))


def test_every_problem_of_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(
            tmp_path,
            text(["o1,u,2026-10-01,1"]),
            where="pay_amount > 1",
            columns={"user_id": "usr_id", "qty": "sum(paid_amount)", "scene": "read_csv('/etc/passwd')"},
            types={"scene": ColumnType.STR},
        )
    said = " / ".join(f"{issue.message}; {issue.hint}" for issue in caught.value.issues)
    assert len(caught.value.issues) == 4
    assert "did you mean 'paid_amount'?" in said
    assert "did you mean 'user_id'?" in said
    assert "aggregate" in said
    assert "table orders.scene" in said


def test_western_text_that_passes_as_gbk_is_doubted_and_chinese_is_not(tmp_path: Path) -> None:
    western = read(tmp_path, text(["o1,Zürich,2026-10-01,1", "o2,Müller,2026-10-01,1"]).encode("cp1252"))
    assert any("cp1252" in note for note in western.profile.notes)
    declared = read(tmp_path, encoding="cp1252")
    assert (column(declared, "user_id"), declared.profile.notes) == (["Zürich", "Müller"], ())
    chinese = read(tmp_path, text(["o1,张三,2026-10-01,1", "o2,A店,2026-10-01,1"]).encode("gb18030"))
    assert chinese.profile.notes == ()


def test_commas_at_the_end_of_every_line_are_no_columns(tmp_path: Path) -> None:
    """Spreadsheets add them by the thousand; a nameless column with one cell stays."""
    more = "," * 3_000
    lines = ["order_id,created_at,paid_amount" + more, "1,2026-10-01,5" + more, "2,2026-10-02,7,x" + more[1:]]
    (tmp_path / "orders.csv").write_text("\n".join(lines) + "\n")
    made = read(tmp_path, name="orders.csv")
    assert column(made, "paid_amount") == [5, 7]
    raw = read_csv(tmp_path / "orders.csv", TableSource("orders", ("orders.csv",)))
    assert raw.columns == ("order_id", "created_at", "paid_amount", "column_4")


def test_true_is_no_amount(tmp_path: Path) -> None:
    """A flag mapped as an amount was summed as 1; who means that writes a cast."""
    rows = {"order_id": ["1", "2", "3"], "created_at": [datetime(2026, 10, 1)] * 3, "paid_amount": [True, False, True]}
    pl.DataFrame(rows).write_parquet(tmp_path / "orders.parquet")
    with pytest.raises(TableError, match=r"holds True, which is no number; write cast\(paid_amount as int\)"):
        read(tmp_path, name="orders.parquet")
    columns = {"order_id": "order_id", "created_at": "created_at", "paid_amount": "cast(paid_amount as int)"}
    assert column(read(tmp_path, name="orders.parquet", columns=columns), "paid_amount") == [1, 0, 1]


SAID = [
    ("big5", "王大明 台北市信義區 藍牙耳機 保溫杯 羽絨外套 筆記型電腦", "Big5"),
    ("cp932", "東京都渋谷区 注文番号 ワイヤレスイヤホン カバー", "Shift-JIS"),
    ("cp949", "김민수 서울특별시 강남구 블루투스 이어폰 여성 원피스", "EUC-KR"),
    ("gb18030", "深圳市南山区 蓝牙耳机 羽绒服 保温杯 洗面奶 蚕丝被 螺蛳粉", ""),
    ("gb18030", "王伟 李娜 张敏 刘洋 陈静 杨磊 赵军 黄勇 周艳 吴杰 徐娟", ""),
]


@pytest.mark.parametrize(("encoding", "words", "script"), SAID)
def test_scripts_that_pass_as_gb18030_are_doubted_aloud(tmp_path: Path, encoding: str, words: str, script: str) -> None:
    """Python's own codecs wrote the bytes; every one of these is valid GB18030."""
    lines = ["order_id,created_at,paid_amount,note", *(f"{n},2026-10-01,5,{words}" for n in range(5))]
    content = "\n".join(lines).encode(encoding)
    content.decode("gb18030")
    (tmp_path / "orders.csv").write_bytes(content)
    notes = " ".join(read(tmp_path, name="orders.csv").profile.notes)
    assert (
        (f"it looks like {script} (" in notes and f'encoding = "{encoding}"' in notes)
        if script
        else "looks like" not in notes
    )


GOOD = text(rows(2))


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf32_with_its_mark_is_read_and_named(tmp_path: Path, encoding: str) -> None:
    """Its mark begins with that of UTF-16, so that every other character was a NUL."""
    made = read(tmp_path, ("\ufeff" if encoding != "utf-32" else "").encode(encoding) + GOOD.encode(encoding))
    assert column(made, "paid_amount") == [0.5, 1.5]
    assert made.profile.encoding == "utf-32"


@pytest.mark.parametrize("encoding", ["undefined", "rot13", "base64", "punycode", "unicode_escape", "no-such"])
def test_what_python_calls_an_encoding_and_no_file_has_is_named(tmp_path: Path, encoding: str) -> None:
    """`undefined` raised what nobody expected, `unicode_escape` made control characters of plain text."""
    with pytest.raises(TableError, match=rf"unknown encoding '{encoding}'; known are utf-8"):
        read(tmp_path, GOOD, encoding=encoding)


@pytest.mark.parametrize("delimiter", ["，", "\x1b", '"', "\n", "\x00", "；"])
def test_a_sign_that_cannot_part_cells_is_named(tmp_path: Path, delimiter: str) -> None:
    """The comma of a Chinese keyboard ended the command with an unexpected error."""
    with pytest.raises(TableError, match=r"orders\.csv: the delimiter .* cannot part cells"):
        read(tmp_path, GOOD, delimiter=delimiter)


@pytest.mark.parametrize(
    "sql", ["paid_amount / 0", "0 * paid_amount / 0", "paid_amount * 1e999", "power(paid_amount + 9, 9999)"]
)
def test_an_amount_made_infinite_by_a_mapping_is_none(tmp_path: Path, sql: str) -> None:
    """It ended the command where the last row is compared with the sum of the others."""
    columns = {"order_id": "order_id", "created_at": "created_at", "paid_amount": sql, "qty": "1"}
    made = read(tmp_path, GOOD, columns=columns)
    assert column(made, "paid_amount") == [None, None]
    assert "paid_amount: 2 cells are NaN or infinite; read as empty" in made.profile.notes


def parquet_orders(folder: Path, **columns: pl.Series) -> Path:
    """Three orders of 10, 20 and 30, with columns of another kind."""
    made = {
        "order_id": pl.Series(["a", "b", "c"]),
        "created_at": pl.Series([datetime(2026, 10, day) for day in (1, 2, 3)]),
        "paid_amount": pl.Series([10.0, 20.0, 30.0]),
    }
    pl.DataFrame({**made, **columns}).write_parquet(folder / "orders.parquet")
    return folder


MICRO = 86_400_000_000 * 20_727  # 2026-10-01
FAR = [
    pl.Series([2**62, -(2**63) + 1, MICRO], dtype=pl.Datetime("us")),
    pl.Series([2**62, -(2**62), MICRO // 1000], dtype=pl.Datetime("ms", "Asia/Shanghai")),
    pl.Series([2**31 - 1, -(2**31), 20_727], dtype=pl.Int32).cast(pl.Date),
]


@pytest.mark.parametrize("stamps", FAR, ids=["us", "ms with zone", "date"])
def test_years_that_no_calendar_has_reject_their_rows_only(tmp_path: Path, stamps: pl.Series) -> None:
    """One such stamp refused the whole table: 30 of the third order, two left out aloud."""
    made = read(parquet_orders(tmp_path, created_at=stamps), name="orders.parquet")
    assert column(made, "paid_amount") == [30.0]
    assert sum(counts(made).values()) == 2


def test_bytes_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    """A column nobody maps refused the whole table as well."""
    users = pl.Series([b"u", b"\xff\xfe", b"\x1b[2J"])
    made = read(parquet_orders(tmp_path, user_id=users), name="orders.parquet")
    assert column(made, "user_id") == ["75", "fffe", "1b5b324a"]


def test_a_span_of_time_is_no_amount_and_names_its_column(tmp_path: Path) -> None:
    spans = pl.Series([1, 2, 3], dtype=pl.Duration("ms"))
    with pytest.raises(TableError, match="'paid_amount' holds '1 ms', which is no number"):
        read(parquet_orders(tmp_path, paid_amount=spans), name="orders.parquet")


def test_a_file_larger_than_the_memory_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, source: TableSource) -> None:
        raise MemoryError

    monkeypatch.setattr("kpi_tui.tables.source.reader.read_csv", full)
    with pytest.raises(TableError, match=r"orders\.csv: larger than the memory there is; split it, or save it as Parq"):
        read(tmp_path, GOOD)
