"""Large files read part by part, some hundred thousand raw rows at a time."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say
from kpi_tui.tables.mapping.parse_cells import is_numeric, tidy
from kpi_tui.tables.mapping.run_sql import first_line
from kpi_tui.tables.source.polars_panics import stderr_silenced
from kpi_tui.tables.source.raw_rows import FILE, Raw, numbered
from kpi_tui.tables.source.reader import kind_of


class Parts(ABC):
    """The raw rows of files of one header, in parts, as often as asked; `count` is about how many there are."""

    count: int

    @abstractmethod
    def __iter__(self) -> Iterator[Raw]:
        """Every part in order, its rows numbered as in its file. TableError when a file breaks off."""

    def is_numeric(self, column: str) -> bool:
        """The judgement of `reading.is_numeric` over a whole column of text."""
        return column in self._numeric

    @cached_property
    def _numeric(self) -> frozenset[str]:
        filled: set[str] = set()
        other: set[str] = set()
        for part in self:
            for column in part.frame.select(pl.col(pl.String)):
                if column.name not in other and tidy(column).drop_nulls().len():
                    filled.add(column.name)
                    other |= set() if is_numeric(column) else {column.name}
        return frozenset(filled - other)


class ParquetParts(Parts):
    """Parquet files of one schema."""

    def __init__(self, paths: Sequence[Path], rows: int, size: int) -> None:
        self._paths = paths
        self._size = size
        self.count = -(-rows // size)

    def __iter__(self) -> Iterator[Raw]:
        for number, path in enumerate(self._paths):
            first = 1
            for frame in self._batches(path):
                rows = numbered(frame, first=first).with_columns(pl.lit(number, dtype=pl.Int32).alias(FILE))
                first += frame.height
                yield Raw(rows, frame.height)

    def _batches(self, path: Path) -> Iterator[pl.DataFrame]:
        try:
            lazy = pl.scan_parquet(path, glob=False)
            batches = iter(lazy.collect_batches(chunk_size=self._size, maintain_order=True))
            while (frame := _next(batches)) is not None:
                yield frame
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise TableError(
                say("{path}: not a Parquet file that can be read ({why})", path=path, why=first_line(error))
            ) from None


def parts_of(source: TableSource, paths: Sequence[Path], size: int) -> Parts | None:
    """The files in parts of about `size` rows, when they are more rows of one header, each standing alone."""
    kinds = {kind_of(path, source) for path in paths}
    if source.group_by or source.distinct or source.joins or _looks_around(source) or len(kinds) != 1:
        return None
    if kinds == {"csv"}:
        from kpi_tui.tables.source.csv_blocks import csv_parts

        return csv_parts(source, paths, size)
    return _parquet_parts(paths, size) if kinds == {"parquet"} else None


def _parquet_parts(paths: Sequence[Path], size: int) -> Parts | None:
    try:
        with stderr_silenced():
            scans = [pl.scan_parquet(path, glob=False) for path in paths]
            alike = all(scan.collect_schema() == scans[0].collect_schema() for scan in scans[1:])
            rows = sum(scan.select(pl.len()).collect().item() for scan in scans)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None  # reading it as a whole says what is wrong with it
    return ParquetParts(paths, rows, size) if alike and rows > size else None


def _next(batches: Iterator[pl.DataFrame]) -> pl.DataFrame | None:
    with stderr_silenced():
        return next(batches, None)


def _looks_around(source: TableSource) -> bool:
    """Whether a mapping reads other rows: row_number() over (order by ts) counts all of them, not a part's."""
    return any(re.search(r"\bover\s*\(", sql, re.IGNORECASE) for sql in (source.where, *source.columns.values()))
