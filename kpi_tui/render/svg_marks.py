"""Small pictures as SVG: bars, sparks, signed bars, lines over time. Colours are classes: light and dark work."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.phrase import translate
from kpi_tui.text.sparks import NARROW, Axis, axis
from kpi_tui.views.cells import BarCell, NumberCell, Point, Series, SignedBarCell, whole_values

WIDE, HIGH, SIGN = 96, 14, 10
"""Pixels of a small picture, and of a sign in front of what it shows."""
_LETTER = 6.7
"""Pixels of a letter."""
SPAN = 1.25
"""Share of the target at the right end of a bar that has a mark for it."""


def bar(cell: BarCell) -> str:
    """A share as a bar; with a target, a line where it lies. A near miss leaves a pixel open before it is full."""
    end = SPAN if cell.target else 1.0
    share = min(max(cell.share or 0.0, 0.0), end)
    wide = share * WIDE / end if share >= 1 else min(share * WIDE, WIDE - end) / end
    marks = [f'<rect class="track" x="0" y="4" width="{WIDE}" height="6" rx="3"/>']
    if cell.share is not None:
        marks.append(f'<rect class="{_tone(cell.tone)}" x="0" y="4" width="{wide:.1f}" height="6" rx="3"/>')
    if cell.target:
        at = WIDE / SPAN
        marks.append(f'<line class="mark" x1="{at:.1f}" x2="{at:.1f}" y1="1" y2="13"/>')
    return picture(WIDE, HIGH, marks, "bar")


def signed_bar(cell: SignedBarCell) -> str:
    """A bar left or right of zero."""
    half = WIDE / 2
    long = min(abs(cell.value or 0.0) / cell.most, 1.0) * half if cell.most else 0.0
    start = half - long if (cell.value or 0.0) < 0 else half
    tone = "weak" if (cell.value or 0.0) < 0 else "good"
    marks = [f'<rect class="{tone}" x="{start:.1f}" y="3" width="{long:.1f}" height="8"/>'] if cell.value else []
    return picture(WIDE, HIGH, [*marks, f'<line class="mark" x1="{half}" x2="{half}" y1="0" y2="14"/>'], "signed bar")


def spark(series: Series) -> str:
    """A line through the whole periods, zero at the ground; one that is not over is an open dot.

    A narrow band has another ground: a `~` in front says so.
    """
    span = axis(whole_values(series))
    left = SIGN if span.narrow else 0
    points = [(n, x + left, y) for n, x, y in _places(series.points, WIDE - left, HIGH - 4, 2, span)]
    marks = [f'<text class="narrow" x="0" y="11">{NARROW}</text>'] if span.narrow else []
    marks += _lines(points)
    marks += [_dot(x, y, series.points[place].partial) for place, x, y in points[-1:]]
    return picture(WIDE, HIGH, marks, "trend, not from zero" if span.narrow else "trend")


def line_picture(series: Series, wide: int, high: int) -> str:
    """A series with its axis (a `~` at its ground: not from zero), first and last period, the target dashed."""
    marked = [(place, word) for place, point in enumerate(series.points) if (word := clean(translate(point.mark)))]
    left, right, top, bottom = 72, 12, 10, 38 if marked else 24
    room, floor = wide - left - right, high - top - bottom
    known = [value for point in series.points for value in (point.value, point.target) if value is not None]
    if not known:
        return ""
    span = axis(known)
    points = [(n, x + left, y) for n, x, y in _places(series.points, room, floor, top, span)]
    targets = [Point(point.period, point.target) for point in series.points]
    aims = [(n, x + left, y) for n, x, y in _places(targets, room, floor, top, span)]
    marks = [f'<line class="axis" x1="{left}" x2="{wide - right}" y1="{top + floor}" y2="{top + floor}"/>']
    if series.band is not None:
        marks.append(_band(series.band, span, (left, top, room, floor)))
    marks += [line.replace('class="line"', 'class="aim"') for line in _lines(aims)]
    marks += _lines(points)
    marks += [_dot(x, y, series.points[place].partial) for place, x, y in points]
    marks += [_label(left - 6, top + 4, _said(span.high, series.unit), "end")]
    ground = f"{NARROW} {_said(span.low, series.unit)}" if span.narrow else _said(span.low, series.unit)
    marks += [_label(left - 6, top + floor, ground, "end")] if span.low != span.high else []
    marks += [_label(left, high - 6, series.points[0].period, "start")]
    marks += [_label(wide - right, high - 6, series.points[-1].period, "end")] if len(series.points) > 1 else []
    step = room / max(len(series.points) - 1, 1)
    marks += _below([(left + place * step, word) for place, word in marked], (left, wide - right), top + floor)
    return picture(wide, high, marks, "chart")


def _below(marks: Sequence[tuple[float, str]], ends: tuple[float, float], floor: float) -> list[str]:
    """A tick on the axis for every mark; the last of the words and those before it that have room."""
    found, free = [], ends[1]
    for x, word in reversed(marks):
        found.append(f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{floor:g}" y2="{floor + 4:g}"/>')
        half = width(word) * _LETTER / 2
        at = min(max(x, ends[0] + half), ends[1] - half)
        if at + half <= free:
            found.append(_label(at, floor + 14, word, "middle"))
            free = at - half - _LETTER
    return found


def _band(band: tuple[float, float], span: Axis, field: tuple[float, float, float, float]) -> str:
    """What is usual, as far as the axis goes; `field`: left, top, width, height."""
    left, top, wide, high = field
    low, tall = (min(max(span.height(end), 0.0), 1.0) for end in band)
    y, size = top + (1 - tall) * high, (tall - low) * high
    return f'<rect class="band" x="{left:g}" y="{y:.1f}" width="{wide:g}" height="{size:.1f}"/>'


def picture(wide: float, high: float, marks: Sequence[str], name: str) -> str:
    """An inline picture with a name for who cannot see it."""
    size = f'width="{wide:g}" height="{high:g}" viewBox="0 0 {wide:g} {high:g}"'
    return f'<svg class="picture" role="img" aria-label="{escape(name)}" {size}>{"".join(marks)}</svg>'


def _places(
    points: Sequence[Point], wide: float, high: float, top: float, span: Axis
) -> list[tuple[int, float, float]]:
    """(place, x, y) of the points with a value; a period that is not over does not stretch the scale."""
    step = wide / max(len(points) - 1, 1)
    found = []
    for place, point in enumerate(points):
        if point.value is not None:
            share = span.height(point.value)
            found.append((place, place * step, top + (1 - min(max(share, 0.0), 1.0)) * high))
    return found


def _lines(points: Sequence[tuple[int, float, float]]) -> list[str]:
    """Lines between neighbours; a gap where a value is not known."""
    return [
        f'<line class="line" x1="{x:.1f}" y1="{y:.1f}" x2="{to:.1f}" y2="{at:.1f}"/>'
        for (place, x, y), (other, to, at) in pairwise(points)
        if other == place + 1
    ]


def _dot(x: float, y: float, partial: bool) -> str:
    return f'<circle class="{"open" if partial else "dot"}" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>'


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(clean(text))}</text>'


def _said(value: float, unit: str) -> str:
    return drawn(NumberCell(value, unit))


def _tone(tone: str) -> str:
    return tone if tone in ("good", "near", "weak") else "plain"
