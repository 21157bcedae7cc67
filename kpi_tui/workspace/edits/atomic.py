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
from kpi_tui.workspace.files.plain_file import expect_no_link, followed, open_plain
from kpi_tui.workspace.files.shared_rights import share, share_new_folder

STALE_SECONDS = 3600.0
_TEMPORARY = re.compile(r"\..+\.\d+-[0-9a-f]{8}\.tmp")
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows turns line ends without it


class DurabilityUnknown(KpiError):
    """The new file is in place, but the system could not confirm that it would survive a power cut."""


def write_atomic(
    path: Path, data: bytes, *, durable: bool = True, mode: int | None = None, follow: bool = True
) -> None:
    """Replace `path` by `data` through a temporary file in the same folder.

    OSError: nothing has changed. DurabilityUnknown: the new file is in place, only the sync of its folder
    failed. Mode and group of an existing file are kept, in the folder of a group its members may write it.
    WorkspaceError: a link that somebody else planted, or not to `follow`, any link. Not `durable`: no fsync, for
    files that need to survive the process but not a power cut. Takes no lock and logs nothing, so that a signal
    handler may call it, even in the middle of another call.
    """
    path = followed(path) if follow else expect_no_link(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        _write_new(temporary, data, path, mode, durable)
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

    DurabilityUnknown: it is there, only the sync of the folder of a new file failed. WorkspaceError: it is a link.
    """
    new = not path.exists()
    fd = open_plain(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
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
    make_folder(path.parent)
    try:
        path.mkdir()
        share_new_folder(path)
    except FileExistsError:
        if not path.is_dir():  # else by somebody who was faster
            raise
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


def _write_new(path: Path, data: bytes, replaced: Path, mode: int | None, durable: bool) -> None:
    """A new file with the rights of the one it replaces, or with `mode`; else with those of its folder."""
    old = _status(replaced) if mode is None else None
    new = 0o666 if mode is None and old is None else 0o600
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, new)
    try:
        if old is not None and hasattr(os, "fchown"):
            with contextlib.suppress(OSError):  # a group that its writer is not of
                os.fchown(fd, -1, old.st_gid)
        if new == 0o600 and hasattr(os, "fchmod"):
            os.fchmod(fd, stat.S_IMODE(old.st_mode) if old else mode or new)
        if mode is None:
            share(fd, path.parent)
        _write_all(fd, data)
        if durable:
            sync(fd)
    finally:
        os.close(fd)


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
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
