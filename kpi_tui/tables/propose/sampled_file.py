"""A file looked at: its rows, what its columns can be read as, and the first rows for a person to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import FileLook
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import Message, listed, say, says
from kpi_tui.tables.propose.column_shapes import LOOKED, Shape, shape_of
from kpi_tui.tables.source.files import kind_of
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.reader import read_file
from kpi_tui.tables.source.xlsx import sheets_alike

PREVIEW_ROWS = 5
_KEPT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class SampledFile:
    """A file as far as a proposal needs it."""

    path: Path
    frame: pl.DataFrame
    shapes: Mapping[str, Shape]
    notes: tuple[str, ...]
    asked: tuple[Message, ...] = ()  # what a person should know of it before its numbers are used


def sampled(path: Path) -> SampledFile:
    """The file read, its columns judged by their first rows. TableError when it cannot be read."""
    raw: Raw = read_file(path, TableSource(path.stem, (str(path),)))
    head = raw.frame.head(LOOKED)
    notes = list(raw.notes)
    if raw.rejected:
        notes.append(
            says(
                "{count} row cannot be read; `kpi-tui check` shows it",
                "{count} rows cannot be read; `kpi-tui check` shows them",
                sum(item.count for item in raw.rejected),
            )
        )
    return SampledFile(
        path, raw.frame, {name: shape_of(name, head[name]) for name in raw.columns}, tuple(notes), _asked(path, raw)
    )


def _asked(path: Path, raw: Raw) -> tuple[Message, ...]:
    """Further sheets of a workbook that hold the same: one of several months is read."""
    source = TableSource(path.stem, (str(path),))
    alike = sheets_alike(path, raw.columns) if kind_of(path, source) == "xlsx" else []
    if not alike:
        return ()
    said = say(
        "{file}: only its first sheet is read; {sheets} have the same columns: save each sheet as a file of its own "
        "and give all of them to `kpi-tui init`, which reads them together",
        file=path.name,
        sheets=listed(alike),
    )
    return (said,)


class LookedAt:
    """Files looked at in one conversation: one that did not change is not read again for the next answer."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Path, int, int], SampledFile] = {}

    def sampled(self, path: Path) -> SampledFile:
        """As `sampled`; files that are too large together to stay in memory are read each time. OSError, TableError."""
        status = path.stat()
        key = (path, status.st_size, status.st_mtime_ns)
        if (known := self._kept.get(key)) is not None:
            return known
        seen = sampled(path)
        if sum(one.frame.estimated_size() for one in (seen, *self._kept.values())) <= _KEPT_BYTES:
            self._kept[key] = seen
        return seen


def preview(seen: SampledFile) -> FileLook:
    """The first rows of a file as they are, and what each column can be read as."""
    names = tuple(seen.shapes)
    head = seen.frame.select(names).head(PREVIEW_ROWS)
    readings = {name: {kind.value: sql for kind, sql in shape.sql.items()} for name, shape in seen.shapes.items()}
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in head.rows())
    return FileLook(seen.path, seen.frame.height, names, rows, readings, seen.notes)
