"""Rights of what is made in a folder of a group, whatever the umask of who makes it (as git's core.sharedRepository).

A folder is a group's when the group may write in it and it hands its group on (setgid, `chmod g+ws`). New files get its
group, and what its own bits say who may read and write; new folders are as it is. `shared = "group"` in workspace.toml
makes the folders of the workspace such.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

_RIGHTS = 0o666
_HANDED_ON = 0o2777
"""Of a folder; not the sticky bit: a file could not be replaced by another member of the group."""


def rights(folder: Path) -> os.stat_result | None:
    """What is to be handed on to new files; None where the folder is no group's."""
    with contextlib.suppress(OSError):
        status = folder.stat()
        if hasattr(os, "fchown") and status.st_mode & stat.S_ISGID and status.st_mode & stat.S_IWGRP:
            return status
    return None


def share(fd: int, folder: Path) -> None:
    """Give a file of one's own the rights of its folder; nothing where that is no group's."""
    of = rights(folder)
    if of is None:
        return
    with contextlib.suppress(OSError):  # not every file system knows groups
        now = os.fstat(fd)
        wanted = (stat.S_IMODE(now.st_mode) | of.st_mode & _RIGHTS) & (of.st_mode | ~stat.S_IRWXO)
        if now.st_uid != os.geteuid() or (now.st_gid, stat.S_IMODE(now.st_mode)) == (of.st_gid, wanted):
            return
        os.fchown(fd, -1, of.st_gid)
        os.fchmod(fd, wanted)


def share_new_folder(folder: Path) -> None:
    """Give a folder that was just made the rights of the one it is in."""
    if of := rights(folder.parent):
        with contextlib.suppress(OSError):
            os.chown(folder, -1, of.st_gid)
            folder.chmod(of.st_mode & _HANDED_ON)


def share_folders(root: Path, folders: Iterable[Path]) -> None:
    """Make folders the group's of `root`, as `shared = "group"` asks; those of others stay as they are."""
    if not hasattr(os, "geteuid"):
        return
    with contextlib.suppress(OSError):
        group = root.stat().st_gid
        for folder in folders:
            now = folder.stat()
            wanted = stat.S_IMODE(now.st_mode) | stat.S_ISGID | stat.S_IRWXG
            if now.st_uid == os.geteuid() and (now.st_gid, stat.S_IMODE(now.st_mode)) != (group, wanted):
                os.chown(folder, -1, group)
                folder.chmod(wanted)
