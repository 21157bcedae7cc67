"""What procedures share: rows in an order that does not depend on the engine, columns as numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from kpi_tui.definitions.library.procedure import Call

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def by_group(call: Call, frame: pl.DataFrame, function: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """`function` on the rows of each value of the column `by`; rows are sorted first, so that sums round alike."""
    ordered = frame.select(sorted(frame.columns)).sort(sorted(frame.columns)).select(frame.columns)
    by = str(call.options.get("by", ""))
    if not by or ordered.is_empty():
        return function(ordered)
    return pl.concat([function(part) for part in ordered.partition_by(by, maintain_order=True)])


def matrix(frame: pl.DataFrame, columns: tuple[str, ...]) -> Matrix:
    """Rows × columns as floats; null counts as 0."""
    return frame.select(pl.col(name).cast(pl.Float64).fill_null(0.0) for name in columns).to_numpy().astype(np.float64)


def listed(call: Call, option: str) -> tuple[str, ...]:
    """An option that is a list of columns."""
    value = call.options[option]
    return value if isinstance(value, tuple) else (str(value),)


def varying(rows: Matrix) -> Matrix:
    """Standardised columns (mean 0, deviation 1); those that are the same everywhere are left out.

    A column is constant when its deviation is nothing but rounding of its mean.
    """
    spread = rows.std(axis=0)
    keep = spread > 1e-12 * np.abs(rows).max(axis=0, initial=0.0)
    kept: Matrix = (rows[:, keep] - rows[:, keep].mean(axis=0)) / spread[keep]
    return kept
