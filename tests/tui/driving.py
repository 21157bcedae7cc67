"""Start the app on a FakeBook and read its screen as a person would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot

from kpi_tui.tui.app import KpiApp
from kpi_tui.tui.terminal.config_file import Options
from tests.tui.fake_book import FakeBook

CALM = Options(animation=False)


@asynccontextmanager
async def opened(
    book: FakeBook | None = None, size: tuple[int, int] = (80, 24), options: Options = CALM, spoken: str = "en"
) -> AsyncIterator[Pilot[int]]:
    """The app after its first scorecard has arrived."""
    app = KpiApp(lambda: book or FakeBook(), options=options, spoken=spoken)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing is being computed and everything is drawn."""
    await pilot.pause()
    for _step in range(2000):  # on a busy machine a first answer over real tables takes seconds
        if not pilot.app.jobs.busy:
            break
        await pilot.pause(0.01)
    await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one by one, each answered before the next."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def burst(pilot: Pilot[int], *keys: str) -> None:
    """Keys that arrive in one read: all there before the first is answered, all of one time."""
    written = {"enter": "\r", "backspace": "\x7f", "escape": "\x1b"}
    events_ = [events.Key(key, key if len(key) == 1 else written.get(key)) for key in keys]
    for event in events_:
        event.time = events_[0].time
        pilot.app.post_message(event)
    await settled(pilot)


def lines(pilot: Pilot[int]) -> list[str]:
    """The text on the screen, line by line."""
    screen = pilot.app.screen
    return [strip.text for strip in screen._compositor.render_strips(screen.size)]


def text(pilot: Pilot[int]) -> str:
    """The text on the screen."""
    return "\n".join(lines(pilot))
