"""Workbooks as odd programs write them: read as shown, or one sentence; never the end of the process."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import fastexcel
import openpyxl
import pytest

from kpi_tui.definitions.issue import TableError
from kpi_tui.tables.source import xlsx_sheet_facts
from kpi_tui.tables.source.cell_grid import read_grids
from kpi_tui.tables.source.refusals import workbook_size
from kpi_tui.tables.source.xlsx_sheet_facts import sheet_facts
from tests.table_kit import column, counts, read

HEADER = ["order_id", "user_id", "created_at", "paid_at", "paid_amount"]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in [HEADER, *rows]:
        book.active.append(row)
    book.save(path)
    return path


def order(number: int, amount: object) -> list[object]:
    return [f"o{number}", "u1", "2026-10-15 08:00:00", "2026-10-15 09:00:00", amount]


def rewritten(path: Path, part: str, change: object) -> Path:
    """The workbook with one part changed by a function of its bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])  # type: ignore[operator]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def prefixed(xml: bytes) -> bytes:
    """The same XML, every element of the main name space with a prefix."""
    xml = re.sub(rb"<(/?)(?![?!])", rb"<\1x:", xml)
    return xml.replace(b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
                       b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"')  # fmt: skip


def test_a_stray_cell_in_the_last_corner_is_told_before_the_reader_sees_it(tmp_path: Path) -> None:
    """The reader keeps 17 billion places for it, and the process is aborted."""
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5), order(2, 7)])
    stray = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", stray))
    with pytest.raises(TableError, match=r"orders\.xlsx: the sheet reaches to XFD1048576 with 16 filled cells; delete"):
        read(tmp_path, name="orders.xlsx")
    with pytest.raises(TableError, match="reaches to XFD1048576"):
        read_grids(path)


def test_a_stray_cell_not_far_away_is_a_blank_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5), order(2, 7)])
    stray = b'<row r="9000"><c r="B9000" t="inlineStr"><is><t>u9</t></is></c></row></sheetData>'
    rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", stray))
    assert column(read(tmp_path, name="orders.xlsx"), "paid_amount") == [5, 7]


def test_a_formula_without_stored_value_is_no_empty_cell(tmp_path: Path) -> None:
    """openpyxl, pandas and exports of many systems store formulas only: 50 of 60 was told as all."""
    path = workbook(tmp_path / "orders.xlsx", [order(1, 50), order(2, "=5+5"), order(3, None)])
    made = read(tmp_path, name="orders.xlsx")
    assert column(made, "paid_amount") == [50, None]
    assert counts(made) == {"paid_amount: no number": 1}
    assert [example for item in made.profile.rejected for example in item.examples] == [(3, "=5+5")]
    assert "orders.xlsx: 1 formulas have no stored value, first E3 '=5+5'" in " ".join(made.profile.notes)
    (grid,) = read_grids(path)
    assert grid.lacks_value(2, 4) and grid.rows[2][4] is None


def test_a_shared_formula_without_text_is_one_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, "=1+1"), order(2, 4)])
    rewritten(
        path,
        SHEET,
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b'<f t="shared" si="0"/>').replace(
            b"<f>1+1</f><v />", b'<f t="shared" si="0"/>'
        ),
    )
    assert sheet_facts(path, 0).without_value == {(2, 5): "="}


def test_a_formula_with_its_value_is_the_value(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, "=1+1"), order(2, 4)])
    rewritten(path, SHEET, lambda xml: re.sub(rb"<f>1\+1</f><v\s*/?>(</v>)?", b"<f>1+1</f><v>2</v>", xml))
    made = read(tmp_path, name="orders.xlsx")
    assert (column(made, "paid_amount"), made.profile.notes) == ([2, 4], ())


def test_a_formula_that_gave_an_empty_text_has_its_value(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, "=1+1"), order(2, 4)])
    rewritten(path, SHEET, lambda xml: xml.replace(b'<c r="E2"><f>', b'<c r="E2" t="str"><f>'))
    assert sheet_facts(path, 0).without_value == {}


@pytest.mark.parametrize("change", [lambda xml: xml, prefixed], ids=["plain", "prefixed"])
def test_an_error_cell_is_unreadable_whatever_the_prefix(tmp_path: Path, change: object) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, "#N/A"), order(2, 4)])
    rewritten(path, SHEET, change)
    assert sheet_facts(path, 0).errors == {(2, 5): "#N/A"}
    made = read(tmp_path, name="orders.xlsx")
    assert (column(made, "paid_amount"), counts(made)) == ([4], {"paid_amount: no number": 1})


def test_a_prefixed_list_of_sheets_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, "#DIV/0!"), order(2, 4)])
    rewritten(path, "xl/workbook.xml", prefixed)
    assert sheet_facts(path, 0).errors == {(2, 5): "#DIV/0!"}


def test_merged_cells_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [HEADER, order(1, 5), [None, "u1", "2026-10-15 08:00:00", "2026-10-15 09:00:00", 7]]:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "orders.xlsx")
    notes = " ".join(read(tmp_path, name="orders.xlsx").profile.notes)
    assert "orders.xlsx: 1 merged ranges, first A2:A3; only the first cell of each has a value" in notes


