"""Where the columns of a sheet stand: the same for all its rows, or anew in every section below a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from kpi_tui.render.columns import NEAR, Slot, place, without_room
from kpi_tui.render.drawn import drawn
from kpi_tui.render.tails import missing, tails
from kpi_tui.text.clean import clean
from kpi_tui.tui.widgets.cells import head
from kpi_tui.tui.widgets.row_order import RowOrder, marked
from kpi_tui.views.view import Column, Row

BESIDE = 2
"""Empty cells behind the names of a section: a long title is room enough."""


class SectionPlaces:
    """Slots of columns by section, kept until the rows or the width change."""

    def __init__(self, by_section: bool) -> None:
        self._by_section = by_section
        self._starts: list[int] | None = None
        self._natural: dict[int, tuple[list[int], tuple[str, ...]]] = {}
        self._slots: dict[int, tuple[Slot, ...]] = {}
        self._cut: set[int] = set()
        self._room = 0

    def forget(self) -> None:
        """Other rows or columns are shown."""
        self._starts = None
        self._natural = {}
        self._slots = {}
        self._cut = set()

    def at(
        self, index: int, rows: Sequence[Row], columns: Sequence[Column], order: RowOrder | None, room: int
    ) -> tuple[Slot, ...]:
        """The slots of a row in `room` cells."""
        if room != self._room:
            self._room, self._slots, self._cut = room, {}, set()
        start, end = self._section(index, rows)
        if start not in self._slots:
            if start not in self._natural:
                here = rows[start:end]
                self._natural[start] = _natural(here, columns, order), tails(here, columns)
            natural, tail = self._natural[start]
            shown = [replace(column, hidden=True) if self._by_section and not wide and not column.width else column
                     for column, wide in zip(columns, natural, strict=True)]  # fmt: skip
            near = BESIDE if self._by_section else NEAR
            slots = place(shown, natural, room, tail, near)
            cut = without_room(shown, [slot.index for slot in slots])
            if any(_says(row, n) for n in cut for row in rows[start:end]):
                self._cut.add(start)
                closer = place(shown, natural, room - 2, tail, near)  # the mark wants a cell, and one before it
                slots = closer if _texts(closer, natural) == _texts(slots, natural) else slots
            self._slots[start] = slots
        return self._slots[start]

    def is_cut(self, index: int, rows: Sequence[Row]) -> bool:
        """Whether columns of the section of a row, which has been placed, find no room."""
        return self._section(index, rows)[0] in self._cut

    def heading_of(self, index: int, rows: Sequence[Row]) -> int | None:
        """The heading that names the columns of a row; None: none does, or it is one itself."""
        start = self._section(index, rows)[0]
        named = self._by_section and rows[start].kind == "heading" and bool(rows[start].cells)
        return start if named and rows[index].kind != "heading" else None

    def _section(self, index: int, rows: Sequence[Row]) -> tuple[int, int]:
        """First row of the section, and the first behind it."""
        if not self._by_section:
            return 0, len(rows)
        if self._starts is None:
            heads = [n for n, row in enumerate(rows) if row.kind == "heading" and row.cells and not row.told]
            self._starts = sorted({0, *heads})
        start = max((one for one in self._starts if one <= index), default=0)
        return start, min((one for one in self._starts if one > start), default=len(rows))


def _says(row: Row, place: int) -> bool:
    """Whether a line says anything in a column; a heading only names it."""
    return row.kind != "heading" and place < len(row.cells) and bool(clean(drawn(row.cells[place])).strip())


def _texts(slots: Sequence[Slot], natural: Sequence[int]) -> list[tuple[int, int]]:
    """How much of the widest text of each column is seen."""
    return [(slot.index, min(slot.width, natural[slot.index])) for slot in slots]


def _natural(rows: Sequence[Row], columns: Sequence[Column], order: RowOrder | None) -> list[int]:
    """Cells of the widest text of every column, its title included."""
    marks, found = tails(rows, columns), []
    shown = [marked(row, columns, order) for row in rows]
    for index, column in enumerate(columns):
        if column.width:
            found.append(0)
            continue
        mark = 2 * (order is not None and not order.group and order.column == column.key)
        bar = column.least if column.least > 1 else 0
        cells = (row.cells[index] for row in shown if index < len(row.cells))
        widths = (cell_len(clean(drawn(cell, bar, brief=True))) + missing(cell, marks[index]) for cell in cells)
        found.append(max((cell_len(head(column)) + mark, *widths)))
    return found
