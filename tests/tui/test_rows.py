"""R: the rows behind a number, from a line to a measure to its rows, sorted, kept, page by page, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.render.drawn import drawn
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.rows import paging
from kpi_tui.tui.screens.rows.screen import RowsScreen
from kpi_tui.tui.screens.scorecard.screen import ScorecardScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.chain_shop import at_home
from tests.tui.driving import lines, opened, press, text
from tests.tui.fake_book import HOSTILE
from tests.tui.test_mouse import click
from tests.workspaces import Shop, orders

ROLE = """
[roles.sales]
name = "Sales"
[[roles.sales.lines]]
metric = "aov"
weight = 100
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    at_home(tmp_path, monkeypatch)
    sold = orders(
        ("o1", "ann", "2026-01-03 10:00:00", 30.0),
        ("o2", "bob", "2026-01-05 11:00:00", 20.0),
        ("o3", HOSTILE, "2026-01-31 23:59:59", 50.5),
    )
    sold[1]["domain"] = "private"
    shop = Shop(tmp_path / "shop").has("orders", sold, complete_until="2026-01-31").says(as_of="2026-01-31")
    return shop.defines("roles/own.toml", ROLE).book()


def ids(pilot: Pilot[int]) -> list[str]:
    """The orders as they stand below each other."""
    table = pilot.app.screen.query_one("#rows", SheetTable)
    place = [column.key for column in table.columns].index("order_id")
    return [drawn(row.cells[place]) for row in table.rows]


async def test_r_shows_the_measures_of_a_line_enter_the_rows_of_one_backspace_leads_back(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, RowsScreen)
        assert "2 measures" in text(pilot)
        await press(pilot, "enter")
        assert ids(pilot) == ["o1", "o2", "o3"]
        assert "amount really paid = 100.5" in lines(pilot)[1]
        assert "3 rows" in text(pilot)
        await press(pilot, "backspace")
        assert "2 measures" in text(pilot)
        await press(pilot, "j", "enter")
        assert "paid orders = 3" in lines(pilot)[1]
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, ScorecardScreen)


@pytest.mark.parametrize("way", ["click", "palette"])
async def test_another_screen_is_shown_from_the_rows_that_lie_over_one(book: Book, way: str) -> None:
    """What is clicked ends with the rows it belongs to: nobody may wait for that end among its own messages."""
    async with opened(book, size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, RowsScreen)
        if way == "click":
            await click(pilot, 0, "Library")
        else:
            await press(pilot, "colon", *"Library", "enter")
        assert (pilot.app.current_mode, len(pilot.app.screen_stack)) == ("library", 1)


async def test_rows_are_sorted_turned_and_kept(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "R", "enter", "s", *"paid_amount", "enter")
        assert ids(pilot) == ["o2", "o1", "o3"]
        await press(pilot, "s")
        assert ids(pilot) == ["o3", "o1", "o2"]
        await press(pilot, "f", *"paid_amount > 25", "enter")
        assert ids(pilot) == ["o3", "o1"]
        await press(pilot, "s")
        assert ids(pilot) == ["o1", "o3"]  # by time again
        await press(pilot, "f", *"ANN", "enter")
        assert ids(pilot) == ["o1"]
        await press(pilot, "f", *"amount >", "enter")
        assert "valid SQL" in text(pilot)


async def test_parentheses_turn_pages(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE_ROWS", 2)
    monkeypatch.setattr(paging, "FIRST_ROWS", paging.RowsWish(most=2))
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "R", "enter", "s", *"order_id", "enter", "right_parenthesis")
        assert ids(pilot) == ["o3"]
        await press(pilot, "right_parenthesis")
        assert "no further rows" in text(pilot)
        await press(pilot, "left_parenthesis")
        assert ids(pilot)[:2] == ["o1", "o2"]


async def test_enter_shows_a_whole_row_and_hostile_text_stays_text(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "R", "enter", "G", "enter")
        assert isinstance(pilot.app.screen, DetailsScreen)
        assert "order_amount" in text(pilot)
        assert not {"\x1b", "\x07", "\u202e"} & set(text(pilot))


async def test_a_digit_leads_to_another_screen_and_r_works_over_an_explanation(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, ExplainScreen)
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, RowsScreen)
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, ScorecardScreen)


async def test_a_segment_of_the_drivers_has_its_own_rows_and_explanation(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "b", *"domain", "enter")
        pilot.app.screen.query_one(SheetTable).go("segment private")
        await press(pilot, "R", "enter")
        assert ids(pilot) == ["o2"]
        await press(pilot, "escape", "escape", "x")
        assert isinstance(pilot.app.screen, ExplainScreen)
        assert "  20.00 " in lines(pilot)[0]  # of the segment, not of the whole


async def test_a_base_measure_of_the_drivers_goes_on_into_segments_and_has_rows(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "v")
        pilot.app.screen.query_one(SheetTable).go("factor paid_amount_sum")
        await press(pilot, "R")
        assert ids(pilot) == ["o1", "o2", "o3"]
        await press(pilot, "escape", "enter", *"domain", "enter")
        assert {"segment private", "segment public"} <= {row.key for row in pilot.app.screen.query_one(SheetTable).rows}
        await press(pilot, "backspace")
        assert pilot.app.screen.query_one(SheetTable).rows[0].key.startswith("factor ")


async def test_r_on_the_data_screen_shows_the_rows_that_did_not_arrive(book: Book) -> None:
    file = book.workspace.root / "orders.csv"
    file.write_text(file.read_text().replace("2026-01-05 11:00:00,2026-01-05 11:00:00", "soon,2026-01-05 11:00:00"))
    async with opened(Book.open(book.workspace.root)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "6", "R")
        assert isinstance(pilot.app.screen, RowsScreen)
        assert ids(pilot) == ["o2"]
        assert "created_at: no date or time" in text(pilot)
        await press(pilot, "escape")
        assert pilot.app.current_mode == "data"


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_rate_and_mix_of_segments_have_room_at_80_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    at_home(tmp_path, monkeypatch)
    sold = orders(
        ("o0", "ann", "2025-11-20 10:00:00", 30.0),  # so that December is whole
        ("o1", "ann", "2025-12-03 10:00:00", 30.0),
        ("o2", "bob", "2025-12-05 11:00:00", 20.0),
        ("o3", "ann", "2026-01-03 10:00:00", 30.0),
        ("o4", "bob", "2026-01-05 11:00:00", 60.0),
    )
    sold[2]["paid_at"] = None  # paid in December: every second one; in January all
    sold[4]["domain"] = "private"
    shop = Shop(tmp_path / "shop").has("orders", sold, complete_until="2026-01-31").says(as_of="2026-01-31")
    role = ROLE.replace("aov", "order_payment_rate")
    async with opened(shop.defines("roles/own.toml", role).book(), spoken=language) as pilot:  # type: ignore[arg-type]
        await press(pilot, "b", *"domain", "enter")
        told = text(pilot)
        assert "pp" in told, told
        assert ("Mix" in told and "Rate" in told) if language == "en" else ("结构" in told and "比率" in told)
