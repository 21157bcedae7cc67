"""Columns of a sheet: who gets how many cells when room is short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kpi_tui.views.view import Column

GAP = 1
"""Empty cells between two columns."""
NARROWEST = 8
"""Cells that an elastic column keeps when nothing else can leave."""


NEAR = 20
"""Empty cells at most that an elastic column keeps behind its widest text: numbers stand near their names."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands on the line: index of the column, first cell, width in cells; its widest marks."""

    index: int
    x: int
    width: int
    tail: str = ""


def place(
    columns: Sequence[Column], natural: Sequence[int], room: int, tails: Sequence[str] = (), near: int = NEAR
) -> tuple[Slot, ...]:
    """Slots of the columns that fit into `room` cells; `natural` is the widest text of each, `tails` its marks.

    `near`: empty cells at most that an elastic column keeps behind its text.
    """
    least = [_least(column, natural[index]) for index, column in enumerate(columns)]
    shown = _kept(columns, least, [index for index, column in enumerate(columns) if not column.hidden], room)
    most = [wide + near for wide in natural]
    return _slots(_widths(columns, least, most, shown, room), tails)


def without_room(columns: Sequence[Column], placed: Iterable[int]) -> list[int]:
    """The columns that find no room, but for bars: they draw what a number beside them says."""
    shown = set(placed)
    return [n for n, column in enumerate(columns) if n not in shown and not column.hidden and column.csv]


def fitting(
    columns: Sequence[Column], natural: Sequence[int], shown: Sequence[int], room: int, text: int, gap: int
) -> list[int]:
    """The columns of a table whose texts may fold, down to `text` cells; numbers are never folded.

    `gap`: the empty cells that the table leaves between two columns.
    """
    least = [
        wide if column.right or column.width else min(wide, max(column.least, text))
        for column, wide in zip(columns, natural, strict=True)
    ]
    return _kept(columns, least, shown, room, gap)


def _kept(
    columns: Sequence[Column], least: Sequence[int], shown: Sequence[int], room: int, gap: int = GAP
) -> list[int]:
    """The columns left once those with the highest `drop` have made room."""
    kept = list(shown)
    while _needed(least, kept, gap) > room:
        droppable = [index for index in kept if columns[index].drop]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda index: (columns[index].drop, index)))
    return kept


def _least(column: Column, natural: int) -> int:
    """The smallest width a column accepts."""
    if column.width:
        return column.width
    if column.flex:  # no more than its text needs
        return min(column.least, natural) or column.least
    return max(column.least, min(natural, column.most))


def _needed(least: Sequence[int], shown: Sequence[int], gap: int = GAP) -> int:
    return sum(least[i] for i in shown) + gap * max(len(shown) - 1, 0)


def _widths(
    columns: Sequence[Column], least: Sequence[int], most: Sequence[int], shown: Sequence[int], room: int
) -> dict[int, int]:
    """Least widths, then the spare cells shared out among elastic columns; what none of them may take stays empty."""
    widths = {i: least[i] for i in shown}
    spare = room - _needed(least, shown)
    texts = [i for i in shown if not columns[i].right and not columns[i].width] if spare < 0 else []
    for i in sorted(texts, key=lambda i: not columns[i].flex):  # nothing is left to leave: names give way to numbers
        given = min(max(widths[i] - NARROWEST, 0), max(-spare, 0))
        widths[i], spare = widths[i] - given, spare + given
    spare = max(spare, 0)
    elastic = [i for i in shown if columns[i].flex]
    shares = sum(columns[i].flex for i in elastic)
    for i in sorted(elastic, key=lambda i: most[i] - widths[i]):  # what one may not take is the others'
        flex = columns[i].flex
        extra = max(min(spare * flex // shares, most[i] - widths[i]), 0)
        widths[i] += extra
        spare, shares = spare - extra, shares - flex
    return widths


def _slots(widths: dict[int, int], tails: Sequence[str]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    x = 0
    for index, width in widths.items():
        slots.append(Slot(index, x, width, tails[index] if tails else ""))
        x += width + GAP
    return tuple(slots)


def side(column: Column) -> Literal["left", "right"]:
    """The side the text of a column stands at."""
    return "right" if column.right else "left"


def heading_place(columns: Sequence[Column]) -> int:
    """Where a heading without figures stands: in the first column that is a text, not in that of the glyphs."""
    return next((n for n, column in enumerate(columns) if not column.hidden and not column.width), 0)
