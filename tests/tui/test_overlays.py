"""Screens that lie over a main one: each answers once, however fast the keys come."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual import events
from textual.widgets import OptionList

from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.narrowing import matching
from kpi_tui.tui.overlays.overlay import Overlay, TextOverlay
from kpi_tui.tui.overlays.question import QuestionScreen
from kpi_tui.tui.overlays.table import TableOverlay
from tests.tui.driving import burst, lines, opened, press, settled, text
from tests.tui.fake_book import FakeBook
from tests.tui.shop_book import ShopBook


@pytest.mark.parametrize(
    ("keys", "screen"),
    [(("r",), ChoiceScreen), (("colon",), ChoiceScreen), (("question_mark",), TextOverlay), (("x",), TextOverlay)],
)
async def test_two_enters_in_one_read_answer_an_overlay_once(keys: tuple[str, ...], screen: type[Overlay]) -> None:
    async with opened(ShopBook()) as pilot:
        await press(pilot, "4", *keys)
        assert isinstance(pilot.app.screen, screen)
        await burst(pilot, "enter", "enter")
        assert pilot.app.error is None and pilot.app.is_running


async def test_two_enters_in_one_read_answer_the_question_about_a_draft_once() -> None:
    book = FakeBook(drafts=2)
    async with opened(book) as pilot:
        assert isinstance(pilot.app.screen, QuestionScreen)
        await burst(pilot, "enter", "enter")
        assert pilot.app.error is None and "Buy-back" in text(pilot)
        assert book.targets.draft_found() == 0


async def test_enter_on_a_text_neither_closes_it_nor_opens_what_lies_below() -> None:
    async with opened(FakeBook()) as pilot:
        await press(pilot, "question_mark", "enter", "enter")
        assert type(pilot.app.screen).__name__ == "HelpScreen"
        await press(pilot, "escape")
        assert "Buy-back" in text(pilot)


async def test_an_enter_read_before_a_question_stood_there_does_not_answer_it() -> None:
    book = FakeBook(drafts=2)
    async with opened(book) as pilot:
        early = events.Key("enter", "\r")
        early.time = 0.0
        pilot.app.post_message(early)
        await settled(pilot)
        assert isinstance(pilot.app.screen, QuestionScreen) and book.targets.draft_found() == 2


async def test_a_click_on_a_row_that_was_narrowed_away_meanwhile_chooses_nothing() -> None:
    """The row of that place is another one by then, or none: a spray of keys and clicks found it."""
    async with opened(ShopBook()) as pilot:
        await press(pilot, "colon")
        chooser = pilot.app.screen
        rows = chooser.query_one(OptionList)
        late = [OptionList.OptionSelected(rows, rows.options[at], at) for at in (1, len(rows.options) - 1)]
        await press(pilot, *"theme")
        click = events.Click(rows, 1, 1, 0, 0, 1, False, False, False, style=Style(meta={"option": 40}))
        for event in (*late, click):
            rows.post_message(event)
        await settled(pilot)
        assert pilot.app.error is None and pilot.app.screen is chooser


async def test_two_clicks_or_enters_on_a_row_answer_a_table_once() -> None:
    async with opened(ShopBook()) as pilot:
        await press(pilot, "4", "delete", "D")
        assert isinstance(pilot.app.screen, TableOverlay)
        table = pilot.app.screen
        table.dismiss("")
        table.dismiss("")
        await settled(pilot)
        assert pilot.app.error is None and pilot.app.screen is not table


async def test_the_palette_says_that_nothing_matches_and_takes_it_back():
    async with opened() as pilot:
        await press(pilot, "colon", *"zzzz")
        assert "Nothing matches" in lines(pilot)[-1]
        await press(pilot, *["backspace"] * 4)
        assert "Enter take" in lines(pilot)[-1]


@pytest.mark.parametrize(
    "behind", ["g r o enter", "g x backspace r o enter", "down down enter", "x escape r g r enter"]
)
async def test_what_is_typed_behind_the_key_that_opens_a_list_counts_with_its_enter(behind: str) -> None:
    """Keys are held while the list opens: an Enter, Escape or arrow among them was lost when it came from the list."""
    async with opened(FakeBook()) as pilot:
        await burst(pilot, "r", *behind.split())
        assert not isinstance(pilot.app.screen, ChoiceScreen) and pilot.app.view.role == "growth"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("read", "stands"), [("g x backspace r o", "gro"), ("g r left left backspace o", "ogr")])
async def test_letters_and_the_keys_that_move_among_them_count_in_their_order(read: str, stands: str) -> None:
    """A slow line sends several keys as one read: Backspace came after the letters behind it."""
    async with opened(FakeBook()) as pilot:
        await press(pilot, "r")
        await burst(pilot, *read.split())
        assert lines(pilot)[1].split() == [stands]


def test_who_types_an_id_whole_finds_what_it_names_first() -> None:
    """`use` found the page `Value of users`: `use` stands in it, too, and it comes first."""
    pages = [Choice("value", "Value of users", search="value"), Choice("use", "Use of site and app", search="use")]
    assert [choice.key for choice in matching("use", pages)] == ["use", "value"]
    assert [choice.key for choice in matching("Value", pages)] == ["value"]
