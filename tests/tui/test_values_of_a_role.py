"""A role scored for each shop, on the screen: its targets, its drivers, whom one can look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from tests.three_shops import three_shops
from tests.tui.driving import lines, opened, press, settled, text


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    three_shops(tmp_path / "shop")
    return tmp_path / "shop"


async def test_targets_of_every_shop_stand_below_the_role_and_are_edited_there(shops: Path) -> None:
    """S3 reached 30 of 60: 30 of 60 points. With 40 instead it has 45, its score goes from 40 to 55."""
    async with opened(Book.open(shops, who="ann"), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        pilot.app.look(role="manager@S3", metric="paid_amount")
        await press(pilot, "4", "e", *["backspace"] * 6, *"40", "enter")
        (head,) = [line for line in lines(pilot) if "Shop manager · S3" in line]
        assert "40.00 → 55.00 / 100" in head
        assert [line for line in lines(pilot) if "Shop manager · S2" in line and "110.00 / 100" in line]


async def test_v_stays_within_the_shop_whose_card_it_is(shops: Path) -> None:
    """All shops sold 260, S1 80."""
    async with opened(Book.open(shops, who="ann"), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        pilot.app.look(role="manager@S1")
        await settled(pilot)
        await press(pilot, "1", "home", "v")
        assert "Shop manager · S1 › " in text(pilot)
        assert pilot.app.screen._answer.now.value == 80
        pilot.app.look(role="sales")
        await press(pilot, "1", "home", "v")
        assert "Shop manager" not in text(pilot)
        assert pilot.app.screen._answer.now.value == 260


async def test_r_lists_the_shops_below_their_role_and_teams_last(shops: Path) -> None:
    async with opened(Book.open(shops, who="ann"), size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "r")
        names = [
            one for one in ("Shop manager · S1", "Shop manager · S3", "Sales", "Lin", "North") if one in text(pilot)
        ]
        assert names == ["Shop manager · S1", "Shop manager · S3", "Sales", "Lin", "North"]
        await press(pilot, *"s2", "enter")
        assert "Shop manager · S2" in text(pilot) and "110" in text(pilot)
        await press(pilot, "r", *"north", "enter")
        assert pilot.app.view.page == "people" and "North" in text(pilot)
