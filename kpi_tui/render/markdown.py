"""A View as Markdown tables (GitHub's kind)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kpi_tui.render.columns import heading_place
from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import Word, phrase, translate
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.charts import LineChart
from kpi_tui.views.view import Column, Row, Sheet, View, sheet

POINTS = 6
"""Points of a series that are told as numbers."""
_SIGNS = re.compile(r"([\\`*\[\]<>|&]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|^[#+\-](?=\s|$))")


def render(view: View, origin: Sheet | None = None) -> str:
    """Title and sentences of the view, then every sheet as title, table and notes; `origin` closes the page."""
    return "\n".join([*_page(view, 1), *([_sheet(origin, 2)] if origin else [])])


def document(title: Word, views: Sequence[View], origin: Sheet | None = None) -> str:
    """Several views under one title."""
    return "\n".join(
        [
            f"# {plain(translate(title))}\n",
            *(part for view in views for part in _page(view, 2)),
            _sheet(origin, 2) if origin else "",
        ]
    )


def _page(view: View, level: int) -> list[str]:
    """Its parts, the titles of sheets and charts a level below its own."""
    head = [f"{'#' * level} {plain(title)}\n"] if (title := translate(view.title)) else []
    head += [f"{plain(translate(sentence.word))}\n" for sentence in view.sentences]
    # bars and heat maps draw what the sheets say already
    sheets = [*view.sheets, *(_numbers(chart) for chart in view.charts if isinstance(chart, LineChart))]
    return [*head, *(_sheet(sheet, level + 1) for sheet in sheets)]


def _numbers(chart: LineChart) -> Sheet:
    """The last points of a series as a line of numbers, with a line of targets where there are any."""
    points, unit = chart.series.points[-POINTS:], chart.series.unit
    columns = [Column("what"), *(Column(point.period, point.period, right=True) for point in points)]
    values = [NumberCell(point.value, unit, partial=point.partial) for point in points]
    aims = [NumberCell(point.target, unit, blank=True) for point in points]
    rows: list[list[Cell]] = [[text(phrase("Value")), *values]]
    if any(point.target is not None for point in points):
        rows.append([text(phrase("Target")), *aims])
    return sheet(columns, rows, chart.title)


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SIGNS.sub(r"\\\1", clean(text))


def _sheet(sheet: Sheet, level: int) -> str:
    title = translate(sheet.title)
    lines = [f"{'#' * level} {plain(title)}", ""] if title else []
    if sheet.rows:
        places = [place for place in sheet.shown() if any(_text(row, sheet, place).strip() for row in sheet.rows)]
        columns = [sheet.columns[place] for place in places]
        lines.append(_line(translate(column.title) for column in columns))
        lines.append("| " + " | ".join("---:" if column.right else "---" for column in columns) + " |")
        lines += [_line(_texts(row, columns, places)) for row in sheet.rows]
    lines += [told for note in sheet.notes for told in ("", plain(translate(note.word)))]
    return "\n".join(lines) + "\n"


def _text(row: Row, sheet: Sheet, place: int) -> str:
    return drawn(row.cells[place], sheet.columns[place].width) if row.cells else ""


def _texts(row: Row, columns: list[Column], places: list[int]) -> list[str]:
    if row.kind == "heading" and not row.cells:
        at = heading_place(columns)
        return [translate(row.heading) if n == at else "" for n in range(len(places))]
    return [drawn(row.cells[place], columns[n].width) for n, place in enumerate(places)]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(plain(text) for text in cells) + " |"
