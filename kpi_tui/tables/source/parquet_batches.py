"""Large Parquet files, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from kpi_tui.tables.native_aborts import abort_told
from kpi_tui.tables.polars_panics import stderr_silenced
from kpi_tui.tables.source.parquet import unreadable
from kpi_tui.tables.source.parts import Parts
from kpi_tui.tables.source.raw_rows import FILE, Raw, numbered
from kpi_tui.tables.source.text_cells import tidied


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
                rows = numbered(tidied(frame), first=first).with_columns(pl.lit(number, dtype=pl.Int32).alias(FILE))
                first += frame.height
                yield Raw(rows, frame.height)

    def _batches(self, path: Path) -> Iterator[pl.DataFrame]:
        try:
            with abort_told(path):
                lazy = pl.scan_parquet(path, glob=False)
                batches = iter(lazy.collect_batches(chunk_size=self._size, maintain_order=True))
                while (frame := _next(batches)) is not None:
                    yield frame
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise unreadable(path, error) from None


def parquet_parts(paths: Sequence[Path], size: int) -> Parts | None:
    """The files in parts of `size` rows, when they have one schema and more rows; else None."""
    try:
        with stderr_silenced(), abort_told(paths[0]):
            scans = [pl.scan_parquet(path, glob=False) for path in paths]
            alike = all(scan.collect_schema() == scans[0].collect_schema() for scan in scans[1:])
            rows = sum(scan.select(pl.len()).collect().item() for scan in scans)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None  # reading it as a whole says what is wrong with it
    return ParquetParts(paths, rows, size) if alike and rows > size else None


def _next(batches: Iterator[pl.DataFrame]) -> pl.DataFrame | None:
    with stderr_silenced():
        return next(batches, None)
