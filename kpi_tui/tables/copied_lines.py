"""Lines that are copies of others: exact repetitions, and what overlapping exports have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from kpi_tui.definitions.library.table import Repeated, TableSchema, TableSource
from kpi_tui.definitions.message import Message, listed, say, says
from kpi_tui.tables.mapping.compared_cells import comparable
from kpi_tui.tables.mapping.timestamps import Zones
from kpi_tui.tables.source.files import fail, issue
from kpi_tui.tables.source.raw_rows import FILE, ROW, Raw

_NTH = "kpi:nth"


@dataclass(frozen=True, slots=True)
class OnceEach:
    """The rows that are no copies, and what to say about the others: left out as asked, or found in another file."""

    frame: pl.DataFrame
    left_out: int = 0
    in_other_files: int = 0
    notes: tuple[Message, ...] = ()


def without_copies(raw: Raw, source: TableSource, schema: TableSchema, zones: Zones) -> OnceEach:
    """Rows without exact repetitions where the source asks for it, and without those an earlier file has too."""
    if source.distinct:
        return _distinct(raw, zones)
    if raw.frame[FILE].n_unique() < 2:
        return OnceEach(raw.frame)
    if source.latest_by:
        return _of_the_last_file(raw, source, zones)
    return _once_of_all_files(raw, zones) if lines_are_compared(source, schema) else OnceEach(raw.frame)


def lines_are_compared(source: TableSource, schema: TableSchema) -> bool:
    """Whether no key tells copies apart: rows are grouped and added up, or are lines that may be alike.

    Rows that are called by their file and place have no key either.
    """
    by_row = any(ROW in sql for sql in source.columns.values())
    return bool(source.group_by or source.latest_by or by_row) or schema.repeated is Repeated.LINES


def _distinct(raw: Raw, zones: Zones) -> OnceEach:
    once = raw.frame.filter(_first_of_its_kind(comparable(raw, zones), raw.columns))
    copies = raw.frame.height - once.height
    note = says(
        "{count} row equal to an earlier one in every column left out (distinct)",
        "{count} rows equal to an earlier one in every column left out (distinct)",
        copies,
    )
    return OnceEach(once, left_out=copies, notes=(note,) if copies else ())


def _of_the_last_file(raw: Raw, source: TableSource, zones: Zones) -> OnceEach:
    """Of an order that stands in several exports the rows of the last one: its status may have changed since.

    Rows that say no number are compared as they stand.
    """
    frame = raw.frame
    keys = list(source.latest_by)
    if unknown := [name for name in keys if name not in frame.columns]:
        message = say("`latest_by` names {name!r}, which is no column of the file", name=unknown[0])
        raise fail([issue(source, "latest_by", message)])
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in keys)
    last = pl.col(FILE).max().over(keys) == pl.col(FILE)
    once = frame.filter(last & known)
    nameless = frame.filter(~known)
    count = frame.height - once.height - nameless.height
    note = says(
        "{count} row stands in a later file again ({keys}): that of the last file counts",
        "{count} rows stand in a later file again ({keys}): those of the last file count",
        count,
        keys=listed(keys),
    )
    notes = (note,) if count else ()
    if nameless.is_empty():
        return OnceEach(once, in_other_files=count, notes=notes)
    rest = _once_of_all_files(replace(raw, frame=nameless), zones)
    kept = pl.concat([once, rest.frame]).sort(FILE, ROW, maintain_order=True)
    return OnceEach(kept, in_other_files=count + rest.in_other_files, notes=(*notes, *rest.notes))


def _once_of_all_files(raw: Raw, zones: Zones) -> OnceEach:
    """Lines of one file may be alike: each counts as often as it stands in the file that has it most."""
    nth = pl.int_range(pl.len()).over([*raw.columns, FILE])
    lines = comparable(raw, zones).with_columns(nth.alias(_NTH))
    once = raw.frame.filter(_first_of_its_kind(lines, [*raw.columns, _NTH]))
    copies = raw.frame.height - once.height
    note = says(
        "{count} row stands in an earlier file too: it counts once",
        "{count} rows stand in an earlier file too: each counts once",
        copies,
    )
    return OnceEach(once, in_other_files=copies, notes=(note,) if copies else ())


def _first_of_its_kind(lines: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    return lines.select(pl.struct(names).is_first_distinct()).to_series()
