"""Regular files opened where others may have planted something: a link, a pipe or a device is refused by its name."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import Message, say
from kpi_tui.workspace.files.shared_rights import share

_PLAIN: int = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
"""O_NONBLOCK: a pipe nobody writes to would block for ever. O_BINARY: Windows turns line ends without it."""
_IS_LINK = (errno.ELOOP, errno.EMLINK)  # what O_NOFOLLOW says on Linux and on BSD
_TRIES = 100


def open_plain(path: Path, flags: int) -> int:
    """A descriptor of a regular file; with O_CREAT it is made where there is none, for the group of its folder.

    WorkspaceError names a link, or what is no file. OSError: as `os.open`.
    """
    if not hasattr(os, "O_NOFOLLOW") and is_link(path):
        raise WorkspaceError(link_refused(path))
    try:
        fd = _opened(path, flags)
    except OSError as error:
        if error.errno in _IS_LINK and is_link(path):
            raise WorkspaceError(link_refused(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise WorkspaceError(say("{path} is no regular file; remove it: nothing is read or written there", path=path))
    if flags & (os.O_WRONLY | os.O_RDWR):
        share(fd, path.parent)
    return fd


def _opened(path: Path, flags: int) -> int:
    """Opened, else made: not both in one call, which sticky folders refuse for a file of somebody else."""
    for _ in range(_TRIES):
        try:
            return os.open(path, flags & ~os.O_CREAT | _PLAIN)
        except FileNotFoundError:
            if not flags & os.O_CREAT:
                raise
        try:
            return os.open(path, flags | os.O_EXCL | _PLAIN, 0o666)
        except FileExistsError:
            continue  # somebody was faster
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def followed(path: Path) -> Path:
    """Where a link leads; the path itself where it is none.

    As the kernel's protected_symlinks: only a link of one's own, or of the owner of its folder. WorkspaceError: one
    that somebody else planted.
    """
    if not is_link(path):
        return path
    if hasattr(os, "geteuid") and path.lstat().st_uid not in (os.geteuid(), path.parent.stat().st_uid):
        raise WorkspaceError(link_refused(path))
    return Path(os.path.realpath(path))


def expect_no_link(path: Path) -> Path:
    """The path; WorkspaceError where a link stands."""
    if is_link(path):
        raise WorkspaceError(link_refused(path))
    return path


def is_link(path: Path) -> bool:
    """Whether a link stands there; False where nobody may look."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def link_refused(path: Path) -> Message:
    """The sentence about a link where a file was expected."""
    try:
        to = str(path.readlink())
    except OSError:
        to = "?"
    return say("{path} is a link to {to}, and links are not followed here; put the file itself there", path=path, to=to)
