"""Whole-file writes that leave the old file or the new one, never a part, whatever fails and whenever."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import sys
import time
from pathlib import Path

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.message import say

STALE_SECONDS = 3600.0
_TEMPORARY = re.compile(r"\..+\.\d+-[0-9a-f]{8}\.tmp")
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows turns line ends without it


class DurabilityUnknown(KpiError):
    """The new file is in place, but the system could not confirm that it would survive a power cut."""


def write_atomic(path: Path, data: bytes, *, durable: bool = True, mode: int | None = None) -> None:
    """Replace `path` by `data` through a temporary file in the same folder.

    OSError: nothing has changed. DurabilityUnknown: the new file is in place, only the sync of its folder
    failed. A link is followed, and the mode of an existing file is kept. Not `durable`: no fsync, for files
    that need to survive the process but not a power cut. Takes no lock and logs nothing, so that a signal
    handler may call it, even in the middle of another call.
    """
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        _write_new(temporary, data, _mode_of(path) if mode is None else mode, durable)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # never there, or swept when it is an hour old
            temporary.unlink()
        raise
    if durable:
        _sync_folder(path.parent)


def sweep(folder: Path, older_than: float = STALE_SECONDS, now: float | None = None) -> int:
    """Remove temporary files of writers that died, once they are `older_than` seconds old; how many."""
    now = time.time() if now is None else now
    removed = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                removed += _remove_stale(entry, now - older_than)
    return removed


def append_durable(path: Path, data: bytes) -> None:
    """Add `data` to the end of `path` and sync it; OSError when any of it may be missing.

    DurabilityUnknown: it is there, only the sync of the folder of a new file failed.
    """
    new = not path.exists()
    fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, 0o666)
    try:
        _write_all(fd, data)
        sync(fd)
    finally:
        os.close(fd)
    if new:
        _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Create `path` if it is missing, so that it survives a power cut; OSError when it cannot be."""
    if path.is_dir():
        return
    path.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(DurabilityUnknown):  # the first save into it will say so again
        _sync_folder(path.parent)


def sync(fd: int) -> None:
    """fsync, and on macOS the stronger call that also empties the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # not every file system knows it
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
    os.fsync(fd)


def _write_new(path: Path, data: bytes, mode: int | None, durable: bool) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666 if mode is None else 0o600)
    try:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(fd, mode)
        _write_all(fd, data)
        if durable:
            sync(fd)
    finally:
        os.close(fd)


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _mode_of(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # a folder cannot be opened there; NTFS journals the rename
        return
    try:
        fd = os.open(folder, os.O_RDONLY)
        try:
            sync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        raise DurabilityUnknown(
            say(
                "{folder}: saved, but the disk did not confirm it ({why}); check the disk before you rely on it",
                folder=folder,
                why=error.strerror or error,
            )
        ) from error


def _remove_stale(entry: os.DirEntry[str], before: float) -> int:
    try:
        if entry.stat(follow_symlinks=False).st_mtime > before:
            return 0
        Path(entry.path).unlink()
    except OSError:  # gone already, or not ours to remove: harmless either way
        return 0
    return 1
