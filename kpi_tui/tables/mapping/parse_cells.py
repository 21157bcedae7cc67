"""Text cells to numbers, truth values and stamps: what cannot be read is marked, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from kpi_tui.tables.source.text_cells import PLAIN_NUMBER, tidy

NOT_FINITE = r"^[+-]?(?i:nan|inf|infinity)$"
_PLAIN_INT = r"^[+-]?\d{1,18}$"
_TRUE = ("true", "1", "yes", "是")
_FALSE = ("false", "0", "no", "否")


@dataclass(frozen=True, slots=True)
class ParsedCells:
    """`values` with null where `bad` (Boolean, same length) says a cell could not be read."""

    values: pl.Series
    bad: pl.Series
    not_finite: int = 0  # cells that were NaN or infinite and became null
    twice: int = 0  # local stamps of an hour that a clock change repeats


def to_number(cells: pl.Series, *, is_tidy: bool = False) -> ParsedCells:
    """Plain numbers: Int64 when all are whole, else Float64. Thousands separators are not read.

    `is_tidy`: nothing stands around the cells any more, as in a column of a file.
    """
    if cells.dtype != pl.String:
        return _typed_number(cells)
    text = cells if is_tidy else tidy(cells)
    plain = text.str.contains(PLAIN_NUMBER).fill_null(False)
    odd = text.str.contains(NOT_FINITE).fill_null(False)
    if bool(text.drop_nulls().str.contains(_PLAIN_INT).all()):
        values = text.cast(pl.Int64, strict=False)
    else:
        values = text.set(~plain, None).cast(pl.Float64, strict=False)
        values = values.set(values.is_infinite().fill_null(False), None)
    return ParsedCells(values, text.is_not_null() & values.is_null() & ~odd, int(odd.sum()))


def to_bool(cells: pl.Series) -> ParsedCells:
    """true/false, 1/0, yes/no, 是/否, whatever the case."""
    if cells.dtype == pl.Boolean:
        return ParsedCells(cells, _none_bad(cells))
    if cells.dtype.is_float():
        cells = cells.cast(pl.Int64, strict=False).set(cells != cells.round(), None)
    text = tidy(cells).str.to_lowercase()
    yes = text.is_in(list(_TRUE))
    values = yes.set((~yes & ~text.is_in(list(_FALSE))).fill_null(True), None)
    return ParsedCells(values, text.is_not_null() & values.is_null())


def _typed_number(cells: pl.Series) -> ParsedCells:
    if not (cells.dtype.is_numeric() or cells.dtype in (pl.Boolean, pl.Null)):
        return ParsedCells(pl.Series(cells.name, [None] * len(cells), dtype=pl.Float64), cells.is_not_null())
    if cells.dtype.is_float():
        odd = (cells.is_nan() | cells.is_infinite()).fill_null(False)
        return ParsedCells(cells.cast(pl.Float64).set(odd, None), _none_bad(cells), int(odd.sum()))
    kind = pl.Float64 if cells.dtype.is_decimal() else pl.Int64
    values = cells.cast(kind, strict=False)
    return ParsedCells(values, cells.is_not_null() & values.is_null())


def _none_bad(cells: pl.Series) -> pl.Series:
    return pl.repeat(False, len(cells), dtype=pl.Boolean, eager=True)
