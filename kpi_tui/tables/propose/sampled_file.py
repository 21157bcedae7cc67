"""A file looked at: its rows, what its columns can be read as, and the first rows for a person to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import FileLook
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import says
from kpi_tui.tables.propose.column_shapes import LOOKED, Shape, shape_of
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.reader import read_file

PREVIEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class SampledFile:
    """A file as far as a proposal needs it."""

    path: Path
    frame: pl.DataFrame
    shapes: Mapping[str, Shape]
    notes: tuple[str, ...]


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
    return SampledFile(path, raw.frame, {name: shape_of(name, head[name]) for name in raw.columns}, tuple(notes))


def preview(seen: SampledFile) -> FileLook:
    """The first rows of a file as they are, and what each column can be read as."""
    names = tuple(seen.shapes)
    head = seen.frame.select(names).head(PREVIEW_ROWS)
    readings = {name: {kind.value: sql for kind, sql in shape.sql.items()} for name, shape in seen.shapes.items()}
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in head.rows())
    return FileLook(seen.path, seen.frame.height, names, rows, readings, seen.notes)
