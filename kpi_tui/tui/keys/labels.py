"""Keys as a person reads them, and the footer's choice of them."""

from __future__ import annotations

from collections.abc import Container, Mapping

from textual.keys import format_key

from kpi_tui.text.i18n import _
from kpi_tui.tui.keys.action import GLOBAL, KeyAction
from kpi_tui.tui.keys.registry import COMMANDS, keys_of

HINTS = 6
_NAMED = {"enter": "Enter", "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End"}


def shown_key(key: str) -> str:
    """A key as a person reads it: `slash` → `/`, `enter` → `Enter`, `g d` → `gd`."""
    if " " in key:
        return "".join(shown_key(part) for part in key.split())
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _("Space") if key == "space" else _NAMED.get(key) or format_key(key)


def shown_keys(command: KeyAction, keymap: Mapping[str, str]) -> str:
    """All keys of a command as a person reads them."""
    return " ".join(shown_key(key) for key in keys_of(command, keymap))


def hints(scope: str, keymap: Mapping[str, str], without: Container[str] = ()) -> list[tuple[str, str]]:
    """At most six (keys, label) pairs for the footer, commands of one label joined; `without`: ids of no use now."""
    return [
        (" ".join(shown_key(keys_of(command, keymap)[0]) for command in commands), label)
        for commands, label in hinted(scope, without)
    ]


def hinted(scope: str, without: Container[str] = ()) -> list[tuple[list[KeyAction], str]]:
    """The commands behind them, those of one label together."""
    usable = (c for c in COMMANDS if c.hint and c.scope in (scope, GLOBAL) and c.id not in without)
    wanted = sorted(usable, key=lambda c: c.hint)
    own = {command.id for command in wanted if command.scope == scope}
    labels: dict[str, list[KeyAction]] = {}
    for command in sorted(wanted, key=lambda c: (c.hint, c.id not in own)):
        labels.setdefault(_(command.label), []).append(command)
    pairs = [(commands, label) for label, commands in labels.items()]
    return pairs if len(pairs) <= HINTS else [*pairs[: HINTS - 2], *pairs[-2:]]
