"""What the person set or chose last: taken up when the workspace is open, changed on a screen, kept at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.personal_setting import BOARD, SettingNow, SettingValue
from kpi_tui.text.i18n import normal, set_language
from kpi_tui.tui.host import Host
from kpi_tui.tui.live_files import LiveFiles
from kpi_tui.tui.terminal.config_file import THEMES, theme_of


class ChoicesHost(Host, Protocol):
    """The app, as far as the person's choices know it."""

    spoken: str
    theme: str
    live: LiveFiles

    def speak(self, language: str) -> None:
        """Every text in another language."""


class OwnChoices:
    """The settings of whoever sits here; nothing before the workspace is open."""

    def __init__(self, app: ChoicesHost) -> None:
        self._app = app
        self._settings: PersonalSettings | None = None
        self._begun: Mapping[str, SettingValue] = {}

    def take_up(self, settings: PersonalSettings) -> None:
        """Language and theme chosen for this workspace; what is in view now is what changes are told from."""
        self._settings = settings
        language = normal(str(settings.value("language") or ""))
        if language and not self._app.spoken:
            set_language(language)
        if settings.now("theme").origin == "here" and not self._app.options.ansi:
            self._app.theme = theme_of(settings)
        self._begun = self._now()

    def keep(self) -> str:
        """Remember what was changed in this sitting; why that cannot be, empty when it is."""
        if self._settings is None:
            return ""
        return self._settings.keep({key: value for key, value in self._now().items() if self._begun.get(key) != value})

    def edit(self) -> None:
        """The screen of settings."""
        from kpi_tui.tui.overlays.settings import SettingsScreen

        if self._settings is not None:
            self._settings.read_again()
            space = self._app.workspace
            self._app.push_screen(SettingsScreen(self._settings, (*space.roles, *space.people), self._changed))

    def _changed(self, now: SettingNow) -> None:
        """Let hold at once what can; mouse and animation are the next start's."""
        key, value = now.setting.key, now.value
        if key == "language":
            self._app.speak(normal(str(value or self._app.workspace.language)) or "en")
        elif key == "theme" and value is not None:
            self._app.theme = THEMES[str(value)]
        elif key == BOARD:
            self._app.edited()  # a page that shows it shows it anew
        elif key == "reload_data":
            self._app.options = replace(self._app.options, reload_data=bool(value))
        elif key == "ascii":
            self._app.options = replace(self._app.options, ascii_charts=bool(value))
        elif key == "watch":
            self._app.options = replace(self._app.options, watch=float(value or 0))
            self._app.live.start()
        if key in (shown := self._now()):
            self._begun = {**self._begun, key: shown[key]}  # what was set here is not overruled by what is in view

    def _now(self) -> dict[str, SettingValue]:
        """What could be kept, as it is."""
        app = self._app
        names = {theme: name for name, theme in THEMES.items()}
        found: dict[str, SettingValue] = {"language": app.language, "theme": names.get(app.theme, "")}
        if app.view.period is not None:
            found |= {"role": app.view.role, "grain": app.view.period.grain.value}
        return {key: value for key, value in found.items() if value}
