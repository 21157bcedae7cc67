"""html, xlsx and svg of a View: valid, alone, numbers as numbers, and whatever data say stays text."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import html5lib
import openpyxl
import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.text import Text
from kpi_tui.render import svg, xlsx
from kpi_tui.render.formats import file_bytes, format_of
from kpi_tui.render.html import page
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import (
    AttainmentCell,
    BarCell,
    ChangeCell,
    NumberCell,
    Point,
    Series,
    SignedBarCell,
    SparkCell,
    StateCell,
    TextCell,
)
from kpi_tui.views.charts import LineChart
from kpi_tui.views.view import Column, Row, Sentence, View, pairs, sheet
from tests.hostile_texts import TEXTS

SERIES = Series((Point("2026-08", 1.0, 2.0), Point("2026-09", None), Point("2026-10", 3.0, partial=True)), "count")
COLUMNS = [
    Column("state", width=1),
    Column("name", "Name"),
    Column("actual", "Actual", right=True),
    Column("share", "Share", right=True),
    Column("change", "Change", right=True),
    Column("bar", "Bar", width=6),
    Column("side", "Side", width=9),
    Column("trend", "Trend", width=6),
]


def line(name: str | Text, value: float | None, share: float | None) -> list:
    return [
        StateCell("weak"),
        TextCell(name, "weak"),
        NumberCell(value, "currency", reason=None if value is not None else Reason.NO_DATA),
        AttainmentCell(share),
        ChangeCell(-0.125),
        BarCell(share, "weak", target=True),
        SignedBarCell(-3.0, 6.0),
        SparkCell(SERIES),
    ]


def view(name: str | Text = "Orders") -> View:
    rows = [line(name, 1234.5, 0.5), line("Nothing", None, None), Row("total", tuple(line("All", 7, 1.5)), total=True)]
    said = [Sentence(name, "weak")]
    return View(name, tuple(said), (sheet(COLUMNS, rows, name, said, "lines"),), (LineChart(name, SERIES),), {})


def strict(text: str) -> None:
    """Raises on any error of the HTML standard."""
    html5lib.HTMLParser(strict=True).parse(text)


def test_html_is_valid_and_needs_nothing_from_outside() -> None:
    text = page.render(view(), pairs("Origin", [("Workspace", "Shop")]))
    strict(text)
    assert not re.search(r"""(src|href|url\(|@import|https?:)""", text), "no link to anywhere"
    assert "<script" not in text and text.count("<svg") == 3 * 3 + 1  # bar, side and trend of three rows, and the chart


def test_html_says_its_language_and_speaks_it() -> None:
    told = View(phrase("Points"), sheets=(sheet([Column("a", phrase("Weight"))], [[TextCell(Text("x", "乙"))]]),))
    with speaking("zh"):
        text = page.render(told)
    assert 'lang="zh-Hans"' in text and "权重" in text and "乙" in text
    assert 'lang="en"' in page.render(told)


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_no_text_of_data_becomes_markup_of_a_page(at: int) -> None:
    text, plain = page.render(view(TEXTS[at])), page.render(view("Orders"))
    strict(text)
    elements = re.compile(r"<(/?\w+)")
    assert elements.findall(text) == elements.findall(plain), "the same elements, whatever the text"


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_no_text_of_data_becomes_a_formula_where_a_spreadsheet_opens_a_page(at: int) -> None:
    """LibreOffice makes a cell of every title, sentence and cell, and a formula of what begins with `=`."""
    tree = html5lib.parse(page.render(view(TEXTS[at])), namespaceHTMLElements=False)
    blocks = [node for kind in ("h1", "h2", "h3", "p", "th", "td") for node in tree.iter(kind)]
    texts = [text for node in blocks if (text := "".join(node.itertext()).strip())]
    assert len(texts) > 10
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@")) and not re.match(r"[+-]\d", text)]


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_no_text_of_data_becomes_a_formula_a_link_or_breaks_a_workbook(at: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render([view(TEXTS[at])])))
    cells = [cell for page_ in book.worksheets for row in page_.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_a_picture_is_well_formed_xml_whatever_the_text(at: int) -> None:
    ElementTree.fromstring(svg.render(view(TEXTS[at])))


def test_a_picture_holds_every_sheet_and_says_where_its_numbers_come_from() -> None:
    """Two sheets, a sentence, a chart: nothing is dropped; the foot has the origin, the blank of `0.88 / 2` is kept."""
    of = sheet([Column("a", "A", right=True)], [[NumberCell(0.88, "score", of=2.0)]], "Second", ["below it"])
    first = sheet([Column("a", "A")], [[TextCell("one")]], "First")
    made = View("Whole", (Sentence("said above"),), (first, of), (LineChart("Curve", SERIES),))
    root = ElementTree.fromstring(svg.render(made, pairs("Origin", [("Workspace", "Shop"), ("Period", "2026-10")])))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    for wanted in ("Whole", "said above", "First", "one", "Second", "below it", "Curve", "0.88", " / 2"):
        assert wanted in texts
    assert texts[-1] == "Workspace: Shop · Period: 2026-10"
    assert "white-space: pre" in svg.render(made), "a blank in front of `/ 2` would fall away"


def test_a_workbook_gives_every_number_back_exactly() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render([view()])))
    rows = {row[1].value: row for row in book.worksheets[0].iter_rows() if row[1].value}
    assert [cell.value for cell in rows["Orders"][2:7]] == [1234.5, 0.5, -0.125, 0.5, -3.0]
    assert rows["Orders"][2].number_format == "#,##0.00" and rows["Orders"][3].number_format == "0.0%"
    assert rows["Nothing"][2].value == "— no data", "what is not known is no number"
    assert book.worksheets[0].conditional_formatting, "bars are data bars"


def test_sparklines_read_a_hidden_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render([view()])))
    series = book["series"]
    assert series.sheet_state == "hidden" and [series.cell(1, n).value for n in (1, 2, 3)] == [1.0, None, 3.0]


def test_names_of_worksheets_are_what_excel_takes() -> None:
    long = "a/b:c*d?[e]" * 9
    sheets = tuple(sheet([Column("a", "A")], [[TextCell("x")]], long) for _n in range(3))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render([View(sheets=sheets)])))
    assert len(set(book.sheetnames)) == 3 and all(len(name) <= 31 for name in book.sheetnames)


def test_without_xlsxwriter_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_tui.definitions.issue import UsageError

    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"pip install 'kpi-tui\[xlsx\]'"):
        file_bytes(view(), "xlsx")


@pytest.mark.parametrize(
    ("name", "form"), [("a.HTML", "html"), ("a.xlsx", "xlsx"), ("a.md", "md"), ("b.txt", "table"), ("c", None)]
)
def test_the_ending_of_a_file_names_its_format(name: str, form: str | None) -> None:
    from pathlib import Path

    assert format_of(Path(name)) == form


def test_a_sparkline_of_a_narrow_band_begins_where_it_does_everywhere() -> None:
    """openpyxl knows no sparklines, so the file is looked into: 0.92 … 0.95 from 0.9025 (a twentieth), 1 … 3 from 0."""
    steady = Series(tuple(Point(f"2026-0{n}", value) for n, value in enumerate((0.92, 0.95, 0.93), 1)), "percent")
    rows = [[TextCell("steady"), SparkCell(steady)], [TextCell("other"), SparkCell(SERIES)]]
    made = xlsx.render([View(sheets=(sheet([Column("a", "A"), Column("trend", "Trend")], rows, "x"),))])
    with zipfile.ZipFile(io.BytesIO(made)) as files:
        page_ = files.read("xl/worksheets/sheet1.xml").decode()
    floors = {row: float(low) for low, row in re.findall(r'manualMin="([^"]+)".*?<xm:sqref>B(\d+)<', page_)}
    assert floors == {"4": pytest.approx(0.9025), "5": 0.0}
    lines = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert [lines["B4"].value, lines["B5"].value] == ["~", None]


def test_a_workbook_keeps_the_marks_of_numbers_beside_them_and_the_numbers_stay_numbers() -> None:
    cells = [
        NumberCell(7.5, "currency", late=True, doubtful=True),
        NumberCell(8.5, "currency", before="✎ ", after="="),
        NumberCell(9.5, "currency"),
        NumberCell(None, "currency", partial=True, reason=Reason.NO_DATA),
    ]
    columns = [Column("value", "Value", right=True), Column("plain", "Plain", right=True)]
    rows = [[cell, NumberCell(float(n))] for n, cell in enumerate(cells)]
    with speaking("zh"):
        book = openpyxl.load_workbook(io.BytesIO(xlsx.render([View(sheets=(sheet(columns, rows, "x"),))])))
    assert [list(row) for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)] == [
        ["Value", "标记", "Plain"],
        [7.5, "⇥⚠", 0],
        [8.5, "✎=", 1],
        [9.5, None, 2],
        ["— 无数据", None, 3],
    ]
