"""Files that answers are written to, outside every workspace."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.written.written_path import written_path


def write_file(path: Path, data: bytes) -> Path:
    """Write a whole file or nothing, replacing one of that name; the path in full. UsageError says why it cannot be.

    What is no file takes it as it comes: /dev/stdout, /dev/null, a pipe. It is never replaced by a file.
    """
    from kpi_tui.workspace.edits.atomic import write_atomic
    from kpi_tui.workspace.files.plain_file import followed

    target = written_path(path)
    if target.is_dir():
        raise UsageError(say("{path} is a folder; name a file", path=path))
    if not target.parent.is_dir():
        raise UsageError(say("{path} cannot be written: there is no folder {folder}", path=path, folder=target.parent))
    try:
        followed(target)
        if _is_stream(target):
            _write_into(target, data)
            return target
        write_atomic(target, data, durable=False)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(say("{path} cannot be written: {why}", path=path, why=why)) from None
    return target.resolve()


def _is_stream(path: Path) -> bool:
    """Whether a terminal, a pipe or the like has that name. ValueError for what else is no file: a disk, a socket."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISREG(mode):
        return False
    if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        raise ValueError(say("is not a regular file"))
    return True


def _write_into(path: Path, data: bytes) -> None:
    """Not waiting for somebody to read a pipe that nobody reads."""
    fd = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(fd, "wb", buffering=0) as stream:
        if hasattr(os, "set_blocking"):
            os.set_blocking(fd, True)
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) or 0 :]
