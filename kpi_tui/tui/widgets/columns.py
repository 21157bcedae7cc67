"""Columns of a sheet: who gets how many cells when room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

GAP = 1
"""Empty cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: fixed (`width`), as wide as its text (`least` … `most`), or elastic (`flex` > 0).

    `drop`: columns with the highest number leave first when the room is short; 0 always stays.
    """

    key: str
    title: str = ""
    width: int = 0
    least: int = 1
    most: int = 40
    flex: int = 0
    right: bool = False
    drop: int = 0

    @property
    def align(self) -> Literal["left", "right"]:
        """The side the text stands at."""
        return "right" if self.right else "left"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands on the line: index of the column, first cell, width in cells."""

    index: int
    x: int
    width: int


def place(columns: Sequence[Column], natural: Sequence[int], room: int) -> tuple[Slot, ...]:
    """Slots of the columns that fit into `room` cells; `natural` is the widest text of each."""
    shown = list(range(len(columns)))
    while _needed(columns, natural, shown) > room:
        droppable = [index for index in shown if columns[index].drop]
        if not droppable:
            break
        shown.remove(max(droppable, key=lambda index: (columns[index].drop, index)))
    return _slots(_widths(columns, natural, shown, room))


def _least(column: Column, natural: int) -> int:
    """The smallest width a column accepts."""
    if column.width:
        return column.width
    return column.least if column.flex else max(column.least, min(natural, column.most))


def _needed(columns: Sequence[Column], natural: Sequence[int], shown: Sequence[int]) -> int:
    return sum(_least(columns[i], natural[i]) for i in shown) + GAP * max(len(shown) - 1, 0)


def _widths(columns: Sequence[Column], natural: Sequence[int], shown: Sequence[int], room: int) -> dict[int, int]:
    """Least widths, then the spare cells shared out among elastic columns, exactly to the edge."""
    widths = {i: _least(columns[i], natural[i]) for i in shown}
    spare = max(room - _needed(columns, natural, shown), 0)
    shares = sum(columns[i].flex for i in shown)
    for i in shown:
        if flex := columns[i].flex:
            extra = spare * flex // shares
            widths[i] += extra
            spare, shares = spare - extra, shares - flex
    return widths


def _slots(widths: dict[int, int]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    x = 0
    for index, width in widths.items():
        slots.append(Slot(index, x, width))
        x += width + GAP
    return tuple(slots)
