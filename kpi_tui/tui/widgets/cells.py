"""Cells and rows of a sheet, and how one of them becomes a strip: plain text, never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kpi_tui.definitions.text import Text
from kpi_tui.render.columns import GAP, Slot, side
from kpi_tui.render.drawn import drawn, shade, tone
from kpi_tui.render.tails import blanks
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import ELLIPSIS, fit, fit_name, width
from kpi_tui.text.phrase import translate
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.widgets.row_order import RowOrder
from kpi_tui.views.cells import Cell, NumberCell, TextCell
from kpi_tui.views.view import Column, Row

MARK = "▸"
GUTTER = 2
"""Cells in front of the first column: the cursor mark and a blank, so the cursor shows without colour."""

Paint = Callable[[str, Style], Style]
"""paint(style name, style below it) -> style."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How the cursor stands on a row: on one column, or on the whole row (`column` -1); lit when focused."""

    column: int = -1
    lit: bool = True


def head(column: Column) -> str:
    """The title of a column on a screen."""
    return clean(translate(column.short or column.title))


def row_words(row: Row) -> str:
    """Everything a row says, names in both languages."""
    words = (cell.word for cell in row.cells if isinstance(cell, TextCell))
    names = (word.both() for word in words if isinstance(word, Text))
    return " ".join((*(drawn(cell, brief=True) for cell in row.cells), *names))


def header_strip(columns: Sequence[Column], slots: Sequence[Slot], style: Style, order: RowOrder | None) -> Strip:
    """The titles, aligned as their columns; a mark beside the one the rows are sorted by."""
    titles = (_title(columns[slot.index], slot.width, order) + " " * GAP for slot in slots)
    return Strip([Segment(" " * GUTTER + "".join(titles), style)])


def cut_strip(strip: Strip, style: Style) -> Strip:
    """The titles with a mark of more columns than have room: at the end, at the front where a title ends there."""
    if strip.text.endswith(" "):
        return Strip([*strip.crop(0, strip.cell_length - 1), Segment(ELLIPSIS, style)])
    return Strip([Segment(ELLIPSIS, style), *strip.crop(1)])


def _title(column: Column, room: int, order: RowOrder | None) -> str:
    """The mark stays when the title does not fit."""
    mark = order.mark if order is not None and not order.group and order.column == column.key else ""
    title = head(column)
    whole = f"{title} {mark}" if width(title) + 1 + width(mark) <= room else fit(title, room - width(mark)) + mark
    return fit(whole if mark else title, room, side(column))


def folded(rows: Sequence[Row], room: int) -> tuple[Row, ...]:
    """The rows with sentences over the whole line in as many lines as they need in `room` cells."""
    return tuple(line for row in rows for line in (_lines_of(row, room - GUTTER) if row.told and room else (row,)))


def _lines_of(row: Row, room: int) -> Iterator[Row]:
    text = clean(translate(row.heading, brief=True))
    ends = (0, *line_ends(text, room), len(text))
    for count, (start, end) in enumerate(pairwise(ends)):
        yield replace(row, key=f"{row.key} {count}" if count else row.key, heading=text[start:end].strip())


def heading_strip(row: Row, width: int, style: Style) -> Strip:
    """A section's line."""
    return Strip([Segment(fit(" " * GUTTER + translate(row.heading, brief=True), width), style)])


def in_cells(cell: Cell, room: int) -> str:
    """What stands in a place of a line; a number too long for it is told shorter (¥200.0m), its digits never cut."""
    text = drawn(cell, room, brief=True)
    if isinstance(cell, NumberCell) and width(clean(text)) > room:
        return drawn(replace(cell, compact=True, digits=None), room, brief=True)
    return text


def row_strip(
    row: Row, columns: Sequence[Column], slots: Sequence[Slot], cursor: Cursor | None, paint: Paint, base: Style
) -> Strip:
    """The cells of a row, each in its own style; neighbours of one style are one segment."""
    line = paint("cursor", base) if cursor else base
    whole = cursor is not None and cursor.lit and cursor.column < 0
    if whole:
        line = paint("cell", line)
    segments = [Segment((MARK if cursor else "").ljust(GUTTER), line)]
    for slot in slots:
        cell = row.cells[slot.index] if slot.index < len(row.cells) else TextCell()
        style = line if whole and tone(cell) == "muted" else paint(tone(cell), line)  # dim on reverse is unreadable
        if (dark := shade(cell)) and not whole:
            style = paint(f"shade-{dark}", style)
        if cursor and cursor.lit and cursor.column == slot.index:
            style = paint("cell", line)
        text = in_cells(cell, slot.width)
        text += " " * blanks(cell, text, slot.tail, slot.width)
        at = side(columns[slot.index])
        told = fit_name(text, slot.width) if isinstance(cell, TextCell) and at == "left" else fit(text, slot.width, at)
        segments += [Segment(told, style), Segment(" " * GAP, line)]
    return Strip(segments).simplify()
