"""Wait until an app under test has nothing left to do, by what it has in hand and not by the clock.

Textual's own wait sleeps 20 ms at least and guesses from the CPU time of the process: four times a key press,
half of what a test of the app took, and wrong on a busy machine.
"""

from __future__ import annotations

import asyncio

from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot

CALM_TURNS = 2
"""Turns of the event loop in a row without work."""
TURNS = 2_200
"""At most: some two seconds, where a handler waits for what the test itself will do."""


async def wait_for_idle(_min_sleep: float = 0, _max_sleep: float = 0) -> None:
    """Turn the event loop until no message, call or repaint is pending in any widget; in place of Textual's."""
    app = active_app.get()
    ready = asyncio.get_running_loop()._ready  # what the loop calls next: looked at first, for it is cheap
    calm = 0
    for turn in range(TURNS):
        calm = 0 if ready or is_to_draw(app) else calm + 1
        if calm >= CALM_TURNS and not has_messages(app):  # of hundreds of widgets: asked only when all else is calm
            return
        await asyncio.sleep(0 if turn < 200 else 0.001)  # something waits for a thread or a process


async def waited_for_screen(_pilot: Pilot[object], _timeout: float = 0) -> bool:
    """In place of Textual's, which sends a message to every widget and waits for all to come back, at every key."""
    await wait_for_idle()
    return True


def is_to_draw(app: App[object]) -> bool:
    """Whether the screen is still to be drawn, which is done; one of an app that ends is drawn no more."""
    if app._resize_event is not None:  # handed on by a timer
        return True
    if app.screen_stack and not app._exit:
        screen = app.screen
        if screen.is_current and (screen._callbacks or screen._layout_required or screen._dirty_widgets):
            screen._on_timer_update()
            return True
    return False


def has_messages(app: App[object]) -> bool:
    """Whether any part has a message in hand or to come: has some, or is not back waiting for one."""
    for pump in (app, *app._registry):
        queue = pump._message_queue
        busy = queue.values or pump._next_callbacks or not queue.ready_event._waiters
        if busy and pump._running and not pump._closed:
            return True
    return False
