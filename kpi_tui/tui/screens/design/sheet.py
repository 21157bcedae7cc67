"""The sheet of a step: keys act on the row at which they were pressed, however fast the next one moves the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from textual import events
from textual.actions import parse

from kpi_tui.tui.host import Host
from kpi_tui.tui.keys.action import TABLE
from kpi_tui.tui.keys.registry import in_scope, keys_of
from kpi_tui.tui.widgets.sheet import SheetTable


class StepSheet(SheetTable):
    """`press` runs what a key does at the row under the cursor; False where it does nothing there."""

    def __init__(self, press: Callable[[str], bool], id: str) -> None:
        super().__init__(id=id)
        self._press = press

    def on_key(self, event: events.Key) -> None:
        """All of them in one queue, before any binding: bindings wait, and the cursor may stand elsewhere by then."""
        if self.has_focus and (self._press(event.key) or self._walk(event.key)):
            event.stop()
            event.prevent_default()

    def _walk(self, key: str) -> bool:
        """Move the cursor, where the key does that in every table."""
        keymap = cast("Host", self.app).options.keymap
        command = next((one for one in in_scope(TABLE) if key in keys_of(one, keymap)), None)
        if command is None:
            return False
        _namespace, name, values = parse(command.action)
        getattr(self, f"action_{name}")(*values)
        return True
