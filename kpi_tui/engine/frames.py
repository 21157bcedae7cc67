"""Small services around polars frames."""

from __future__ import annotations

import polars as pl

from kpi_tui.engine import relations


def frame_of(relation: relations.Relation) -> pl.LazyFrame:
    """A made relation as a polars frame."""
    schema = {name: pl.Int64 if name in ("back", "day_no") else pl.Date for name in relation.columns}
    return pl.DataFrame(relation.rows, schema=schema, orient="row").lazy()


def longest_silence(frame: pl.LazyFrame, time: str) -> int:
    """Most days between two neighbouring days that have rows."""
    day = pl.col(f"{time}_day")
    gaps = frame.select(day.drop_nulls().unique().sort().diff().dt.total_days().max()).collect(engine="streaming")
    return int(gaps.item() or 1)
