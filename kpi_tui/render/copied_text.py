"""A sheet as text for a clipboard: cells between tabs, as a spreadsheet or a chat takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpi_tui.render.columns import heading_place
from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.number_form import plain_numbers
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import BarCell, Cell, SignedBarCell, SparkCell
from kpi_tui.views.view import Column, Row

_PICTURES = (BarCell, SignedBarCell, SparkCell)


def row_text(row: Row, rows: Sequence[Row], columns: Sequence[Column]) -> str:
    """One of the rows, in as many cells as every other; control characters are shown, so that a paste obeys nothing."""
    return _line(row, columns, _told(rows, columns))


def sheet_text(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Titles and every row, all of them in the same cells; a column of glyphs has an empty title."""
    lines = list(rows)
    told = _told(lines, columns)
    head = "\t".join(clean(translate(columns[place].title)) for place in told)
    return "\n".join([*([head] if head.strip() else []), *(_line(row, columns, told) for row in lines)]) + "\n"


def _told(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    """Places of the columns that any row has cells in; not those of pictures alone."""
    widest = max((len(row.cells) for row in rows), default=0)
    lines = [row.cells for row in rows if row.kind != "heading"]
    pictures = {place for cells in lines for place, cell in enumerate(cells) if isinstance(cell, _PICTURES)}
    texts = {place for cells in lines for place, cell in enumerate(cells) if _text(cell)}
    shown = [place for place, column in enumerate(columns) if not column.hidden and place < widest]
    return [place for place in shown if place not in pictures - texts]


def _line(row: Row, columns: Sequence[Column], told: Sequence[int]) -> str:
    """The cells of a row; a heading without figures stands where it is drawn, the others are empty."""
    if row.cells:
        cells = dict(enumerate(map(_text, row.cells)))
    else:
        cells = {heading_place(columns): clean(translate(row.heading))}
    return "\t".join(cells.get(place, "") for place in told)


def _text(cell: Cell) -> str:
    with plain_numbers():
        return "" if isinstance(cell, _PICTURES) else clean(drawn(cell)).strip()
