"""Files and a mapping into one prepared table (docs/architecture.md, What a prepared table promises)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kpi_tui.definitions.table import TableSchema, TableSource
from kpi_tui.definitions.value import Profile
from kpi_tui.tables.convert import convert
from kpi_tui.tables.files import resolve
from kpi_tui.tables.fingerprint import fingerprint
from kpi_tui.tables.raw import Raw, together
from kpi_tui.tables.read_csv import read_csv
from kpi_tui.tables.read_parquet import read_parquet

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table ready for facts and measures; `missing` are canonical columns that are all null."""

    frame: pl.LazyFrame
    profile: Profile
    missing: frozenset[str]
    fingerprint: str


def prepare(
    source: TableSource,
    schema: TableSchema,
    *,
    data: Path,
    roots: Sequence[Path],
    timezone: str,
    progress: Progress | None = None,
) -> Prepared:
    """Read, map and judge the rows of one table. TableError carries every issue found."""
    paths = resolve(source, data, roots)
    parts: list[Raw] = []
    for done, path in enumerate(paths):
        if progress:
            progress(f"{source.id}: {path.name}", done, len(paths))
        parts.append(_read(path, source))
    raw = together(parts, [path.name for path in paths])
    frame, filtered = convert(raw, source, schema)
    missing = frozenset(n for n in schema.columns if n not in source.columns and n not in raw.columns)
    first, last = _span(frame, schema.time)
    profile = Profile(
        source.id,
        tuple(map(str, paths)),
        raw.rows_read,
        raw.frame.height - filtered,
        raw.rejected,
        filtered,
        first,
        last,
        missing_columns=tuple(sorted(missing)),
        encoding=raw.encoding,
        notes=raw.notes,
    )
    return Prepared(frame.lazy(), profile, missing, fingerprint(source, data, roots))


def _read(path: Path, source: TableSource) -> Raw:
    suffix = source.format or path.suffix.lower().lstrip(".")
    return read_parquet(path) if suffix in ("parquet", "pq") else read_csv(path, source)


def _span(frame: pl.DataFrame, time: str) -> tuple[date | None, date | None]:
    if not time or f"{time}_day" not in frame.columns:
        return None, None
    days = frame[f"{time}_day"]
    first, last = days.min(), days.max()
    return (first if isinstance(first, date) else None), (last if isinstance(last, date) else None)
