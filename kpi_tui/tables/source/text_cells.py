"""Cells of text as files have them: what exports put around them, and whether a whole column of them is numbers."""

from __future__ import annotations

import polars as pl

from kpi_tui.definitions.blanks import BLANKS_AROUND

PLAIN_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_ID_LIKE = r"^[+-]?(?:0\d.*|.{16,})$"  # leading zero, or more digits than a float keeps
_TYPED_TEXT = (pl.String, pl.Categorical, pl.Enum)

_MARKED = r"^[='`]"
_AS_TEXT = r'^="((?s:.*))"$'  # ="00123": how spreadsheets are told to keep a text
_TEXT_SIGN = r"^['`]([^'`]*)$"  # '00123 and `00123: the sign some exports put before a number


def tidy(cells: pl.Series) -> pl.Series:
    """Text without what exports put around it: blanks of any kind, `="…"`, an apostrophe; nothing left is empty."""
    text = cells.cast(pl.String).str.strip_chars(BLANKS_AROUND)
    if text.str.contains(_MARKED).any():
        for mark in (_TEXT_SIGN, _AS_TEXT, _TEXT_SIGN):
            text = text.str.replace(mark, "${1}").str.strip_chars(BLANKS_AROUND)
    return text.set(text == "", None)


def tidied(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose texts are tidy, so that a value is the same in every file, join and comparison."""
    return frame.with_columns(tidy(column) for column in frame if column.dtype in _TYPED_TEXT)


def is_numeric(cells: pl.Series) -> bool:
    """Every cell that is not empty is a plain number, and none looks like an id (00123, 20 digits)."""
    text = tidy(cells).drop_nulls()
    return len(text) > 0 and bool(text.str.contains(PLAIN_NUMBER).all()) and not bool(text.str.contains(_ID_LIKE).any())
