"""What `init` took for granted is agreed with by a key on the Data screen: undo, history, a sentence."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import Book
from tests.tui.chain_shop import at_home
from tests.tui.driving import opened, press, text
from tests.workspaces import Shop

PAID, CLOSED, SHOP = "paid_at is taken to be created_at", "已取消 (14) is left out", "no column of buyers"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    root = tmp_path / "shop"
    order = {"order_id": "1", "user_id": "u1", "created_at": "2026-10-05", "order_amount": 100, "paid_amount": 100}
    made = Shop(root).says(as_of="2026-10-31").has("orders", [order]).has("users", [{"user_id": "u1"}])
    made.book().close()
    path = root / "tables.toml"
    asked = f'confirm = [{{ en = "{PAID}", zh = "以下单时间代替" }}, "{CLOSED}"]  # ours'
    path.write_text(path.read_text(encoding="utf-8").replace("[tables.orders]", f"[tables.orders]\n{asked}"), "utf-8")
    return root


def confirm(root: Path) -> list[object]:
    said = tomllib.loads((root / "tables.toml").read_text(encoding="utf-8"))["tables"]["orders"].get("confirm", [])
    return [one["en"] if isinstance(one, dict) else one for one in said]


def history(root: Path) -> list[str]:
    file = root / "definitions" / "history.jsonl"
    return [json.loads(line)["metric"] for line in file.read_text(encoding="utf-8").splitlines()]


async def test_one_sentence_is_agreed_with_taken_back_and_written_with_its_history(shop: Path) -> None:
    """Of two sentences the first is agreed with: one is left in the file, with the comment behind the list."""
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "6")
        pilot.app.screen.query_one("#tables").go("orders")  # type: ignore[attr-defined]
        assert "2 to be confirmed" in text(pilot)
        await press(pilot, "T")
        assert PAID in text(pilot) and CLOSED in text(pilot) and "all 2 sentences" in text(pilot)
        await press(pilot, "down", "enter")
        assert "1 sentence is agreed with. 1 more to be confirmed." in text(pilot)
        assert "1 to be confirmed" in text(pilot)
        await press(pilot, "u")
        assert "2 to be confirmed" in text(pilot)
        await press(pilot, "T", "down", "enter", "w")
        assert confirm(shop) == [CLOSED]
        assert "agreed" in text(pilot)
        assert "# ours" in (shop / "tables.toml").read_text(encoding="utf-8")
        assert history(shop) == ["orders.confirm"]
        await press(pilot, "u")
        assert confirm(shop) == [PAID, CLOSED]


async def test_all_at_once_and_then_there_is_nothing_to_agree_with(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "6")
        pilot.app.screen.query_one("#tables").go("users")  # type: ignore[attr-defined]
        await press(pilot, "T")
        assert "nothing is to be confirmed; of Orders it is." in text(pilot)
        pilot.app.screen.query_one("#tables").go("orders")  # type: ignore[attr-defined]
        await press(pilot, "T", "enter", "w", "T")
        assert confirm(shop) == []
        assert "Nothing is to be confirmed." in text(pilot)


def test_of_tables_nothing_else_is_edited_and_by_command_it_stands_in_the_history(shop: Path) -> None:
    from kpi_tui.definitions.issue import UsageError

    book = Book.open(shop, who="ann")
    with pytest.raises(UsageError, match="data hang on it"):
        book.definitions.set(("tables", "orders", "path"), "other.csv")
    with pytest.raises(UsageError, match="data hang on it"):
        book.definitions.set(("tables", "nowhere", "confirm"), ["x"])
    (one,) = [one for one in book.agreements.asked("orders") if one.contains("代替")]
    assert (one.table, one.source, one.said.en) == ("orders", "", PAID)
    assert book.agreements.agree([one]) == 1
    book.definitions.save()
    assert (confirm(shop), history(shop)) == ([CLOSED], ["orders.confirm"])
