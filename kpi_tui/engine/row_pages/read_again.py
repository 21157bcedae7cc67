"""The files of a table read once more, each row beside what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data

if TYPE_CHECKING:
    from kpi_tui.tables.file_rows import FileRows


def read_again(space: Workspace, data: Data, table: str) -> Iterator[FileRows]:
    """Part by part. TableError as when it was read."""
    from kpi_tui.tables.file_rows import file_rows

    return file_rows(
        space.tables[table],
        space.schemas[table],
        data=space.data,
        roots=space.data_roots,
        timezone=space.timezone,
        settings=space.settings,
        many=data.many,
        progress=data.reading(table),
    )
