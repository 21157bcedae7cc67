"""Where the program keeps a person's files: settings, drafts and logs, cache, the demo (XDG base directories)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


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
    return (said if said.is_absolute() else home / usual) / "kpi-tui"
