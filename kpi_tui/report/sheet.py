"""What a command answers: JSON data, and the same as sheets of cells for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kpi_tui.text.i18n import told

Plain = str | int | float | bool | None
Tone = Literal["", "good", "near", "weak", "dim", "title"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the words a person reads, the plain value a spreadsheet gets, and how it is meant."""

    text: str
    value: Plain = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` heads csv files, `title` heads tables; numbers stand on the right.

    A table narrower than `least` cells goes without the column; `hidden` ones are for csv only.
    """

    key: str
    title: str
    right: bool = False
    hidden: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under columns, with sentences above (title) and below (notes)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()

    def shown(self, width: int | None = None) -> list[int]:
        """Places of the columns a person sees: not hidden, with something in them, and with room (None: endless)."""
        fitting = (width is None or column.least <= width for column in self.columns)
        places = [place for place, fits in enumerate(fitting) if fits and not self.columns[place].hidden]
        return [place for place in places if any(row[place].text.strip() for row in self.rows)]


@dataclass(frozen=True, slots=True)
class Report:
    """`data` is the JSON contract of interface.md; the sheets say the same."""

    data: object
    sheets: tuple[Sheet, ...]


def word(value: object, tone: Tone = "") -> Cell:
    """A cell of text; None is empty."""
    text = "" if value is None else told(str(value))
    return Cell(text, text, tone)


def figure(value: float | None, text: str, tone: Tone = "") -> Cell:
    """A cell with a number: formatted for people, exact for spreadsheets."""
    return Cell(text, value, tone)


def sheet(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], title: str = "", notes: Sequence[str] = ()
) -> Sheet:
    """A sheet whose rows all have a cell per column."""
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row has another number of cells than the sheet has columns")
    return Sheet(
        tuple(columns), tuple(tuple(row) for row in rows), told(title), tuple(told(note) for note in notes if note)
    )
