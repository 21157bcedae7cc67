"""Where the program keeps a person's files: settings, drafts and logs, cache, the demo (XDG base directories)."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

NAME = "kpi-tui"


def config_folder(environ: Mapping[str, str]) -> Path:
    """`$XDG_CONFIG_HOME/kpi-tui`: what the person wrote."""
    return _folder(environ, "XDG_CONFIG_HOME", ".config")


def state_folder(environ: Mapping[str, str]) -> Path:
    """`$XDG_STATE_HOME/kpi-tui`: drafts, logs, what was chosen last."""
    return _folder(environ, "XDG_STATE_HOME", ".local/state")


def cache_folder(environ: Mapping[str, str]) -> Path:
    """`$XDG_CACHE_HOME/kpi-tui`: what can be computed again."""
    return _folder(environ, "XDG_CACHE_HOME", ".cache")


def data_folder(environ: Mapping[str, str]) -> Path:
    """`$XDG_DATA_HOME/kpi-tui`: the demo workspace."""
    return _folder(environ, "XDG_DATA_HOME", ".local/share")


def _folder(environ: Mapping[str, str], variable: str, usual: str) -> Path:
    """The variable's folder, or the usual one below home; a relative path is ignored, as XDG demands."""
    said = Path(environ.get(variable, ""))
    home = Path(environ.get("HOME") or Path.home())
    return (said if said.is_absolute() else home / usual) / NAME


def make_private_folder(path: Path) -> None:
    """Make a folder of the person's own, and those above it that are missing, for nobody else (0700).

    What lies below `kpi-tui` and stood open to others is closed. OSError: it cannot be made.
    """
    if not path.parent.is_dir():
        make_private_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    for folder in (path, *path.parents) if NAME in path.parts else ():
        if is_own(folder) and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        if folder.name == NAME:
            break


def is_own(path: Path) -> bool:
    """Whether a file or folder belongs to the account the program runs under, and is no link. False: there is none."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not stat.S_ISLNK(status.st_mode))
