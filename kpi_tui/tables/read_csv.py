"""CSV files, every column as text."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kpi_tui.definitions.table import TableSource
from kpi_tui.tables.raw import Raw, numbered


def read_csv(path: Path, source: TableSource) -> Raw:
    """Every row of one file."""
    frame = pl.read_csv(path, infer_schema=False, separator=source.delimiter or ",")
    return Raw(numbered(frame, first=2), frame.height, encoding="utf-8")
