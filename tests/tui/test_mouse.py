"""What can be clicked: tabs, the arrows beside a period, hints of the footer, headings of a sheet."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot

from kpi_tui.text.fit import width
from kpi_tui.tui.overlays.help import HelpScreen
from kpi_tui.tui.widgets.headline import HeadlineBar
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.driving import lines, opened, settled, text


async def click(pilot: Pilot[int], line: int, words: str) -> None:
    """On the first cell of some words in a line of the screen (from below where it is negative)."""
    shown = lines(pilot)
    await pilot.click(offset=(width(shown[line].split(words)[0]), line % len(shown)))
    await settled(pilot)


async def test_a_tab_is_shown_by_a_click_on_its_name():
    async with opened() as pilot:
        await click(pilot, 0, "Library")
        assert pilot.app.current_mode == "library"
        await click(pilot, 0, "1 Score")
        assert pilot.app.current_mode == "scorecard"


async def test_the_arrows_beside_the_period_go_to_the_one_before_and_after():
    async with opened() as pilot:
        await click(pilot, 1, "‹ 2026-10")
        assert "‹ 2026-09 ›" in text(pilot)
        await click(pilot, 1, "›  month")
        assert "‹ 2026-10 ›" in text(pilot)
        await pilot.press("5")
        await settled(pilot)
        place = next(n for n, line in enumerate(lines(pilot)) if "‹ 2026-10 ›" in line)
        await click(pilot, place, "‹ 2026-10")
        assert "‹ 2026-09 ›" in text(pilot)


async def test_a_click_on_what_is_no_longer_there_does_nothing():
    """The window has got smaller between the click and its turn."""
    async with opened() as pilot:
        bar = pilot.app.screen.query_one(HeadlineBar)
        bar.post_message(events.Click(bar, 135, 0, 0, 0, 1, False, False, False, 136, 1))
        await settled(pilot)
        assert "‹ 2026-10 ›" in text(pilot)


async def test_a_hint_of_the_footer_does_what_its_key_does_and_of_two_keys_the_one_that_is_hit():
    async with opened() as pilot:
        await click(pilot, -1, "] period")
        assert "‹ 2026-11 ›" in text(pilot)
        await click(pilot, -1, "[ ]")
        assert "‹ 2026-10 ›" in text(pilot)
        await click(pilot, -1, "help")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_heading_sorts_turns_round_and_gives_the_order_up():
    async with opened() as pilot:
        sheet = pilot.app.screen.query_one("#board", SheetTable)
        place = next(n for n, line in enumerate(lines(pilot)) if " Metric " in line)
        before = [row.key for row in sheet.rows]
        orders = []
        for _click in range(3):
            await click(pilot, place, "Actual")
            orders.append(sheet.order and sheet.order.down)
        assert orders == [True, False, None]
        assert [row.key for row in sheet.rows] == before
