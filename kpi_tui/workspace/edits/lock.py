"""One writer at a time: an advisory lock on a side file.

The lock is on a file of its own because a rename swaps the data file under a lock held on it
(measured: `flock` on the data file lost 341 of 400 edits, a side file none). The system lets go of it when
its holder dies, so that no lock is ever stale; what the file says is only for the message.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from kpi_tui.definitions.issue import ConflictError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.files.plain_file import open_plain

TIMEOUT = 10.0
_NETWORK = (
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "afs",
    "9p",
    "fuse.sshfs",
    "fuse.s3fs",
    "fuse.rclone",
)


def unwritable(places: Iterable[Path]) -> str:
    """A sentence about the first of the folders or files that cannot be written; empty where all can be."""
    found = next((one for one in places if os.access(one, os.F_OK) and not os.access(one, _needed(one))), None)
    return _not_here(found, os.strerror(errno.EACCES)) if found else ""


def _needed(place: Path) -> int:
    return os.W_OK | os.X_OK if place.is_dir() else os.W_OK


def _not_here(path: Path, why: str) -> str:
    return say("nothing can be saved here ({why}); make this writable: {path}", why=why, path=path)


@contextlib.contextmanager
def locked(path: Path, who: str, *, timeout: float = TIMEOUT) -> Iterator[None]:
    """Hold the lock file `path` for a moment.

    ConflictError names the holder when it stays held for `timeout` seconds; WorkspaceError when the file
    cannot be opened, or is a link.
    """
    try:
        fd = open_plain(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise WorkspaceError(_not_here(path, error.strerror or str(error))) from error
    try:
        _wait(fd, path, time.monotonic() + timeout)
        _sign(fd, who)
        yield
    finally:
        with contextlib.suppress(OSError):  # closing lets go of the lock even when it complains
            os.close(fd)


def network_note(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """A warning when `folder` lies on a network file system, whose locks are not to be trusted; else ""."""
    kind = _file_system(folder, mounts)
    if kind not in _NETWORK:
        return ""
    return say(
        "{folder} lies on a network file system ({kind}): two people saving in the same "
        "instant may not see each other; let one person save at a time",
        folder=folder,
        kind=kind,
    )


def _wait(fd: int, path: Path, deadline: float) -> None:
    while not _take(fd, path):
        if time.monotonic() >= deadline:
            raise ConflictError(
                say(
                    "{folder}: {holder} is saving there; try again in a moment",
                    folder=path.parent,
                    holder=_holder(fd),
                )
            )
        time.sleep(random.uniform(0.001, 0.02))  # uneven, so that waiting processes do not keep step


def _take(fd: int, path: Path) -> bool:
    """Try once; False when somebody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(fd, 1 << 30, os.SEEK_SET)  # beyond the text, which others must be able to read
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise WorkspaceError(
            say(
                "{path}: this file system does not lock files ({why}); keep the workspace on a local disk to save",
                path=path,
                why=error.strerror or error,
            )
        ) from error
    return True


def _sign(fd: int, who: str) -> None:
    """Leave a name for the message of whoever has to wait; the lock holds without it.

    A file that has another name too may be somebody's own: it keeps what it says.
    """
    if os.fstat(fd).st_nlink > 1:
        return
    text = f"{who or 'somebody'} (process {os.getpid()} on {socket.gethostname()}, since {datetime.now():%H:%M:%S})"
    with contextlib.suppress(OSError):
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, text.encode("utf-8", "replace"))


def _holder(fd: int) -> str:
    with contextlib.suppress(OSError):
        os.lseek(fd, 0, os.SEEK_SET)
        return os.read(fd, 400).decode("utf-8", "replace") or say("another process")
    return say("another process")


def _file_system(folder: Path, mounts: Path) -> str:
    """Type of the file system under `folder`, from the longest mount point above it; "" when unknown."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:  # not Linux
        return ""
    here, best, kind = Path(os.path.realpath(folder)), -1, ""
    for fields in (line.split(" ") for line in lines):
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t"))
        if here.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
