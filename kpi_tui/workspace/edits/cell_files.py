"""What edits know of the TOML files they change: cells by key path, and how a file is read and written.

The files of periods (`period_files.py`) are one kind; files of definitions can be another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.target import Target


@dataclass(frozen=True, slots=True)
class CellFile:
    """The cells of one file at one revision (0: no file yet), and the whole parsed document behind them."""

    id: str
    revision: int = 0
    cells: Mapping[KeyPath, Target] = field(default_factory=dict)
    document: Mapping[str, Any] = field(default_factory=dict)


class CellFiles(Protocol):
    """The files of one folder that hold cells of one kind."""

    @property
    def folder(self) -> Path:
        """Where they lie, with their history and their lock."""

    def path(self, file: str) -> Path:
        """The file of that id. UsageError when it can be none."""

    def known(self) -> tuple[list[str], list[str]]:
        """Ids of the files that are there, in their order, and names of TOML files that are none of them."""

    def read(self, file: str) -> CellFile:
        """A file's cells; none at revision 0 without a file. WorkspaceError when it cannot be read."""

    def render(self, file: CellFile, cells: Mapping[KeyPath, Target | None]) -> bytes:
        """The file at its next revision with `cells` set (None: cleared). UsageError when it would be too large."""


def stamp(path: Path) -> tuple[int, ...]:
    """Changes whenever a file is replaced; empty where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def owner_and_metric(key: KeyPath) -> tuple[str, str]:
    """Whose number and of what, as a sentence names a cell."""
    return key[0], ".".join(key[1:])
