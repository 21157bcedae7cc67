"""Files read part by part: raw rows a few hundred thousand at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.table import TableSource
from kpi_tui.tables.quiet import quiet
from kpi_tui.tables.raw import FILE, Raw, numbered
from kpi_tui.tables.reader import kind_of
from kpi_tui.tables.reading import is_numeric, tidy
from kpi_tui.tables.runner import first_line


class Parts:
    """Large Parquet files of one schema, read in parts of `size` rows, as often as asked."""

    def __init__(self, paths: Sequence[Path], rows: int, size: int) -> None:
        self._paths = paths
        self._size = size
        self.count = -(-rows // size)

    def __iter__(self) -> Iterator[Raw]:
        """Every part, its rows numbered as in its file."""
        for number, path in enumerate(self._paths):
            first = 1
            for frame in self._batches(path):
                rows = numbered(frame, first=first).with_columns(pl.lit(number, dtype=pl.Int32).alias(FILE))
                first += frame.height
                yield Raw(rows, frame.height)

    def is_numeric(self, column: str) -> bool:
        """The judgement of `reading.is_numeric` over the whole column."""
        cells = (part.get_column(column) for path in self._paths for part in self._batches(path, column))
        known = [is_numeric(part) for part in cells if tidy(part).drop_nulls().len()]
        return bool(known) and all(known)

    def _batches(self, path: Path, *columns: str) -> Iterator[pl.DataFrame]:
        """Rows of one file (default: all columns) in order. TableError when it breaks off."""
        lazy = pl.scan_parquet(path, glob=False)
        lazy = lazy.select(columns) if columns else lazy
        try:
            batches = iter(lazy.collect_batches(chunk_size=self._size, maintain_order=True))
            while (frame := _next(batches)) is not None:
                yield frame
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise TableError(f"{path}: not a Parquet file that can be read ({first_line(error)})") from None


def _next(batches: Iterator[pl.DataFrame]) -> pl.DataFrame | None:
    with quiet():
        return next(batches, None)


def parts_of(source: TableSource, paths: Sequence[Path], size: int) -> Parts | None:
    """The files in parts, when they are many rows of one schema, each of which stands alone; else None."""
    if (
        source.group_by
        or source.joins
        or _looks_around(source)
        or any(kind_of(path, source) != "parquet" for path in paths)
    ):
        return None
    try:
        scans = [pl.scan_parquet(path, glob=False) for path in paths]
        alike = all(scan.collect_schema() == scans[0].collect_schema() for scan in scans[1:])
        rows = sum(scan.select(pl.len()).collect().item() for scan in scans)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None  # reading it as a whole says what is wrong with it
    return Parts(paths, rows, size) if alike and rows > size else None


def _looks_around(source: TableSource) -> bool:
    """Whether a mapping reads other rows: row_number() over (order by ts) counts all of them, not a part's."""
    return any(re.search(r"\bover\s*\(", sql, re.IGNORECASE) for sql in (source.where, *source.columns.values()))
