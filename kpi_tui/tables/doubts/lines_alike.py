"""Equal lines of one file that count once as copies, although they may be lines of one order to be added up."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import says

_LEAST_ROWS, _LEAST_SHARE = 2, 0.02
"""A few lines are pasted twice; where many are alike, each may be one piece of an order."""


def lines_alike(alike: int, rows: int, source: TableSource, schema: TableSchema) -> list[FileDoubt]:
    """A doubt where many of the rows equal another of their file; a table grouped or `distinct` says what is meant.

    Of a table whose rows a day tells apart it is said at its values already (`engine/doubts/value_doubts.py`).
    """
    if source.group_by or source.distinct or schema.by_day:
        return []
    if alike < _LEAST_ROWS or alike < _LEAST_SHARE * rows:
        return []
    said = says(
        "{count:,} row equals another of its file in every column: it counts once, as a copy",
        "{count:,} rows equal others of their file in every column: they count once, as copies",
        alike,
    )
    keys = ", ".join(f"'{source.columns.get(key, key)}'" for key in schema.key)
    write = says(
        "if it is a line of one {table}, write group_by = [{keys}] in [tables.{table}] and add its amounts up, "
        "sum(COLUMN); if it is a copy, distinct = true",
        "if they are lines of one of the {table}, write group_by = [{keys}] in [tables.{table}] and add their amounts "
        "up, sum(COLUMN); if they are copies, distinct = true",
        alike,
        table=source.id.partition(".")[0],
        keys=keys,
    )
    return [FileDoubt("lines-alike", said, write)]
