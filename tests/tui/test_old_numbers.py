"""While new numbers are computed the old ones stand dimmed, never a blank; so they do where no new ones came."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

from textual.pilot import Pilot
from textual.widget import Widget

from kpi_tui.definitions.text import Text
from kpi_tui.tui.screens.old_numbers import OLD, PATIENT
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.driving import opened, press, settled, text
from tests.tui.fake_book import FakeBook
from tests.tui.test_private import PrivateBook


def colours(pilot: Pilot[int], of: str) -> set[str]:
    """Those of what stands in a widget."""
    region = pilot.app.screen.query_one(of, Widget).region
    strips = pilot.app.screen._compositor.render_strips(pilot.app.screen.size)[region.y : region.bottom]
    inside = [strip.crop(region.x, region.right) for strip in strips]
    return {str(one.style.color.triplet) for strip in inside for one in strip if one.text.strip() and one.style.color}


@contextmanager
def waiting(part: object, name: str):
    """A question that is answered when the block ends, unless it was stopped."""
    gate, quick = threading.Event(), getattr(part, name)

    def slow(*args, progress=None):
        while not gate.wait(0.01):
            progress("orders", 1, 3)
        return quick(*args)

    setattr(part, name, slow)
    try:
        yield
    finally:
        gate.set()
        setattr(part, name, quick)


async def test_old_numbers_are_dimmed_while_new_ones_are_computed():
    book = FakeBook()
    async with opened(book, size=(120, 40)) as pilot:
        shown, board, roles = text(pilot), colours(pilot, "#board"), colours(pilot, "#roles")
        with waiting(book.scores, "scorecard"):
            await pilot.press("left_square_bracket")
            await pilot.pause(PATIENT / 2)
            assert colours(pilot, "#board") == board, "what comes at once does not flicker"
            await pilot.pause(PATIENT)
            assert not colours(pilot, "#board") & board and colours(pilot, "#roles") == roles
            assert [line for line in shown.splitlines()[5:12] if line not in text(pilot)] == []
        await settled(pilot)
        assert colours(pilot, "#board") == board


async def test_numbers_that_were_not_computed_anew_stay_dimmed_and_it_is_said():
    book = FakeBook()
    async with opened(book) as pilot:
        with waiting(book.scores, "scorecard"):
            await pilot.press("left_square_bracket")
            await pilot.press("escape")
            await pilot.pause(PATIENT)
            assert pilot.app.screen.has_class(OLD)
        await press(pilot, "x")  # another question is answered: the numbers are as old as before
        await press(pilot, "escape")
        assert pilot.app.screen.has_class(OLD)
        await press(pilot, "f5")
        assert not pilot.app.screen.has_class(OLD) and "‹ 2026-09 ›" in text(pilot)


async def test_what_does_not_take_the_place_of_the_numbers_leaves_them_as_they_are():
    book = FakeBook()
    async with opened(book) as pilot:
        with waiting(book.scores, "score_history"):
            await pilot.press("H")
            await pilot.pause(PATIENT * 1.5)
            assert not pilot.app.screen.has_class(OLD)
            await pilot.press("escape")
            await pilot.pause()
            assert not pilot.app.screen.has_class(OLD) and "Stopped. F5" in text(pilot)


async def test_a_page_keeps_the_former_one_until_it_is_computed():
    book = PrivateBook()
    first = book.workspace.pages["private"]
    other = replace(first, id="other", name=Text("Another page", ""))
    book.workspace = replace(book.workspace, pages={"private": first, "other": other})
    async with opened(book) as pilot:
        computed = SimpleNamespace(of=book.pages.of, all=book.pages.all)
        book.pages = computed
        with waiting(computed, "of"):
            await pilot.press("8")
            await pilot.pause(PATIENT)
            assert "The numbers are being computed" in text(pilot), "an empty sheet says why"
        await settled(pilot)
        rows = pilot.app.screen.query_one("#page", SheetTable).rows
        assert rows and "being computed" not in text(pilot)
        with waiting(computed, "of"):
            pilot.app.look(page="other")
            await pilot.pause(PATIENT * 2)
            assert pilot.app.screen.has_class(OLD) and "Another page" in text(pilot)
            assert pilot.app.screen.query_one("#page", SheetTable).rows == rows
        await settled(pilot)
        assert not pilot.app.screen.has_class(OLD)


async def test_an_empty_sheet_that_was_stopped_does_not_say_that_it_is_computed():
    book = PrivateBook()
    async with opened(book) as pilot:
        book.pages = SimpleNamespace(of=book.pages.of, all=book.pages.all)
        with waiting(book.pages, "of"):
            await pilot.press("8")
            await pilot.pause(PATIENT)
            await pilot.press("escape")
            await pilot.pause()
            assert "being computed" not in text(pilot) and "Private domain · stopped" in text(pilot)
            assert text(pilot).count("Stopped. F5 computes again.") == 2
        await press(pilot, "f5")
        assert pilot.app.screen.query_one("#page", SheetTable).rows and "stopped" not in text(pilot)
