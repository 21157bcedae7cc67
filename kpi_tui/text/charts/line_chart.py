"""A line chart of characters: axis with its numbers, the line in braille, target dashed, the usual band dotted."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi_tui.text.charts.pieces import Line, Part, in_ascii, joined
from kpi_tui.text.fit import width
from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.sparks import NARROW, Axis, axis

LAST, TARGET, BAND, MARKED = "●", "┄", "·", "┴"
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille cell: left column from the top, right column from the top (Unicode 2800–28FF)."""
_ACROSS, _DOWN = 2, 4
_LEAST_PLOT = 8


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: a value per place, oldest first, and what it is held against.

    `targets` as many as values, or none; `band`: lowest and highest usual value; `partial`: places that are not over;
    `names` of the places; `said` tells a number of the axis; `marks`: what is told below a place, "" for nothing.
    """

    values: Sequence[float | None]
    said: Callable[[float], str]
    names: Sequence[str] = ()
    targets: Sequence[float | None] = ()
    partial: Container[int] = ()
    band: tuple[float, float] | None = None
    marks: Sequence[str] = ()


def line_chart(plot: Plot, room: int, rows: int, *, ascii_only: bool = False) -> list[Line]:
    """`rows` lines of the plot, the axis and its names below; at most `room` cells wide. Nothing known: no line."""
    whole = [value for place, value in enumerate(plot.values) if value is not None and place not in plot.partial]
    held = [value for value in plot.targets if value is not None]
    if not any(value is not None for value in plot.values):
        return []
    lines = _Canvas(plot, axis([*whole, *held]), rows, room).lines()
    return in_ascii(lines) if ascii_only else lines


class _Canvas:
    """The cells of one chart, from the top left."""

    def __init__(self, plot: Plot, span: Axis, rows: int, room: int) -> None:
        self._plot, self._span, self._rows = plot, span, rows
        self._labels = self._axis_labels()
        self._margin = max(map(width, self._labels.values()))
        self._wide = max(room - self._margin - 2, _LEAST_PLOT)
        self._dots: dict[tuple[int, int], int] = {}
        self._signs: dict[tuple[int, int], tuple[str, Part]] = {}

    def lines(self) -> list[Line]:
        """Label, axis and plot, row by row; the ground; the names."""
        self._draw_band()
        self._draw_zero()
        self._draw_targets()
        self._draw_line()
        return [*(self._row(row) for row in range(self._rows)), self._ground(), *self._marks(), self._names()]

    # --- what stands where -------------------------------------------------------------------------
    def _axis_labels(self) -> dict[int, str]:
        """Row -> its number: the highest, the lowest (`~` where that is not zero), zero where it lies between."""
        span, last = self._span, self._rows - 1
        labels = {last: f"{NARROW if span.narrow else ''}{self._plot.said(span.low)}", 0: self._plot.said(span.high)}
        if span.low < 0 < span.high:
            labels.setdefault(self._row_of(0.0), self._plot.said(0.0))
        return labels

    def _row_of(self, value: float) -> int:
        return self._dot_of(value) // _DOWN

    def _dot_of(self, value: float) -> int:
        """The row of dots of a value, from the top; what lies beyond an end stands at it."""
        share = min(max(self._span.height(value), 0.0), 1.0)
        return round((1 - share) * (self._rows * _DOWN - 1))

    def _column(self, place: int) -> int:
        """The column of dots of a place: all of the width is used, one place alone stands in the middle."""
        across, many = self._wide * _ACROSS - 1, len(self._plot.values)
        return round(place * across / (many - 1)) if many > 1 else across // 2

    def _cells_of(self, place: int) -> range:
        """The columns of cells nearest to a place."""
        many = len(self._plot.values)
        at = [self._column(one) // _ACROSS for one in (max(place - 1, 0), place, min(place + 1, many - 1))]
        first = 0 if place == 0 else (at[0] + at[1]) // 2 + 1
        last = self._wide - 1 if place == many - 1 else (at[1] + at[2]) // 2
        return range(first, last + 1)

    # --- drawing -------------------------------------------------------------------------------------
    def _draw_band(self) -> None:
        if self._plot.band is None:
            return
        for end in self._plot.band:
            if self._span.low <= end <= self._span.high:
                for column in range(self._wide):
                    self._signs[self._row_of(end), column] = (BAND, "band")

    def _draw_zero(self) -> None:
        if self._span.low < 0 < self._span.high:
            for column in range(self._wide):
                self._signs.setdefault((self._row_of(0.0), column), ("─", "label"))

    def _draw_targets(self) -> None:
        for place, target in enumerate(self._plot.targets):
            if target is not None:
                for column in self._cells_of(place):
                    self._signs[self._row_of(target), column] = (TARGET, "target")

    def _draw_line(self) -> None:
        """Neighbours that are known are joined; a period that is not over stands for itself."""
        dots = [
            None if value is None else (self._column(place), self._dot_of(value))
            for place, value in enumerate(self._plot.values)
        ]
        over = [None if place in self._plot.partial else dot for place, dot in enumerate(dots)]
        for start, end in pairwise(over):
            if start and end:
                for x, y in _between(start, end):
                    self._set(x, y)
        for place, dot in enumerate(dots):
            if dot and place in self._plot.partial:
                self._mark(dot, PARTIAL)
        around = zip([None, *over], over, [*over[1:], None], strict=False)
        alone = [dot for before, dot, after in around if dot and not before and not after]
        last = [dot for dot in over if dot][-1:]
        for dot in (*alone, *last):  # a dot of a line that goes nowhere would hardly be seen
            self._mark(dot, LAST)

    def _mark(self, dot: tuple[int, int], sign: str) -> None:
        cell = dot[1] // _DOWN, dot[0] // _ACROSS
        self._dots.pop(cell, None)
        self._signs[cell] = (sign, "last")

    def _set(self, x: int, y: int) -> None:
        cell = y // _DOWN, x // _ACROSS
        self._dots[cell] = self._dots.get(cell, 0) | _DOTS[x % _ACROSS][y % _DOWN]

    # --- lines -----------------------------------------------------------------------------------------
    def _row(self, row: int) -> Line:
        label = self._labels.get(row)
        head = f"{' ' * (self._margin - width(label or ''))}{label or ''} {'┤' if label else '│'}"
        return [(head, "label"), *joined(self._cell(row, column) for column in range(self._wide))]

    def _cell(self, row: int, column: int) -> tuple[str, Part]:
        if dots := self._dots.get((row, column)):
            return chr(_BRAILLE + dots), "line"
        return self._signs.get((row, column), (" ", ""))

    def _ground(self) -> Line:
        marked = {self._column(place) // _ACROSS for place, mark in enumerate(self._plot.marks) if mark}
        ground = "".join(MARKED if column in marked else "─" for column in range(self._wide))
        return [(f"{' ' * (self._margin + 1)}└{ground}", "label")]

    def _marks(self) -> list[Line]:
        """The last mark and every one before it that has room."""
        starts: list[int] = []
        told: list[str] = []
        for place, mark in reversed(list(enumerate(self._plot.marks))):
            start = self._start(place, mark)
            if mark and start + width(mark) < (starts[0] if starts else self._wide + 1):
                starts.insert(0, start)
                told.insert(0, mark)
        return [[(self._placed(starts, told), "label")]] if told else []

    def _names(self) -> Line:
        """The last name and every k-th before it, as close as they stand apart; the first one alone where none fits."""
        many = len(self._plot.names)
        steps = ([*range(many - 1, -1, -step)] for step in range(1, many + 1))
        for places in steps:
            starts = [self._start(place, self._plot.names[place]) for place in reversed(places)]
            ends = [
                start + width(self._plot.names[place]) for start, place in zip(starts, reversed(places), strict=True)
            ]
            if all(end + 2 <= start for end, start in zip(ends, starts[1:], strict=False)) and ends[-1] <= self._wide:
                return [(self._placed(starts, [self._plot.names[place] for place in reversed(places)]), "label")]
        return []

    def _start(self, place: int, name: str) -> int:
        """Where a name begins that stands in the middle below its place, inside of the chart."""
        wide = width(name)
        return max(min(self._column(place) // _ACROSS - wide // 2, self._wide - wide), 0)

    def _placed(self, starts: Sequence[int], names: Sequence[str]) -> str:
        text = " " * (self._margin + 2)
        for start, name in zip(starts, names, strict=True):
            text += " " * (self._margin + 2 + start - width(text)) + name
        return text


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots of a straight line from one to the other."""
    (x, y), (to, at) = start, end
    steps = max(abs(to - x), abs(at - y), 1)
    for step in range(steps + 1):
        yield round(x + (to - x) * step / steps), round(y + (at - y) * step / steps)
