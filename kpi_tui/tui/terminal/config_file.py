"""How the app should behave here: the person's settings over defaults for this terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.tui.keys.own_keys import own_keys

DARK, LIGHT = "textual-dark", "textual-light"
ANSI_DARK, ANSI_LIGHT = "ansi-dark", "ansi-light"
THEMES = {"dark": DARK, "light": LIGHT, "ansi": ANSI_DARK, "ansi-light": ANSI_LIGHT}


@dataclass(frozen=True, slots=True)
class Options:
    """Mouse, animation, theme and keys; `problems` are sentences about the config file."""

    mouse: bool = True
    animation: bool = True
    theme: str = DARK
    ansi: bool = False  # NO_COLOR: leave colours to the terminal, so that none is turned grey
    watch: float = 0.0  # seconds between two looks at the files; 0: never
    reload_data: bool = False  # data files that changed are read without being asked for
    ascii_charts: bool = False
    keymap: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def load_options(environ: Mapping[str, str]) -> Options:
    """Defaults for this terminal (calm over SSH, ANSI under NO_COLOR), then what the person says."""
    settings = PersonalSettings(environ)
    far = bool(environ.get("SSH_CONNECTION"))
    bare = "NO_COLOR" in environ
    problems = list(settings.problems)
    keymap = own_keys(settings.own_keys, settings.file, problems)
    mouse, animation = settings.value("mouse"), settings.value("animation")
    return Options(
        mouse=not far if mouse is None else bool(mouse),
        animation=not far if animation is None else bool(animation),
        theme=theme_of(settings) or (ANSI_DARK if far or bare else DARK),
        ansi=bare,
        watch=float(settings.value("watch") or 0),
        reload_data=bool(settings.value("reload_data")),
        ascii_charts=bool(settings.value("ascii")),
        keymap=keymap,
        problems=tuple(problems),
    )


def theme_of(settings: PersonalSettings) -> str:
    """The theme that the person chose, as Textual calls it; empty when none was."""
    return THEMES.get(str(settings.value("theme")), "")
