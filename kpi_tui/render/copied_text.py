"""A sheet as text for a clipboard: cells between tabs, as a spreadsheet or a chat takes them."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import BarCell, Cell, FloatingBarCell, SignedBarCell, SparkCell
from kpi_tui.views.view import Column, Row


def row_text(row: Row, columns: Iterable[Column]) -> str:
    """One line; pictures are left out, control characters are shown, so that a paste obeys nothing."""
    if not row.cells:
        return clean(translate(row.heading))
    return "\t".join(
        _text(cell) for cell, column in zip(row.cells, columns, strict=False) if _told(cell, column)
    ).strip()


def sheet_text(rows: Iterable[Row], columns: Iterable[Column]) -> str:
    """Titles and every row."""
    lines, shown = list(rows), list(columns)
    first = next((row for row in lines if row.cells), None)
    if first is None:
        return ""
    pairs = zip(first.cells, shown, strict=False)
    head = "\t".join(clean(translate(column.title)) for cell, column in pairs if _told(cell, column)).strip()
    return "\n".join([*([head] if head else []), *(row_text(row, shown) for row in lines)]) + "\n"


def _told(cell: Cell, column: Column) -> bool:
    return not column.hidden and not isinstance(cell, BarCell | SignedBarCell | FloatingBarCell | SparkCell)


def _text(cell: Cell) -> str:
    return clean(drawn(cell)).strip()
