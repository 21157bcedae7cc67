"""A View for a person at a terminal: aligned by cells, coloured where that helps, plain when piped."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_tui.render.chart_lines import chart_lines, chart_title
from kpi_tui.render.columns import fitting, heading_place
from kpi_tui.render.drawn import drawn, tone
from kpi_tui.render.tails import missing, tails
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.cells import Tone
from kpi_tui.views.view import Chart, Column, Row, Sheet, View

_STYLES: dict[Tone, str] = {
    "": "",
    "good": "green",
    "near": "yellow",
    "weak": "bold red",
    "muted": "dim",
    "strong": "bold",
    "changed": "cyan",
}
_CHART_STYLES = {"label": "dim", "line": "blue", "last": "bold blue", "target": "green", "band": "dim"}
CHART_WIDE, CHART_HIGH = 72, 8
PLAIN_WIDTH = 10_000  # a pipe has no edge: never wrap what a program may read
LEAST_TEXT = 14  # cells a folded text needs to be read
GAP = 2  # cells between two columns: the padding of one and the divider of the box


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the table is shown: cells per line (None: a pipe) and whether colour is wanted."""

    width: int | None = None
    colour: bool = False


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
    for chart in view.charts:
        _print_chart(console, chart, paper.width)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _print(console: Console, sheet: Sheet, room: int | None) -> None:
    if sheet.title:
        console.print(_text(sheet.title, "bold"))
    if sheet.rows:
        console.print(_table(sheet, room))
    for note in sheet.notes:
        console.print(_text(note.word, _STYLES[note.tone]))


def _print_chart(console: Console, chart: Chart, room: int | None) -> None:
    """A picture below its name; none where nothing is known of the series."""
    if lines := chart_lines(chart.series, min(room or CHART_WIDE, CHART_WIDE), CHART_HIGH):
        console.print()
        console.print(Text(chart_title(chart), style="bold"))
        for line in lines:
            console.print(Text.assemble(*((text, _CHART_STYLES.get(part, "")) for text, part in line)))


def _table(sheet: Sheet, room: int | None) -> Table:
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
    for row, texts in zip(sheet.rows, lines, strict=True):
        table.add_row(*(_cell(row, place, texts[place], marks[place]) for place in places))
    return table


def _natural(sheet: Sheet, lines: Sequence[Sequence[str]], marks: Sequence[str]) -> list[int]:
    """Cells that every column needs for its title, its texts and their marks."""
    widths = [width(clean(translate(column.title))) for column in sheet.columns]
    for row, texts in zip(sheet.rows, lines, strict=True):
        for place, text in enumerate(texts):
            lacking = missing(row.cells[place], marks[place]) if row.cells else 0
            widths[place] = max(widths[place], width(clean(text)) + lacking)
    return widths


def _cell(row: Row, place: int, text: str, widest: str) -> RenderableType:
    """A text of the table; a number leaves room for the marks that others of its column have."""
    shown = _text(text, _style(row, place))
    lacking = missing(row.cells[place], widest) if row.cells and text.strip() else 0
    return Padding(shown, (0, lacking, 0, 0)) if lacking else shown


def _texts(row: Row, columns: Sequence[Column]) -> list[str]:
    """The texts of a row; a heading without figures stands in the first column that is a text."""
    if row.cells:
        return [drawn(cell, column.width) for cell, column in zip(row.cells, columns, strict=True)]
    at = heading_place(columns)
    return [translate(row.heading) if place == at else "" for place in range(len(columns))]


def _style(row: Row, place: int) -> str:
    return "bold" if row.kind != "line" or not row.cells else _STYLES[tone(row.cells[place])]


def _text(word: Word, style: str = "") -> Text:
    """Cleaned text, never markup."""
    return Text(clean(translate(word)), style=style)
