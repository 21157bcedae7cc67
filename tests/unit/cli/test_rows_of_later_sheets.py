"""A row of a later sheet is named by file, sheet and its number there; sums by hand."""

from __future__ import annotations

import json
from pathlib import Path

from kpi_tui.book import Book
from kpi_tui.definitions.answers.rows.refused_rows import FILE_NAME, FILE_ROW
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import MONTHS, begun, paid, workbook

BAD = ["2026-10-02", "O2", "李四", "abc"]


def test_a_rejected_row_is_named_by_its_sheet_and_the_row_there(run: Run, tmp_path: Path) -> None:
    """`abc` stands in row 3 of 十月, which is the sixth row of the workbook; 15 and 100 count."""
    file, shop = workbook(tmp_path / "year.xlsx", MONTHS), tmp_path / "shop"
    begun(run, shop, file, more=("--all-sheets", "year.xlsx"))
    workbook(file, {**MONTHS, "十月": [*MONTHS["十月"], BAD]})
    assert (paid(run, shop, "2026-09"), paid(run, shop)) == ((15, 2), (100, 1))
    (left,) = json.loads(run("-w", shop, "--format", "json", "tables", "orders").out)["rejected"]
    assert left["examples"] == [{"row": 3, "text": "十月: abc"}]
    refused = Book.open(shop, draft=False).rows.refused("orders")
    names = [column.name for column in refused.columns]
    places = [(row[names.index(FILE_NAME)], row[names.index(FILE_ROW)]) for row in refused.rows]
    assert places == [("year.xlsx 十月", 3)]


def test_sheets_of_several_workbooks_keep_their_names(run: Run, tmp_path: Path) -> None:
    """The bad row stands in the second sheet of the second workbook."""
    later = {
        name: [sheet[0], *([one[0], f"B{one[1]}", *one[2:]] for one in sheet[1:])] for name, sheet in MONTHS.items()
    }
    first, second = workbook(tmp_path / "a_1.xlsx", MONTHS), workbook(tmp_path / "a_2.xlsx", later)
    shop = tmp_path / "shop"
    begun(run, shop, first, second, more=("--all-sheets", "a_1.xlsx", "--all-sheets", "a_2.xlsx"))
    workbook(second, {**later, "十月": [*later["十月"], BAD]})
    (left,) = json.loads(run("-w", shop, "--format", "json", "tables", "orders").out)["rejected"]
    assert left["examples"] == [{"row": 3, "text": "a_2.xlsx: 十月: abc"}]
