"""An answer as an SVG picture that stands alone: for a chat, a slide, a wiki."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kpi_tui.render.charts.as_svg import WIDE, chart_picture
from kpi_tui.render.drawn import SHADES, drawn, shade, tail, tone
from kpi_tui.render.svg_marks import bar, signed_bar, spark
from kpi_tui.render.tails import is_figure, missing, tails
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.phrase import Word, translate
from kpi_tui.views.cells import BarCell, Cell, SignedBarCell, SparkCell
from kpi_tui.views.charts import Chart
from kpi_tui.views.view import Row, Sheet, View

CELL, LINE, PAD, MARK = 8.2, 26, 16, 96
MOST = 60
"""Pixels of a terminal cell and of a line, the edge, a small picture; letters of a text before it is cut."""
LETTER, SMALL, FOOT_LEAST = 8.6, 6.8, 480
"""Pixels of a letter of a sentence and of the foot (the widest of the fonts), of the narrowest foot."""

_STYLE = """
text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei Mono", monospace;
       fill: #1b1f24; white-space: pre; }
.paper { fill: #ffffff; } .rule { stroke: #d9dee3; } .title { font-weight: 700; } .soft, text.muted { fill: #5b6570; }
text.good { fill: #1a7f4b; } text.near { fill: #9a6700; } text.weak { fill: #c0392b; font-weight: 700; }
text.heading { fill: #3b6ea5; font-weight: 700; } text.total { font-weight: 700; }
.track { fill: #d9dee3; } .plain, .dot { fill: #3b6ea5; } rect.good { fill: #1a7f4b; } rect.near { fill: #9a6700; }
rect.weak { fill: #c0392b; } .mark { stroke: #1b1f24; } .line { stroke: #3b6ea5; stroke-width: 1.6; }
.open { fill: #ffffff; stroke: #3b6ea5; } text.narrow, text.small, .chart text { font-size: 11px; fill: #5b6570; }
.axis { stroke: #d9dee3; } .band { fill: #d9dee3; opacity: .4; } .aim { stroke: #5b6570; stroke-dasharray: 4 3; }
"""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet (`place`) with its edges in pixels, its side, and the widest marks behind its numbers."""

    place: int
    start: float
    end: float
    right: bool
    tail: str


def render(view: View, origin: Sheet | None = None) -> str:
    """One view as a picture: its sentences, all its sheets below each other, its charts; `origin` at the foot."""
    return document(view.title, [view], origin)


def document(title: Word, views: Sequence[View], origin: Sheet | None = None) -> str:
    """Several views below each other under one title; nothing of an answer is left out."""
    name = clean(translate(title))
    paper = _Paper(_width(name, views))
    paper.say(name, "title")
    for view in views:
        if (said := clean(translate(view.title))) != name:
            paper.say(said, "title")
        for sentence in view.sentences:
            paper.say(translate(sentence.word), sentence.tone)
        for sheet in view.sheets:
            paper.sheet(sheet, name)
            for one in view.charts_of(sheet):
                paper.chart(one)
        for one in view.own_charts():
            paper.chart(one)
    if origin is not None:
        paper.foot(origin)
    return paper.done()


def _width(title: str, views: Sequence[View]) -> float:
    """Pixels of the widest table and of the longest sentence."""
    sheets = [sheet for view in views for sheet in view.sheets]
    words = [word for view in views for word in (view.title, *(sentence.word for sentence in view.sentences))]
    words += [word for sheet in sheets for word in (sheet.title, *(note.word for note in sheet.notes))]
    texts = [title, *(clean(translate(word)) for word in words)]
    charts = WIDE + 2 * PAD if any(view.charts for view in views) else 0
    tables = [_columns(sheet, _places(sheet))[1] for sheet in sheets]
    return max([200, charts, *tables, *(width(text) * LETTER + 2 * PAD for text in texts)])


class _Paper:
    """What is drawn so far, and the line that comes next."""

    def __init__(self, wide: float) -> None:
        self._wide = wide
        self._parts: list[str] = []
        self._y = PAD + 16.0

    def say(self, text: str, css: str) -> None:
        """A line of its own; nothing where there is nothing to say."""
        if text:
            self._parts.append(_text(PAD, self._y, text, css))
            self._y += LINE

    def sheet(self, sheet: Sheet, shown: str) -> None:
        """Title (unless the picture has it already), header, rows, what is said below; a gap before it."""
        places = _places(sheet)
        columns, _wide = _columns(sheet, places)
        if not sheet.rows and not sheet.notes:
            return
        title = clean(translate(sheet.title))
        self._y += LINE / 2 if self._parts else 0
        self.say("" if title == shown else title, "title")
        if any(translate(sheet.columns[place].title) for place in places):
            self._head(sheet, columns)
        for row in sheet.rows:
            self._parts += _row(row, columns, self._y)
            self._y += LINE
        for note in sheet.notes:
            self.say(translate(note.word), "soft")

    def _head(self, sheet: Sheet, columns: Sequence[_Column]) -> None:
        for column in columns:
            title = translate(sheet.columns[column.place].title)
            x = column.end if column.right else column.start
            self._parts.append(_text(x, self._y, title, "soft", column.right))
        y = self._y + 8
        self._parts.append(f'<line class="rule" x1="{PAD}" x2="{self._wide - PAD:g}" y1="{y:g}" y2="{y:g}"/>')
        self._y += LINE

    def chart(self, one: Chart) -> None:
        """A picture below its name."""
        drawn_chart, high = chart_picture(one)
        if drawn_chart:
            self.say(translate(one.title), "title")
            self._parts.append(f'<g class="chart" transform="translate({PAD} {self._y - 12:g})">{drawn_chart}</g>')
            self._y += high + LINE / 2

    def foot(self, origin: Sheet) -> None:
        """Where the numbers come from, in small lines as wide as the picture."""
        self._y += LINE / 4
        said = " · ".join(": ".join(clean(drawn(cell)) for cell in row.cells) for row in origin.rows)
        letters = int((max(self._wide, FOOT_LEAST) - 2 * PAD) / SMALL)
        for line in _lines(said, letters):
            self._wide = max(self._wide, width(line) * SMALL + 2 * PAD)
            self._parts.append(_text(PAD, self._y, line, "small"))
            self._y += LINE * 0.7

    def done(self) -> str:
        """The picture; blanks count in it, as those between a number and what it is out of."""
        wide, high = self._wide, self._y - LINE + PAD + 8
        size = f'width="{wide:g}" height="{high:g}" viewBox="0 0 {wide:g} {high:g}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" {size}><style>{_STYLE}</style>'
        return f'{head}<rect class="paper" width="{wide:g}" height="{high:g}"/>{"".join(self._parts)}</svg>\n'


def _lines(text: str, letters: int) -> list[str]:
    """Broken between words."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and width(longer) > letters:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _places(sheet: Sheet) -> list[int]:
    lines = [row for row in sheet.rows if row.cells]
    return [place for place in sheet.shown() if any(_filled(row.cells[place]) for row in lines)]


def _filled(cell: Cell) -> bool:
    return bool(_mark(cell) or _words(cell).strip())


def _words(cell: Cell) -> str:
    """The text of a cell that is no picture; a picture without a value is empty, not drawn in letters."""
    picture = isinstance(cell, BarCell | SignedBarCell | SparkCell)
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
        if dark := shade(cell):
            parts.append(_shaded(column, dark, y))
        if mark := _mark(cell):
            parts.append(f'<g transform="translate({column.start:g} {y - 12:g})">{mark}</g>')
        else:
            parts.append(_words_at(cell, column, row.kind if row.kind != "line" else tone(cell), y))
    return parts


def _shaded(column: _Column, dark: int, y: float) -> str:
    """A heat map's ground behind a number."""
    size = f'x="{column.start - 6:g}" y="{y - 18:g}" width="{column.end - column.start + 12:g}" height="{LINE}"'
    return f'<rect class="plain" {size} fill-opacity="{dark / SHADES / 2:g}"/>'


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
