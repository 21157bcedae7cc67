"""Lines that have no day but that of their order end with their export: later orders have none, and nobody says so."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.answers.key_overlap import MissingLines
from kpi_tui.definitions.library.table import SOURCE
from kpi_tui.engine.data import Data

if TYPE_CHECKING:
    import polars as pl

LEAST = 5
"""So many orders in a row without a line are looked at."""
BY_CHANCE = 0.001
"""Below this probability, by the share of earlier orders without lines, the lines have ended."""


def missing_lines(data: Data, lines: tuple[str, str], orders: tuple[str, str], time: str) -> list[dict[str, Any]]:
    """The `MissingLines` of a relation, by source where the other table has several, as JSON.

    `lines` and `orders`: table and column of either side; `time`: the column that says when orders are of.
    """
    import polars as pl

    (table, column), (other, target) = lines, orders
    frame = data.frame(other)
    several = SOURCE in frame.collect_schema().names()
    named = data.frame(table).select(pl.col(column).cast(pl.String).alias("id")).drop_nulls().unique()
    rows = frame.select(
        pl.col(target).cast(pl.String).alias("id"),
        pl.col(f"{time}_day").alias("day"),
        pl.col(SOURCE).cast(pl.String) if several else pl.lit("").alias(SOURCE),
    ).drop_nulls(("id", "day"))
    told = rows.join(named.with_columns(pl.lit(1).alias("told")), on="id", how="left")
    counts = told.group_by(SOURCE, "day").agg(pl.len().alias("rows"), pl.col("told").sum())
    found = counts.sort(SOURCE, "day").collect(engine="streaming")
    if not found["told"].sum():
        return []  # no id meets at all, or there are no lines: told elsewhere
    parts = found.partition_by(SOURCE, as_dict=True, maintain_order=True)
    made = (_of(part, table, f"{other}.sources.{source}" if source else other) for (source,), part in parts.items())
    return [dataclasses.asdict(one) for one in made if one is not None]


def _of(days: pl.DataFrame, table: str, other: str) -> MissingLines | None:
    """Of one source: by day its rows and those that are told of."""
    told = days.filter(days["told"] > 0)
    every = int(days["rows"].sum())
    if told.is_empty():
        return MissingLines(table, other, every) if every >= LEAST else None
    last = told["day"].max()
    after = int(days.filter(days["day"] > last)["rows"].sum())
    before = every - after
    without = before - int(told["told"].sum())
    if after < LEAST or ((without + 1) / (before + 2)) ** after >= BY_CHANCE:
        return None
    return MissingLines(table, other, after, str(last))
