"""Cells of a mapping filled in: text converted once per use, unreadable cells marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import either, listed, say
from kpi_tui.definitions.written.currencies import ISO_4217
from kpi_tui.tables.mapping.cell_types import CellType, TypedCell
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.parquet_types import clock_note, no_time_note, not_finite_note
from kpi_tui.tables.mapping.parsed_cells import ParsedCells
from kpi_tui.tables.mapping.plain_numbers import shows_points, to_number
from kpi_tui.tables.mapping.printed_numbers import currencies_in, unprinted
from kpi_tui.tables.mapping.run_sql import run
from kpi_tui.tables.mapping.timestamps import APART, Zones, to_stamp
from kpi_tui.tables.mapping.truth_values import to_bool
from kpi_tui.tables.mapping.unreadable_stamps import american_note, mixed_stamps_note, unreadable_stamps
from kpi_tui.tables.mapping.zone_names import american_names
from kpi_tui.tables.source.files import issue
from kpi_tui.tables.source.raw_rows import NAME, Raw
from kpi_tui.tables.source.text_cells import tidy

Pointed = Callable[[Sequence[TypedCell]], frozenset[str]]
"""Cells of a table -> the names of those that write points between thousands, in any part of it."""
_NO_CHANGES = Zones("", "UTC")
_FEW = 3  # one odd number in a tiny file is a bad row, not a column of another kind


@dataclass(frozen=True, slots=True)
class Filled:
    """The file's rows with every cell as a column; `bad[name]` marks rows whose cell cannot be read."""

    frame: pl.DataFrame
    text: dict[str, pl.Series]
    bad: dict[str, pl.Series]
    notes: tuple[str, ...]


def fill(
    frame: pl.DataFrame,
    cells: Sequence[TypedCell],
    source: TableSource,
    zones: Zones,
    wide: frozenset[str] = frozenset(),
    pointed: Pointed | None = None,
) -> Filled:
    """Convert every cell over all rows; whole numbers of `wide` cells become floats. `pointed`: of a part."""
    text = _sources(frame, cells, source)
    bad: dict[str, pl.Series] = {}
    notes: list[str] = []
    made: list[pl.Series] = []
    for cell in cells:
        elsewhere = partial(_is_pointed, cell.name, cells, pointed) if pointed else None
        reading = read(text[cell.name], cell.needed, zones, cell.format, is_tidy=bool(cell.column), elsewhere=elsewhere)
        values = reading.values.cast(pl.Float64) if cell.name in wide else reading.values
        made.append(values.alias(cell.name))
        bad[cell.name] = reading.bad & (not cell.lenient)
        notes += [*_notes(cell.said, reading), *_zone_notes(cell, text[cell.name].filter(~reading.bad))]
        notes += _mixed_notes(cell, text[cell.name], reading.bad, zones)
    return Filled(frame.with_columns(made), text, bad, tuple(dict.fromkeys(notes)))


def points_in(parts: Iterable[Raw], source: TableSource) -> Pointed:
    """Of the cells of a table that is read in parts: which write points between thousands, in any of them.

    2.000 of such a column is not read, however far away the cell stands that says so. The parts are looked through
    once, when a cell is met that it decides.
    """
    known: dict[tuple[TypedCell, ...], frozenset[str]] = {}

    def pointed(cells: Sequence[TypedCell]) -> frozenset[str]:
        asked = tuple(one for one in cells if one.needed is CellType.NUMBER and NAME not in one.sql)
        if asked not in known:
            found: set[str] = set()
            for raw in parts:
                left = [one for one in asked if one.name not in found]
                texts = _sources(raw.frame, left, source).items()
                found |= {name for name, text in texts if text.dtype == pl.String and shows_points(tidy(text))}
            known[asked] = frozenset(found)
        return known[asked]

    return pointed


def _is_pointed(name: str, cells: Sequence[TypedCell], pointed: Pointed) -> bool:
    return name in pointed(cells)


def read(
    values: pl.Series,
    needed: CellType,
    zones: Zones,
    fmt: str = "",
    *,
    is_tidy: bool = False,
    elsewhere: Callable[[], bool] | None = None,
) -> ParsedCells:
    """Text or typed values to what a place wants; `is_tidy`: they are a column of a file; `elsewhere`: `to_number`."""
    if needed is CellType.STAMP and fmt and values.dtype.is_numeric():
        return to_stamp(values.cast(pl.String), zones, fmt)
    if needed is CellType.STAMP:
        return to_stamp(values, zones, fmt, is_tidy=is_tidy and values.dtype == pl.String)
    if needed is CellType.BOOL:
        return to_bool(values)
    truth = is_tidy and values.dtype == pl.Boolean  # true is no amount: whoever means 1 writes a cast
    return to_number(values.cast(pl.String) if truth else values, is_tidy=is_tidy, elsewhere=elsewhere)


