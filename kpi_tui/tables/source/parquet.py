"""Parquet files; a broken one gives a sentence, never a panic on the screen."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.tables.native_aborts import abort_told
from kpi_tui.tables.polars_panics import stderr_silenced
from kpi_tui.tables.source.mistaken_files import expect_magic
from kpi_tui.tables.source.raw_rows import Raw, numbered
from kpi_tui.tables.source.refusals.reader_failures import why_unread
from kpi_tui.tables.source.text_cells import tidied


def read_parquet(path: Path) -> Raw:
    """Every row and column of one file. TableError when it cannot be read."""
    expect_magic(path, b"PAR1", say("a Parquet file"))
    try:
        with stderr_silenced(), abort_told(path):
            frame = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise unreadable(path, error) from None
    return Raw(numbered(tidied(frame)), frame.height)


def unreadable(path: Path, error: BaseException) -> TableError:
    """What a broken file is refused with."""
    return TableError(say("{path}: not a Parquet file that can be read ({why})", path=path, why=why_unread(error)))
