"""An edit of `[rates]` that names a file or a column which is not there is refused before it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean, few_of

if TYPE_CHECKING:
    from kpi_tui.definitions.edit import KeyPath
    from kpi_tui.definitions.library.table import TableSource
    from kpi_tui.definitions.workspace import Workspace

_HEADER = 65_536  # bytes of a file in which its header stands


def expect_rates(edited: Workspace, keys: Collection[KeyPath]) -> None:
    """`edited`: the workspace with the edit of these keys. UsageError where `path` or a column is not there.

    Only what is edited is judged: a file with other columns may be named first, and its columns after it.
    """
    touched = [key[1:] for key in keys if key[0] == "rates"]
    if edited.rates is None or not touched:
        return
    source = edited.rates.source
    if any(not key or key[0] == "path" for key in touched):
        for text in source.paths:
            _expect_files(edited, source, text)
    columns = [
        name for name in source.columns if any(key[:2] in ((), ("columns",), ("columns", name)) for key in touched)
    ]
    if columns:
        _expect_columns(edited, source, columns)


def _expect_files(space: Workspace, source: TableSource, text: str) -> None:
    from dataclasses import replace

    from kpi_tui.book.files.data_files import data_files
    from kpi_tui.tables.source.files import resolve

    try:
        resolve(replace(source, paths=(text,)), space.data, space.data_roots)
    except TableError as error:
        folder = (space.data / text).parent
        there = [path.name for path in data_files(folder)]
        known = say("in {folder} there are: {names}", folder=folder, names=few_of(Path(text).name, there))
        hint = did_you_mean(Path(text).name, there, known)
        raise UsageError(say("{told} ({hint})", told=error.issues[0].message, hint=hint)) from None


def _expect_columns(space: Workspace, source: TableSource, columns: Collection[str]) -> None:
    from kpi_tui.sql.guard import FragmentError, expression

    there = list(_header(space, source))
    for name in columns if there else ():
        try:
            used = expression(source.columns[name]).columns
        except FragmentError as error:
            raise UsageError(say("rates.columns.{name}: {why}", name=name, why=error)) from None
        for column in used:
            if column not in there:
                file = listed(source.paths)
                known = say("the file has {names}", names=few_of(column, there))
                hint = did_you_mean(column, there, known)
                said = say("rates.columns.{name}: {file} has no column {column!r}", name=name, file=file, column=column)
                raise UsageError(say("{told} ({hint})", told=said, hint=hint))


def _header(space: Workspace, source: TableSource) -> Iterator[str]:
    """The columns of the first of its files; none where it cannot be read.

    Of text the header alone; a workbook or Parquet loads what reads it, in the app too, for this edit alone.
    """
    from kpi_tui.tables.source.csv.header import read_header
    from kpi_tui.tables.source.encoding import decode
    from kpi_tui.tables.source.files import kind_of, resolve

    try:
        path = resolve(source, space.data, space.data_roots)[0]
        if kind_of(path, source) != "csv":
            from kpi_tui.tables.source.reader import read_file

            yield from read_file(path, source).columns
            return
        with path.open("rb") as file:
            text, _encoding = decode(path, file.read(_HEADER).rpartition(b"\n")[0], source.encoding)
        yield from read_header(path, text.splitlines(), source.delimiter, source.header).names
    except (TableError, OSError):
        return  # the question that reads the rates says why
