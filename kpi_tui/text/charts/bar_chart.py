"""Bars of characters, a line each: name, bar, numbers. Plain, stacked or hanging as in a waterfall; the axis below.

Bars of values below zero go to the left of it; a mark stands where a bar's target lies; an axis that does not begin at
zero says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpi_tui.text.charts.pieces import AIM, HAIR, TOTAL, Line, Part, fill_sign, in_ascii, joined, more_lines
from kpi_tui.text.fit import fit, fit_name, width
from kpi_tui.text.format import bar
from kpi_tui.text.sparks import NARROW

LEAST_PLOT, LEAST_NAME, GAP = 10, 8, 2
"""Cells of bars and of a name that are kept; between two numbers."""
_BELOW = 2
"""Lines below the bars: the ground and its numbers."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar: pieces from … to on the axis with their fill, what stands behind it, where its target lies."""

    name: str
    pieces: Sequence[tuple[float, float, int]]
    numbers: Sequence[str] = ()
    target: float | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class BarPlot:
    """What is drawn; `said` tells a number of the axis; `heads` name the numbers behind the bars.

    `span`: the ends of the axis, without zero where it is cut; `ends`: the last bar always stands, as of a waterfall.
    """

    bars: Sequence[BarLine]
    said: Callable[[float], str]
    span: tuple[float, float]
    heads: Sequence[str] = ()
    ends: bool = False


def bar_chart(plot: BarPlot, room: int, rows: int, *, ascii_only: bool = False) -> list[Line]:
    """At most `rows` lines of at most `room` cells, the axis included; no bar: no line."""
    if not plot.bars:
        return []
    lines = _Bars(plot, room).lines(rows)
    return in_ascii(lines) if ascii_only else lines


class _Bars:
    """The lines of one chart: widths and axis are those of all its bars, also of those that find no room."""

    def __init__(self, plot: BarPlot, room: int) -> None:
        self._plot = plot
        self._numbers = self._number_widths(room)
        beside = sum(wide + GAP for wide in self._numbers)
        names = max(width(one.name) for one in plot.bars)
        self._name = max(min(names, room - beside - LEAST_PLOT - 1, max(room * 2 // 5, LEAST_NAME)), 1)
        self._wide = max(room - beside - self._name - 2, LEAST_PLOT)
        self._low, self._high = plot.span
        share = -self._low / (self._high - self._low) if self._low < 0 else 0.0
        inside = min(max(round(share * self._wide), 1), self._wide - 1)
        self._zero = inside if 0 < share < 1 else round(share) * self._wide

    def lines(self, rows: int) -> list[Line]:
        """Names of the numbers, the bars (a line says how many find no room), the ground, its numbers."""
        heads = [self._heads()] if any(self._plot.heads) else []
        shown, more = self._shown(max(rows - _BELOW - len(heads), 1))
        drawn = [self._line(one) for one in shown]
        if more:
            drawn.insert(len(drawn) - self._plot.ends, more_lines(more))
        return [*heads, *drawn, self._ground(), self._labels()]

    def _shown(self, most: int) -> tuple[list[BarLine], int]:
        """The first bars; of a waterfall the last too, without which it says nothing."""
        bars = list(self._plot.bars)
        if len(bars) <= most:
            return bars, 0
        end = bars[-1:] if self._plot.ends else []
        kept = max(most - 1 - len(end), 1)
        return [*bars[:kept], *end], len(bars) - kept - len(end)

    def _number_widths(self, room: int) -> list[int]:
        """The columns of numbers; the last ones leave where the bars would have no room."""
        columns = max(len(one.numbers) for one in self._plot.bars)
        heads = [*self._plot.heads, *[""] * columns]
        wide = [
            max(width(heads[n]), *(width(one.numbers[n]) for one in self._plot.bars if n < len(one.numbers)))
            for n in range(columns)
        ]
        while len(wide) > 1 and sum(wide) + GAP * len(wide) + LEAST_PLOT + LEAST_NAME + 2 > room:
            wide.pop()
        return wide

    # --- a line ------------------------------------------------------------------------------------
    def _line(self, one: BarLine) -> Line:
        cells: list[tuple[str, Part]] = [(" ", "")] * (self._wide + 1)
        cells[self._zero] = ("│", "label")
        part: Part = "weak" if one.weak else "bar"
        for start, end, fill in one.pieces:
            self._fill(cells, start, end, fill, part)
        if one.target is not None:
            cells[min(self._at(one.target), self._wide)] = (AIM, "target")
        name: Part = "weak" if one.weak else ""
        return [
            (fit_name(one.name, self._name) + " ", name),
            *joined(cells),
            *self._beside(one.numbers, name or "number"),
        ]

    def _fill(self, cells: list[tuple[str, Part]], start: float, end: float, fill: int, part: Part) -> None:
        low, high = sorted((start, end))
        if low == high:
            return
        first, after = self._at(low, up=True), self._at(high)
        sign, kind = fill_sign(fill), "total" if fill == TOTAL and part == "bar" else part
        if first >= after:
            cells[min(first, self._wide)] = (HAIR, part)
            return
        for cell in range(first, after):
            cells[cell] = (sign, kind)
        if fill == TOTAL and low == max(self._low, 0.0):  # it stands on the ground: its end in eighths of a cell
            room = self._wide - self._zero
            drawn = bar((high - low) / (self._high - low), room).rstrip() or HAIR
            for cell, eighth in enumerate(drawn[:room], self._zero + 1):
                cells[cell] = (eighth, kind)

    def _at(self, value: float, up: bool = False) -> int:
        """The edge between two cells where a value lies; zero has a cell of its own. `up`: the side above zero."""
        ground = max(self._low, 0.0)
        if value == ground:
            return self._zero + up
        if value > ground:
            room = self._wide - self._zero
            return self._zero + 1 + round((value - ground) / (self._high - ground) * room)
        below = ground - self._low
        return round((value - self._low) / below * self._zero) if below > 0 else self._zero

    def _beside(self, numbers: Sequence[str], part: Part) -> Line:
        shown = zip((*numbers, *[""] * len(self._numbers)), self._numbers, strict=False)
        return [("".join(" " * GAP + fit(text, wide, "right") for text, wide in shown).rstrip(), part)]

    # --- around the bars ---------------------------------------------------------------------------
    def _heads(self) -> Line:
        return [(" " * (self._name + self._wide + 2), ""), *self._beside(self._plot.heads, "label")]

    def _ground(self) -> Line:
        corner = "└" if self._zero == 0 else "┴"
        ground = "─" * self._zero + corner + "─" * (self._wide - self._zero)
        return [(" " * (self._name + 1) + ground, "label")]

    def _labels(self) -> Line:
        """The ends of the axis, and zero where it lies between and has room."""
        said = self._plot.said
        first = f"{NARROW if self._low > 0 else ''}{said(self._low)}"
        last = said(self._high)
        places = [(0, first), (self._wide + 1 - width(last), last)]
        if 0 < self._zero < self._wide:
            zero = said(0.0)
            places.insert(1, (self._zero - width(zero) // 2, zero))
            ends = [at + width(text) for at, text in places]
            if ends[0] >= places[1][0] or ends[1] >= places[2][0]:
                places.pop(1)
        if width(first) >= places[-1][0]:
            places.pop(-1 if self._low > 0 else 0)  # that it does not begin at zero has to be said
        text = " " * (self._name + 1)
        for at, label in places:
            text += " " * max(self._name + 1 + at - width(text), 0) + label
        return [(text, "label")]
