"""A chart as SVG, inside a page or a picture: what a terminal shows, with the same axis and the same numbers.

Fills differ in darkness, not in colour alone: printed in grey they can still be told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from kpi_tui.render.charts.as_text import legend_of
from kpi_tui.render.drawn import drawn
from kpi_tui.render.svg_marks import line_picture, picture
from kpi_tui.text.charts.pieces import fill_sign
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.phrase import Word, translate
from kpi_tui.text.sparks import NARROW
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.charts import Bar, BarChart, Chart, LineChart

WIDE, HIGH = 640, 160
"""Pixels of a chart; of a line over time in height."""
ROW, LETTER, GAP, LEGEND, AXIS = 20, 6.7, 12, 20, 22
"""Pixels of a bar with its room, of a letter, between two columns, of a line of signs, of the axis below."""
NAMES = 26
"""Letters of a name before it is cut."""
FILL_OPACITY = (1.0, 0.6, 0.35, 0.2, 0.8, 0.45, 0.27, 0.12)


def chart_picture(chart: Chart) -> tuple[str, float]:
    """The picture and its height in pixels; "" and 0 where nothing is known, and of a heat map: its sheet is shaded."""
    if chart.is_empty:
        return "", 0
    if isinstance(chart, LineChart):
        return line_picture(chart.series, WIDE, HIGH), HIGH
    return _bars(chart) if isinstance(chart, BarChart) else ("", 0)


# --- bars --------------------------------------------------------------------------------------------
def _bars(chart: BarChart) -> tuple[str, float]:
    numbers = [[clean(drawn(cell)) for cell in one.numbers] for one in chart.bars]
    heads = [_word(head) for head in chart.heads]
    columns = [[row[n] for row in (heads, *numbers) if n < len(row)] for n in range(max(map(len, numbers)))]
    beside = [LETTER * max(map(width, column)) + GAP for column in columns]
    left = LETTER * min(max(width(_word(one.name)) for one in chart.bars), NAMES) + GAP
    right = WIDE - sum(beside)
    low, high = chart.span
    legend = list(_legend(legend_of(chart), chart))
    top = (LEGEND if legend else 0) + (LEGEND if any(map(_word, chart.heads)) else 0)

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    marks = [*legend, *_heads(chart, beside, top)]
    for place, one in enumerate(chart.bars):
        y = top + place * ROW
        marks.append(_text(0, y + 14, fit(_word(one.name), NAMES).rstrip(), one.tone))
        marks += [_piece(x(piece.start), x(piece.end), y, piece.fill) for piece in one.pieces]
        marks += _aim(one, x, y)
        at = right
        for wide, text in zip(beside, numbers[place], strict=False):
            at += wide
            marks.append(_text(at, y + 14, text, one.tone, right=True))
    floor = top + len(chart.bars) * ROW + 2
    marks += _axis(chart, x, (left, right, top, floor))
    tall = floor + AXIS
    return picture(WIDE, tall, marks, "bars"), tall


def _aim(one: Bar, x: Callable[[float], float], y: float) -> list[str]:
    if one.target is None:
        return []
    at = x(one.target)
    return [f'<line class="mark" x1="{at:.1f}" x2="{at:.1f}" y1="{y + 1:g}" y2="{y + ROW - 1:g}"/>']


def _piece(start: float, end: float, y: float, fill: int) -> str:
    """What is too small to be seen is a hairline."""
    left, right = sorted((start, end))
    opacity = FILL_OPACITY[fill % len(FILL_OPACITY)]
    return (
        f'<rect class="plain" x="{left:.1f}" y="{y + 4:g}" width="{max(right - left, 0.5):.1f}" height="{ROW - 8}" '
        f'fill-opacity="{opacity:g}"/>'
    )


def _legend(told: Sequence[str], chart: BarChart) -> Iterator[str]:
    """A square of each fill beside its name; what has no fill as it is told."""
    at = 0.0
    for place, text in enumerate(told):
        if place < len(chart.parts):
            size = f'x="{at:g}" y="4" width="10" height="10"'
            yield f'<rect class="plain" {size} fill-opacity="{FILL_OPACITY[place]:g}"/>'
            at, text = at + 14, text.removeprefix(f"{fill_sign(place)} ")
        yield _text(at, 13, clean(text))
        at += width(clean(text)) * LETTER + GAP


def _heads(chart: BarChart, beside: Sequence[float], top: float) -> Iterator[str]:
    at = WIDE - sum(beside)
    for wide, head in zip(beside, chart.heads, strict=False):
        at += wide
        yield _text(at, top - 6, _word(head), right=True)


def _axis(chart: BarChart, x: Callable[[float], float], field: tuple[float, float, float, float]) -> Iterator[str]:
    """The ground with the ends of the axis, and the line of zero."""
    left, right, top, floor = field
    low, high = chart.span
    zero = x(max(low, 0.0) if high > 0 else 0.0)
    yield f'<line class="axis" x1="{left:.1f}" x2="{right:.1f}" y1="{floor:g}" y2="{floor:g}"/>'
    yield f'<line class="mark" x1="{zero:.1f}" x2="{zero:.1f}" y1="{top:g}" y2="{floor:g}"/>'
    first, last, none = (clean(drawn(NumberCell(value, chart.unit), brief=True)) for value in (low, high, 0.0))
    yield _text(left, floor + 15, f"{NARROW} {first}" if chart.edge > 0 else first)
    yield _text(right, floor + 15, last, right=True)
    if low < 0 < high:
        yield _text(zero + width(none) * LETTER / 2, floor + 15, none, right=True)


# --- texts -------------------------------------------------------------------------------------------
def _word(word: Word) -> str:
    return clean(translate(word))


def _text(x: float, y: float, text: str, css: str = "", right: bool = False) -> str:
    if not text:
        return ""
    anchor = ' text-anchor="end"' if right else ""
    tone = f' class="{css}"' if css in ("weak", "good", "near") else ""
    return f'<text{tone} x="{x:.1f}" y="{y:g}"{anchor}>{escape(text)}</text>'
