"""Files of a folder that may be exports, and those of a workspace's data folder that no table reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import Issue, Severity, TableError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import Message, listed, say, says

if TYPE_CHECKING:
    from kpi_tui.definitions.workspace import Workspace

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_NAMED = 3  # files that are named, and their rows counted
_COUNTED = 5_000_000  # bytes of a file whose rows are counted
_PLAIN = (".csv", ".tsv")  # a workbook that nobody asked for is not opened: a small one may hold very much


def data_files(folder: Path) -> tuple[Path, ...]:
    """Files of a folder that may be exports."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()]
    except OSError:
        return ()
    return tuple(sorted(path.absolute() for path in found if not path.name.startswith((".", "~$"))))


def without_folders(files: Iterable[Path]) -> tuple[Path, ...]:
    """The files, a folder replaced by what it holds; one without any stays, so that it is said."""
    return tuple(one for path in files for one in (path.is_dir() and data_files(path)) or (path,))


def read_files(workspace: Workspace) -> Iterator[Path]:
    """Every file that a table, or the rates of exchange, are read from; of one that cannot be found, none."""
    from kpi_tui.tables.source.files import resolve

    def files(source: TableSource) -> Iterator[Path]:
        for part in (*source.sources.values(), *(join.source for join in source.joins.values())):
            yield from files(part)
        if not source.sources:
            try:
                yield from resolve(source, workspace.data, workspace.data_roots)
            except TableError:
                return  # the question that reads the table says why

    rates = (workspace.rates.source,) if workspace.rates else ()
    for source in (*workspace.tables.values(), *rates):
        yield from files(source)


def unread_data(workspace: Workspace) -> Iterator[Issue]:
    """One hint about all files of the data folder that no table reads; none where no table reads any, and none while a
    table is left out for an error: the files may be its own."""
    if workspace.broken_tables:
        return
    read = {path.resolve() for path in read_files(workspace)}
    left = [path for path in data_files(workspace.data) if path.suffix.lower() != ".txt" and path.resolve() not in read]
    if not read or not left:
        return
    names = [_named(path) for path in left[:_NAMED]]
    names += [say("{count} more", count=len(left) - _NAMED)] if len(left) > _NAMED else []
    yield Issue(
        Severity.HINT,
        says(
            "1 file of the data folder is read by no table: {names}",
            "{count} files of the data folder are read by no table: {names}",
            len(left),
            names=listed(names),
        ),
        say("`kpi-tui init {folder} FILE` adds one; else move it elsewhere", folder=workspace.root),
        code="unread-data",
    )


def _named(path: Path) -> Message | str:
    """A file and how many rows it has, where that is soon told."""
    from kpi_tui.tables.source.reader import read_file

    try:
        if path.suffix.lower() not in _PLAIN or path.stat().st_size > _COUNTED:
            return path.name
        rows = read_file(path, TableSource(path.stem, (str(path),))).frame.height
    except (TableError, OSError):
        return path.name
    return says("{file} (1 row)", "{file} ({count:,} rows)", rows, file=path.name)
