"""One file to raw rows, by its format."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say
from kpi_tui.tables.source.csv.whole_file import read_csv
from kpi_tui.tables.source.files import kind_of
from kpi_tui.tables.source.parquet import read_parquet
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.sheets.filled_down import filled
from kpi_tui.tables.source.xlsx import read_xlsx


def read_file(path: Path, source: TableSource) -> Raw:
    """Rows as they stand in the file; the format is the source's, else by suffix, else CSV. TableError."""
    try:
        return _read(path, source)
    except MemoryError:
        raise TableError(
            say("{path}: larger than the memory there is; split it, or save it as Parquet", path=path)
        ) from None


def _read(path: Path, source: TableSource) -> Raw:
    kind = kind_of(path, source)
    if kind == "parquet":
        raw = read_parquet(path)
    elif kind == "xlsx":
        raw = read_xlsx(path, source.sheet, source.reading.fill_merged)
    else:
        raw = read_csv(path, source)
    return filled(raw, source.reading, path) if source.reading.looks_above else raw
