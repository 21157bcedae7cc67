"""Styles of parts of a widget in the words of the theme in force: `bold $text-error`, `on $primary 20%`.

A component class costs Textual a pass over all rules whenever its widget is styled, which is at every change of the
focus: with a dozen of them it was nine tenths of what a sheet cost. What no style sheet changes is told in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.style import Style
from textual.app import App
from textual.style import Style as ThemeStyle
from textual.widget import Widget


class ThemeStyles:
    """Styles by name, as `words` say them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._known: dict[str, tuple[ThemeStyle, Style]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._words

    def over(self, base: Style, name: str, widget: Widget) -> Style:
        """`base` with what a style sets; a half-transparent ground lies over the ground of the widget."""
        if name not in self._known:
            told = self._told(name, widget.app)
            self._known[name] = told, rich_style(told)
        told, style = self._known[name]
        if told.background is not None and told.background.a < 1:
            return base + Style(bgcolor=(widget.background_colors[1] + told.background).rich_color)
        return base + style

    def renew(self, app: App[Any]) -> bool:
        """The theme may be another: whether a style that was drawn with is."""
        old = [name for name, (told, _style) in self._known.items() if self._told(name, app) != told]
        for name in old:
            del self._known[name]
        return bool(old)

    def _told(self, name: str, app: App[Any]) -> ThemeStyle:
        return app.stylesheet.parse_style(self._words[name])


def rich_style(told: ThemeStyle) -> Style:
    """What it sets, and nothing else."""
    ink, ground = told.foreground, told.background
    return Style(
        color=None if ink is None else ink.rich_color,
        bgcolor=None if ground is None else ground.rich_color,
        bold=told.bold,
        dim=told.dim,
        underline=told.underline,
        reverse=told.reverse,
    )
