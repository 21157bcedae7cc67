"""Charts of a View: frozen values that say what is drawn, never how. Lines over time, bars, heat maps.

A waterfall, a funnel and shares are bars: what differs is where their pieces begin and which fill they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kpi_tui.text.charts.pieces import FALL, FILLS, RISE, TOTAL
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import Cell, NumberCell, Series, Tone, finite

MOST_PARTS = len(FILLS)
"""Parts of a stacked bar that can be told apart."""
LEAST_SHARE = 0.2
"""Of the highest total: a waterfall whose totals move less is drawn on a cut axis."""


@dataclass(frozen=True, slots=True)
class LineChart:
    """A series with its axis, targets and usual band. `key`: the sheet or row that it is the picture of."""

    title: Word
    series: Series
    key: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is known of it."""
        return all(point.value is None for point in self.series.points)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar on the axis, and its fill: the place of the part, or TOTAL, RISE, FALL of a waterfall."""

    start: float
    end: float
    fill: int = TOTAL


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of pieces, the numbers behind it, and where its target lies; no pieces: not known."""

    name: Word
    pieces: tuple[Piece, ...]
    numbers: tuple[Cell, ...] = ()
    target: float | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars on one axis in one unit. `parts` name the fills of stacked bars, `heads` the numbers behind the bars.

    `edge`: where a cut axis begins (0: it holds zero); `key`: the sheet or row that it is the picture of.
    """

    title: Word
    bars: tuple[Bar, ...]
    unit: str = "count"
    parts: tuple[Word, ...] = ()
    heads: tuple[Word, ...] = ()
    edge: float = 0.0
    key: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is known of it."""
        return not any(one.pieces for one in self.bars)

    @property
    def is_waterfall(self) -> bool:
        """Its pieces hang where the one before ended."""
        return any(piece.fill in (RISE, FALL) for one in self.bars for piece in one.pieces) and not self.parts

    @property
    def span(self) -> tuple[float, float]:
        """The ends of its axis."""
        ends = [end for one in self.bars for piece in one.pieces for end in (piece.start, piece.end)]
        ends += [one.target for one in self.bars if one.target is not None]
        low, high = self.edge if self.edge > 0 else min((0.0, *ends)), max((0.0, *ends))
        return low, high if high > low else low + 1.0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A line of a heat map: name, the number beside it, its cells with their shades."""

    name: Word
    beside: NumberCell | None
    cells: tuple[NumberCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Numbers in cells, shaded; what is still to come is marked. `key`: the sheet that it is the picture of."""

    title: Word
    names: tuple[Word, ...]
    rows: tuple[HeatRow, ...]
    beside: Word = ""
    key: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is known of it."""
        return all(cell.value is None for row in self.rows for cell in row.cells)


Chart = LineChart | BarChart | HeatMap


def known(charts: Iterable[Chart]) -> tuple[Chart, ...]:
    """Those with anything to draw."""
    return tuple(one for one in charts if not one.is_empty)


def plain_bar(name: Word, number: NumberCell, *more: Cell, target: float | None = None, tone: Tone = "") -> Bar:
    """A bar from zero to a number; none where it is not known."""
    value = finite(number.value)
    pieces = () if value is None else (Piece(0.0, value),)
    return Bar(name, pieces, (number, *more), target, tone)


def stacked_bar(name: Word, values: Sequence[float], whole: NumberCell | None = None) -> Bar:
    """Parts beside each other."""
    ends = [0.0, *accumulate(values)]
    pieces = tuple(Piece(ends[n], ends[n + 1], n) for n in range(len(values)))
    return Bar(name, pieces, (whole,) if whole else ())


Named = tuple[Word, NumberCell]
"""A number beside its name."""


def waterfall(title: Word, start: Named, steps: Sequence[Named], end: Named, key: str = "") -> BarChart:
    """From a total over what adds and takes away to the other (nothing of 0); empty where a number is not known."""
    steps = [(name, number) for name, number in steps if number.value != 0]
    values = [finite(number.value) for _name, number in (start, *steps)]
    known_ = [value for value in values if value is not None]
    if len(known_) < len(values) or end[1].value is None:
        return BarChart(title, ())
    ends = list(accumulate(known_))
    edge = _edge(ends) if min(ends) >= 0 else 0.0
    ground = max(edge, 0.0)
    bars = [Bar(start[0], (Piece(ground, ends[0]),), (start[1],), tone="strong")]
    for (name, number), before, after in zip(steps, ends[:-1], ends[1:], strict=True):
        bars.append(Bar(name, (Piece(before, after, RISE if after > before else FALL),), (number,)))
    bars.append(Bar(end[0], (Piece(ground, ends[-1]),), (end[1],), tone="strong"))
    return BarChart(title, tuple(bars), start[1].unit, edge=edge, key=key)


def _edge(ends: Sequence[float]) -> float:
    """Where the axis of totals above zero begins: at 0, unless all that moves would be a few cells at the right."""
    low, high = min(ends), max(ends)
    return 0.0 if high == 0 or (high - low) / high >= LEAST_SHARE else low - (high - low)


def together(bars: Sequence[Named], most: int) -> list[Named]:
    """The first `most`, and the sum of the others in one."""
    if len(bars) <= most:
        return list(bars)
    rest = [number.value for _name, number in bars[most - 1 :]]
    whole = None if None in rest else sum(value for value in rest if value is not None)
    return [*bars[: most - 1], (phrase("others"), replace(bars[0][1], value=whole))]
