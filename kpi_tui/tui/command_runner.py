"""What a key pressed now means (text, the first of two keys, a command), and running commands of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isawaitable

from textual import events
from textual.actions import parse
from textual.app import App
from textual.widgets import Input

from kpi_tui.tui.keys.action import GLOBAL, TABLE, KeyAction
from kpi_tui.tui.keys.registry import by_id, in_scope, keys_of, sequences
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.terminal.sequences import PATIENCE, KeySequences
from kpi_tui.tui.widgets.target_sheet import KEEP, TargetSheet

_ALWAYS = ("help", "palette", "cancel")


class CommandRunner:
    """Finds who runs a command: the sheet in use, the screen on top, its parts, what no screen does, else the app."""

    def __init__(
        self, app: App[int], keymap: Mapping[str, str], release: Callable[[], None], everywhere: object = None
    ) -> None:
        """`release` lets the keys in that were typed behind a command that asks."""
        self._app, self._keymap, self._release, self._everywhere = app, keymap, release, everywhere
        self._sequences = KeySequences(sequences(keymap))

    @property
    def main(self) -> KpiScreen | None:
        """The main screen, when nothing lies over it."""
        screen = self._app.screen if self._app.screen_stack else None  # a timer may ask while the app closes
        return screen if isinstance(screen, KpiScreen) else None

    @property
    def typing(self) -> bool:
        """Whether letters are text now, or an overlay has the keys."""
        focused = self._app.focused
        editing = isinstance(focused, TargetSheet) and focused.editing
        return self.main is None or isinstance(focused, Input) or editing

    def opens(self, event: events.Key) -> bool:
        """A key of a command that asks, pressed where nothing is being typed."""
        main, focused = self.main, self._app.focused
        if main is None or self.typing or (isinstance(focused, TargetSheet) and event.key == KEEP):
            return False
        asking = (command for scope in (main.SCOPE, GLOBAL) for command in in_scope(scope) if command.asks)
        return any(event.key in keys_of(command, self._keymap) for command in asking)

    def take(self, event: events.Key) -> bool:
        """Whether the key belongs to two keys in a row: the first is kept until the second says which command."""
        if self.typing:
            return False
        taken, command = self._sequences.press(event.key)
        self._show_pending()
        if command:
            self._app.call_later(self.run, command)
        return taken

    def _show_pending(self) -> None:
        if self.main is not None:
            self.main.status.pending = self._sequences.pending
            if self._sequences.pending:
                self._app.set_timer(PATIENCE, self._forget_pending)

    def _forget_pending(self) -> None:
        self._sequences.forget()
        self._show_pending()

    async def run(self, id_: str) -> None:
        """Run a command of the registry, or say why it cannot run."""
        command, main = by_id()[id_], self.main
        if command.asks:
            self._app.call_after_refresh(self._release)
        if main is None and not command.over:
            return
        why = main.why_not(id_) if main is not None else ""
        if main is not None and why and not command.over and id_ not in _ALWAYS:
            main.say(why, "warning")
            return
        await self._run(command)

    async def _run(self, command: KeyAction) -> None:
        _namespace, name, values = parse(command.action)
        main = self.main
        sheet = main.sheet_in_use() if main is not None and command.scope == TABLE else None
        places = (sheet, self._app.screen, *(main.parts if main is not None else ()), self._everywhere, self._app)
        run = next((found for place in places if (found := getattr(place, f"action_{name}", None)) is not None), None)
        if run is None:  # pressed when what it belongs to was just left
            return
        if isawaitable(done := run(*values)):
            await done
