"""Excel workbooks: every cell as text, so that ids survive and no late text becomes null."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import fastexcel
import polars as pl

from kpi_tui.definitions.answers.value import Rejected
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.file_reading import ALL_SHEETS
from kpi_tui.definitions.message import listed, say
from kpi_tui.tables.native_aborts import abort_told
from kpi_tui.tables.polars_panics import stderr_silenced
from kpi_tui.tables.source.blank_row import BLANK_ROW
from kpi_tui.tables.source.mistaken_files import WORKBOOK, expect_magic
from kpi_tui.tables.source.raw_rows import EXAMPLES, ROW, Raw, numbered
from kpi_tui.tables.source.refusals.reader_failures import why_unread
from kpi_tui.tables.source.refusals.workbook_size import expect_readable_parts
from kpi_tui.tables.source.sheets.alike_sheets import one_after_the_other
from kpi_tui.tables.source.sheets.merged_cells import merged_cells, over_rows
from kpi_tui.tables.source.text_cells import tidied
from kpi_tui.tables.source.title_rows import LOOKED, header_of
from kpi_tui.tables.source.xlsx_sheet_facts import (
    SheetFacts,
    sheet_facts,
    sheet_notes,
    with_told_apart,
)

_UNNAMED = "__UNNAMED__"
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)
"""What the zip says of damage, of an unusual compression and of a password: the Excel reader is more patient."""


def read_xlsx(path: Path, sheet: str = "", filled: Sequence[str] = ()) -> Raw:
    """Every row of one sheet (default: the first), row numbers as Excel shows them; of `*` of all that are alike.

    `filled`: columns whose merged cells are filled, of which nobody need be told.
    """
    expect_magic(path, b"PK\x03\x04", WORKBOOK)
    try:
        with stderr_silenced(), abort_told(path):
            expect_readable_parts(path)
            book = fastexcel.read_excel(path)
            names = book.sheet_names
            wanted = sheet if sheet not in ("", ALL_SHEETS) else (names[0] if names else "")
            facts = sheet_facts(path, names.index(wanted)) if wanted in names else SheetFacts()
            if wanted in names:
                frame = book.load_sheet(wanted, dtypes="string").to_polars()
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, pl.exceptions.PanicException, *DAMAGED_ZIP) as error:
        raise not_a_workbook(path, error) from None
    if wanted not in names:
        raise TableError(
            say("{path}: has no sheet {wanted!r}; it has {names}", path=path, wanted=wanted, names=listed(names))
        )
    notes: list[str] = (
        [say("{path}: sheet {wanted!r} of {names} was read", path=path.name, wanted=wanted, names=listed(names))]
        if len(names) > 1 and not sheet
        else []
    )
    if not frame.columns:
        raise TableError(say("{path}: sheet {wanted!r} is empty", path=path, wanted=wanted))
    frame = with_told_apart(frame, facts)
    rows = [[name if not name.startswith(_UNNAMED) else None for name in frame.columns], *frame.head(LOOKED).rows()]
    first = facts.first_row + 1
    header = header_of(rows)
    if header.rows:
        frame = frame[header.rows :].rename(dict(zip(frame.columns, header.names, strict=True)))
        notes += header.notes(path.name, facts.first_row)
        first += header.rows
    merges = merged_cells(facts.merged, first)
    down = over_rows(merges, facts.first_column, frame.columns)
    known = {rows for name in filled for rows in down.get(name, ())}
    notes += sheet_notes(path, facts, [one.said for one in merges if (one.first, one.last) not in known])
    titles = "\n".join(cell for row in rows[: header.titles] for cell in row if cell)
    raw = replace(_judged(numbered(frame, first=first), notes), merged_down=down, titles=f"{wanted}\n{titles}")
    if sheet != ALL_SHEETS:
        return raw
    alike = sheets_alike(path, raw.columns)
    sheets = {wanted: raw, **{name: read_xlsx(path, name, filled) for name in alike}}
    return one_after_the_other(path.name, sheets, [name for name in names if name not in sheets])


def sheets_alike(path: Path, columns: Sequence[str]) -> list[str]:
    """The names of the sheets behind the first that have the same columns: a month each. TableError."""
    try:
        with stderr_silenced(), abort_told(path):
            expect_readable_parts(path)
            names = fastexcel.read_excel(path).sheet_names[1:]
    except (fastexcel.FastExcelError, *DAMAGED_ZIP) as error:
        raise not_a_workbook(path, error) from None
    return [name for name in names if _columns(path, name) == set(columns)]


def _columns(path: Path, sheet: str) -> set[str]:
    try:
        return set(read_xlsx(path, sheet).columns)
    except TableError:  # an empty sheet, or a chart
        return set()


def not_a_workbook(path: Path, error: BaseException) -> TableError:
    """What a broken workbook is refused with."""
    said = say("{path}: not an Excel workbook that can be read ({error})", path=path, error=why_unread(error))
    return TableError(said)


def _judged(frame: pl.DataFrame, notes: list[str]) -> Raw:
    columns = [name for name in frame.columns if not name.startswith("kpi:")]
    frame = tidied(frame)
    blank = frame.select(pl.all_horizontal(pl.col(columns).is_null()))[:, 0]
    rejected: tuple[Rejected, ...] = ()
    if blank.any():
        examples = tuple((row, "") for row in frame.filter(blank)[ROW].head(EXAMPLES))
        rejected = (Rejected(BLANK_ROW, int(blank.sum()), examples),)
    kept = frame.filter(~blank)
    return Raw(kept, frame.height, rejected, notes=tuple(notes))
