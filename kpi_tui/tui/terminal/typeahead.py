"""Keys are answered one after the other, and those behind `/` or `%` belong to what they open.

Textual hands every key of a read to what has the focus at that moment: letters are text at once, but Backspace, arrows
and Enter first go up to the app, which knows their bindings, and come too late. `1 2 ⌫ 3` in one read, as a slow line
sends it, was 12; `/buy` while the search still opened ran the commands b, u (undo!) and y. So a key waits until the one
before it has gone all its way, and behind a key that opens something until that has the focus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.timer import Timer

PATIENCE = 1.0
"""Seconds after which held keys are let in although nothing asked for them."""


class Commands(Protocol):
    """What keys mean."""

    def opens(self, event: events.Key) -> bool:
        """Whether a key opens something that is typed into."""

    def take(self, event: events.Key) -> bool:
        """Whether a key belongs to two keys in a row, and goes no further."""


class TypeAhead:
    """Lets one key in at a time; `let_in` is what an app does with an event."""

    def __init__(self, app: App[int], let_in: Callable[[events.Event], Awaitable[None]], commands: Commands) -> None:
        self._app, self._let_in, self._commands = app, let_in, commands
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._under_way = False
        self._held: Timer | None = None  # lets them in when nothing else does

    async def takes(self, event: events.Event) -> bool:
        """Whether an event is a key or pasted text that was just read: it comes when it is its turn."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            return False
        self._waiting.append(event)
        await self._next()
        return True

    def release(self) -> None:
        """Let the held keys in: what they are meant for has the focus now."""
        if self._held is not None:
            self._held.stop()
            self._held = None
            self._app.call_later(self._next)

    async def _next(self) -> None:
        if self._waiting and not self._under_way and not self._held:
            event = self._waiting.popleft()
            self._under_way = True
            way: MessagePump = self._app
            if not isinstance(event, events.Key) or not self._commands.take(event):
                if isinstance(event, events.Key) and self._commands.opens(event):
                    self._held = self._app.set_timer(PATIENCE, self.release)
                way = self._app.focused or self._app.screen
                await self._let_in(event)
            self._follow(way)

    def _follow(self, at: MessagePump) -> None:
        """Go the way of the key, behind it: from where it was let in up to the app; over when nobody is there."""
        app, above = self._app, at._parent
        if at is app:
            app.call_later(self._answered)
        elif not at.call_later(self._follow, above or app):
            self._follow(app)

    async def _answered(self) -> None:
        self._under_way = False
        await self._next()
