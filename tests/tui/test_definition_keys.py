"""Every key of a role, a chain and the workspace can be reached and changed in the app (R009)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.chain_shop import at_home
from tests.tui.driving import opened, press, text
from tests.workspaces import Shop

ROLE = """\
[roles.ops]  # the shop floor
name = "Ops"
[[roles.ops.lines]]
metric = "new_users"
weight = 100
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    root = tmp_path / "shop"
    Shop(root).says(as_of="2026-10-31").book().close()
    (root / "roles").mkdir()
    (root / "roles" / "ops.toml").write_text(ROLE, encoding="utf-8")
    return root


def role(root: Path) -> dict[str, Any]:
    found = tomllib.loads((root / "roles" / "ops.toml").read_text(encoding="utf-8"))["roles"]["ops"]
    assert isinstance(found, dict)
    return found


async def test_a_text_is_typed_a_word_is_turned_and_both_are_saved_with_the_comments(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "K")
        assert "roles › ops" in text(pilot)
        await press(pilot, "down", "enter", *"sells", "enter")  # duty
        await press(pilot, "down", "enter")  # type: execution is not said yet → execution
        await press(pilot, "enter")  # → strategy
        await press(pilot, "escape", "w")
        assert role(shop) | {"lines": []} == {"name": "Ops", "duty": "sells", "type": "strategy", "lines": []}
        assert "# the shop floor" in (shop / "roles" / "ops.toml").read_text(encoding="utf-8")


async def test_undo_takes_an_unsaved_key_back(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "K", "down", "enter", *"sells", "enter", "escape", "u")
        assert pilot.app.book.definitions.pending() == {}  # type: ignore[attr-defined]


async def test_tables_are_walked_into_and_out_up_to_the_workspace(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "K")
        pilot.app.screen.query_one(SheetTable).go("lines")
        await press(pilot, "enter")
        assert "roles › ops › lines" in text(pilot)
        await press(pilot, "enter")
        assert "lines › new_users" in text(pilot) and "ratio, inverse" in text(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "backspace")
        assert "workspace.toml" in text(pilot) and "timezone" in text(pilot)


async def test_a_key_that_cannot_be_is_refused_with_its_sentence(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "K")
        pilot.app.screen.query_one(SheetTable).go("lines")
        await press(pilot, "enter", "enter", "down", "down", "enter", *"many", "enter")
        assert "is no number" in text(pilot)
        assert pilot.app.book.definitions.pending() == {}  # type: ignore[attr-defined]


async def test_on_the_chain_it_is_the_chain(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "2", "K")
        assert "chains › " in text(pilot) and "boundary_growth" in text(pilot)


async def test_a_line_whose_metric_is_another_is_shown_in_its_list(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "K")
        pilot.app.screen.query_one(SheetTable).go("lines")
        await press(pilot, "enter", "enter", "down", "enter", *"paid_orders", "enter")
        assert "roles › ops › lines " in text(pilot) and "paid_orders" in text(pilot)


async def test_a_choice_of_more_than_two_words_is_picked_from_a_list_which_escape_leaves(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "K", "down", "down", "down", "enter")  # aim
        assert "acquisition" in text(pilot) and "type to narrow" in text(pilot)
        await press(pilot, "escape")
        assert pilot.app.book.definitions.pending() == {}  # type: ignore[attr-defined]
        await press(pilot, "enter", *"reten", "enter", "escape", "w")
        assert role(shop)["aim"] == "retention"


async def test_a_currency_that_is_none_is_refused_as_the_check_says_it_and_the_old_one_stays(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "g", "K")
        pilot.app.screen.query_one(SheetTable).go("currency")
        await press(pilot, "enter", *"ZZZ", "enter")
        assert "'ZZZ' is no currency of ISO 4217" in text(pilot)
        await press(pilot, "escape")
        pilot.app.screen.query_one(SheetTable).go("settings")
        await press(pilot, "enter")
        pilot.app.screen.query_one(SheetTable).go("silent_days")
        await press(pilot, "enter", "0", "enter")
        assert "must be 1 or more, not 0" in text(pilot)
        assert pilot.app.book.definitions.pending() == {}  # type: ignore[attr-defined]


async def test_people_and_stages_are_reached_from_the_keys_of_the_workspace(shop: Path) -> None:
    (shop / "people.toml").write_text('[people.lin]\nname = "Lin"\nroles = ["ops"]\n', encoding="utf-8")
    async with opened(Book.open(shop, who="ann"), (100, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "g", "K")
        pilot.app.screen.query_one(SheetTable).go("people")
        await press(pilot, "enter", "enter")
        assert "people › lin" in text(pilot) and "bonus_base" in text(pilot)
        pilot.app.screen.query_one(SheetTable).go("bonus_base")
        await press(pilot, "enter", *"8000", "enter", "backspace", "backspace")
        assert "workspace.toml" in text(pilot)
        pilot.app.screen.query_one(SheetTable).go("stages")
        await press(pilot, "enter", "enter")
        assert "key_point" in text(pilot)
        await press(pilot, "escape", "w")
        assert tomllib.loads((shop / "people.toml").read_text(encoding="utf-8"))["people"]["lin"]["bonus_base"] == 8000
