"""seals.toml: the SHA-256 of every data file as it was when somebody sealed them, so that damage on a disk is told.

A flipped bit of a Parquet file gives another number without an error. `kpi-tui check --seal` writes the sums, `check`
compares them.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import tomli_w

from kpi_tui.book.files.data_files import read_files
from kpi_tui.definitions.issue import Issue, Severity, TableError, WorkspaceError
from kpi_tui.definitions.message import Message, listed, say, several
from kpi_tui.definitions.workspace import Workspace

FILE = "seals.toml"
_TABLE = "sha256"
_HEAD = "# Made by `kpi-tui check --seal`: the SHA-256 of every data file. `kpi-tui check` tells changes.\n"


def seal(workspace: Workspace) -> int:
    """Write the sums of all files that tables read; how many.

    TableError names every file that cannot be read, WorkspaceError says why nothing can be written; nothing is then.
    """
    from kpi_tui.workspace.edits.atomic import write_atomic

    sums, unread = {}, []
    for path in sorted(set(read_files(workspace))):
        try:
            sums[_name(path, workspace)] = _sum(path)
        except OSError as error:
            unread.append(say("{path}: {why}", path=path, why=error.strerror or error))
    if unread:
        raise TableError(say("nothing was sealed: {why}", why=several(unread)))
    try:
        write_atomic(workspace.root / FILE, (_HEAD + tomli_w.dumps({_TABLE: sums})).encode())
    except OSError as error:
        raise WorkspaceError(say("{path}: {why}", path=FILE, why=error.strerror or error)) from None
    return len(sums)


def seal_issues(workspace: Workspace) -> Iterator[Issue]:
    """An error for every sealed file that changed or is gone, a hint for files nobody sealed; none without seals."""
    from kpi_tui.workspace.toml.source import read_toml

    if not (workspace.root / FILE).exists():
        return
    file = read_toml(workspace.root / FILE, FILE)
    if isinstance(file, Issue):
        yield file
        return
    sealed = file.data.get(_TABLE)
    sealed = sealed if isinstance(sealed, dict) else {}
    again = say("if that is meant, `kpi-tui check --seal` seals it anew; else restore the file")
    for name, sum_ in sealed.items():
        if why := _broken(workspace.data / name, str(sum_)):
            message = say("{name}: {why}", name=name, why=why)
            yield Issue(Severity.ERROR, message, again, FILE, file.line(_TABLE, name), f"{_TABLE}.{name}", "seal")
    new = sorted({_name(path, workspace) for path in read_files(workspace)} - set(sealed))
    if new:
        message = say("not sealed yet: {names}", names=listed(new))
        yield Issue(Severity.HINT, message, say("`kpi-tui check --seal` seals them"), FILE, code="seal")


def _broken(path: Path, sealed: str) -> Message | str:
    try:
        return "" if _sum(path) == sealed else say("its content is not what was sealed")
    except OSError as error:
        return say("it was sealed and cannot be read ({why})", why=error.strerror or str(error))


def _name(path: Path, workspace: Workspace) -> str:
    """From the data folder, so that the workspace can be moved."""
    return Path(os.path.relpath(path, workspace.data)).as_posix()


def _sum(path: Path) -> str:
    if path.exists() and not path.is_file():  # a FIFO or a device would be read for ever
        raise OSError(errno.EINVAL, "not a regular file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
