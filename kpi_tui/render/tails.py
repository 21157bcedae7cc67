"""Marks behind the numbers of a column (◔ ⚠ ¹ …) stand in cells of their own, so that digits stand below digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpi_tui.render.drawn import tail
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import width
from kpi_tui.text.format import DASH
from kpi_tui.views.cells import AttainmentCell, Cell, ChangeCell, NumberCell, TextCell
from kpi_tui.views.view import Column, Row


def tails(rows: Sequence[Row], columns: Iterable[Column]) -> tuple[str, ...]:
    """The widest marks of every column; none where texts stand on the left, or nothing is marked."""
    return tuple(
        max((clean(tail(row.cells[place])) for row in rows if place < len(row.cells)), key=width, default="")
        if column.right
        else ""
        for place, column in enumerate(columns)
    )


def missing(cell: Cell, widest: str) -> int:
    """Cells of the widest marks of its column that a number does not have; a word or a reason stands at the edge."""
    return width(widest) - width(clean(tail(cell))) if widest and is_figure(cell) else 0


def blanks(cell: Cell, text: str, widest: str, room: int) -> int:
    """Cells left empty behind a number for the marks it lacks, as far as `room` cells hold them: nothing is cut."""
    return max(min(missing(cell, widest), room - width(clean(text))), 0)


def is_figure(cell: Cell) -> bool:
    """Whether a cell ends in digits, or in a dash instead; a word, a reason and a picture do not."""
    match cell:
        case NumberCell():
            return cell.value is not None or cell.reason is None
        case TextCell():
            return cell.word == DASH
        case _:
            return isinstance(cell, ChangeCell | AttainmentCell)
