"""A file as the cells a person sees, not as rows of a table: every sheet, every row, each cell with its address."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import fastexcel
import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.written.blanks import BLANKS_AROUND
from kpi_tui.tables.native_aborts import abort_told
from kpi_tui.tables.polars_panics import stderr_silenced
from kpi_tui.tables.source.csv.delimiter import commonest
from kpi_tui.tables.source.encoding import decode
from kpi_tui.tables.source.mistaken_files import WORKBOOK, expect_magic, expect_text
from kpi_tui.tables.source.refusals.workbook_size import expect_readable_parts
from kpi_tui.tables.source.xlsx import DAMAGED_ZIP, not_a_workbook
from kpi_tui.tables.source.xlsx_sheet_facts import (
    SheetFacts,
    column_letters,
    sheet_facts,
    with_told_apart,
)

MOST_ROWS = 20_000
MOST_BYTES = 16 * 1024 * 1024
_EXCEL = (".xlsx", ".xlsm")
_LOOKED = 30


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, empty ones None; `first_row` and `first_column` count from 1.

    `divider`: what parts the cells of a text file, "" in a workbook.
    """

    sheet: str
    rows: tuple[tuple[str | None, ...], ...]
    first_row: int = 1
    first_column: int = 1
    facts: SheetFacts = field(default_factory=SheetFacts)
    divider: str = ""

    def address(self, row: int, column: int) -> str:
        """`B7`: a cell by its place in `rows`, as a spreadsheet names it."""
        return f"{column_letters(self.first_column + column)}{self.first_row + row}"

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a spreadsheet shows the number of a cell as percent."""
        return (self.first_row + row, self.first_column + column) in self.facts.percent

    def lacks_value(self, row: int, column: int) -> bool:
        """Whether a formula stands there whose value was never stored."""
        return (self.first_row + row, self.first_column + column) in self.facts.without_value


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Every sheet that can be seen, or the one of a text file. TableError names the file and what is wrong."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableError(_too_large(path))
        grids = _workbook(path) if path.suffix.lower() in _EXCEL else (_text_file(path),)
    except OSError as error:
        raise TableError(say("{path}: {why}", path=path, why=error.strerror or error)) from None
    if any(len(grid.rows) > MOST_ROWS for grid in grids):
        raise TableError(_too_large(path))
    return grids


def _too_large(path: Path) -> str:
    return say("{path}: too large for a sheet of targets (rows: {most} at most)", path=path.name, most=MOST_ROWS)


def _workbook(path: Path) -> tuple[Grid, ...]:
    expect_magic(path, b"PK\x03\x04", WORKBOOK)
    try:
        with stderr_silenced(), abort_told(path):
            expect_readable_parts(path)
            book = fastexcel.read_excel(path)
            return tuple(
                _sheet(name, facts, sheet.to_polars())
                for number, name in enumerate(book.sheet_names)
                if (facts := sheet_facts(path, number, percents=True))
                and (sheet := book.load_sheet(name, header_row=None, dtypes="string")).visible == "visible"
                and sheet.width
            )
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, pl.exceptions.PanicException, *DAMAGED_ZIP) as error:
        raise not_a_workbook(path, error) from None


def _sheet(name: str, facts: SheetFacts, frame: pl.DataFrame) -> Grid:
    below_header = replace(facts, first_row=facts.first_row - 1, without_value={})  # every row is data here
    rows = tuple(_tidy(row) for row in with_told_apart(frame, below_header).rows())
    return Grid(name, rows, facts.first_row, facts.first_column, facts)


def _text_file(path: Path) -> Grid:
    content = path.read_bytes()
    expect_text(path, content, "")
    text, _encoding = decode(path, content)
    lines = text.splitlines()
    divider = commonest([line for line in lines if line.strip()][:_LOOKED])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=divider))
    except csv.Error as error:
        raise TableError(say("{path}: not a text file that can be read ({error})", path=path, error=error)) from None
    return Grid("", tuple(_tidy(row) for row in rows), divider=divider)


def _tidy(row: Sequence[str | None]) -> tuple[str | None, ...]:
    return tuple((cell.strip(BLANKS_AROUND) or None) if cell is not None else None for cell in row)
