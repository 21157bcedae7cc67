"""The files of a table read once more: each row as it stands there, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.value import Rejected
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.progress import Progress
from kpi_tui.tables.convert import convert
from kpi_tui.tables.joins import looked_up, read_lookups
from kpi_tui.tables.left_out import Ledger
from kpi_tui.tables.mapping.bound_settings import bound
from kpi_tui.tables.mapping.typed_columns import Pointed, points_in
from kpi_tui.tables.source.files import resolve
from kpi_tui.tables.source.raw_rows import FILE, Raw, SheetStart, in_sheet
from kpi_tui.tables.source.readable_in_parts import parts_of
from kpi_tui.tables.source.several_files import together
from kpi_tui.tables.table_files import TableFiles, read_all, zones_of


@dataclass(frozen=True, slots=True)
class FileRows:
    """Some rows of the files of one source ("" where the table has none).

    `raw`: the columns of the files, with FILE and ROW; `table`: the rows that arrive, with FILE, ROW and COUNT;
    `refused`: (reason, FILE and ROW) of those that do not; `unread`: what no reader could take for rows, with
    examples, beside the place of its file.
    """

    name: str
    source: TableSource
    files: Sequence[str]
    raw: pl.DataFrame
    table: pl.DataFrame
    refused: Sequence[tuple[str, pl.DataFrame]]
    unread: Sequence[tuple[int, Rejected]]
    starts: Sequence[SheetStart] = ()

    def place(self, file: int, row: int) -> tuple[str, int]:
        """What a file is called, with the sheet where its sheets are one table, and the number of the row there."""
        sheet, number = in_sheet(self.starts, file, row)
        return f"{self.files[file]} {sheet}".rstrip(), number


def file_rows(
    source: TableSource,
    schema: TableSchema,
    *,
    data: Path,
    roots: Sequence[Path],
    timezone: str,
    settings: Mapping[str, object],
    many: int,
    progress: Progress | None = None,
) -> Iterator[FileRows]:
    """Source by source, of files with more than `many` rows part by part. TableError as when the table was read."""
    for name, one in source.sources.items() or [("", source)]:
        part = bound(one, settings)
        paths = resolve(part, data, roots)
        files = TableFiles(part, schema, zones_of(part, timezone), paths, date.min)
        yield from _of_source(name, files, data, roots, many, progress)


def _of_source(
    name: str, files: TableFiles, data: Path, roots: Sequence[Path], many: int, progress: Progress | None
) -> Iterator[FileRows]:
    source = files.source
    parts = parts_of(source, files.paths, many)
    if parts is None:
        raws = read_all(source, files.paths, progress)
        raw = together(raws, files.names)
        unread = [(at, lost) for at, one in enumerate(raws) for lost in one.rejected]
        yield _converted(name, files, looked_up(raw, read_lookups(source, data, roots, files.zones), source), unread)
        return
    numeric, pointed = lru_cache(maxsize=None)(parts.is_numeric), points_in(parts, source)
    for done, raw in enumerate(parts):
        if progress:
            progress(source.id, done, parts.count)
        at = int(raw.frame[FILE][0]) if raw.frame.height else 0
        yield _converted(name, files, raw, [(at, lost) for lost in raw.rejected], numeric, pointed)


def _converted(
    name: str,
    files: TableFiles,
    raw: Raw,
    unread: Sequence[tuple[int, Rejected]],
    numeric: Callable[[str], bool] | None = None,
    pointed: Pointed | None = None,
) -> FileRows:
    ledger = Ledger(files.names, raw.starts, every=[])
    made = convert(raw, files.source, files.schema, files.zones, files.names, numeric, ledger=ledger, pointed=pointed)
    return FileRows(name, files.source, files.names, raw.frame, made.frame, ledger.every or [], unread, raw.starts)
