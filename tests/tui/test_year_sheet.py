"""The sheet of a year over the real Book: edited across, scrolled sideways, filled by a pasted block (R009, R038)."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.book.targets.year_sheets import YearSheets
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from tests.tui.driving import burst, lines, opened, press, settled, text
from tests.workspaces import Shop, orders

PAID, ARPPU = TargetKey("ops", "paid_amount"), TargetKey("ops", "arppu")
ROLE = """
[roles.ops]
name = "Ops"
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "arppu"
weight = 40
[roles.shop]
name = "Shop"
[[roles.shop.lines]]
metric = "buyback_rate_day"
weight = 100
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """100 a month paid up to October; the year shall bring 1,500, November 200, December 400."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shop = Shop(tmp_path / "shop").says(as_of="2026-11-01")
    rows = [(f"o{month}", "u", f"2026-{month:02d}-01 10:00:00", 100.0) for month in range(1, 11)]
    shop.has("orders", orders(*rows), complete_until="2026-11-01").defines("roles/ops.toml", ROLE)
    found = shop.book(who="ann")
    found.targets.set_all({"2026": {PAID: 1500.0}, "2026-11": {PAID: 200.0}, "2026-12": {PAID: 400.0}}, "plan")
    found.targets.save()
    return found


def now(pilot: Pilot[int], key: TargetKey, period: str) -> float | None:
    found = pilot.app.book.targets.of(Period.parse(period)).get(key)
    return found.value if found else None


def cell(pilot: Pilot[int]) -> tuple[str, str]:
    sheet = pilot.app.screen.query_one("#year", TargetSheet)
    return sheet.row_key, sheet.column_key


async def paste(pilot: Pilot[int], block: str) -> None:
    pilot.app.focused.post_message(events.Paste(block))
    await settled(pilot)


async def test_what_comes_after_one_went_on_to_a_month_is_not_shown(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, year = threading.Event(), YearSheets.actuals

    def slow(*args: Any, **more: Any) -> Any:
        gate.wait(30)
        return year(*args, **more)

    monkeypatch.setattr(YearSheets, "actuals", slow)
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4")
        for key in "gygm":
            await pilot.press(key)
        gate.set()
        await settled(pilot)
        assert "2026-11" in text(pilot) and "✗" not in text(pilot)
        await press(pilot, "g", "y")
        assert "in months" in text(pilot) and "✗" not in text(pilot)


async def test_the_year_stands_across_with_what_is_needed_and_enter_goes_along_it(book: Book) -> None:
    """1,000 of 1,500 are done, 250 a month are needed; November raised to 250 makes 650 of the two."""
    async with opened(book, size=(120, 24)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "g", "y")
        assert cell(pilot) == ("ops/paid_amount", "2026-11"), "the first month that is not over"
        (row,) = [line for line in lines(pilot) if "Paid amount" in line and "▸" in line]
        assert row.split()[-3:] == ["—", "200.00", "400.00"]
        assert all(word in row for word in ("1.5k", "1.0k", " 250.00 ", "▼≠")), (
            "behind, and the months do not come to it"
        )
        assert "250.00 still needed in each of the 2 periods left" in text(pilot)
        await press(pilot, *"e250", "enter")
        assert cell(pilot) == ("ops/paid_amount", "2026-12")
        assert now(pilot, PAID, "2026-11") == 250
        assert "▼≠" in text(pilot)
        await press(pilot, "enter", "enter")
        assert cell(pilot) == ("ops/arppu", "2026-01"), "behind December the next line begins"
        await press(pilot, "w")
        assert Book.open(book.workspace.root, draft=False).targets.saved("2026-11")[PAID].value == 250


async def test_the_cell_that_is_typed_into_is_the_one_under_the_cursor(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "g", "y", *"e210", "enter", "down", *"e30", "enter")
        assert (now(pilot, PAID, "2026-11"), now(pilot, ARPPU, "2026-12")) == (210, 30)
        assert now(pilot, PAID, "2026-12") == 400


async def test_a_line_walked_to_in_the_same_read_is_the_one_that_is_typed_into(book: Book) -> None:
    """Down, e, 30, Enter typed at once: the cursor has moved before the cell is opened."""
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "g", "y")
        await burst(pilot, "down", "right", *"e30", "enter")
        assert (now(pilot, ARPPU, "2026-12"), now(pilot, PAID, "2026-11")) == (30, 200)


@pytest.mark.parametrize(("size", "months"), [((80, 24), 5), ((120, 40), 9), ((200, 50), 12)])
async def test_what_matters_stands_fixed_and_the_months_scroll(book: Book, size: tuple[int, int], months: int) -> None:
    """1,500 of the year, 1,000 done, 250 needed a month; an even share up to October would be 1,250: behind."""
    async with opened(book, size=size) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "g", "y")
        (head,) = [line for line in lines(pilot) if "Metric" in line]
        (row,) = [line for line in lines(pilot) if "Paid amount" in line and "▸" in line]
        assert all(word in head for word in ("2026", "Done", "Needed", "±"))
        shown = [word for word in head.replace("2026-", "").split() if word.isdigit() and len(word) == 2]
        assert len(shown) >= months and "12" in shown
        assert ("‹" in head) is (len(shown) < 12)
        assert ("1.5k" if len(shown) < 12 else "1,500.00") in row and " 250.00 " in row and "▼≠" in row
        await press(pilot, *["left"] * 10)
        (head,) = [line for line in lines(pilot) if "Metric" in line]
        assert "01" in head.replace("2026-", "") and "Done" in head and ("›" in head) is (len(shown) < 12)


async def test_a_narrow_screen_scrolls_the_months_and_keeps_the_names(book: Book) -> None:
    async with opened(book, size=(60, 24)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "g", "y")
        for _step in range(10):
            await press(pilot, "left")
        assert cell(pilot)[1] == "2026-01"
        assert "Paid amount" in text(pilot) and "2026-01" in text(pilot) and "2026-12" not in text(pilot)
        await press(pilot, "left")
        assert cell(pilot)[1] == "2026", "the whole year stands before its months"
        await press(pilot, *"e1600", "enter")
        assert now(pilot, PAID, "2026") == 1600
        await press(pilot, "c")
        assert "in quarters" in text(pilot) and "2026-Q4" in text(pilot)


async def test_a_block_from_a_spreadsheet_fills_cells_and_names_what_it_cannot(book: Book) -> None:
    """Two lines by two months from November on; a third month and a third line have no place, `abc` is no number."""
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "g", "y")
        await paste(pilot, "1,250\t¥300\t9\r\n\tabc\r\n7\t\r\n")
        assert (now(pilot, PAID, "2026-11"), now(pilot, PAID, "2026-12")) == (1250, 300)
        shown = text(pilot)
        assert "row 1, column 3 of the block" in shown and "row 3, column 1 of the block" in shown and "abc" in shown
        assert "shop" not in {key.role for _period, key in pilot.app.book.targets.pending()}
        await press(pilot, "escape")
        assert "Filled 2 cells" in text(pilot) and "3 refused" in text(pilot)
        await press(pilot, "u")
        assert pilot.app.book.targets.pending() == {}


async def test_a_block_fills_the_lines_of_a_role_on_the_ordinary_sheet_too(book: Book) -> None:
    """October is over: saving asks for a reason. The second role is not touched, and 3万 is no rate."""
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "left_square_bracket")
        await paste(pilot, "110\n12\n13\n")
        october = pilot.app.book.targets.of(Period.parse("2026-10"))
        assert {key: one.value for key, one in october.items()} == {PAID: 110, ARPPU: 12}
        assert "row 3, column 1 of the block" in text(pilot)
        await press(pilot, "escape")
        assert "Filled 2 cells" in text(pilot) and "1 refused" in text(pilot)
        await press(pilot, "w")
        assert "A period that is over changes. Why?" in text(pilot)
        await press(pilot, "escape", "end")
        await paste(pilot, "3万\n-\n")
        assert len(pilot.app.book.targets.pending()) == 2
        assert "30,000" in text(pilot)


async def test_r009_taking_back_what_was_saved_in_a_period_that_is_over_asks_why(book: Book) -> None:
    """Esc leaves it as it was saved; with a reason it is taken back, and the history says the reason."""
    october = Period.parse("2026-10")
    book.targets.set_all({october.id: {PAID: 110.0}}, "plan")
    book.targets.save("agreed late")
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "u")
        assert "A period that is over changes. Why?" in text(pilot)
        await press(pilot, "escape")
        assert pilot.app.book.targets.saved(october)[PAID].value == 110
        await press(pilot, "u", *"mistyped", "enter")
        assert "Taken back" in text(pilot)
        assert pilot.app.book.targets.saved(october) == {}
        last = pilot.app.book.targets.history()[-1]
        assert (last.kind, last.late, last.why) == ("undo", True, "mistyped")
