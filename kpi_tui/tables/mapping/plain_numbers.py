"""Cells to numbers where nothing but the number stands in them; `1,234.50` is for `printed_numbers`."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from kpi_tui.tables.mapping.parsed_cells import ParsedCells, none_bad
from kpi_tui.tables.source.numeric_columns import PLAIN_NUMBER
from kpi_tui.tables.source.text_cells import tidy

NOT_FINITE = r"^[+-]?(?i:nan|inf|infinity)$"
_PLAIN_INT = r"^[+-]?\d{1,18}$"
_POINTS_GROUP = r"^[+-]?\d{1,3}(\.\d{3}){2,}(,\d+)?$|^[+-]?\d{1,3}\.\d{3},\d+$|^[+-]?\d+,\d{1,2}$"
"""Cells of a column whose points stand between thousands: 1.234.567, 1.234,50, 12,50."""
_THREE_DIGITS = r"^[+-]?\d{1,3}\.\d{3}$"
"""2.000 of such a column is two thousand, else 2."""


def to_number(cells: pl.Series, *, is_tidy: bool = False, elsewhere: Callable[[], bool] | None = None) -> ParsedCells:
    """Plain numbers: Int64 when all are whole, else Float64. Thousands separators are not read, nor is 2.000 of a
    column that shows them as points in another cell: nobody knows whether it is 2.

    `is_tidy`: nothing stands around the cells any more, as in a column of a file. `elsewhere`: whether such a cell
    stands in another part of the column; asked where it decides.
    """
    if cells.dtype != pl.String:
        return _typed_number(cells)
    text = cells if is_tidy else tidy(cells)
    if bool(text.str.contains(_PLAIN_INT).all()):  # nulls are left out of it
        return ParsedCells(text.cast(pl.Int64), none_bad(text))
    plain = text.str.contains(PLAIN_NUMBER).fill_null(False)
    unsure = text.str.contains(_THREE_DIGITS).fill_null(False)
    if bool(unsure.any()) and (shows_points(text) or (elsewhere is not None and elsewhere())):
        plain &= ~unsure
    odd = text.str.contains(NOT_FINITE).fill_null(False)
    values = text.set(~plain, None).cast(pl.Float64, strict=False)
    values = values.set(values.is_infinite().fill_null(False), None)
    return ParsedCells(values, text.is_not_null() & values.is_null() & ~odd, int(odd.sum()))


def shows_points(text: pl.Series) -> bool:
    """Whether a cell of a tidy column writes points between thousands."""
    return bool(text.str.contains(_POINTS_GROUP).any())


def _typed_number(cells: pl.Series) -> ParsedCells:
    if not (cells.dtype.is_numeric() or cells.dtype in (pl.Boolean, pl.Null)):
        return ParsedCells(pl.Series(cells.name, [None] * len(cells), dtype=pl.Float64), cells.is_not_null())
    if cells.dtype.is_float():
        odd = (cells.is_nan() | cells.is_infinite()).fill_null(False)
        return ParsedCells(cells.cast(pl.Float64).set(odd, None), none_bad(cells), int(odd.sum()))
    kind = pl.Float64 if cells.dtype.is_decimal() else pl.Int64
    values = cells.cast(kind, strict=False)
    return ParsedCells(values, cells.is_not_null() & values.is_null())
