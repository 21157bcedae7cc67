"""Rows that sum up others (合计, total): noted, never removed, so that the workspace decides."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpi_tui.tables.raw import FILE, ROW

_WORDS = ("合计", "总计", "小计", "汇总", "总和", "total", "grand total", "subtotal", "sub total", "sum", "totals")
_MOST = 5


def total_notes(frame: pl.DataFrame, files: Sequence[str]) -> list[str]:
    """One note per row whose first text is a word for a total; at most five."""
    text = [name for name, kind in frame.schema.items() if kind == pl.String and not name.startswith("kpi:")]
    if not text:
        return []
    first = pl.coalesce(pl.col(text[:3])).str.strip_chars(" :：\t\u3000").str.to_lowercase()
    found = frame.lazy().filter(first.is_in(_WORDS)).select(ROW, FILE, *text[:3]).head(_MOST).collect()
    notes = []
    for row in found.iter_rows(named=True):
        column = next(column for column in text[:3] if row[column] is not None)
        said = f"{files[row[FILE]]}: row {row[ROW]} looks like a total row ({row[column]!r})"
        shown = column if column.isidentifier() else f'\\"{column}\\"'
        notes.append(f"{said}; to leave it out write where = \"{shown} <> '{row[column]}'\"")
    return notes
