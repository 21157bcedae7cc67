"""The Targets screen over the real Book: what stands in the TOML file after saving, undo, two people (R009, R038)."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.editing.conflict import ConflictScreen
from kpi_tui.tui.screens.targets.screen import TargetsScreen
from tests.tui.driving import opened, press, text

KEY = TargetKey("ops", "new_users")
NOVEMBER = Period.parse("2026-11")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one metric, one role, one order in October, and a target for November."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "shop"
    (root / "roles").mkdir(parents=True)
    (root / "workspace.toml").write_text('name = "Shop"\nextends = "standard"\nas_of = 2026-11-15\n')
    (root / "roles" / "ops.toml").write_text(
        '[roles.ops]\nname = "Ops"\n[[roles.ops.lines]]\nmetric = "new_users"\nweight = 100\n'
    )
    book = Book.open(root, who="ann")
    book.targets.set(KEY, NOVEMBER, 100.0, "agreed")
    book.targets.save()
    book.close()
    return root


def saved(root: Path) -> dict[str, object]:
    """The cell as the file says it."""
    cell = tomllib.loads((root / "targets" / "2026-11.toml").read_text())["targets"]["ops"]["new_users"]
    assert isinstance(cell, dict)
    return cell


async def test_an_edit_by_keyboard_stands_in_the_file_after_w_and_undo_takes_it_back(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4")
        assert isinstance(pilot.app.screen, TargetsScreen)
        await press(pilot, "e", *"120", "enter")
        assert saved(shop)["value"] == 100
        await press(pilot, "w")
        assert "100 → 120" in text(pilot)
        assert (saved(shop)["value"], saved(shop)["by"]) == (120, "ann")
        await press(pilot, "u")
        assert saved(shop)["value"] == 100
        await press(pilot, "ctrl+r")
        assert saved(shop)["value"] == 120


@pytest.mark.parametrize(("side", "expected"), [("less_than_sign", 120), ("greater_than_sign", 150)])
async def test_two_people_on_one_file_choose_a_side(shop: Path, side: str, expected: float) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "e", *"120", "enter")
        other = Book.open(shop, who="bob")
        other.targets.set(KEY, NOVEMBER, 150.0, "boss said so")
        other.targets.save()
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, ConflictScreen)
        assert "bob" in text(pilot)
        await press(pilot, side, "w")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert saved(shop)["value"] == expected
        assert pilot.app.book.targets.pending() == {}


async def test_unsaved_edits_are_offered_by_the_next_session(shop: Path) -> None:
    book = Book.open(shop, who="ann")
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "e", *"120", "enter", "q")
    book.close()
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        assert "former session" in text(pilot)
        await press(pilot, "enter", "4")
        assert "✎ 120" in text(pilot)


async def test_a_period_that_is_over_is_marked_late_with_its_reason(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "left_square_bracket", "e", *"90", "enter", "w", *"typo", "enter")
        cell = tomllib.loads((shop / "targets" / "2026-10.toml").read_text())["targets"]["ops"]["new_users"]
        assert (cell["value"], cell["late"], cell["why"]) == (90, True, "typo")
        assert datetime.fromisoformat(cell["at"]) <= datetime.now(UTC)
