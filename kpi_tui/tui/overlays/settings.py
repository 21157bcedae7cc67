"""A person's settings over a screen: Enter goes on to the next choice, and it holds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.personal_setting import BOARD, BOARD_WITH, SettingNow, SettingValue
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import N_, _
from kpi_tui.text.paths import shown_path
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.personal_settings import personal_settings
from kpi_tui.views.view import View

if TYPE_CHECKING:
    from kpi_tui.book.person.personal_settings import PersonalSettings


_TYPED = {
    BOARD: N_("F puts the metric under a cursor on your board, or takes it off; Del empties the board."),
    BOARD_WITH: N_("J on your board (gb) names the folders; Del takes their boards away."),
}
"""Settings that are not chosen among a few values, and where they are made."""


class SettingsScreen(Overlay[None]):
    """Reads and writes config.toml; `changed` is told what holds now, `roles` are those that can be shown first."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("delete", "clear", ""),
    ]
    AUTO_FOCUS = "SheetTable"
    PATIENT = True

    def __init__(self, settings: PersonalSettings, roles: Sequence[str], changed: Callable[[SettingNow], None]) -> None:
        super().__init__()
        self._settings, self._roles, self._changed = settings, roles, changed
        self._at = ""  # the setting that was changed last

    def compose(self) -> ComposeResult:
        """Title and where they stand, settings, keys; anew in another language, with the cursor where it was."""
        (sheet,) = self.view_shown().sheets
        yield Static(self._title(), id="title")
        table = SheetTable(sheet.columns, sheet.rows)
        table.go(self._at)
        yield table
        yield Static(Content(_("Enter ←→ change   Del by itself   Esc back")), id="foot")

    def view_shown(self) -> View:
        """The settings."""
        return personal_settings(self._settings.all(), shown_path(self._settings.file))

    def action_step(self, by: int) -> None:
        """The next or the former choice of the setting under the cursor."""
        if (now := self._here()) is None:
            return
        choices = self._choices(now)
        if not choices:
            self.say(_(_TYPED[now.setting.key]))
            return
        at = choices.index(now.value) if now.value in choices else -1
        self._put(now, choices[(at + by) % len(choices)])

    def action_clear(self) -> None:
        """The terminal or the workspace decides."""
        if (now := self._here()) is not None:
            self._put(now, None)

    def _here(self) -> SettingNow | None:
        """The setting under the cursor; None while all is being made anew in another language."""
        return next((self._settings.now(sheet.row_key) for sheet in self.query(SheetTable)), None)

    @on(SheetTable.Selected)
    def _next(self) -> None:
        self.action_step(1)

    @on(SheetTable.Stepped)
    def _stepped(self, message: SheetTable.Stepped) -> None:
        self.action_step(message.by)

    def _choices(self, now: SettingNow) -> tuple[SettingValue | None, ...]:
        return now.setting.offered or (() if now.setting.key in _TYPED else (None, *self._roles))

    def _put(self, now: SettingNow, value: SettingValue | None) -> None:
        self._at = now.setting.key
        try:
            found = self._settings.put(self._at, value)
        except KpiError as error:
            self.say(str(error), "error")
            return
        (sheet,) = self.view_shown().sheets
        for table in self.query(SheetTable):
            table.show_sheet(sheet)
        self._changed(found)

    def _title(self) -> Content:
        (sheet,) = self.view_shown().sheets
        return Content(clean("   ".join(translate(word) for word in (sheet.title, sheet.notes[0].word))))
