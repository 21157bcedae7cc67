"""A heat map of characters: numbers in cells, a sign behind each that is the darker the larger it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_tui.text.charts.pieces import SHADES, Line, in_ascii, more_lines
from kpi_tui.text.fit import ELLIPSIS, fit, width

LEAST_NAME = 4
"""Cells of a name that are kept."""


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A line: its name, the number beside it, and of every cell the text and how dark it is (0 … 5)."""

    name: str
    beside: str
    cells: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class HeatPlot:
    """The lines from the top, the names of their cells, and of the number beside the names."""

    names: Sequence[str]
    rows: Sequence[HeatLine]
    beside: str = ""


def heat_map(plot: HeatPlot, room: int, rows: int, *, ascii_only: bool = False) -> list[Line]:
    """At most `rows` lines of at most `room` cells; columns that find no room leave a mark. No row: no line."""
    if not plot.rows:
        return []
    lines = _lines(plot, room, rows)
    return in_ascii(lines) if ascii_only else lines


def _lines(plot: HeatPlot, room: int, rows: int) -> list[Line]:
    beside = max(width(plot.beside), *(width(row.beside) for row in plot.rows))
    name = max(min(max(width(row.name) for row in plot.rows), room // 3), LEAST_NAME)
    left = name + (beside + 1 if beside else 0)
    widths = [_width(plot, place) for place in range(len(plot.names))]
    shown = _fitting(widths, room - left)
    cut = shown < len(widths)
    heads = "".join(f" {fit(plot.names[n], widths[n] - 1, 'right')} " for n in range(shown)) + (ELLIPSIS if cut else "")
    head = " " * name + (f" {fit(plot.beside, beside, 'right')}" if beside else "") + heads
    kept = plot.rows if len(plot.rows) <= rows - 1 else plot.rows[: max(rows - 2, 1)]
    lines: list[Line] = [[(head.rstrip(), "label")]]
    lines += [_row(row, name, beside, widths[:shown]) for row in kept]
    if more := len(plot.rows) - len(kept):
        lines.append(more_lines(more))
    return lines


def _width(plot: HeatPlot, place: int) -> int:
    """Cells of a column: its widest text, and the sign behind it."""
    texts = (row.cells[place][0] for row in plot.rows if place < len(row.cells))
    return max(width(plot.names[place]), *map(width, texts)) + 1


def _fitting(widths: Sequence[int], room: int) -> int:
    """How many columns fit, with a blank before each; the mark of those that do not needs a cell."""
    if sum(widths) + len(widths) <= room:
        return len(widths)
    used = shown = 0
    while shown < len(widths) and used + widths[shown] + 1 <= room - 1:
        used += widths[shown] + 1
        shown += 1
    return shown


def _row(row: HeatLine, name: int, beside: int, widths: Sequence[int]) -> Line:
    line: Line = [(fit(row.name, name), "")]
    if beside:
        line.append((f" {fit(row.beside, beside, 'right')}", "number"))
    for (text, dark), wide in zip(row.cells, widths, strict=False):
        line.append((f" {fit(text, wide - 1, 'right')}", "number"))
        line.append((SHADES[max(dark - 1, 0)], "shade"))
    return line
