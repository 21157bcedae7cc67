"""The demo: a copy of the shipped workspace and its tables in a folder of the user's own."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.user_folders import data_folder
from kpi_tui.workspace.find import FILE, shipped_config, shipped_sample_data

OWN = (FILE, "tables.toml", "people.toml", "roles", "targets")
"""What the demo has of its own; the rest of `config/` is the library it extends."""


def demo_folder(environ: Mapping[str, str]) -> Path:
    """Where the demo lies when nobody names a folder."""
    return data_folder(environ) / "demo"


def create_demo(folder: Path) -> Path:
    """Copy the demo to `folder` unless it is there already (edits stay); the root of its workspace."""
    root = folder / "config"
    if (root / FILE).exists():
        return root
    try:
        is_new = not folder.exists()
        if not is_new and any(folder.iterdir()):
            raise WorkspaceError(say("{folder} is not empty and holds no demo; name another folder", folder=folder))
    except OSError as error:
        raise _not_copied(folder, error) from error
    try:
        shutil.copytree(shipped_sample_data(), folder / "sample_data", dirs_exist_ok=True)
        root.mkdir(parents=True)
        for name in reversed(OWN):  # workspace.toml last: a copy cut short is no demo
            _copy(shipped_config() / name, root / name)
    except OSError as error:
        for made in (folder,) if is_new else (root, folder / "sample_data"):
            shutil.rmtree(made, ignore_errors=True)
        raise _not_copied(folder, error) from error
    return root


def _not_copied(folder: Path, error: OSError) -> WorkspaceError:
    """shutil tells of many files at once, each with what the system said."""
    found = re.search(r"\[Errno (\d+)\]", str(error))
    why = os.strerror(int(found[1])) if found else error.strerror or type(error).__name__
    return WorkspaceError(say("{folder}: the demo cannot be copied ({why})", folder=folder, why=why))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy2(source, target)
