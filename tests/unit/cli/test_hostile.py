"""Data text is plain text in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kpi_tui.render.csv import safe
from kpi_tui.render.formats import FORMATS, Format, render
from kpi_tui.text.clean import is_clean
from kpi_tui.text.fit import width as cell_width
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.cells import text as word
from kpi_tui.views.view import Column, View, sheet
from tests.unit.cli.conftest import HOSTILE, Run

EVIL = [
    "\x1b[2J\x1b]0;title\x07",
    HOSTILE,
    "\x9b31m",
    "a\x00b\x7fc",
    "[bold red]x[/]",
    "[@click=app.quit]x[/]",
    "x[/]y",
    "tab\tline\nreturn\r",
    "\u202egpj.exe",
    "zero\u200bwidth\u2066",
    "lone\ud800surrogate",
    "\U000e0041tag",
    "| pipe `code` <b>",
    "para\u2029graph\u0085next",
]


TEXTS = tuple(form for form in FORMATS if form != "xlsx")
"""Formats that are text; a workbook has tests of its own."""


def report(texts: list[str]) -> View:
    rows = [[word(text), NumberCell(1.5, "ratio")] for text in texts]
    columns = [Column("t", texts[0]), Column("n", "N")]
    return View(sheets=(sheet(columns, rows, texts[1]),), data=[{"text": text} for text in texts])


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("width", [None, 40])
def test_no_format_prints_what_a_terminal_would_obey(form: Format, width: int | None) -> None:
    text = render(report(EVIL), form, width=width, colour=False)
    assert is_clean(text)
    assert "\x1b" not in text
    text.encode("utf-8")


def test_colour_is_the_only_escape_a_table_contains() -> None:
    text = render(report(EVIL), "table", width=60, colour=True)
    without = text.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("\x1b[2m", "")
    assert "\x1b" not in without


def test_json_gives_back_exactly_the_text_that_went_in() -> None:
    assert [row["text"] for row in json.loads(render(report(EVIL), "json"))] == EVIL


def test_markup_in_names_is_shown_as_it_is_written() -> None:
    text = render(report(EVIL), "table", width=None)
    for plain in ("[bold red]x[/]", "[@click=app.quit]x[/]", "x[/]y"):
        assert plain in text


def test_a_markdown_cell_cannot_leave_its_table() -> None:
    text = render(report(["| a | b |", "title"]), "md")
    assert r"\| a \| b \|" in text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_csv_cell_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert str(safe(text)).startswith("'")


@pytest.mark.parametrize("value", [-1.5, -3, "-1.5", "+7", None, "plain"])
def test_numbers_in_csv_stay_numbers(value: float | str | None) -> None:
    assert safe(value) == value


def test_cells_of_raw_data_are_harmless_in_every_format(shop: Path, run: Run) -> None:
    ask = ("-w", shop, "values", "orders", "--period", "2026-10", "--by", "city", "--format")
    for form in TEXTS:
        ran = run(*ask, form)
        assert ran.code == 0
        assert is_clean(ran.out)
    rows = list(csv.DictReader(io.StringIO(run(*ask, "csv").out)))
    assert {"'=1+1", "␛]52;c;aGk=␇", "[bold red]x[/]"} <= {row["segment"] for row in rows}
    assert HOSTILE in {value["segment"] for value in run(*ask, "json").json}


def test_names_in_arguments_cannot_write_an_escape_through_an_error_message(shop: Path, run: Run) -> None:
    ran = run("-w", shop, "values", "\x1b]0;owned\x07", "--period", "2026-10")
    assert ran.code == 2
    assert is_clean(ran.err)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_table_on_a_terminal_keeps_its_edge_and_cuts_no_number(width: int) -> None:
    columns = [Column("t", "Text"), Column("n", "Number", right=True), Column("w", "Wide", least=70, drop=1)]
    rows = [[word("回购率" * 20), NumberCell(1234567.0), word("aside" + "…" * 65)]]
    lines = render(View(sheets=(sheet(columns, rows),)), "table", width=width).splitlines()
    assert max(cell_width(line) for line in lines) <= width
    assert sum("1,234,567" in line for line in lines) == 1
    assert any("aside" in line for line in lines) == (width >= 100)
