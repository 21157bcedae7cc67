"""A file looked at: its rows, what its columns can be read as, and the first rows for a person to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import FileLook
from kpi_tui.definitions.library.file_reading import AS_IT_STANDS, FileReading, ReadingQuestion
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import Message, says
from kpi_tui.tables.propose.column_shapes import LOOKED, Shape, shape_of
from kpi_tui.tables.propose.own_sheets.file_questions import orders_of_dates, questions, read_by_itself, ways_out
from kpi_tui.tables.source.files import kind_of
from kpi_tui.tables.source.reader import read_file
from kpi_tui.tables.source.xlsx import sheets_alike

PREVIEW_ROWS = 5
_KEPT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class SampledFile:
    """A file as far as a proposal needs it; `reading`: how its cells are read, as a person and the file say it."""

    path: Path
    frame: pl.DataFrame
    shapes: Mapping[str, Shape]
    notes: tuple[str, ...]
    reading: FileReading = AS_IT_STANDS
    questions: tuple[ReadingQuestion, ...] = ()

    @property
    def asked(self) -> tuple[Message, ...]:
        """What nobody has answered of it before its numbers are used."""
        reading = self.reading
        answered = {("sheet", "")} if reading.sheet else set()
        answered |= {("fill_down", name) for name in reading.fill_down} | {
            ("year_of", name) for name in reading.year_of
        }
        open_ = (one for one in self.questions if (one.kind, one.column) not in answered)
        return tuple(ways_out(self.path.name, one) for one in open_ if one.kind != "dates")  # its column asks that


def sampled(path: Path, said: FileReading = AS_IT_STANDS) -> SampledFile:
    """The file read, its columns judged by their first rows. TableError when it cannot be read.

    `said`: what a person says of how its cells are read.
    """
    source = TableSource(path.stem, (str(path),), sheet=said.sheet)
    plain = read_file(path, source)
    reading = read_by_itself(plain, path, said)
    raw = plain if replace(reading, dates={}) == AS_IT_STANDS else read_file(path, replace(source, reading=reading))
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
    alike = sheets_alike(path, raw.columns) if kind_of(path, source) == "xlsx" else []
    shapes = {name: shape_of(name, head[name], first=said.dates.get(name, "")) for name in raw.columns}
    asked = (*questions(plain, alike), *orders_of_dates(shapes, head))
    return SampledFile(path, raw.frame, shapes, tuple(notes), reading, asked)


class LookedAt:
    """Files looked at in one conversation: one that did not change is not read again for the next answer."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Path, int, int, str], SampledFile] = {}

    def sampled(self, path: Path, said: FileReading = AS_IT_STANDS) -> SampledFile:
        """As `sampled`; files that are too large together to stay in memory are read each time. OSError, TableError."""
        status = path.stat()
        key = (path, status.st_size, status.st_mtime_ns, repr(said))
        if (known := self._kept.get(key)) is not None:
            return known
        seen = sampled(path, said)
        if sum(one.frame.estimated_size() for one in (seen, *self._kept.values())) <= _KEPT_BYTES:
            self._kept[key] = seen
        return seen


def preview(seen: SampledFile) -> FileLook:
    """The first rows of a file as they are, and what each column can be read as."""
    names = tuple(seen.shapes)
    head = seen.frame.select(names).head(PREVIEW_ROWS)
    readings = {name: {kind.value: sql for kind, sql in shape.sql.items()} for name, shape in seen.shapes.items()}
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in head.rows())
    return FileLook(
        seen.path, seen.frame.height, names, rows, readings, seen.notes, seen.questions, seen.reading.year_of
    )
