"""Screens that lie over a main one: each answers once, however fast the keys come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.overlay import Overlay, TextOverlay
from kpi_tui.tui.overlays.question import QuestionScreen
from kpi_tui.tui.overlays.table import TableOverlay
from tests.tui.driving import opened, press, settled, text
from tests.tui.fake_book import FakeBook
from tests.tui.shop_book import ShopBook

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def enter_twice(pilot: Pilot[int]) -> None:
    """Two Enters that arrive in one read: the second is in the queue before the first is answered."""
    for _time in range(2):
        pilot.app.post_message(events.Key("enter", "\r"))
    await settled(pilot)


@pytest.mark.parametrize(
    ("keys", "screen"),
    [(("r",), ChoiceScreen), (("colon",), ChoiceScreen), (("question_mark",), TextOverlay), (("x",), TextOverlay)],
)
async def test_two_enters_in_one_read_answer_an_overlay_once(keys: tuple[str, ...], screen: type[Overlay]) -> None:
    async with opened(ShopBook()) as pilot:
        await press(pilot, "4", *keys)
        assert isinstance(pilot.app.screen, screen)
        await enter_twice(pilot)
        assert pilot.app.error is None and pilot.app.is_running


async def test_two_enters_in_one_read_answer_the_question_about_a_draft_once() -> None:
    book = FakeBook(drafts=2)
    async with opened(book) as pilot:
        assert isinstance(pilot.app.screen, QuestionScreen)
        await enter_twice(pilot)
        assert pilot.app.error is None and "Buy-back" in text(pilot)
        assert book.targets.draft_found() == 0


async def test_two_clicks_or_enters_on_a_row_answer_a_table_once() -> None:
    async with opened(ShopBook()) as pilot:
        await press(pilot, "4", "delete", "d")
        assert isinstance(pilot.app.screen, TableOverlay)
        table = pilot.app.screen
        table.dismiss("")
        table.dismiss("")
        await settled(pilot)
        assert pilot.app.error is None and pilot.app.screen is not table
