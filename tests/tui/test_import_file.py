"""`I` on Targets over the real Book: what a file would change is shown, and pending once it is taken (R009, R038)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.editing.conflict import ConflictScreen
from kpi_tui.tui.overlays.imported_file import ImportScreen
from kpi_tui.tui.screens.targets.screen import TargetsScreen
from tests.tui.driving import opened, press, text

NEW, PAID = TargetKey("ops", "new_users"), TargetKey("ops", "paid_amount")
NOVEMBER = Period.parse("2026-11")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two lines with targets of November: 100 new users, 1,000 paid."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "shop"
    (root / "roles").mkdir(parents=True)
    (root / "workspace.toml").write_text('name = "Shop"\nextends = "standard"\nas_of = 2026-11-15\n')
    lines = "".join(f'[[roles.ops.lines]]\nmetric = "{key.metric}"\nweight = 50\n' for key in (NEW, PAID))
    (root / "roles" / "ops.toml").write_text(f'[roles.ops]\nname = "Ops"\n{lines}')
    book = Book.open(root, who="ann")
    book.targets.set_all({NOVEMBER.id: {NEW: 100.0, PAID: 1000.0}}, "agreed")
    book.targets.save()
    book.close()
    return root


def saved(root: Path) -> dict[str, float]:
    return {key.metric: one.value for key, one in Book.open(root, draft=False).targets.saved(NOVEMBER).items()}


async def test_a_file_is_shown_taken_saved_and_taken_back(shop: Path) -> None:
    Path("plan.csv").write_text("指标,11月\nnew_users,120\npaid_amount,\n", encoding="utf-8")
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "I", *"plan.csv", "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "1 number read · 1 differs" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert "Took over 1 number from plan.csv" in text(pilot)
        assert saved(shop) == {"new_users": 100, "paid_amount": 1000}, "pending until w"
        await press(pilot, "w")
        assert saved(shop) == {"new_users": 120, "paid_amount": 1000}
        await press(pilot, "u")
        assert saved(shop) == {"new_users": 100, "paid_amount": 1000}


async def test_what_is_not_understood_is_asked_about_before_the_rest_is_taken(shop: Path) -> None:
    Path("plan.csv").write_text("role,metric,2026-11\nops,new_users,120\nops,paid_amont,5\n", encoding="utf-8")
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "I", *"plan.csv", "enter")
        assert "B3: there is no metric" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "1 cell is not understood: Enter again takes over the rest." in text(pilot)
        await press(pilot, "enter")
        assert pilot.app.book.targets.of(NOVEMBER)[NEW].value == 120


@pytest.mark.parametrize(("side", "expected"), [("less_than_sign", 120), ("greater_than_sign", 150)])
async def test_both_sides_of_a_cell_changed_since_the_export_are_chosen(shop: Path, side: str, expected: float) -> None:
    text_ = "role,metric,period,value,exported\nops,new_users,2026-11,120,2026-11=100.0\n"
    Path("plan.csv").write_text(text_, encoding="utf-8")
    other = Book.open(shop, who="bob", draft=False)
    other.targets.set(NEW, NOVEMBER, 150.0)
    other.targets.save()
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "I", *"plan.csv", "enter")
        assert "Changed on both sides" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ConflictScreen)
        await press(pilot, side, "w")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert pilot.app.book.targets.of(NOVEMBER)[NEW].value == expected


async def test_escape_leaves_and_a_missing_file_is_a_sentence(shop: Path) -> None:
    Path("plan.csv").write_text("role,metric,2026-11\nops,new_users,120\n", encoding="utf-8")
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "I", *"none.csv", "enter")
        assert "none.csv" in text(pilot)
        assert isinstance(pilot.app.screen, TargetsScreen)
        await press(pilot, "I", *"plan.csv", "enter", "escape")
        assert pilot.app.book.targets.pending() == {}


CHAIN = """
[chains.site]
name = "Site"
[[chains.site.links]]
id = "B"
name = { en = "Visitors", zh = "访客" }
rule = "growth"
absolute = "paid_order_count"
"""


async def test_on_the_chain_numbers_kept_by_hand_are_imported(shop: Path) -> None:
    (shop / "chains").mkdir()
    (shop / "chains" / "own.toml").write_text(CHAIN, encoding="utf-8")
    Path("typed.csv").write_text("metric,2026-W45,2026-W46\npaid_order_count,2000,2100\n", encoding="utf-8")
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "2", "I", *"typed.csv", "enter", "enter")
        assert "Took over 2 numbers from typed.csv" in text(pilot)
        await press(pilot, "w")
    typed = Book.open(shop, draft=False).actuals
    assert [one.value for week in ("2026-W45", "2026-W46") for one in typed.saved(week).values()] == [2000, 2100]
