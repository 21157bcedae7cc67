"""Find the workspace a person means, and the library and demo that ship with the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import kpi_tui
from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Found
from kpi_tui.definitions.written.written_path import written_path

VARIABLE = "KPI_TUI_WORKSPACE"
FILE = "workspace.toml"


def find_workspace(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> Found:
    """-w, else $KPI_TUI_WORKSPACE, else the nearest folder upwards, else the demo."""
    if explicit is not None:
        return Found(_inner(cwd / written_path(explicit)), f"-w {explicit}")
    if named := environ.get(VARIABLE, ""):
        return Found(_inner(cwd / written_path(named)), f"${VARIABLE}")
    for folder in (cwd, *cwd.parents):
        for root in (folder, folder / "config"):
            if _is_file(root / FILE):
                return Found(root, say("{file} found from {cwd} upwards", file=root / FILE, cwd=cwd))
    return Found(None, say("no {file} in {cwd} or above: the demo", file=FILE, cwd=cwd))


def shipped_config() -> Path:
    """The library that ships with the program; it is the demo workspace too."""
    return _shipped("config")


def shipped_sample_data() -> Path:
    """The demo tables that ship with the program."""
    return _shipped("sample_data")


def _shipped(name: str) -> Path:
    package = Path(kpi_tui.__file__).resolve().parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name


def _inner(folder: Path) -> Path:
    """A person may name the folder, the folder above its `config`, or workspace.toml itself."""
    if folder.name == FILE and _is_file(folder):
        folder = folder.parent
    if not _is_file(folder / FILE) and _is_file(folder / "config" / FILE):
        return folder / "config"
    return folder


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder above that may not be looked into
        return False


def expect_workspace(root: Path) -> None:
    """WorkspaceError when there is nothing to open, with the command that makes one."""
    if _is_file(root):
        raise WorkspaceError(
            say("{root} is a file, and a workspace is a folder: `kpi-tui {root}`, without -w, opens it", root=root)
        )
    if not root.is_dir():
        raise WorkspaceError(say("{root}: there is no such folder", root=root))
    if not (root / FILE).exists():
        hint = say("make a workspace with `kpi-tui init {root} FILE …`, or name another folder with -w", root=root)
        raise WorkspaceError(say("{root} has no workspace.toml: {hint}", root=root, hint=hint))
