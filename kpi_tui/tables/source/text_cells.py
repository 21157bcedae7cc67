"""Cells of text as files have them, without what exports put around them."""

from __future__ import annotations

import operator
from functools import reduce

import polars as pl

from kpi_tui.definitions.written.blanks import BLANKS_AROUND

_TEXTS = (pl.String, pl.Categorical, pl.Enum)
_SIGNS = ("=", "'", "`")
_AS_TEXT = r'^="((?s:.*))"$'  # ="00123": how spreadsheets are told to keep a text
_TEXT_SIGN = r"^['`]([^'`]*)$"  # '00123 and `00123: the sign some exports put before a number


def tidy(cells: pl.Series) -> pl.Series:
    """Text without what exports put around it: blanks of any kind, `="…"`, an apostrophe; nothing left is empty."""
    return tidied(cells.cast(pl.String).to_frame()).to_series()


def tidied(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose texts are tidy, so that a value is the same in every file, join and comparison."""
    names = [name for name, kind in frame.schema.items() if kind in _TEXTS]
    if not names:
        return frame
    text = pl.col(names)
    frame = frame.with_columns(text.cast(pl.String).str.strip_chars())
    wide = frame.select(text.str.len_bytes().sum() != text.str.len_chars().sum())
    if strange := [name for name, found in zip(names, wide.row(0), strict=True) if found]:  # not ASCII alone
        frame = frame.with_columns(pl.col(strange).str.strip_chars(BLANKS_AROUND))
    signs = frame.select(reduce(operator.or_, (text.str.starts_with(sign).any() for sign in _SIGNS)))
    signed = [name for name, found in zip(names, signs.row(0), strict=True) if found]
    for sign in (_TEXT_SIGN, _AS_TEXT, _TEXT_SIGN) if signed else ():
        frame = frame.with_columns(pl.col(signed).str.replace(sign, "${1}").str.strip_chars(BLANKS_AROUND))
    return frame.with_columns(pl.when(text != "").then(text))


def to_text(values: pl.Series) -> pl.Series:
    """Ids as text: a whole float loses its .0 (17850.0 is customer 17850)."""
    text = values.cast(pl.String, strict=False)
    if not values.dtype.is_float():
        return text
    whole = (values == values.round()) & (values.abs() < 2**53)
    return values.cast(pl.Int64, strict=False).cast(pl.String).zip_with(whole.fill_null(False), text)
