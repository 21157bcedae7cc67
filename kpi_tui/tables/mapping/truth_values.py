"""Cells to truth values."""

from __future__ import annotations

import polars as pl

from kpi_tui.tables.mapping.parsed_cells import ParsedCells, none_bad
from kpi_tui.tables.source.text_cells import tidy

_TRUE = ("true", "1", "yes", "是")
_FALSE = ("false", "0", "no", "否")


def to_bool(cells: pl.Series, *, is_tidy: bool = False) -> ParsedCells:
    """true/false, 1/0, yes/no, 是/否, whatever the case. `is_tidy`: as for `to_number`."""
    if cells.dtype == pl.Boolean:
        return ParsedCells(cells, none_bad(cells))
    if cells.dtype.is_float():
        cells = cells.cast(pl.Int64, strict=False).set(cells != cells.round(), None)
    text = (cells if is_tidy and cells.dtype == pl.String else tidy(cells)).str.to_lowercase()
    yes = text.is_in(list(_TRUE))
    values = yes.set((~yes & ~text.is_in(list(_FALSE))).fill_null(True), None)
    return ParsedCells(values, text.is_not_null() & values.is_null())
