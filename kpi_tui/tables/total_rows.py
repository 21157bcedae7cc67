"""Rows that sum up others (合计, total): told with the line that leaves them out, never removed by themselves."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.written.total_words import TOTAL_WORDS
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.source.raw_rows import FILE, ROW

_MOST = 5
_LOOKED = 3


def total_rows(frame: pl.DataFrame, files: Sequence[str], counted: pl.DataFrame | None = None) -> list[FileDoubt]:
    """One doubt per column among the first texts whose cell is a word for a total, with the first such row.

    `counted`: file and number of the rows that count, None for all; a total that is left out anyway does no harm.
    A daily report has its 合计 behind the day: three columns are looked at, not only the first one filled.
    """
    doubts = []
    for column in _with_totals(frame):
        found = frame.lazy().filter(is_total(column)).select(ROW, FILE, column).collect()
        for value, rows in found.group_by(column, maintain_order=True):
            plain = sql_name(column)
            name = f"coalesce({plain}, '')" if frame[column].null_count() else plain  # null <> 'x' is not true
            count = rows if counted is None else rows.join(counted, on=[FILE, ROW], how="semi", maintain_order="left")
            doubts.append(_doubt(name, str(value[0]), rows if count.is_empty() else count, files, not count.is_empty()))
    return doubts[:_MOST]


def total_words(frame: pl.DataFrame) -> dict[str, list[str]]:
    """Column -> the words for a total as it spells them, of the columns that have one."""
    return {column: sorted(frame.filter(is_total(column))[column].unique()) for column in _with_totals(frame)}


def _with_totals(frame: pl.DataFrame) -> list[str]:
    """Those of the columns looked at that say a word for a total."""
    looked = _looked(frame)
    found = frame.select(is_total(column).any() for column in looked) if looked and len(frame) else frame.clear()
    return [column for column in looked if len(found) and found[column][0]]


def _looked(frame: pl.DataFrame) -> list[str]:
    return [name for name, kind in frame.schema.items() if kind == pl.String and not name.startswith("kpi:")][:_LOOKED]


def is_total(column: str) -> pl.Expr:
    """Whether a cell is a word for a total."""
    return pl.col(column).str.strip_chars(" :：\t\u3000").str.to_lowercase().is_in(TOTAL_WORDS)


def _doubt(name: str, value: str, rows: pl.DataFrame, files: Sequence[str], counts: bool) -> FileDoubt:
    said = say(
        "{file}: row {row} looks like a total row ({value!r})", file=files[rows[FILE][0]], row=rows[ROW][0], value=value
    )
    if rows.height > 1:
        said = say("{said}, and {count} more", said=said, count=rows.height - 1)
    where = f"{name} <> '{value}'".replace('"', '\\"')
    write = say('`kpi-tui init DIR FILE` again leaves it out, or write where = "{where}"', where=where)
    return FileDoubt("total-row", said, write, counts)


def leave_out(where: str) -> Message:
    """The line that leaves a row out."""
    return say('to leave it out write where = "{where}"', where=where)
