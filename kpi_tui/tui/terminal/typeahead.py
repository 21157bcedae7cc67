"""Keys typed right behind `/` or `%` belong to what they open, even when another screen must be shown first.

Without this, `/buy` over a slow line would run the commands b, u (undo!) and y while the search opens.
"""

from __future__ import annotations

from textual import events
from textual.app import App

PATIENCE = 1.0
"""Seconds after which held keys are let go although nothing asked for them."""


class TypeAhead(App[int], inherit_bindings=False):
    """An app that can hold keys back until what they are meant for has the focus."""

    _held: list[events.Key] | None = None
    _opener: events.Key | None = None

    def hold_keys(self, opener: events.Key) -> None:
        """Hold every key behind `opener` until `release_keys`."""
        if self._held is None:
            self._held, self._opener = [], opener
            self.set_timer(PATIENCE, self.release_keys)

    def release_keys(self) -> None:
        """Give the held keys to the widget that has the focus now."""
        held, self._held, self._opener = self._held or [], None, None
        for event in held:
            target = self.focused or self.screen
            again = events.Key(event.key, event.character)
            again.time = event.time
            target.post_message(again)

    def opens(self, _event: events.Key) -> bool:
        """Whether a key opens something that is typed into; the app knows."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Keys wait while they are held; the opener itself goes on."""
        if self._held is None and isinstance(event, events.Key) and self.opens(event):
            self.hold_keys(event)
        if self._held is not None and isinstance(event, events.Key) and event is not self._opener:
            self._held.append(event)
            return
        await super().on_event(event)
