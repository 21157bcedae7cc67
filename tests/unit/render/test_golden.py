"""A View with every kind of cell against files written by hand from the rules (R001, R002), a file per format.

Never copied from the output: a difference is a fault, or a rule that was read anew (docs/architecture.md, "To add a
chart"). Pages and pictures are compared element by line, without the style sheet.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from kpi_tui.render.formats import Format, file_bytes, render
from kpi_tui.text.i18n import speaking
from kpi_tui.views import cells
from tests.unit.render.every_cell import VIEW

GOLDEN = Path(__file__).parent / "golden"
ELEMENT = re.compile(r"(?=<(?:tr|h1|h3|section|p|g|/tbody|/section|div|svg|/svg|text|circle|line|rect)\b)")


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


def by_element(text: str) -> str:
    """A page or picture with a line per element."""
    return re.sub(r"\n+", "\n", ELEMENT.sub("\n", text)).strip() + "\n"


def test_the_view_holds_every_kind_of_cell() -> None:
    shown = {type(cell) for sheet in VIEW.sheets for row in sheet.rows for cell in row.cells}
    assert shown == set(cells.Cell.__args__)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_table_of_eighty_columns(spoken: str) -> None:
    with speaking(spoken):
        assert render(VIEW, "table", width=80) == golden(f"table.{spoken}.txt")


@pytest.mark.parametrize(("form", "name"), [("csv", "lines.csv"), ("md", "page.md"), ("json", "data.json")])
def test_text_for_files_and_programs(form: Format, name: str) -> None:
    assert render(VIEW, form) == golden(name)


def test_html() -> None:
    body = render(VIEW, "html").split("<body>")[1].split("</body>")[0]
    assert by_element(body) == golden("page.html.txt")


def test_svg() -> None:
    picture = re.sub(r"<style>.*?</style>", "", render(VIEW, "svg"), flags=re.DOTALL)
    assert by_element(picture) == golden("picture.svg.txt")


LINES = [
    ["Lines"],
    ["One line is weak."],
    [],
    ["", "Name", "Actual", "Mark", "Reached", "Change", "Bar", "Side", "Trend", "Note"],
    ["Growth"],
    ["○", "=1+1 | new *buyers* <b>", 0.35, None, 0.9996, -0.125, 0.9996, -4, None, "first"],
    ["◌", "a␛[31mb", "— no data", None, "—", "—"],
    ["◐", "_id_", -2.5, "✎¹", None, None, 0.5, 1, "~"],
    [None, "d", None, None, 0.5, 0.0001, None, 0],
    ["●", "All", 1161817.38, "◔", 1.2, 3, 1.2, 6],
    [],
    ["¹ held at 100 %"],
]
FORMATS = {
    "C6": "0.0%",
    "E6": "0.0%",
    "F6": '"▲" 0.0%;"▼" 0.0%;"▬" 0.0%',
    "G6": "0.0%",
    "C8": "0.00",
    "C10": "#,##0.00",
    "F10": '"▲" 0.0;"▼" 0.0;"▬" 0.0',
}
"""Percent where a person reads percent; a change has its arrow, in points too."""


def test_xlsx_by_its_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file_bytes(VIEW, "xlsx")))
    lines, orders, numbers, series = book.worksheets
    assert [line.title for line in book.worksheets] == ["Lines", "Orders", "All numbers", "series"]
    found = [list(row) for row in lines.iter_rows(max_col=10, values_only=True)]
    assert found == [row + [None] * (10 - len(row)) for row in LINES]
    assert {at: lines[at].number_format for at in FORMATS} == FORMATS
    assert not [cell for row in lines.iter_rows() for cell in row if cell.data_type == "f"]
    assert [list(row) for row in orders.iter_rows(min_row=4, max_col=4, values_only=True)] == [
        ["2026-08", 1, None, 2],
        ["2026-09", "—", None, 2],
        ["2026-10", 3, None, None],
        ["2026-11", 5, "◔", None],
    ]
    assert [list(row) for row in numbers.iter_rows(min_row=3, values_only=True)] == [
        ["Where", "Number"],
        ["Board › value", 1161817.38],
        ["Board › whole", 3],
    ]
    assert [list(row) for row in series.iter_rows(values_only=True)] == [
        [1, None, 3, 5],
        [2, None, None, None],
        [0.92, 0.95, 0.93, 0.5],
        [2, 1, 3, None],
    ]
