"""Which tables are read part by part: large ones whose rows each stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kpi_tui.definitions.library.table import TableSource
from kpi_tui.tables.source.csv.blocks import csv_parts
from kpi_tui.tables.source.files import kind_of
from kpi_tui.tables.source.parquet_batches import parquet_parts
from kpi_tui.tables.source.parts import Parts


def parts_of(source: TableSource, paths: Sequence[Path], size: int) -> Parts | None:
    """The files in parts of about `size` rows, when they are more rows of one header, each standing alone."""
    kinds = {kind_of(path, source) for path in paths}
    if (
        source.reading.looks_above
        or source.group_by
        or source.distinct
        or source.joins
        or _looks_around(source)
        or len(kinds) != 1
    ):
        return None
    if kinds == {"csv"}:
        return csv_parts(source, paths, size)
    return parquet_parts(paths, size) if kinds == {"parquet"} else None


def _looks_around(source: TableSource) -> bool:
    """Whether a mapping reads other rows: row_number() over (order by ts) counts all of them, not a part's."""
    return any(re.search(r"\bover\s*\(", sql, re.IGNORECASE) for sql in (source.where, *source.columns.values()))
