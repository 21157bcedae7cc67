"""Rows whose key stands twice: copies count once, and of versions of one thing `repeated` in config/schema.toml
says which counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import polars as pl

from kpi_tui.definitions.library.table import Repeated, TableSchema
from kpi_tui.definitions.message import Message, listed, say, says
from kpi_tui.tables.source.raw_rows import FILE

_AT_ONCE = 2_000_000  # keys compared at a time
_PLACE, LINE = "kpi:place", "kpi:line"


@dataclass(frozen=True, slots=True)
class RepeatedKeys:
    """`gone`: places of the rows that do not count, in order; `left`: rows beyond the first of a key that do.

    `example`: the first key of which several rows count, "" for none; `alike`: rows equal to another of their own file,
    where nothing but the lines says that they are copies. `replaced`: rows of which another one of their key counts,
    `differ`: the columns in which these differ, `of`: one of those keys.
    """

    gone: pl.Series
    left: int
    notes: tuple[str, ...]
    example: str = ""
    alike: int = 0
    replaced: int = 0
    differ: tuple[str, ...] = ()
    of: str = ""


def repeated_keys(
    frame: pl.LazyFrame, schema: TableSchema, mapped: Collection[str], lines: Callable[[pl.DataFrame], pl.DataFrame]
) -> RepeatedKeys | None:
    """What becomes of rows that repeat a key; None where no key does. Rows without a whole key are left alone, but of
    the reports of a day: there a part of the key that is empty, or in no file, is equal to another that is.

    `lines` tells, for the rows whose keys it is given, what stood in their lines of the files (a number each) and in
    which: only rows of equal lines are copies, a column that nobody mapped may tell them apart.
    """
    if not copies_are_found(schema, mapped):
        return None
    keys = [key for key in schema.key if key in mapped]
    needed = [schema.time] if schema.by_day else keys
    twice = _repeated(frame.select(keys).drop_nulls(needed), keys)
    if twice is None:
        return None
    numbered = frame.with_row_index(_PLACE)
    places = numbered.join(twice.lazy(), on=keys, how="semi", nulls_equal=True).collect(engine="streaming")
    rows = pl.concat([places.sort(_PLACE), lines(twice)], how="horizontal")
    once = rows.unique([*keys, LINE], keep="first", maintain_order=True)
    whole = once.drop_nulls(keys) if len(keys) == len(schema.key) else once.clear()  # others are no versions of one
    kept = _chosen(whole, schema)
    versions = whole.join(kept, on=_PLACE, how="anti")
    stays = once.join(versions, on=_PLACE, how="anti")
    gone = rows.join(stays, on=_PLACE, how="anti", maintain_order="left")[_PLACE]
    notes = _notes(rows.height - once.height, versions.height, schema)
    alike = rows.height - rows.unique([*keys, LINE, FILE]).height
    alike = alike if schema.repeated is Repeated.ALL else 0
    left = kept.height - kept.n_unique(keys)
    differ = _differ(whole, schema, mapped) if versions.height else ()
    of = _example(whole, keys) if versions.height else ""
    return RepeatedKeys(gone, left, notes, _example(kept, keys), alike, versions.height, differ, of)


def copies_are_found(schema: TableSchema, mapped: Collection[str]) -> bool:
    """Whether the key tells which rows may be copies: all of it is supplied, or rows are reports of a day."""
    if not schema.key or schema.repeated is Repeated.LINES:
        return False
    return set(schema.key) <= set(mapped) or (schema.by_day and schema.time in mapped)


def without(frame: pl.LazyFrame, gone: pl.Series) -> pl.LazyFrame:
    """The rows but those at some places."""
    return frame.with_row_index(_PLACE).filter(~pl.col(_PLACE).is_in(gone.implode())).drop(_PLACE)


def _repeated(known: pl.LazyFrame, keys: list[str]) -> pl.DataFrame | None:
    """The keys that stand more than once; share by share of their hashes, so that memory does not grow."""
    rows = int(known.select(pl.len()).collect(engine="streaming").item())
    shares = rows // _AT_ONCE + 1
    found = []
    for share in range(shares):
        mine = known if shares == 1 else known.filter(pl.col(keys[0]).hash() % shares == share)
        counted = mine.group_by(keys).len().filter(pl.col("len") > 1).select(keys)
        found.append(counted.collect(engine="streaming"))
    twice = pl.concat(found)
    return twice if twice.height else None


def _chosen(rows: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """One row per key where the schema says which: by time, then by place in the files."""
    if schema.repeated is Repeated.ALL:
        return rows
    latest = schema.repeated is Repeated.LAST
    order = [schema.time, _PLACE] if schema.time else [_PLACE]
    return rows.sort(order, nulls_last=not latest).unique(list(schema.key), keep="last" if latest else "first")


def _differ(rows: pl.DataFrame, schema: TableSchema, mapped: Collection[str]) -> tuple[str, ...]:
    """The columns of which a key has several values."""
    names = [name for name in rows.columns if name in mapped and name not in schema.key]
    counted = rows.group_by(list(schema.key)).agg(pl.col(names).n_unique() > 1).select(pl.col(names).any())
    return tuple(name for name in names if counted[name][0])


def _example(rows: pl.DataFrame, keys: list[str]) -> str:
    """The first key that several of the rows have, as its columns say it."""
    doubled = rows.filter(pl.struct(keys).is_duplicated()).select(keys).head(1)
    pairs = (pair for row in doubled.iter_rows(named=True) for pair in row.items())
    return listed(say("{column} {value}", column=key, value=value) for key, value in pairs)


def copies_note(count: int) -> Message:
    """That equal rows count once."""
    return says(
        "{count} row is a copy of another: each counts once",
        "{count} rows are copies of others: each counts once",
        count,
    )


def _notes(copies: int, versions: int, schema: TableSchema) -> tuple[str, ...]:
    notes: list[Message] = []
    if copies:
        notes.append(copies_note(copies))
    if versions:
        key = listed(schema.key)
        first = says(
            "{count} row repeats {key} with other values: the earliest row counts",
            "{count} rows repeat {key} with other values: the earliest row counts",
            versions,
            key=key,
        )
        last = says(
            "{count} row repeats {key} with other values: the latest row counts",
            "{count} rows repeat {key} with other values: the latest row counts",
            versions,
            key=key,
        )
        notes.append(first if schema.repeated is Repeated.FIRST else last)
    return tuple(notes)
