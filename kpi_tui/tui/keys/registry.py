"""Every command, and what the app and its widgets bind of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from kpi_tui.tui.keys import chain, data, design, drivers, everywhere, library, page, rows, scorecard, table, targets
from kpi_tui.tui.keys.action import KeyAction

_PLACES = (everywhere, scorecard, table, library, data, chain, drivers, design, page, rows, targets)
COMMANDS: tuple[KeyAction, ...] = tuple(command for place in _PLACES for command in place.KEYS)


def by_id(commands: Iterable[KeyAction] = COMMANDS) -> dict[str, KeyAction]:
    """Commands by their id."""
    return {command.id: command for command in commands}


def in_scope(scope: str, commands: Iterable[KeyAction] = COMMANDS) -> list[KeyAction]:
    """The commands of one screen, or the global ones."""
    return [command for command in commands if command.scope == scope]


def bindings(scope: str) -> list[Binding]:
    """What a screen (or the app) puts in its BINDINGS."""
    return [command.binding() for command in in_scope(scope)]


def local_bindings(scope: str) -> list[Binding]:
    """As `bindings`, for a widget that runs the actions itself."""
    return [Binding(c.keys, c.action, c.label, id=c.id, show=False) for c in in_scope(scope)]


def sequences(keymap: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Keys pressed one after the other -> the id of what they do."""
    found = {}
    for command in COMMANDS:
        for keys in keys_of(command, keymap):
            if len(pair := keys.split()) == 2:
                found[pair[0], pair[1]] = command.id
    return found


def keys_of(command: KeyAction, keymap: Mapping[str, str]) -> list[str]:
    """Textual names of the keys in force, remapped ones included."""
    return [key.strip() for key in keymap.get(command.id, command.keys).split(",") if key.strip()]
