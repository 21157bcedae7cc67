"""Relations as the engine holds them: small ones in memory, large ones as Parquet parts on disk.

A fact over many rows whose windows keep a key together (`sql/partition_keys.py`) is computed share by share of
that key's hashes, so that the memory it needs does not grow with the rows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kpi_tui.engine import procedures
from kpi_tui.engine.fact_shape import FactShape
from kpi_tui.tables.polars_sql import execute
from kpi_tui.tables.row_store import part_file, scan

_BATCH_ROWS = 100_000  # rows partitioned at a time
_SHARE = "kpi:share"


@dataclass(frozen=True)
class Partitioning:
    """Rows partitioned by the hash of a key: all rows of one key value lie in one of `count` shares."""

    key: str
    count: int

    def number(self) -> pl.Expr:
        """The share a row lies in."""
        return pl.col(self.key).cast(pl.String).hash() % self.count


@dataclass(frozen=True)
class StoredRelation:
    """All rows of a relation and, where it was computed or partitioned in shares, the rows of each share."""

    rows: pl.LazyFrame
    size: int
    shares: Partitioning | None = None
    parts: tuple[pl.LazyFrame, ...] = ()

    def has(self, column: str) -> bool:
        """Whether the relation has such a column."""
        return column in self.rows.collect_schema()

    def part(self, shares: Partitioning, number: int) -> pl.LazyFrame:
        """The rows of one share; all rows when they have no such key."""
        if not self.has(shares.key):
            return self.rows
        return self.parts[number] if self.shares == shares else self.rows.filter(shares.number() == number)


def stored(rows: pl.LazyFrame) -> StoredRelation:
    """Rows that lie ready, in memory or on disk."""
    return StoredRelation(rows, int(rows.select(pl.len()).collect().item()))


def partitioning_for(
    shape: FactShape, large: Sequence[StoredRelation], keys: Sequence[str], many: int
) -> Partitioning | None:
    """How to partition the large relations a fact reads; None when one pass over their rows does, or must do.

    A share has about `many` rows.
    """
    key = next((key for key in keys if all(relation.has(key) for relation in large)), "")
    if not key or not shape.has_windows:
        return None
    ready = next((relation.shares for relation in large if relation.shares and relation.shares.key == key), None)
    return ready or Partitioning(key, -(-max(relation.size for relation in large) // many))


def partition(relation: StoredRelation, shares: Partitioning, columns: Collection[str], folder: Path) -> StoredRelation:
    """The relation with its rows, as far as `columns` go, written share by share to a folder."""
    names = [name for name in relation.rows.collect_schema() if name in columns or name == shares.key]
    handfuls = relation.rows.select(*names, shares.number().alias(_SHARE)).collect_batches(chunk_size=_BATCH_ROWS)
    for turn, handful in enumerate(handfuls):
        for (number,), rows in handful.partition_by(_SHARE, as_dict=True, include_key=False).items():
            rows.write_parquet(folder / f"{number:06d}-{turn:06d}.parquet", compression="lz4", statistics=False)
    nothing = relation.rows.select(names).clear()
    parts = [sorted(folder.glob(f"{number:06d}-*.parquet")) for number in range(shares.count)]
    return dataclasses.replace(
        relation, shares=shares, parts=tuple(pl.scan_parquet(part, glob=False) if part else nothing for part in parts)
    )


def on_disk(
    shape: FactShape, reads: Mapping[str, StoredRelation], shares: Partitioning | None, folder: Path
) -> StoredRelation:
    """The rows of a fact that rests on many, computed in a stream or share by share, in a folder."""
    partitioning = shares or Partitioning("", 1)
    for number in range(partitioning.count):
        context = {
            name: relation.part(partitioning, number) if shares else relation.rows for name, relation in reads.items()
        }
        execute(shape.sql, context).sink_parquet(part_file(folder, number), compression="lz4")
    rows = scan(folder)
    if shape.call:
        return stored(procedures.run(shape.call, rows.collect()).lazy())
    parts = tuple(pl.scan_parquet(part_file(folder, number), glob=False) for number in range(partitioning.count))
    return StoredRelation(rows, stored(rows).size, shares, parts if shares else ())


def in_memory(shape: FactShape, reads: Mapping[str, StoredRelation]) -> StoredRelation:
    """The rows of a fact computed at once, in the order of its key: sums over them round alike on every run."""
    context = {name: relation.rows for name, relation in reads.items()}
    frame = execute(shape.sql, context).collect(engine="in-memory")
    frame = procedures.run(shape.call, frame) if shape.call else frame
    order = [name for name in shape.key if name in frame.columns]
    return stored((frame.sort(order, maintain_order=True) if order else frame).lazy())
