"""A sheet with a search line beside it: what is typed right behind `/` reaches the search, however fast."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from kpi_tui.tui.widgets.sheet import SheetTable


class ListSheet(SheetTable):
    """Runs `find` at once on `/`, and hands keys that arrive after the focus moved to where it went."""

    def __init__(self, find: Callable[[], None], *, header: bool = True, id: str | None = None) -> None:
        super().__init__(header=header, id=id)
        self._find = find

    def on_key(self, event: events.Key) -> None:
        """Keys are handled in their order, also when they came in one burst over a slow line."""
        focused = self.screen.focused
        if focused is not None and focused is not self:
            event.stop()
            event.prevent_default()
            focused.post_message(events.Key(event.key, event.character))
        elif event.character == "/":
            event.stop()
            event.prevent_default()
            self._find()