def test_a_part_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(tmp_path / "orders.xlsx", [order(1, 5)])
    monkeypatch.setattr(workbook_size, "MOST_XML", 100)
    with pytest.raises(TableError, match=r"orders\.xlsx: .* MB when unpacked, more than 0; save the sheet as CSV"):
        read(tmp_path, name="orders.xlsx")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_part_that_is_no_xml_is_a_sentence(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, "#N/A")])
    rewritten(path, part, lambda xml: xml[: len(xml) * 2 // 3])
    for reading in (lambda: read(tmp_path, name="orders.xlsx"), lambda: read_grids(path)):
        try:
            reading()
        except TableError as error:
            assert "orders.xlsx" in str(error)


Y_1 = 'xmlns:y-1="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRAY = [
    '<c r="xfd1048576"><v>1</v></c>',
    '<c r = "XFD1048576"><v>1</v></c>',
    '<c s=" r=\'A1\'" r="XFD1048576"><v>1</v></c>',
    f'<y-1:c {Y_1} r="XFD1048576"><y-1:v>1</y-1:v></y-1:c>',
    '<c r="A4294967295"><v>1</v></c>',
    '<c r="AAAAAAAAAAAAAAAAAA7"><v>1</v></c>',
    "<c/>" * 16_384,
]


@pytest.mark.parametrize("cells", STRAY, ids=lambda cells: cells[:24])
def test_a_stray_cell_is_told_however_its_address_is_written(tmp_path: Path, cells: str) -> None:
    """All of these are XML to the reader, which then asked for more memory than there is and ended the process."""
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5), order(2, 7)])
    stray = f'<row r="1048576">{cells}</row></sheetData>'.encode()
    rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", stray))
    with pytest.raises(TableError, match=r"orders\.xlsx: the sheet reaches to [A-Z]+\d+ with \d+"):
        read(tmp_path, name="orders.xlsx")


@pytest.mark.parametrize(
    "cell", ['<c r="E3" t = "e"><v>#N/A</v></c>', '<c\nr="E3"><f\n>1+1</f></c>', '<c t="e" r="E3"><v>#N/A</v></c>',
             f'<y-1:c {Y_1} r="E3"><y-1:f>1</y-1:f></y-1:c>']
)  # fmt: skip
def test_an_error_and_a_formula_are_told_however_their_tags_are_written(tmp_path: Path, cell: str) -> None:
    """Read as an empty cell, the row would count with no amount: 5 of one order, the other one left out aloud."""
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5), order(2, 7)])
    rewritten(path, SHEET, lambda xml: re.sub(rb'<c r="E3".*?</c>', cell.encode(), xml))
    made = read(tmp_path, name="orders.xlsx")
    assert column(made, "paid_amount") == [5.0]
    assert sum(counts(made).values()) == 1


@pytest.mark.parametrize("part", ["xl/Worksheets/Sheet1.XML", "xl\\worksheets\\sheet1.xml"])
def test_a_part_is_found_by_any_spelling_that_the_reader_knows(tmp_path: Path, part: str) -> None:
    """Not found, its error cell was an empty one."""
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5), order(2, "#N/A")])
    with zipfile.ZipFile(path) as archive:
        parts = {part if name == SHEET else name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    made = read(tmp_path, name="orders.xlsx")
    assert column(made, "paid_amount") == [5.0]
    assert sum(counts(made).values()) == 1


def test_a_part_that_unpacks_to_too_much_is_told_before_the_reader_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader unpacks texts and styles when it opens a workbook: 700 KB of texts took 2 GB, unjudged."""
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5)])
    monkeypatch.setattr(fastexcel, "read_excel", lambda path: pytest.fail("opened"))
    monkeypatch.setattr(workbook_size, "MOST_OF_OTHERS", 50_000)
    rewritten(path, "xl/styles.xml", lambda xml: xml + b" " * 50_000)
    with pytest.raises(TableError, match=r"xl/styles\.xml has 0 MB when unpacked, more than 0; save the sheet as"):
        read(tmp_path, name="orders.xlsx")


def test_a_part_that_says_a_smaller_size_than_it_has_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "orders.xlsx", [order(1, 5)])
    rewritten(path, "xl/styles.xml", lambda xml: xml + b" " * 700_001)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/styles.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little")))
    monkeypatch.setattr(fastexcel, "read_excel", lambda path: pytest.fail("opened"))
    monkeypatch.setattr(workbook_size, "MOST_OF_OTHERS", 600_000)
    with pytest.raises(TableError, match="not an Excel workbook that can be read"):
        read(tmp_path, name="orders.xlsx")


def test_more_cells_than_the_reader_can_hold_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """60 million empty cells of four bytes pack to nothing."""
    workbook(tmp_path / "orders.xlsx", [order(1, 5)])
    monkeypatch.setattr(xlsx_sheet_facts, "MOST_CELLS", 9)
    with pytest.raises(
        TableError, match=r"orders\.xlsx: the sheet has more cells than 9 \(10\); save the sheet as CSV"
    ):
        read(tmp_path, name="orders.xlsx")
