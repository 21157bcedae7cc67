"""A board of one's own on the screen: F pins, gb shows it, it opens first where that is wanted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.three_shops import three_shops
from tests.tui.driving import lines, opened, press, settled, text


def setting(pilot: Pilot[int], key: str) -> str:
    """Its line on the screen of settings."""
    (line,) = [one for one in lines(pilot) if one[1:].split()[:1] == [key] or one[2:].split()[:1] == [key]]
    return line


async def test_a_metric_is_pinned_shown_taken_off_and_the_board_opens_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All shops sold 260 to three people in October."""
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    root = tmp_path / "shop"
    three_shops(root)
    async with opened(Book.open(root), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "g", "b")
        assert "nothing is on your board yet" in text(pilot)
        pilot.app.look(role="sales")
        await press(pilot, "1", "home", "F")
        assert "Paid amount is on your board; gb shows it." in text(pilot)
        await press(pilot, "comma")
        assert "this workspace" in setting(pilot, "board") and "paid_amount" in setting(pilot, "board")
        pilot.app.screen.query_one(SheetTable).go("board")
        await press(pilot, "enter", "enter")
        assert "F puts the metric" in text(pilot) and "paid_amount" in setting(pilot, "board"), "no role is a board"
        await press(pilot, "escape")
        await press(pilot, "g", "b")
        assert "My board" in text(pilot) and "260.00" in text(pilot)
    assert PersonalSettings(os.environ, root).value("board") == "paid_amount"
    PersonalSettings(os.environ, root).set("open_on", "board")
    async with opened(Book.open(root), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await settled(pilot)
        assert "My board" in text(pilot) and "260.00" in text(pilot)
        await press(pilot, "home", "down", "F")
        assert "nothing is on your board yet" in text(pilot)
