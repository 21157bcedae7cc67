"""More files for a table that is there: its `path` in tables.toml; every other line stays, comments too."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from kpi_tui.workspace.definition_edits.rewritten import rewritten
from kpi_tui.workspace.start.stand_ins import FILE_BEFORE, OF_FILE
from kpi_tui.workspace.start.table_toml import names_of

_GLOB = frozenset("*?[")


def with_files(
    toml: str, further: Mapping[str, Sequence[Path]], home: Path, name: str, renumbered: Collection[str] = ()
) -> str:
    """The text of the file `name` with more files for parts of tables, by their ids; `home`: where paths start.

    `renumbered`: those whose order numbers get the name of their file.
    UsageError where the text cannot be changed.
    """
    if not further:
        return toml
    said = tomllib.loads(toml)
    for id_, files in further.items():
        table, _, source = id_.partition(".sources.")
        part = said["tables"][table]["sources"][source] if source else said["tables"][table]
        part["path"] = _longer(part["path"], files, home)
        if id_ in renumbered:
            _renumber(part, table)
    return rewritten(toml.encode(), said, name).decode()


def _renumber(part: dict[str, Any], table: str) -> None:
    """Order numbers, and those of refunds, with the name of their file."""
    columns = part.setdefault("columns", {})
    for column in ("order_id", "refund_id") if table == "refunds" else ("order_id",):
        sql = columns.get(column, column)
        columns[column] = f"{FILE_BEFORE} {sql if isinstance(sql, str) else sql['column']}"
    if "group_by" in part:
        part["group_by"] = [*part["group_by"], OF_FILE]


def _longer(path: str | list[str], files: Sequence[Path], home: Path) -> str | list[str]:
    """A list or glob that a person wrote is kept; one file and the next become what `init` writes of several."""
    if isinstance(path, str) and not _GLOB & set(path):
        names = names_of([home / path, *files], home)
        return names[0] if len(names) == 1 else list(names)
    return [*([path] if isinstance(path, str) else path), *(names_of([file], home)[0] for file in files)]
