"""A report for a person at a terminal: aligned by cells, coloured where that helps, plain when piped."""

from __future__ import annotations

import io
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpi_tui.report.sheet import Report, Sheet
from kpi_tui.text.clean import clean

_STYLES = {"": "", "good": "green", "near": "yellow", "weak": "bold red", "dim": "dim", "title": "bold"}
PLAIN_WIDTH = 10_000  # a pipe has no edge: never wrap what a program may read


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the table is shown: cells per line (None: a pipe) and whether colour is wanted."""

    width: int | None = None
    colour: bool = False


def render(report: Report, paper: Paper) -> str:
    """Title, table and notes of every sheet; data text is never read as markup."""
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
    for index, sheet in enumerate(report.sheets):
        if index:
            console.print()
        _print(console, sheet, paper.width)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _print(console: Console, sheet: Sheet, width: int | None) -> None:
    if sheet.title:
        console.print(_text(sheet.title, "bold"))
    if sheet.rows:
        console.print(_table(sheet, width))
    for note in sheet.notes:
        console.print(_text(note))


def _table(sheet: Sheet, width: int | None) -> Table:
    places = sheet.shown(width)
    columns = [sheet.columns[place] for place in places]
    headed = any(column.title for column in columns)
    table = Table(
        box=box.SIMPLE_HEAD if headed else None,
        show_header=headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column in columns:
        title = _text(column.title, "bold")
        if column.right:  # a number cut in two is no number
            table.add_column(title, justify="right", no_wrap=True)
        else:
            table.add_column(title, overflow="fold")
    for row in sheet.rows:
        table.add_row(*(_text(row[place].text, _STYLES[row[place].tone]) for place in places))
    return table


def _text(text: str, style: str = "") -> Text:
    """Cleaned text, never markup."""
    return Text(clean(text), style=style)
