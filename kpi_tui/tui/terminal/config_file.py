"""How the app should behave here: the person's config file over defaults for this terminal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpi_tui.definitions.user_folders import config_folder
from kpi_tui.text.i18n import _
from kpi_tui.tui.keys.own_keys import own_keys

DARK, LIGHT = "textual-dark", "textual-light"
ANSI_DARK, ANSI_LIGHT = "ansi-dark", "ansi-light"
MAX_BYTES = 64 * 1024
_KNOWN = ("mouse", "animation", "theme", "reload_data", "keys")
WATCH = 2.0
_THEMES = {"dark": DARK, "light": LIGHT, "ansi": ANSI_DARK, "ansi-light": ANSI_LIGHT}


@dataclass(frozen=True, slots=True)
class Options:
    """Mouse, animation, theme and keys; `problems` are sentences about the config file."""

    mouse: bool = True
    animation: bool = True
    theme: str = DARK
    ansi: bool = False  # NO_COLOR: leave colours to the terminal, so that none is turned grey
    watch: float = 0.0  # seconds between two looks at the files; 0: never
    reload_data: bool = False  # data files that changed are read without being asked for
    keymap: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def config_file(environ: Mapping[str, str]) -> Path:
    """`$XDG_CONFIG_HOME/kpi-tui/config.toml`."""
    return config_folder(environ) / "config.toml"


def load_options(environ: Mapping[str, str]) -> Options:
    """Defaults for this terminal (calm over SSH, ANSI under NO_COLOR), then what the config file says."""
    far = bool(environ.get("SSH_CONNECTION"))
    bare = "NO_COLOR" in environ
    options = Options(
        mouse=not far, animation=not far, theme=ANSI_DARK if far or bare else DARK, ansi=bare, watch=WATCH
    )
    path = config_file(environ)
    if not path.is_file():
        return options
    content, problem = _read(path)
    if problem:
        return replace(options, problems=(problem,))
    return _apply(options, content, path)


def _read(path: Path) -> tuple[Mapping[str, object], str]:
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
        if len(raw) > MAX_BYTES:
            return {}, _("{file}: larger than 64 KB, not read", file=str(path))
        return tomllib.loads(raw.decode("utf-8")), ""
    except OSError as error:
        return {}, _("{file}: cannot be read ({why})", file=str(path), why=str(error.strerror))
    except (ValueError, RecursionError) as error:  # TOML and UTF-8 errors are ValueErrors
        return {}, _("{file}: is not TOML in UTF-8 ({why})", file=str(path), why=str(error))


def _apply(options: Options, content: Mapping[str, object], path: Path) -> Options:
    problems: list[str] = []
    options = replace(
        options,
        mouse=_switch(content, "mouse", options.mouse, path, problems),
        animation=_switch(content, "animation", options.animation, path, problems),
        reload_data=_switch(content, "reload_data", options.reload_data, path, problems),
    )
    theme = content.get("theme")
    if isinstance(theme, str) and theme in _THEMES:
        options = replace(options, theme=_THEMES[theme])
    elif theme is not None:
        problems.append(_("{file}: theme must be one of {names}", file=str(path), names=", ".join(_THEMES)))
    problems += [_("{file}: unknown key {key}", file=str(path), key=key) for key in content if key not in _KNOWN]
    keymap = own_keys(content.get("keys", {}), path, problems)
    return replace(options, keymap=keymap, problems=tuple(problems))


def _switch(content: Mapping[str, object], name: str, default: bool, path: Path, problems: list[str]) -> bool:
    value = content.get(name, default)
    if isinstance(value, bool):
        return value
    problems.append(_("{file}: {key} must be true or false", file=str(path), key=name))
    return default
