"""The command palette: every command of the registry by name, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from kpi_tui.text.i18n import _, speaking
from kpi_tui.tui.host import Host
from kpi_tui.tui.keys.action import GLOBAL, KeyAction
from kpi_tui.tui.keys.labels import shown_keys
from kpi_tui.tui.keys.registry import COMMANDS
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen

_SILENT = ("palette", "cancel", "interrupt")  # nothing to find here: one is open, the other closes it


class CommandScreen(Protocol):
    """The screen whose commands they are."""

    SCOPE: ClassVar[str]

    def why_not(self, command: str, /) -> str:
        """Why a command cannot run now; empty when it can."""

    def call_later(self, callback: Callable[..., Any], *args: Any) -> bool:
        """Call when this message is done."""


def palette_choices(screen: CommandScreen, keymap: Mapping[str, str]) -> list[Choice]:
    """Commands of the screen first, then the global ones; a command that cannot run says why."""
    usable = [c for c in COMMANDS if c.scope in (screen.SCOPE, GLOBAL) and c.id not in _SILENT]
    usable.sort(key=lambda command: command.scope == GLOBAL)
    return [
        Choice(c.id, _(c.help), shown_keys(c, keymap), _searched(c), "" if c.over else screen.why_not(c.id))
        for c in usable
    ]


def _searched(command: KeyAction) -> str:
    """What finds it beside its name: the words people use stand in both languages."""
    with speaking("zh"):
        chinese = _(command.words) if command.words else ""
    return f"{_(command.label)} {command.id} {command.words} {chinese}"


def open_palette(host: Host, screen: CommandScreen) -> None:
    """Ask for a command and run it on the screen."""

    def chosen(id_: str | None) -> None:
        if id_ is not None:
            screen.call_later(host.action_command, id_)

    host.push_screen(ChoiceScreen(_("Commands"), palette_choices(screen, host.options.keymap)), chosen)
