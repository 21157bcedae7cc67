"""A View for a person at a terminal: aligned by cells, coloured where that helps, plain when piped."""

from __future__ import annotations

import io
from collections.abc import Container, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_tui.render.charts.as_text import WHOLE, chart_lines
from kpi_tui.render.columns import fitting, heading_place, without_room
from kpi_tui.render.drawn import drawn, shade, tone
from kpi_tui.render.tails import missing, tails
from kpi_tui.text.charts.pieces import SHADES, Part
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.i18n import n_
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.cells import Cell, Tone
from kpi_tui.views.charts import Chart, HeatMap, LineChart
from kpi_tui.views.view import Column, Row, Sheet, View

_STYLES: dict[Tone, str] = {
    "": "",
    "good": "green",
    "near": "yellow",
    "weak": "bold red",
    "muted": "dim",
    "strong": "bold",
    "changed": "cyan",
}
_CHART_STYLES: dict[Part, str] = {
    "title": "bold",
    "label": "dim",
    "line": "blue",
    "last": "bold blue",
    "target": "green",
    "band": "dim",
    "bar": "blue",
    "total": "blue",
    "weak": "bold red",
    "shade": "blue",
}
CHART_WIDE, CHART_HIGH = 100, 11
"""Cells of a chart at most; lines of one over time, its title and axis included."""
PLAIN_WIDTH = 10_000  # a pipe has no edge: never wrap what a program may read
LEAST_TEXT = 14  # cells a folded text needs to be read
_SHADE = " {:1}"  # behind a number of a heat map
GAP = 2  # cells between two columns: the padding of one and the divider of the box


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the table is shown: cells per line (None: a pipe), whether colour is wanted, and charts in ASCII."""

    width: int | None = None
    colour: bool = False
    ascii_only: bool = False


def render(view: View, paper: Paper) -> str:
    """Title and sentences, then title, table and notes of every sheet; data text is never read as markup."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=paper.width or PLAIN_WIDTH,
        force_terminal=paper.colour,
        color_system="standard" if paper.colour else None,
        no_color=not paper.colour,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
        legacy_windows=False,
    )
    if view.title:
        console.print(_text(view.title, "bold"))
    for sentence in view.sentences:
        console.print(_text(sentence.word, _STYLES[sentence.tone]))
    for index, sheet in enumerate(view.sheets):
        if index or view.title or view.sentences:
            console.print()
        _print(console, sheet, paper.width)
        for chart in view.charts_of(sheet):
            _print_chart(console, chart, paper)
    for chart in view.own_charts():
        _print_chart(console, chart, paper)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _print(console: Console, sheet: Sheet, room: int | None) -> None:
    if sheet.title:
        console.print(_text(sheet.title, "bold"))
    if sheet.rows:
        table, more = _table(sheet, room)
        console.print(table)
        if more:
            said = n_("… {count} column finds no room here", "… {count} columns find no room here", more)
            console.print(_text(said, "dim"))
    for note in sheet.notes:
        console.print(_text(note.word, _STYLES[note.tone]))


def _print_chart(console: Console, chart: Chart, paper: Paper) -> None:
    """A picture below its name; none where nothing is known, and none of a heat map: its sheet is one."""
    if isinstance(chart, HeatMap):
        return
    high = CHART_HIGH if isinstance(chart, LineChart) else WHOLE
    lines = chart_lines(chart, min(paper.width or CHART_WIDE, CHART_WIDE), high, ascii_only=paper.ascii_only)
    if lines:
        console.print()
    for line in lines:
        console.print(Text.assemble(*((text, _CHART_STYLES.get(part, "")) for text, part in line)))


def _table(sheet: Sheet, room: int | None) -> tuple[Table, int]:
    """The table, and how many of its columns a narrow terminal leaves out."""
    lines = [_texts(row, sheet.columns) for row in sheet.rows]
    filled = [place for place in sheet.shown() if any(texts[place].strip() for texts in lines)]
    marks = tails(sheet.rows, sheet.columns)
    natural = _natural(sheet, lines, marks)
    places = filled if room is None else fitting(sheet.columns, natural, filled, room, LEAST_TEXT, GAP)
    headed = any(translate(sheet.columns[place].title) for place in places)
    table = Table(
        box=box.SIMPLE_HEAD if headed else None,
        show_header=headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for place in places:
        column = sheet.columns[place]
        title = _text(column.title, "bold")
        if column.right or column.width:  # a number cut in two is no number
            table.add_column(title, justify="right" if column.right else "left", no_wrap=True)
        else:
            table.add_column(title, overflow="fold")
    heat = _heat(sheet)
    for row, texts in zip(sheet.rows, lines, strict=True):
        table.add_row(*(_cell(row, place, texts[place], _lacking(row, place, marks[place], heat)) for place in places))
    shown = [sheet.columns[place] for place in filled]
    return table, len(without_room(shown, map(filled.index, places)))


def _natural(sheet: Sheet, lines: Sequence[Sequence[str]], marks: Sequence[str]) -> list[int]:
    """Cells that every column needs for its title, its texts and their marks."""
    widths, heat = [width(clean(translate(column.title))) for column in sheet.columns], _heat(sheet)
    for row, texts in zip(sheet.rows, lines, strict=True):
        for place, text in enumerate(texts):
            widths[place] = max(widths[place], width(clean(text)) + _lacking(row, place, marks[place], heat))
    return widths


def _cell(row: Row, place: int, text: str, lacking: int) -> RenderableType:
    """A text of the table; a number leaves room for the marks and signs that others of its column have."""
    shown = _text(text, _style(row, place))
    return Padding(shown, (0, lacking, 0, 0)) if lacking and text.strip() else shown


def _lacking(row: Row, place: int, widest: str, heat: Container[int]) -> int:
    """Cells that a number leaves empty behind it, so that digits stand below digits."""
    if not row.cells:
        return 0
    unshaded = place in heat and shade(row.cells[place]) <= 1
    return missing(row.cells[place], widest) + len(_SHADE.format("")) * unshaded


def _heat(sheet: Sheet) -> set[int]:
    """The columns that are part of a heat map."""
    return {place for row in sheet.rows for place, cell in enumerate(row.cells) if shade(cell) > 1}


def _texts(row: Row, columns: Sequence[Column]) -> list[str]:
    """The texts of a row; a heading without figures stands in the first column that is a text."""
    if row.cells:
        return [_drawn(cell, column) for cell, column in zip(row.cells, columns, strict=True)]
    at = heading_place(columns)
    return [translate(row.heading) if place == at else "" for place in range(len(columns))]


def _drawn(cell: Cell, column: Column) -> str:
    """The text of a cell; behind a number of a heat map a sign that is the darker the larger it is."""
    dark = shade(cell)
    return drawn(cell, column.width) + (_SHADE.format(SHADES[dark - 1]) if dark > 1 else "")


def _style(row: Row, place: int) -> str:
    return "bold" if row.kind != "line" or not row.cells else _STYLES[tone(row.cells[place])]


def _text(word: Word, style: str = "") -> Text:
    """Cleaned text, never markup."""
    return Text(clean(translate(word)), style=style)
