"""Files that would take the memory of the machine, or that only their reader understands: one sentence, quickly."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from kpi_tui.definitions.issue import Issue, TableError
from kpi_tui.tables import prepare as preparing
from kpi_tui.tables.source import changed_files
from kpi_tui.tables.source.refusals import line_lengths, workbook_size
from kpi_tui.workspace.parse.layer import toml_files
from tests.faults.test_hazards_workbooks import SHEET, order, prefixed, rewritten
from tests.table_kit import column, counts, read

HEADER = "order_id,user_id,created_at,paid_at,paid_amount"
TEXTS = "xl/sharedStrings.xml"
CORPUS = Path(__file__).parent / "corpus"
LINE = "o{n},u,2026-10-15 08:00:00,2026-10-15 09:00:00,{n}\n"
LINES = f"{HEADER}\n" + "".join(LINE.format(n=n) for n in range(1, 4))


def shared_texts(path: Path) -> Path:
    """A workbook as spreadsheets write it: texts stand in a part of their own, cells have their numbers."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADER.split(","), order(1, 5), order(2, 7)]):
            sheet.write_row(at, 0, cells)
    return path


@pytest.mark.parametrize("change", [lambda xml: xml, prefixed], ids=["plain", "prefixed"])
@pytest.mark.parametrize("number", [b"-1", b"x", b"1.5", b"99999999999"])
def test_a_cell_whose_text_is_not_in_the_workbook_is_not_an_empty_one(
    tmp_path: Path, number: bytes, change: Callable[[bytes], bytes]
) -> None:
    """The reader gave NULL for it: the user of an order was gone, and nothing was said."""
    path = shared_texts(tmp_path / "orders.xlsx")
    assert b'<c r="B2" t="s"><v>6</v></c>' in zipfile.ZipFile(path).read(SHEET)
    wrong = b'<c r="B2" t="s"><v>%s</v></c>' % number
    rewritten(path, SHEET, lambda xml: change(xml.replace(b'<c r="B2" t="s"><v>6</v></c>', wrong)))
    with pytest.raises(TableError, match=r"orders\.xlsx: not an Excel .*\(cell B2 refers to a text that is not in it;"):
        read(tmp_path, name="orders.xlsx")


def test_a_cell_of_a_number_too_large_is_told_without_the_words_of_the_reader(tmp_path: Path) -> None:
    path = shared_texts(tmp_path / "orders.xlsx")
    rewritten(path, SHEET, lambda xml: xml.replace(b"<v>6</v>", b"<v>600</v>"))
    with pytest.raises(TableError, match=r"\(a cell refers to a text that is not in it; open and save it"):
        read(tmp_path, name="orders.xlsx")


def test_more_texts_than_a_workbook_may_hold_are_told_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """36 million empty texts are 270 KB packed, and took a gigabyte."""
    monkeypatch.setattr(workbook_size, "LARGE", 50_000)
    monkeypatch.setattr(workbook_size, "MOST_TEXTS", 9_000)
    path = shared_texts(tmp_path / "orders.xlsx")
    assert column(read(tmp_path, name="orders.xlsx"), "paid_amount") == [5, 7]
    rewritten(path, TEXTS, lambda xml: xml.replace(b"</sst>", b"<si/>" * 10_000 + b"</sst>"))
    with pytest.raises(TableError, match=r"orders\.xlsx: the workbook holds more texts than 9,000 \(10,010\); save"):
        read(tmp_path, name="orders.xlsx")


@pytest.mark.parametrize(
    ("part", "end", "more"),
    [
        (SHEET, b"</sheetData>", b'<row r="99"/>'),
        (SHEET, b"</worksheet>", b'<mergeCell ref="A1:B2"/>'),
        (TEXTS, b"</sst>", b"<!-- -->"),
        (TEXTS, b"</si>", b"<r><t>x</t></r>"),
    ],
)
def test_a_part_with_hardly_a_cell_for_its_size_is_told_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, end: bytes, more: bytes
) -> None:
    """500 MB of rows without cells, of merged ranges, of one text in pieces: 1 MB packed, more than half a minute."""
    monkeypatch.setattr(workbook_size, "LARGE", 50_000)
    path = shared_texts(tmp_path / "orders.xlsx")
    rewritten(path, part, lambda xml: xml.replace(end, more * 10_000 + end, 1))
    with pytest.raises(TableError, match=r"has 0 MB when unpacked and hardly a cell; copy the cells into a new work"):
        read(tmp_path, name="orders.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_without_cells_is_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr(workbook_size, "MOST_OF_OTHERS", 50_000)
    rewritten(shared_texts(tmp_path / "orders.xlsx"), part, lambda xml: xml + b"<!--" + b" " * 50_000 + b"-->")
    with pytest.raises(TableError, match=rf"{part} has 0 MB when unpacked, more than 0; save the sheet as CSV"):
        read(tmp_path, name="orders.xlsx")


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_cell_of_a_whole_file_is_told_with_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    """50 MB of one cell took 900 MB, and a number."""
    monkeypatch.setattr(line_lengths, "MOST_BYTES", 1_000)
    long = LINES + LINE.format(n=4).replace(",u,", f",{'u' * 5_000},") + LINE.format(n=5)
    with pytest.raises(TableError, match=r"orders\.csv: row 5 has more than 1,000 characters: a line end is missing"):
        read(tmp_path, long.replace("\n", end))
    assert column(read(tmp_path, (LINES * 20).replace("\n", end)), "paid_amount")[:3] == [1, 2, 3]


def test_a_long_cell_beyond_the_first_block_is_told_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_lengths, "MOST_BYTES", 1_000)
    path = tmp_path / "orders.csv"
    path.write_text(LINES + LINE.format(n=4).replace(",u,", f",{'u' * 5_000},"))
    from kpi_tui.tables.source.csv.blocks import _blocks

    with pytest.raises(TableError, match=r"row 5 has more than 1,000 characters"):
        list(_blocks(path, 100))


