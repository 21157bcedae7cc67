"""Marks behind numbers take cells of their own: in a table of the terminal, a page and a picture alike."""

from __future__ import annotations

import re

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.render.drawn import marks
from kpi_tui.render.formats import render
from kpi_tui.render.tails import blanks
from kpi_tui.views.cells import AttainmentCell, Cell, ChangeCell, NumberCell, TextCell
from kpi_tui.views.view import Column, Row, View, sheet

CELLS: dict[str, Cell] = {
    "plain": NumberCell(7.25, "currency"),
    "late": NumberCell(1234.5, "currency", late=True, doubtful=True),
    "hand": NumberCell(80.0, "currency", after="✎"),
    "none": NumberCell(None, "currency", reason=Reason.NO_DATA),
    "dash": TextCell("—"),
    "word": TextCell("soon"),
    "share": AttainmentCell(0.5),
    "moved": ChangeCell(0.031),
}
VIEW = View(
    sheets=(sheet([Column("name"), Column("value", right=True)], [Row(k, (TextCell(k), c)) for k, c in CELLS.items()]),)
)


@pytest.mark.parametrize("width", [None, 80])
def test_a_table_ends_all_digits_in_one_column(width: int | None) -> None:
    """By hand: `1,234.50⇥⚠` has the widest digits and marks, ten cells; other digits end two cells before its end,
    `80.00✎` one mark behind them; a reason and a word stand at the edge."""
    assert render(VIEW, "table", width=width).splitlines() == [
        "plain     7.25",
        "late  1,234.50⇥⚠",
        "hand     80.00✎",
        "none   — no data",
        "dash         —",
        "word        soon",
        "share   50.0 %",
        "moved  ▲ 3.1 %",
    ]


def test_a_page_gives_every_number_a_box_as_wide_as_the_widest_marks() -> None:
    texts = re.findall(r'<td class="right[^"]*">(.*?)</td>', render(VIEW, "html"))
    box = '<span class="tail" data-widest="⇥⚠">'
    assert texts == [
        f"7.25{box}</span>",
        f"1,234.50{box}⇥⚠</span>",
        f"80.00{box}✎</span>",
        "— no data",
        f"—{box}</span>",
        "soon",
        f"50.0 %{box}</span>",
        f"▲ 3.1 %{box}</span>",
    ]


def test_a_picture_begins_all_marks_where_the_digits_end() -> None:
    """By hand: the names need 5 cells of 8.2 from 16, 18 lie between the columns, and digits and marks 10 cells:
    the column ends at 16 + 41 + 18 + 82 = 157, the digits two cells before, at 140.6."""
    found = re.findall(r'<text class="[^"]*" x="([\d.]+)" y="[\d.]+"( text-anchor="end")?>([^<]+)', render(VIEW, "svg"))
    assert [(float(x), text) for x, end, text in found if end] == [
        (140.6, "7.25"),
        (140.6, "1,234.50"),
        (140.6, "80.00"),
        (157.0, "— no data"),
        (140.6, "—"),
        (157.0, "soon"),
        (140.6, "50.0 %"),
        (140.6, "▲ 3.1 %"),
    ]
    assert [(float(x), text) for x, end, text in found if not end and text in ("⇥⚠", "✎")] == [
        (140.6, "⇥⚠"),
        (140.6, "✎"),
    ]


def test_nothing_is_cut_for_a_mark_that_is_not_there() -> None:
    """A column that may be no wider keeps the digits, and gives the blanks up."""
    assert [blanks(NumberCell(1234.0), "1,234", "⇥⚠", room) for room in (5, 6, 7, 9)] == [0, 1, 2, 2]


def test_a_column_without_marks_stays_as_it_was() -> None:
    plain = View(sheets=(sheet([Column("a", right=True)], [[NumberCell(1.5, "ratio")], [NumberCell(12.25, "ratio")]]),))
    assert "tail" not in render(plain, "html").split("</style>")[1]
    assert render(plain, "table").splitlines() == [" 1.50", "12.25"]


def test_what_a_score_is_out_of_is_no_mark() -> None:
    """`0.88 / 2` above `1.50 / 1.5`: the scores end in one column; a spreadsheet keeps the scores alone."""
    cells = [NumberCell(0.88, "score", digits=2, of=2.0), NumberCell(1.5, "score", digits=2, of=1.5)]
    assert render(
        View(sheets=(sheet([Column("a", right=True)], [[cell] for cell in cells]),)), "table"
    ).splitlines() == [
        "0.88 / 2",
        "1.50 / 1.5",
    ]
    assert [marks(cell) for cell in cells] == ["", ""]
