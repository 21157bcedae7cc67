"""The screen of settings, and what is kept from one sitting to the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.chain_shop import at_home
from tests.tui.driving import opened, press, text
from tests.tui.fake_book import FakeBook
from tests.workspaces import Shop

TWO_ROLES = """
[roles.ops]
name = "Ops"
lines = [{ metric = "new_users", weight = 100 }]
[roles.sales]
name = "Sales"
lines = [{ metric = "new_users", weight = 100 }]
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    root = tmp_path / "shop"
    Shop(root).says(as_of="2026-10-31").book().close()
    (root / "roles").mkdir()
    (root / "roles" / "both.toml").write_text(TWO_ROLES, encoding="utf-8")
    return root


async def test_language_is_chosen_and_holds_at_once_and_for_good() -> None:
    async with opened(FakeBook(), spoken="") as pilot:
        await press(pilot, "comma")
        assert "language of screens and commands" in text(pilot)
        await press(pilot, "right", "right")  # by itself → en → zh
        assert "个人设置" in text(pilot)
        await press(pilot, "escape")
        assert "记分卡" in text(pilot)
    assert PersonalSettings(os.environ).value("language") == "zh"


async def test_a_key_while_all_is_made_anew_in_another_language_changes_nothing() -> None:
    async with opened(FakeBook(), spoken="") as pilot:
        await press(pilot, "comma", "right")
        settings = pilot.app.screen
        await settings.query_one(SheetTable).remove()  # as in the middle of it
        settings.action_step(1)  # type: ignore[attr-defined]
        settings.action_clear()  # type: ignore[attr-defined]
        await press(pilot, "escape")
    assert PersonalSettings(os.environ).value("language") == "en"


async def test_delete_lets_the_workspace_decide_again() -> None:
    PersonalSettings(os.environ).set("language", "zh")
    async with opened(FakeBook(), spoken="") as pilot:
        assert "记分卡" in text(pilot)
        await press(pilot, "comma", "delete")
        assert "Your settings" in text(pilot)
    assert PersonalSettings(os.environ).value("language") is None


async def test_role_and_grain_of_the_last_sitting_open_the_next(shop: Path) -> None:
    async with opened(Book.open(shop)) as pilot:  # type: ignore[arg-type]
        assert (pilot.app.view.role, pilot.app.view.period.id) == ("ops", "2026-10")  # type: ignore[attr-defined]
        pilot.app.look(role="sales")  # type: ignore[attr-defined]
        await press(pilot, "g", "w", "q")
    async with opened(Book.open(shop)) as pilot:  # type: ignore[arg-type]
        assert (pilot.app.view.role, pilot.app.view.period.id) == ("sales", "2026-W44")  # type: ignore[attr-defined]
        await press(pilot, "q")


async def test_a_role_set_on_the_screen_of_settings_is_not_overruled_by_the_one_in_view(shop: Path) -> None:
    async with opened(Book.open(shop)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "comma", "down", "down", "right", "right", "escape", "q")  # role: none → ops → sales
    assert PersonalSettings(os.environ, shop).value("role") == "sales"


async def test_a_language_taken_out_stays_out(shop: Path) -> None:
    PersonalSettings(os.environ).set("language", "zh")
    async with opened(Book.open(shop), spoken="") as pilot:  # type: ignore[arg-type]
        await press(pilot, "comma", "delete", "escape", "q")
    assert PersonalSettings(os.environ, shop).now("language").origin == ""


async def test_nothing_is_written_where_nothing_was_chosen(shop: Path) -> None:
    async with opened(Book.open(shop)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "2", "1", "q")
    assert not PersonalSettings(os.environ).file.exists()


async def test_a_role_that_is_gone_gives_way_to_the_first(shop: Path) -> None:
    PersonalSettings(os.environ, shop).keep({"role": "pirates"})
    async with opened(Book.open(shop)) as pilot:  # type: ignore[arg-type]
        assert pilot.app.view.role == "ops"  # type: ignore[attr-defined]
