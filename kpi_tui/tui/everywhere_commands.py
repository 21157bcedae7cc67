"""What can be done on every screen and is about none of them: the period and role in view, undo, help, the theme."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.editing.undo import do_again, take_back
from kpi_tui.tui.host import Host
from kpi_tui.tui.live_files import LiveFiles
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.own_choices import OwnChoices
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.shown import of_grain
from kpi_tui.tui.terminal.config_file import ANSI_DARK, ANSI_LIGHT, DARK, LIGHT

if TYPE_CHECKING:
    from kpi_tui.views.view import View

_OTHER_THEME = {DARK: LIGHT, LIGHT: DARK, ANSI_DARK: ANSI_LIGHT, ANSI_LIGHT: ANSI_DARK}


class EverywhereHost(Host, Protocol):
    """The app, as far as these commands know it."""

    theme: str
    as_of: date | None
    live: LiveFiles
    choices: OwnChoices

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def screen_stack(self) -> list[Screen[Any]]:
        """It, and what lies below."""

    def open_at(self, root: Path) -> None:
        """Open the workspace of another folder."""

    def draw_anew(self) -> None:
        """Every line of the terminal."""


class EverywhereCommands:
    """Runs what no screen does in its own way."""

    def __init__(self, app: EverywhereHost) -> None:
        self._app = app

    def action_period(self, step: int) -> None:
        """Move to the period before or after."""
        if self._app.view.period is not None:
            self._app.look(period=self._app.view.period.shift(step))

    def action_grain(self, grain: str) -> None:
        """The day, week, month, quarter or year around what is in view."""
        if self._app.view.period is not None:
            self._app.look(period=of_grain(self._app.view.period, Grain(grain), self._app.as_of))

    def action_pick_role(self) -> None:
        """Choose a role or a person."""
        from kpi_tui.tui.overlays.role_choice import pick_role

        pick_role(self._app, self._main.answers)

    async def action_board(self) -> None:
        """The page of what was pinned."""
        self._app.look(page=BOARD)
        await self._app.action_go("page")

    def action_undo(self) -> None:
        """Take the last edit back."""
        take_back(self._app, self._main.prompt)

    def action_redo(self) -> None:
        """Do again what undo took back."""
        do_again(self._app, self._main.prompt)

    @property
    def _main(self) -> KpiScreen:
        """The screen below whatever lies over it."""
        return next(screen for screen in self._app.screen_stack if isinstance(screen, KpiScreen))

    def action_palette(self) -> None:
        """Find a command by its name."""
        from kpi_tui.tui.overlays.palette import open_palette

        if isinstance(self._app.screen, KpiScreen):
            open_palette(self._app, self._app.screen)

    def action_help(self) -> None:
        """Every key of the registry."""
        from kpi_tui.tui.overlays.help import HelpScreen

        self._app.push_screen(HelpScreen(self._app.options.keymap, getattr(self._app.screen, "SCOPE", "")))

    def action_open_files(self) -> None:
        """Data files into this workspace."""
        from kpi_tui.tui.screens.wizard.opening import wizard_over

        if self._app.book and (why := self._app.book.read_only):
            self._app.say(told(why), "error")
            return
        wizard_over(self._app, self._app.workspace.root)

    def action_reload(self) -> None:
        """Read what has changed on the disk and compute again; what others wrote on the terminal goes."""
        self._app.draw_anew()
        self._app.live.read_again()

    def action_rows(self) -> None:
        """The rows behind what the screen below has under its cursor."""
        below = next(one for one in reversed(self._app.screen_stack) if isinstance(one, KpiScreen))
        next(run for one in (below, *below.parts) if (run := getattr(one, "action_rows", None)))()

    # --- what lies over a screen (a screen does it itself, `tui/common_commands.py`) ---------------
    def action_export(self) -> None:
        """Write its text to a file."""
        from kpi_tui.tui.exporting import export_view

        export_view(self._app, self._laid_over(), _("There is nothing to export here."))

    def action_copy_row(self) -> None:
        """Its text to the clipboard."""
        from kpi_tui.tui.copying import copy_view

        copy_view(self._app, self._laid_over())

    def action_copy_sheet(self) -> None:
        """The same: it is one text."""
        self.action_copy_row()

    def _laid_over(self) -> View | None:
        screen = self._app.screen
        return screen.view_shown() if isinstance(screen, Overlay) else None

    # --- how everything looks ----------------------------------------------------------------------
    def action_theme(self) -> None:
        """Dark or light."""
        self._app.theme = _OTHER_THEME.get(self._app.theme, DARK)

    def action_settings(self) -> None:
        """Language, theme and what else the person can set."""
        self._app.choices.edit()

    def action_interrupt(self) -> None:
        """Ctrl+C is pressed by habit: it says how to leave and leaves nothing behind."""
        self._app.say(_("q leaves; unsaved edits are kept as a draft."))
