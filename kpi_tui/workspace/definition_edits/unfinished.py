"""A save of several files that was cut short is finished by whoever opens the workspace next, or not begun at all.

What the files shall say is kept whole beside them before the first is replaced: once it is there the save is done, and
a file that still is as it was follows. A file that somebody changed by hand meanwhile is left alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from kpi_tui.definitions.message import listed, say
from kpi_tui.workspace.edits.atomic import DurabilityUnknown, make_folder, write_atomic
from kpi_tui.workspace.files.plain_file import followed, open_plain

JOURNAL = "unfinished.json"
Contents = Mapping[str, bytes | None]
"""What files shall say; None: the file goes."""


class Unfinished:
    """The plan of a save, in the folder of its history."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._path = folder / JOURNAL

    @property
    def there(self) -> bool:
        """Whether a save was cut short."""
        return self._path.exists()

    def plan(self, contents: Contents) -> None:
        """Keep what is about to be written. OSError: it is not kept."""
        files = {
            name: {"from": state_of(self._root / name), "to": None if data is None else data.decode("utf-8")}
            for name, data in contents.items()
        }
        with contextlib.suppress(DurabilityUnknown):
            write_atomic(self._path, json.dumps({"version": 1, "files": files}).encode("ascii"), follow=False)

    def done(self) -> None:
        """Every file is written. OSError: the plan is still there, and finishing it once more changes nothing."""
        self._path.unlink(missing_ok=True)

    def finish(self) -> str:
        """Write what a dead writer had planned; a sentence about files that somebody changed meanwhile, or ""."""
        if not self.there:
            return ""
        left = []
        try:
            with os.fdopen(open_plain(self._path, os.O_RDONLY), "rb") as file:
                files = json.loads(file.read())["files"]
        except (ValueError, KeyError, TypeError):  # written whole or not at all: this is somebody else's file
            self.done()
            return say("{file} was no plan of a save and is removed", file=self._path)
        for name, file in files.items():
            if not _is_definition(name):  # nothing of ours writes that
                left.append(name)
                continue
            data = None if file["to"] is None else file["to"].encode("utf-8")
            state = state_of(self._root / name)
            if state == file["from"]:
                write_file(self._root / name, data)
            elif state != state_of_bytes(data):
                left.append(name)
        self.done()
        if not left:
            return ""
        return say(
            "a save was cut short, and {names} changed by hand since: look what is missing there", names=listed(left)
        )


def _is_definition(name: str) -> bool:
    """Whether a name in a plan is a TOML file of this workspace: who may write beside it may not write elsewhere."""
    path = Path(name)
    return path.suffix == ".toml" and not path.is_absolute() and ".." not in path.parts


def write_file(path: Path, data: bytes | None) -> None:
    """Replace a file, or take it away. DurabilityUnknown: it is in place."""
    if data is None:
        path.unlink(missing_ok=True)
        return
    make_folder(followed(path.parent))
    write_atomic(path, data)


def state_of(path: Path) -> int:
    """A number that tells one content of a file from another; 0 for no file."""
    try:
        return state_of_bytes(path.read_bytes())
    except FileNotFoundError:
        return 0


def state_of_bytes(data: bytes | None) -> int:
    """The same of a content."""
    return 0 if data is None else int.from_bytes(hashlib.sha256(data).digest()[:6]) + 1