def test_millions_of_lines_of_nothing_are_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quoted cell of 17 million line ends took a minute and three gigabytes."""
    monkeypatch.setattr(line_lengths, "_MANY", 1_000)
    with pytest.raises(TableError, match=r"orders\.csv: hardly a character a line \(2,004 in all\), so it is no table"):
        read(tmp_path, LINES + '"' + "\n" * 2_000)


def test_millions_of_lines_that_are_no_records_are_counted_at_once(tmp_path: Path) -> None:
    made = read(tmp_path, LINES + "a,b\n" * 3 + "\n" * 2 + ",".join("abcdefg") + "\n" + "c,d\n" * 300_000 + LINES[48:])
    assert counts(made) == {
        "too few cells (the header has 5)": 300_003,
        "blank row": 2,
        "too many cells (the header has 5)": 1,
    }
    assert [one.examples[0][0] for one in made.profile.rejected] == [5, 8, 10]


def test_a_nul_near_the_beginning_is_told_with_its_line_as_any_other(tmp_path: Path) -> None:
    """It was called binary data, which tells nobody where to look."""
    made = read(tmp_path, LINES.replace("o2", "o\x00"))
    assert column(made, "paid_amount") == [1, 2, 3]
    said = "orders.csv: holds NUL characters, the first in line 3: part of the file is damaged; export it again"
    assert said in made.profile.notes
    with pytest.raises(TableError, match="is binary data, not CSV"):
        read(tmp_path, b"\x7fELF\x02\x01\x01" + bytes(200))


STAMPS = [datetime(2026, 10, 15), datetime(2026, 10, 16)]
FRAME = pl.DataFrame(
    {"order_id": ["a", "b"], "user_id": ["u", "v"], "created_at": STAMPS, "paid_at": STAMPS, "paid_amount": [1.0, 2.0]}
)


@pytest.mark.parametrize("name", ["user_id", "paid_amount", "created_at"])
@pytest.mark.parametrize("shape", ["list", "group", "map"])
def test_a_column_of_lists_maps_or_groups_is_told_by_its_name(tmp_path: Path, name: str, shape: str) -> None:
    cell = {"list": pl.concat_list(name), "group": pl.struct(name)}
    cell["map"] = pl.concat_list(pl.struct(pl.lit("k").alias("key"), pl.col(name).alias("value")))
    FRAME.with_columns(cell[shape].alias(name)).write_parquet(tmp_path / "orders.parquet")
    with pytest.raises(TableError, match=rf"column '{name}' holds several values in a cell .*; export it with one val"):
        read(tmp_path, name="orders.parquet")
    FRAME.with_columns(cell[shape].alias("tags")).write_parquet(tmp_path / "orders.parquet")
    assert column(read(tmp_path, name="orders.parquet"), "paid_amount") == [1, 2]


def test_an_unknown_time_zone_of_parquet_is_told_by_its_name(tmp_path: Path) -> None:
    """polars said: called `Result::unwrap()` on an `Err` value."""
    (tmp_path / "orders.parquet").write_bytes((CORPUS / "unknown_time_zone.parquet").read_bytes())
    with pytest.raises(
        TableError, match=r"the time zone 'Mars/Olympus', which nobody knows; export it in UTC"
    ) as error:
        read(tmp_path, name="orders.parquet")
    assert "unwrap" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "cut", "said"),
    [
        ("orders.parquet", lambda content: content[:-9], "its end is missing; copy or export it again"),
        (
            "orders.parquet",
            lambda content: content[:4] + bytes(len(content) - 12) + content[-8:],
            "it is damaged; export it again",
        ),
        ("orders.xlsx", lambda content: content[:-30], "its end is missing; copy or export it again"),
    ],
)
def test_a_broken_file_is_told_in_our_words(
    tmp_path: Path, name: str, cut: Callable[[bytes], bytes], said: str
) -> None:
    path = tmp_path / name
    if name == "orders.xlsx":
        shared_texts(path)
    else:
        FRAME.write_parquet(path)
    path.write_bytes(cut(path.read_bytes()))
    with pytest.raises(TableError, match=rf"{name}: not an? .* file|workbook that can be read \({said}\)$"):
        read(tmp_path, name=name)


def test_a_file_that_is_gone_since_it_was_found_is_an_issue_of_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.csv"
    said = rf"table orders: {gone}: cannot be read: {os.strerror(2)}"
    monkeypatch.setattr(changed_files, "resolve", lambda *_: (gone,))
    with pytest.raises(TableError, match=said):
        read(tmp_path, LINES)
    monkeypatch.undo()
    monkeypatch.setattr(preparing, "resolve", lambda *_: (gone,))
    with pytest.raises(TableError, match=said):
        read(tmp_path, LINES)


def test_a_folder_that_may_not_be_looked_into_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """roles/ of mode 0 ended every command with an unexpected error."""
    (tmp_path / "roles").mkdir()

    def denied(_folder: Path) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "iterdir", denied)
    issues: list[Issue] = []
    assert toml_files(tmp_path / "roles", "roles/", ("roles",), issues) == []
    (one,) = issues
    assert (one.file, one.message) == ("roles/", f"the folder cannot be read: {os.strerror(13)}")
    assert one.hint == "check its permissions"
