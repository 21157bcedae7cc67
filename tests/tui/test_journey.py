"""A new user's first session on the demo: weak link, cause, target, next week, undo, by keyboard."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Grain
from kpi_tui.tui.screens.chain.overlays import LinkScreen
from kpi_tui.tui.screens.chain.screen import ChainScreen
from kpi_tui.tui.screens.drivers.screen import DriversScreen
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from tests.conftest import PROJECT
from tests.tui.chain_shop import at_home
from tests.tui.driving import opened, press, text


def agreed(root: Path, period: str) -> dict[str, float]:
    """What a targets file says about the chain."""
    file = root / "targets" / f"{period}.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {key: cell["value"] for key, cell in found.get("targets", {}).get("chain:site", {}).items()}


@pytest.mark.usefixtures("demo_of_run")
async def test_from_the_demo_to_a_rolled_week_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)
    root = tmp_path / "demo"
    shutil.copytree(PROJECT / "config", root)
    book = Book.open(root, data=PROJECT / "sample_data", who="ann")
    month = book.period("current")
    async with opened(book, (80, 24)) as pilot:  # type: ignore[arg-type]
        # the weak link, its cause, what moved it
        await press(pilot, "2")
        screen = pilot.app.screen
        assert isinstance(screen, ChainScreen) and screen.link is not None
        weak = screen.link.link.id
        assert "is the weak link" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LinkScreen) and "weak link" in text(pilot)
        await press(pilot, "escape", "v")
        assert isinstance(pilot.app.screen, DriversScreen)
        # a target adjusted
        await press(pilot, "2", "e")
        weeks = pilot.app.screen.query_one(TargetSheet)
        period, before = weeks.column_key, agreed(root, weeks.column_key)
        await press(pilot, "ctrl+e", *["backspace"] * 12, *"120", "enter")
        assert "✎ 1 unsaved" in text(pilot)
        # the next week
        await press(pilot, "o", "enter")
        assert "Rolled over" in text(pilot)
        await press(pilot, "w")
        assert "Saved" in text(pilot) and agreed(root, period)[weak] == 120
        rolled = [week.id for week in month.split(Grain.WEEK)][-1]
        assert "B" in agreed(root, rolled)
        # and back
        await press(pilot, "u")
        assert "Taken back" in text(pilot)
        assert agreed(root, period) == before and "B" not in agreed(root, rolled)
        assert pilot.app.error is None