def unreadable(cell: TypedCell, text: pl.Series, bad: pl.Series, key: str, source: TableSource) -> Issue | None:
    """An issue when no cell of a column can be read: the mapping is wrong, not the rows."""
    known = len(text) - text.null_count()
    wrong = int(bad.sum())
    if not wrong or wrong < known or (wrong < _FEW and cell.needed is not CellType.STAMP):
        return None
    value = text.filter(bad)[0]
    if cell.needed is not CellType.STAMP:
        return issue(
            source,
            key,
            say("{said!r} holds {value!r}, which is no {want}", said=cell.said, value=value, want=cell.needed.word),
            _number_hint(cell, text.filter(bad), source),
        )
    said, hint = unreadable_stamps(cell, text.filter(bad).cast(pl.String))
    return issue(source, key, said, hint)


def reason(cell: TypedCell) -> str:
    """Why a row with an unreadable cell is rejected."""
    what = (
        say("no {want} of the form {format}", want=cell.needed.word, format=either(cell.format.split(APART)))
        if cell.format
        else say("no {want}", want=cell.needed.word)
    )
    return say("{said}: {detail}", said=cell.said, detail=what)


def rejections(cell: TypedCell, rows: pl.DataFrame, text: pl.Series) -> Iterator[tuple[str, pl.DataFrame, pl.Series]]:
    """Rows with an unreadable cell by reason; a stamp that any clock but that of its zone shows has one of its own."""
    if rows.is_empty():
        return
    skipped = pl.repeat(False, len(text), dtype=pl.Boolean, eager=True)
    if cell.needed is CellType.STAMP:
        skipped = ~read(text, cell.needed, _NO_CHANGES, cell.format).bad
    yield say("{said}: an hour that the clocks skipped", said=cell.said), rows.filter(skipped), text.filter(skipped)
    yield reason(cell), rows.filter(~skipped), text.filter(~skipped)


def _number_hint(cell: TypedCell, cells: pl.Series, source: TableSource) -> str:
    """How to write the column so that its signs are no part of the number; never so that two currencies add up."""
    said, value = sql_name(cell.column) if cell.column else cell.said, cells[0]
    if isinstance(value, bool):
        return say("write cast({said} as int) where true counts as 1", said=said)
    codes = currencies_in(cells) if cells.dtype == pl.String else set()
    if len(codes) > 1:
        return say(
            "it has amounts in {codes}, which are never added up: keep one by `where`, or name the currency of each "
            "row in currency_column and give [rates]",
            codes=listed(sorted(codes)),
        )
    plain = unprinted(said, cells.cast(pl.String))
    if to_number(plain.text).bad.any():
        plain = unprinted(said, pl.Series([str(value)]))
    if plain.sql == said or to_number(plain.text).bad.any():
        return say("map another column, or leave the rows out with `where`")
    what = (
        say("thousands separators")
        if plain.sql == f"replace({said}, ',', '')"
        else say("signs around or inside a number")
    )
    if not (code := next(iter(codes & ISO_4217), "")) or source.currency == code:
        return say("{what} are not read; write {sql}", what=what, sql=plain.sql)
    return say(
        '{what} are not read; add currency = "{code}" where the workspace has another, and write {sql}',
        what=what,
        code=code,
        sql=plain.sql,
    )


def _notes(said: str, reading: ParsedCells) -> list[str]:
    notes: list[str] = []
    if reading.not_finite:
        notes.append(not_finite_note(said, reading.not_finite))
    if reading.twice:
        notes.append(clock_note(said, reading.twice))
    if reading.nothing:
        notes.append(no_time_note(said, reading.nothing, reading.word))
    return notes


def _zone_notes(cell: TypedCell, text: pl.Series) -> list[str]:
    """Zones that were read in one of their senses: it is told, because it moves every stamp by hours."""
    if "%Z" not in cell.format or text.dtype != pl.String:
        return []
    found = american_names(text if cell.column else tidy(text), cell.format.split(APART))
    return [american_note(cell, name, count) for name, count in found.items()]


def _mixed_notes(cell: TypedCell, text: pl.Series, bad: pl.Series, zones: Zones) -> list[str]:
    """That some stamps have another form than the others, with the list of forms that reads them all."""
    if cell.needed is not CellType.STAMP or cell.lenient or text.dtype != pl.String or not bad.any():
        return []
    note = mixed_stamps_note(cell, text if cell.column else tidy(text), bad, zones)
    return [note] if note else []


def _sources(frame: pl.DataFrame, cells: Sequence[TypedCell], source: TableSource) -> dict[str, pl.Series]:
    found = {cell.name: frame[cell.column] for cell in cells if cell.column}
    made = {cell.name: cell.sql for cell in cells if not cell.column}
    if made:
        table = run(frame, made, source)
        found.update({name: table[name] for name in made})
    return found
