"""Cells that stand for those below them: merged over several rows, or written once for a day and left blank after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.library.file_reading import FileReading
from kpi_tui.definitions.message import say, says
from kpi_tui.definitions.written.total_words import TOTAL_WORDS
from kpi_tui.tables.source.raw_rows import ROW, Raw
from kpi_tui.tables.source.sheets.days_without_year import with_years

_BLANKS = " :：\t\u3000"


def filled(raw: Raw, reading: FileReading, path: Path) -> Raw:
    """The rows with the cells filled that `reading` names, and notes of how many. TableError where a year is unknown.

    A row of sums keeps its blanks: it belongs to no day, and is told apart by that.
    """
    notes: list[str] = []
    frame = raw.frame
    for column in (one for one in (*reading.fill_merged, *reading.fill_down) if one in frame.columns):
        ranges = raw.merged_down.get(column, ())
        inside = None if column in reading.fill_down else _inside(frame, ranges)
        values = _from_above(frame, column, inside)
        count = values.len() - values.null_count() - (frame.height - frame[column].null_count())
        frame = frame.with_columns(values)
        if count:
            notes.append(
                says(
                    "{file}: {count} empty cell of {column} takes the value above it",
                    "{file}: {count} empty cells of {column} take the value above them",
                    count,
                    file=path.name,
                    column=column,
                )
            )
    raw = replace(raw, frame=frame)
    for column, year in reading.year_of.items():
        if column in frame.columns:
            cells, said = with_years(raw, path, column, year)
            raw = replace(raw, frame=raw.frame.with_columns(cells))
            notes.append(said)
    asked = (*reading.fill_merged, *reading.fill_down, *reading.year_of)
    notes += [
        say("{file}: has no column {column} whose cells could be filled", file=path.name, column=column)
        for column in dict.fromkeys(asked)
        if column not in frame.columns
    ]
    return replace(raw, notes=(*raw.notes, *notes))


def blanks_below(frame: pl.DataFrame, column: str) -> int:
    """How many cells of a column would take the one above."""
    return frame[column].null_count() - _from_above(frame, column, None).null_count()


def _inside(frame: pl.DataFrame, ranges: Sequence[tuple[int, int]]) -> pl.Series:
    """Of each row the number of the merged cell it stands in; null for none."""
    found = pl.Series("kpi:merged", [None] * frame.height, dtype=pl.Int64)
    rows = frame[ROW]
    for number, (first, last) in enumerate(ranges):
        found = found.set(rows.is_between(first, last), number)
    return found


def _from_above(frame: pl.DataFrame, column: str, inside: pl.Series | None) -> pl.Series:
    plain = [name for name, kind in frame.schema.items() if kind == pl.String]
    sums = pl.any_horizontal(
        pl.lit(value=False),
        *(pl.col(one).str.strip_chars(_BLANKS).str.to_lowercase().is_in(TOTAL_WORDS) for one in plain),
    ).fill_null(value=False)
    value = pl.col(column)
    down = value.forward_fill() if inside is None else value.forward_fill().over(inside)
    keeps = sums if inside is None else sums | inside.is_null()
    return frame.select(pl.when(keeps).then(value).otherwise(down).alias(column)).to_series()
