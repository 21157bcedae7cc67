"""Several files of a workspace, all or none: made beside it, then put in their places.

What is written first is one folder; a list of its files makes it complete. From then on it is only moved into place,
by this start or, after one that was killed, by the next. `workspace.toml` comes last: before it there is no workspace.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kpi_tui.definitions.issue import UsageError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.edits.atomic import make_folder, write_atomic
from kpi_tui.workspace.edits.lock import locked
from kpi_tui.workspace.find import FILE

ASIDE = ".kpi-tui-init"
_LIST = "files.json"
_LOCK = ".kpi-tui-init.lock"


def write_together(folder: Path, files: Mapping[str, str], who: str = "") -> tuple[Path, ...]:
    """Write texts by their path in the workspace. Where they lie now.

    UsageError when the folder cannot be made, WorkspaceError when something cannot be written: the next start completes
    it or forgets it, whole.
    """
    try:
        make_folder(folder)
    except OSError as error:
        raise UsageError(say("{path}: cannot be made: {why}", path=folder, why=error.strerror or error)) from error
    with _alone(folder, who):
        _finish(folder)
        aside = folder / ASIDE
        names = sorted(files, key=lambda name: (name == FILE, name))
        for name in names:
            make_folder((aside / name).parent)
            write_atomic(aside / name, files[name].encode())
        write_atomic(aside / _LIST, json.dumps(names).encode())
        _finish(folder)
    return tuple(folder / name for name in files)


def finish(folder: Path, who: str = "") -> bool:
    """Complete what a start that was killed had decided, or forget what it had not; whether something was completed."""
    if not (folder / ASIDE).exists():
        return False
    with _alone(folder, who):
        return _finish(folder)


@contextmanager
def _alone(folder: Path, who: str) -> Iterator[None]:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WorkspaceError(say("{path}: cannot be written: {why}", path=folder, why=os.strerror(errno.EACCES)))
    try:
        with locked(folder / _LOCK, who):
            yield
            (folder / _LOCK).unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise WorkspaceError(say("{path}: cannot be written: {why}", path=folder, why=why)) from error


def _finish(folder: Path) -> bool:
    aside = folder / ASIDE
    if not aside.exists():
        return False
    complete = (aside / _LIST).exists()
    for name in json.loads((aside / _LIST).read_bytes()) if complete else ():
        if (aside / name).exists():
            make_folder((folder / name).parent)
            (aside / name).replace(folder / name)
    shutil.rmtree(aside)
    return complete
