"""A sheet has the columns of command and screen; each takes its own, from the same rows."""

from __future__ import annotations

import pytest

from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.view import Column, Row, listed, sheet

COLUMNS = [Column("id"), Column("name"), Column("mark", csv=False)]
SHEET = sheet(COLUMNS, [Row("heading", heading="Revenue"), Row("gmv", (text("gmv"), text("GMV"), text("●")))])


def test_a_sheet_of_some_columns_keeps_its_rows_its_headings_and_the_order_asked_for() -> None:
    shown = SHEET.only("mark", "name")
    assert [column.key for column in shown.columns] == ["mark", "name"]
    assert [row.key for row in shown.rows] == ["heading", "gmv"]
    assert shown.rows[1].cells == (text("●"), text("GMV"))
    assert shown.rows[0].kind == "heading"


def test_a_column_that_is_not_there_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        SHEET.only("nothing")


def test_a_listed_column_stands_beside_what_it_shows_of_a_thing() -> None:
    columns = [(Column("word"), text), (Column("size", right=True), lambda word: NumberCell(len(word)))]
    shown = listed(["eins", "zwei!"], columns, str.upper, "Words", name="words")
    assert [column.key for column in shown.columns] == ["word", "size"]
    assert [(row.key, row.cells) for row in shown.rows] == [
        ("EINS", (text("eins"), NumberCell(4))),
        ("ZWEI!", (text("zwei!"), NumberCell(5))),
    ]
    assert (shown.title, shown.key) == ("Words", "words")
