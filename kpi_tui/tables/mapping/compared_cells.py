"""Lines of several files as they are compared: 100.00 of a csv is 100.0 of a Parquet file, and so is a moment."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.mapping.timestamps import Zones, to_stamp
from kpi_tui.tables.mapping.truth_values import to_bool
from kpi_tui.tables.source.numeric_columns import PLAIN_NUMBER
from kpi_tui.tables.source.raw_rows import FILE, Raw

_CODE = r"^0\d+$"
"""Digits behind a zero are a code, no number: 00123 is not 123."""
_FRACTION = r"^-?\d+\.\d+$"
_STAMP = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$"
_LOOKED = 100  # cells that tell whether a column of text may hold fractions


def comparable(raw: Raw, zones: Zones) -> pl.DataFrame:
    """The rows with what one file writes in another way than others written alike; of one file as they stand."""
    if raw.frame[FILE].n_unique() < 2:
        return raw.frame
    return raw.frame.with_columns(_changed(raw, zones))


def _changed(raw: Raw, zones: Zones) -> Iterator[pl.Series]:
    """Columns of several kinds, and amounts that are text everywhere (20.50 of a csv, 20.5 of a workbook)."""
    for name in raw.columns:
        column = raw.frame[name]
        if column.dtype != pl.String:
            continue
        if name in raw.kinds:
            yield _alike(column, raw.kinds[name], zones)
        elif _holds_stamps(column):
            yield _alike(column, frozenset([pl.Datetime()]), zones)
        elif _holds_truths(column):
            yield to_bool(column).values.cast(pl.String).alias(name)
        elif _holds_fractions(column):
            yield to_number(column).values.cast(pl.String).alias(name)


def _alike(text: pl.Series, kinds: frozenset[pl.DataType], zones: Zones) -> pl.Series:
    """The values of the kind that another file has; what cannot be read so stays as it stands."""
    if any(kind.is_temporal() for kind in kinds):
        values = to_stamp(text, zones).values
    elif pl.Boolean() in kinds:
        values = to_bool(text).values
    elif any(kind.is_numeric() for kind in kinds):
        values = to_number(text).values.set(text.str.contains(_CODE).fill_null(False), None)
    else:
        return text
    return values.cast(pl.String).zip_with(values.is_not_null(), text).alias(text.name)


def _holds_stamps(text: pl.Series) -> bool:
    """Whether all cells are days or moments, written in several ways: a workbook writes 2026-03-01 00:00:00."""
    for some in (text.drop_nulls().head(_LOOKED), text.drop_nulls()):
        if not some.len() or not some.str.contains(_STAMP).all():
            return False
    return text.str.len_chars().n_unique() > 1 + bool(text.null_count())


def _holds_truths(text: pl.Series) -> bool:
    """Whether all cells are true or false, in several ways: TRUE of a csv, true of a workbook, 1 of a database."""
    if to_bool(text.drop_nulls().head(_LOOKED)).bad.any():
        return False
    words = text.drop_nulls().unique()
    return words.len() > len(("true", "false")) and not to_bool(words).bad.any()


def _holds_fractions(text: pl.Series) -> bool:
    """Whether all cells are plain numbers, some with a fraction and none a code."""
    for some in (text.drop_nulls().head(_LOOKED), text.drop_nulls()):
        if not some.str.contains(PLAIN_NUMBER).all() or some.str.contains(_CODE).any():
            return False
    return bool(text.str.contains(_FRACTION).any())
