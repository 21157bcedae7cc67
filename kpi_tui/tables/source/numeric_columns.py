"""Whether a whole column of text is numbers: what a plain number looks like, and what an id."""

from __future__ import annotations

import polars as pl

from kpi_tui.tables.source.text_cells import tidy

PLAIN_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_ID_LIKE = r"^[+-]?(?:0\d.*|.{16,})$"  # leading zero, or more digits than a float keeps


def is_numeric(cells: pl.Series) -> bool:
    """Every cell that is not empty is a plain number, and none looks like an id (00123, 20 digits)."""
    text = tidy(cells).drop_nulls()
    return len(text) > 0 and bool(text.str.contains(PLAIN_NUMBER).all()) and not bool(text.str.contains(_ID_LIKE).any())
