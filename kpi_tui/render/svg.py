"""One sheet as an SVG picture that stands alone: for a chat, a slide, a wiki."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kpi_tui.render.drawn import drawn, tail, tone
from kpi_tui.render.svg_marks import bar, floating_bar, signed_bar, spark
from kpi_tui.render.tails import is_figure, missing, tails
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import BarCell, Cell, FloatingBarCell, SignedBarCell, SparkCell
from kpi_tui.views.view import Row, Sheet, View

CELL, LINE, PAD, MARK = 8.2, 26, 16, 96
MOST = 60
"""Pixels of a terminal cell and of a line, the edge, a small picture; letters of a text before it is cut."""

_STYLE = """
text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei Mono", monospace;
       fill: #1b1f24; }
.paper { fill: #ffffff; } .rule { stroke: #d9dee3; } .title { font-weight: 700; } .soft, text.muted { fill: #5b6570; }
text.good { fill: #1a7f4b; } text.near { fill: #9a6700; } text.weak { fill: #c0392b; font-weight: 700; }
text.heading { fill: #3b6ea5; font-weight: 700; } text.total { font-weight: 700; }
.track { fill: #d9dee3; } .plain, .dot { fill: #3b6ea5; } rect.good { fill: #1a7f4b; } rect.near { fill: #9a6700; }
rect.weak { fill: #c0392b; } .mark { stroke: #1b1f24; } .line { stroke: #3b6ea5; stroke-width: 1.6; }
.open { fill: #ffffff; stroke: #3b6ea5; } text.narrow { font-size: 11px; fill: #5b6570; }
"""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet (`place`) with its edges in pixels, its side, and the widest marks behind its numbers."""

    place: int
    start: float
    end: float
    right: bool
    tail: str


def render(view: View, key: str = "") -> str:
    """The sheet of that key, else the first one with rows; its sentences stand below it."""
    sheets = [sheet for sheet in view.sheets if sheet.rows] or list(view.sheets)
    chosen = next((sheet for sheet in sheets if sheet.key == key), sheets[0] if sheets else Sheet(()))
    title = translate(chosen.title) or translate(view.title)
    return _picture(chosen, title)


def _picture(sheet: Sheet, title: str) -> str:
    places = _places(sheet)
    columns, total = _columns(sheet, places)
    notes = [clean(translate(note.word)) for note in sheet.notes]
    wide = max([total, *(_length(text) + 2 * PAD for text in (clean(title), *notes)), 200])
    parts, y = [], PAD + 16.0
    if title:
        parts.append(_text(PAD, y, title, "title"))
        y += LINE
    if any(translate(sheet.columns[place].title) for place in places):
        for column in columns:
            title = translate(sheet.columns[column.place].title)
            parts.append(_text(column.end if column.right else column.start, y, title, "soft", column.right))
        parts.append(f'<line class="rule" x1="{PAD}" x2="{wide - PAD:g}" y1="{y + 8:g}" y2="{y + 8:g}"/>')
        y += LINE
    for row in sheet.rows:
        parts += _row(row, columns, y)
        y += LINE
    for note in notes:
        parts.append(_text(PAD, y, note, "soft"))
        y += LINE
    high = y - LINE + PAD + 8
    size = f'width="{wide:g}" height="{high:g}" viewBox="0 0 {wide:g} {high:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>'
    return f'{head}<rect class="paper" width="{wide:g}" height="{high:g}"/>{"".join(parts)}</svg>\n'


def _places(sheet: Sheet) -> list[int]:
    lines = [row for row in sheet.rows if row.cells]
    return [place for place in sheet.shown() if any(_filled(row.cells[place]) for row in lines)]


def _filled(cell: Cell) -> bool:
    return bool(_mark(cell) or _words(cell).strip())


def _words(cell: Cell) -> str:
    """The text of a cell that is no picture; a picture without a value is empty, not drawn in letters."""
    picture = isinstance(cell, BarCell | SignedBarCell | FloatingBarCell | SparkCell)
    return "" if picture else _cut(drawn(cell))


def _columns(sheet: Sheet, places: Sequence[int]) -> tuple[list[_Column], float]:
    """The columns with their edges, and the width of all."""
    columns, x, marks = [], float(PAD), tails(sheet.rows, sheet.columns)
    for place in places:
        cells = [row.cells[place] for row in sheet.rows if row.cells]
        lengths = [_length(clean(_words(cell))) + missing(cell, marks[place]) * CELL for cell in cells]
        title = _length(clean(translate(sheet.columns[place].title)))
        wide = max([title, *lengths, MARK if any(map(_mark, cells)) else 0.0])
        columns.append(_Column(place, x, x + wide, sheet.columns[place].right, marks[place]))
        x += wide + 18
    return columns, x - 18 + PAD


def _row(row: Row, columns: Sequence[_Column], y: float) -> list[str]:
    if not row.cells:
        return [_text(PAD, y, translate(row.heading), "heading")]
    parts = []
    for column in columns:
        cell = row.cells[column.place]
        if mark := _mark(cell):
            parts.append(f'<g transform="translate({column.start:g} {y - 12:g})">{mark}</g>')
        else:
            parts.append(_words_at(cell, column, row.kind if row.kind != "line" else tone(cell), y))
    return parts


def _words_at(cell: Cell, column: _Column, css: str, y: float) -> str:
    """The text of a cell; the marks of a number begin where its digits end, the same place in every row."""
    if not column.tail or not is_figure(cell):
        return _text(column.end if column.right else column.start, y, _words(cell), css, column.right)
    edge, marks = column.end - _length(column.tail), tail(cell)
    return _text(edge, y, _words(cell).removesuffix(marks), css, right=True) + _text(edge, y, marks, css)


def _mark(cell: Cell) -> str:
    """The small picture of a cell that is one."""
    match cell:
        case BarCell() if cell.share is not None or cell.target:
            return bar(cell)
        case SignedBarCell() if cell.value is not None:
            return signed_bar(cell)
        case FloatingBarCell():
            return floating_bar(cell)
        case SparkCell() if any(point.value is not None for point in cell.series.points):
            return spark(cell.series)
        case _:
            return ""


def _cut(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def _length(text: str) -> float:
    return width(text) * CELL


def _text(x: float, y: float, text: str, css: str = "", right: bool = False) -> str:
    shown = escape(clean(text))
    anchor = ' text-anchor="end"' if right else ""
    return f'<text class="{css}" x="{x:g}" y="{y:g}"{anchor}>{shown}</text>' if shown else ""
