"""Cells of text as files have them: blanks around them, and whether a whole column of them is numbers."""

from __future__ import annotations

import polars as pl

PLAIN_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_ID_LIKE = r"^[+-]?(?:0\d.*|.{16,})$"  # leading zero, or more digits than a float keeps


def tidy(cells: pl.Series) -> pl.Series:
    """Blanks around a cell are no part of a number or stamp; a blank cell is empty."""
    text = cells.cast(pl.String).str.strip_chars(" \t\r\n\u00a0\u3000")
    return text.set(text == "", None)


def is_numeric(cells: pl.Series) -> bool:
    """Every cell that is not empty is a plain number, and none looks like an id (00123, 20 digits)."""
    text = tidy(cells).drop_nulls()
    return len(text) > 0 and bool(text.str.contains(PLAIN_NUMBER).all()) and not bool(text.str.contains(_ID_LIKE).any())
