"""A board of one's own on the screen: F pins, gb shows it, it opens first where that is wanted."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.book.person.other_boards import other_boards
from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.issue import KpiError
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.three_shops import three_shops
from tests.tui.driving import lines, opened, press, settled, text
from tests.workspaces import Shop, orders


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


async def test_boards_of_other_workspaces_stand_below_and_lead_to_no_number_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """260 in the first workspace, 7 in the other, by hand; a folder that is gone says so in its place."""
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    root, other = tmp_path / "shop", tmp_path / "other"
    three_shops(root)
    rows = orders(("a", "ann", "2026-10-05 12:00:00", 7), ("b", "ann", "2026-09-05 12:00:00", 1))
    shop = Shop(other).has("orders", rows, complete_until="as_of").says(as_of=date(2026, 10, 31), name="Other shop")
    for book in (Book.open(root), shop.book()):
        book.board.pin("paid_amount")
        book.close()
    async with opened(Book.open(root), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "J")
        assert "Other shop" not in text(pilot)
        await press(pilot, "g", "b", "J", *str(tmp_path / "gone"), "enter")
        assert "there is no such folder" in text(pilot)
        await press(pilot, "escape", "J", *str(other), "enter")
        shown = text(pilot)
        assert shown.index("260.00") < shown.index("Other shop") < shown.index("7.00")
        sheet = pilot.app.screen.query_one("#page", SheetTable)
        await press(pilot, "end")
        assert sheet.row_key.endswith("paid_amount") and pilot.app.screen.metric_here() == ""  # type: ignore[attr-defined]
        await press(pilot, "x")
        assert "no metric of the library" in text(pilot)
    assert PersonalSettings(os.environ, root).value("board_with") == str(other.resolve())
    (other / "workspace.toml").unlink()
    async with opened(Book.open(root), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "g", "b")
        assert "260.00" in text(pilot) and "make a workspace with" in text(pilot)


@pytest.mark.parametrize("folder", ["~nobody-of-that-name/shop", "loop/shop", "a\0b"])
def test_folders_that_lead_nowhere_are_a_sentence_typed_or_written_by_hand(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "shop"
    three_shops(root)
    book = Book.open(root, draft=False)
    with pytest.raises(KpiError):
        book.board.lay_beside(folder)
    if "\0" not in folder:
        PersonalSettings(os.environ, root).set("board_with", folder, here=True)
        ((answer, _space),) = other_boards(book, book.period("2026-10"))
        assert answer.sections[0].lack
