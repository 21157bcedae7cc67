"""Cells and rows of a sheet, and how one of them becomes a strip: plain text, never markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kpi_tui.text.clean import fit
from kpi_tui.tui.widgets.columns import GAP, Column, Slot

MARK = "▸"
GUTTER = 2
"""Cells in front of the first column: the cursor mark and a blank, so the cursor shows without colour."""

Paint = Callable[[str, Style], Style]
"""paint(style name, style below it) -> style."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Plain text and the name of a style: "", muted, strong, good, near, weak, changed."""

    text: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet. A `heading` row is a section: the cursor steps over it; cells name the figures below."""

    key: str
    cells: Sequence[Cell] = field(default_factory=tuple)
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How the cursor stands on a row: on one column, or on the whole row (`column` -1); lit when focused."""

    column: int = -1
    lit: bool = True


def header_strip(columns: Sequence[Column], slots: Sequence[Slot], style: Style) -> Strip:
    """The titles, aligned as their columns."""
    titles = (fit(columns[s.index].title, s.width, columns[s.index].align) + " " * GAP for s in slots)
    return Strip([Segment(" " * GUTTER + "".join(titles), style)])


def heading_strip(row: Row, width: int, style: Style) -> Strip:
    """A section's line."""
    return Strip([Segment(fit(" " * GUTTER + row.heading, width), style)])


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
        cell = row.cells[slot.index] if slot.index < len(row.cells) else Cell()
        style = line if whole and cell.style == "muted" else paint(cell.style, line)  # dim on reverse is unreadable
        if cursor and cursor.lit and cursor.column == slot.index:
            style = paint("cell", line)
        segments += [Segment(fit(cell.text, slot.width, columns[slot.index].align), style), Segment(" " * GAP, line)]
    return Strip(segments).simplify()
