"""`p` and `S` on Targets over the real Book: proposals with their backtest, a year's target split (R009, R038)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.book.targets.target_proposals import TargetProposals
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.overlays.proposals import ProposalScreen
from kpi_tui.tui.screens.targets.screen import TargetsScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from tests.tui.driving import lines, opened, press, settled, text
from tests.workspaces import Shop, orders

PAID, BUYERS, OTHER = TargetKey("ops", "paid_amount"), TargetKey("ops", "buyers"), TargetKey("shop", "paid_amount")
ROLES = """
[roles.ops]
name = "Ops"
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "buyers"
weight = 40
[roles.shop]
name = "Shop"
[[roles.shop.lines]]
metric = "paid_amount"
weight = 100
"""
NOVEMBER = Period.parse("2026-11")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """100, 200, 300 and 240 paid by one person from July to October; 1,200 agreed for the year."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shop = Shop(tmp_path / "shop").says(as_of="2026-11-01")
    paid = {"01": 60.0, "07": 100.0, "08": 200.0, "09": 300.0, "10": 240.0}
    rows = [(f"o{month}", "u", f"2026-{month}-01 10:00:00", amount) for month, amount in paid.items()]
    shop.has("orders", orders(*rows), complete_until="2026-11-01").defines("roles/ops.toml", ROLES)
    found = shop.book(who="ann")
    found.targets.set_all({"2026": {PAID: 1200.0}}, "plan")
    found.targets.save()
    return found


def target(pilot: Pilot[int], key: TargetKey, period: str = "2026-11") -> float | None:
    found = pilot.app.book.targets.of(Period.parse(period)).get(key)
    return found.value if found else None


def rows(pilot: Pilot[int], word: str) -> list[str]:
    return [line for line in lines(pilot) if word in line]


async def test_a_proposal_is_taken_with_enter_and_written_with_w(book: Book) -> None:
    """The month before: 240, met in September and October of the ten months known. Taken, the next line is at hand."""
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "p")
        assert isinstance(pilot.app.screen, ProposalScreen)
        assert "240.00" in rows(pilot, "the period before")[0]
        assert "2 of 10" in rows(pilot, "the period before")[0]
        assert "would have been met in 2 of 10 periods" in text(pilot)
        await press(pilot, "enter")
        assert "✓" in rows(pilot, "the period before")[0]
        assert (target(pilot, PAID), target(pilot, BUYERS)) == (240, None)
        await press(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert (target(pilot, PAID), target(pilot, BUYERS)) == (240, 1)
        await press(pilot, "w")
        saved = Book.open(book.workspace.root, draft=False).targets.saved(NOVEMBER)
        assert {key: one.value for key, one in saved.items()} == {PAID: 240, BUYERS: 1}


async def test_enter_while_proposals_are_computed_opens_no_cell(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, of = threading.Event(), TargetProposals.of

    def slow(*args: object, **asked: object) -> object:
        gate.wait(30)
        return of(*args, **asked)  # type: ignore[arg-type]

    monkeypatch.setattr(TargetProposals, "of", slow)
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4")
        sheet = pilot.app.screen.query_one("#targets", TargetSheet)
        await pilot.press("p")
        await pilot.press("enter")
        assert not sheet.editing
        gate.set()
        await settled(pilot)
        assert isinstance(pilot.app.screen, ProposalScreen)


async def test_a_basis_is_taken_for_all_lines_and_tab_shows_the_other_roles(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "p", "A")
        assert (target(pilot, PAID), target(pilot, BUYERS), target(pilot, OTHER)) == (240, 1, None)
        await press(pilot, "tab", "A", "escape", "u")
        assert (target(pilot, PAID), target(pilot, OTHER)) == (240, None), "all roles were one step"
        await press(pilot, "u")
        assert pilot.app.book.targets.pending() == {}


async def test_what_has_no_number_says_why_and_is_not_taken(book: Book) -> None:
    async with opened(book, size=(120, 30)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "p", "down")
        assert "no whole value of 2025-11" in text(pilot)
        await press(pilot, "enter")
        assert "There is nothing to take here." in text(pilot)
        assert pilot.app.book.targets.pending() == {}


async def test_the_targets_of_a_year_are_split_by_days_over_what_is_left(book: Book) -> None:
    """1,200 less 900 done are 300 for 30 and 31 days: 147.54 and 152.46. Buyers have no target of the year."""
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "S")
        assert "on the sheet of a year" in text(pilot)
        await press(pilot, "g", "y", "S", "down", "enter")
        assert (target(pilot, PAID), target(pilot, PAID, "2026-12")) == (147.54, 152.46)
        assert "1 line got none: Buyers" in text(pilot)
        await press(pilot, "u")
        assert pilot.app.book.targets.pending() == {}


async def test_tab_keeps_the_line_and_what_was_taken_and_says_for_whom_is_proposed(book: Book) -> None:
    """From the month before of the buyers to all roles and back; the second line of the first role stays in hand."""
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "p", "enter")
        assert "Proposed targets of 2026-11 · Ops" in text(pilot) and "Tab all roles" in text(pilot)
        before = pilot.app.screen.query_one(SheetTable).row_key
        assert before == "ops/buyers/last"
        await press(pilot, "tab")
        assert "Proposed targets of 2026-11 · all 2 roles" in text(pilot) and "Tab this role alone" in text(pilot)
        sheet = pilot.app.screen.query_one(SheetTable)
        assert sheet.row_key == before
        assert "✓" in rows(pilot, "the period before")[0]
        sheet.go("shop/paid_amount/mean")
        await press(pilot, "tab")
        assert "Proposed targets of 2026-11 · Shop" in text(pilot)
        assert pilot.app.screen.query_one(SheetTable).row_key == "shop/paid_amount/mean"


async def test_p_on_the_scorecard_proposes_for_its_line_where_it_can_be_written(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        pilot.app.screen.query_one("#board", SheetTable).go("ops/buyers")
        await press(pilot, "p")
        assert isinstance(pilot.app.screen, ProposalScreen)
        assert pilot.app.screen.query_one(SheetTable).row_key.startswith("ops/buyers/")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TargetsScreen)


async def test_the_footer_of_targets_says_how_they_are_proposed(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4")
        assert "p propose" in lines(pilot)[-1]
