"""Sheets of one workbook read as one table: a month each, with the same columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.message import listed, say, says
from kpi_tui.tables.source.raw_rows import ROW, Raw, SheetStart, merged


def one_after_the_other(file: str, sheets: Mapping[str, Raw], left: Sequence[str]) -> Raw:
    """The sheets below each other, in their order; row numbers of a later one go on from those of the one before, and
    `starts` says which row of which sheet one is.

    `left`: names of sheets with other columns, which are not read.
    """
    parts: list[Raw] = []
    notes: list[str] = []
    begins: list[SheetStart] = []
    start = 0
    for name, raw in sheets.items():
        begins.append(SheetStart(0, start, name))
        moved = _moved(raw, start)
        parts.append(moved)
        notes.append(_said(file, name, raw, start))
        start += max((0, *raw.frame[ROW]))
    if left:
        notes.append(say("{file}: {sheets} have other columns and are not read", file=file, sheets=listed(left)))
    down = {name for part in parts for name in part.merged_down}
    return Raw(
        pl.concat([part.frame for part in parts], how="diagonal_relaxed"),
        sum(part.rows_read for part in parts),
        merged((part.rejected, name) for part, name in zip(parts, sheets, strict=True)),
        notes=(*(note for part in parts for note in part.notes), *notes),
        merged_down={name: tuple(rows for part in parts for rows in part.merged_down.get(name, ())) for name in down},
        titles=parts[0].titles,
        starts=tuple(begins),
    )


def _moved(raw: Raw, by: int) -> Raw:
    down = {name: tuple((first + by, last + by) for first, last in rows) for name, rows in raw.merged_down.items()}
    return replace(raw, frame=raw.frame.with_columns(pl.col(ROW) + by), merged_down=down)


def _said(file: str, name: str, raw: Raw, start: int) -> str:
    rows = says("{count} row", "{count} rows", raw.frame.height)
    if not start:
        return say("{file}: sheet {name!r}: {rows}", file=file, name=name, rows=rows)
    return say(
        "{file}: sheet {name!r}: {rows}; where a note names a row and no sheet, its row 1 is {first}",
        file=file,
        name=name,
        rows=rows,
        first=start + 1,
    )
