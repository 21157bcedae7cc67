"""Screen 5 Drivers: the contributions of the issue from raw rows, methods, drilling, choosing, hostile names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.render.drawn import drawn
from kpi_tui.tui.keys.action import DRIVERS
from kpi_tui.tui.keys.registry import in_scope, keys_of
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.drivers.screen import DriversScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.chain_shop import at_home
from tests.tui.driving import lines, opened, press, text
from tests.tui.fake_book import HOSTILE
from tests.unit.analysis.day_shop import day_shop
from tests.workspaces import Shop, orders

# visits 10000 -> 12000, orders / visits .05 -> .04, paid / orders 80 -> 90
DAYS = [("2026-02-01", 10_000, 500, 40_000.0), ("2026-03-10", 12_000, 480, 43_200.0)]
PARTS = {"shapley": [7633, -9367, 4933], "lmdi": [7581, -9278, 4897], "substitution": [8000, -9600, 4800]}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    at_home(tmp_path, monkeypatch)
    return day_shop(Shop(tmp_path / "shop"), DAYS, as_of="2026-03-31").says(north_star="gmv").book()


def row(pilot: Pilot[int], wanted: str) -> str:
    return next(line for line in lines(pilot)[3:] if wanted in line)


def parts(pilot: Pilot[int]) -> list[int]:
    """The contributions of the factors as they are shown, rounded."""
    texts = [
        drawn(line.cells[5]) for line in pilot.app.screen.query_one(SheetTable).rows if line.key.startswith("factor ")
    ]
    return [round(float(text.replace("−", "-").replace(",", ""))) for text in texts]


async def test_the_three_methods_show_the_printed_contributions_and_their_sum(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        assert isinstance(pilot.app.screen, DriversScreen)
        for printed in PARTS.values():
            assert parts(pilot) == printed
            assert "+3,200" in row(pilot, "= ")
            await press(pilot, "M")
        assert parts(pilot) == PARTS["shapley"]


async def test_falls_hang_left_of_zero_and_rises_right_each_with_its_glyph(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        fall, rise = row(pilot, "▼ Rate"), row(pilot, "▲ Value")
        assert "▼" in fall and fall.rindex("━") < fall.rindex("│")
        assert "▲" in rise and rise.index("━") > rise.rindex("│")


async def test_the_tree_stands_below_with_the_largest_change_first(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "c", *"goal", "enter")
        nodes = [line.key for line in pilot.app.screen.query_one(SheetTable).rows if line.key.startswith("node ")]
        assert [key.removeprefix("node ") for key in nodes] == ["paid", "rate", "visits", "value"]
        assert "▼ 1.0 pp" in row(pilot, "» Rate")  # 5.0 % → 4.0 %


async def test_b_on_a_tree_takes_the_metric_under_the_cursor_apart(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "c", *"goal", "enter")
        pilot.app.screen.query_one(SheetTable).go("node rate")
        await press(pilot, "b")
        assert _choosing(pilot) or "No further column" in text(pilot)


def _choosing(pilot: Pilot[int]) -> bool:
    return isinstance(pilot.app.screen, ChoiceScreen)


async def test_enter_takes_a_factor_apart_and_backspace_leads_back(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        pilot.app.screen.query_one(SheetTable).go("factor rate")
        await press(pilot, "enter")
        assert pilot.app.screen.subject == "rate"
        await press(pilot, "enter")  # a base measure goes on into segments
        assert isinstance(pilot.app.screen, ChoiceScreen) or "No further column" in text(pilot)
        await press(pilot, "backspace")
        assert pilot.app.screen.subject == "gmv"
        await press(pilot, "backspace")
        assert pilot.app.current_mode == "design"  # the screen before: a workspace without a role begins there


async def test_s_takes_the_metrics_inside_the_formula_apart(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "i")
        keys = {line.key for line in pilot.app.screen.query_one(SheetTable).rows}
        assert {"factor visit_sum", "factor order_sum", "factor paid_sum"} <= keys


async def test_x_explains_the_number_under_the_cursor(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "x")
        assert isinstance(pilot.app.screen, ExplainScreen)


async def test_a_period_before_the_data_says_why_nothing_can_be_split(book: Book) -> None:
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "left_square_bracket")
        assert "has no number in 2026-01" in text(pilot)


async def test_a_running_period_names_the_keys_that_lead_to_one_that_can_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(tmp_path, monkeypatch)
    running = day_shop(Shop(tmp_path / "shop"), DAYS, as_of="2026-03-20").says(north_star="gmv").book()
    async with opened(running, size=(120, 40)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        told = " ".join(text(pilot).split())
        assert "same days instead: g8 shows the last 28 days, [ the period before" in told


async def test_without_a_north_star_the_screen_names_the_key_that_chooses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(tmp_path, monkeypatch)
    book = day_shop(Shop(tmp_path / "shop"), DAYS, as_of="2026-03-31").says(north_star="").book()
    async with opened(book) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        assert "c chooses a metric" in text(pilot)
        await press(pilot, "c", *"gmv", "enter")
        assert parts(pilot) == PARTS["shapley"]


@pytest.mark.sampled(6, keep=(0, 3, 4))
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_every_size_and_language_shows_whole_lines(book: Book, size: tuple[int, int], language: str) -> None:
    async with opened(book, size, spoken=language) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        assert all(cell_len(line) == size[0] for line in lines(pilot))
        assert "−9,366.67" in text(pilot)


async def test_hostile_names_are_shown_as_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)
    name = HOSTILE.encode("unicode_escape").decode().replace("\\x", "\\u00")
    shop = day_shop(Shop(tmp_path / "shop"), DAYS, as_of="2026-03-31").says(north_star="bad")
    shop.defines(
        "metrics/bad.toml",
        f'[metrics.bad]\nname = "{name}"\ncategory = "own"\nformula = "visits * value"\n'
        'kind = "absolute"\nunit = "count"\nbetter = "higher"\ngrain = "day"\ngrains = ["day", "month"]\n',
    )
    async with opened(shop.book()) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5")
        assert "[bold red]x[/]" in text(pilot)
        assert not set(text(pilot)) & set("\x1b\x07\x9b\u202e\u200b")


@pytest.mark.parametrize("command", in_scope(DRIVERS), ids=lambda command: command.id)
async def test_every_command_of_the_drivers_does_something_on_its_keys(book: Book, command) -> None:
    for key in keys_of(command, {}):
        async with opened(book) as pilot:  # type: ignore[arg-type]
            await press(pilot, "5")
            before = text(pilot)
            await press(pilot, *key.split())
            assert text(pilot) != before, key


@pytest.fixture
def sales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """September: shop A 100 in public, 60 private, B 50. October: A 80 private, B 120 public."""
    at_home(tmp_path, monkeypatch)
    sold = [
        ("o1", "2026-09-01", 100, "A", "public"),
        ("o2", "2026-09-20", 60, "A", "private"),
        ("o3", "2026-09-28", 50, "B", "public"),
        ("o4", "2026-10-03", 80, "A", "private"),
        ("o5", "2026-10-15", 120, "B", "public"),
    ]
    rows = [
        orders((id_, "u1", f"{day}T10:00:00", amount), channel_id=channel)[0] | {"domain": domain}
        for id_, day, amount, channel, domain in sold
    ]
    shop = Shop(tmp_path / "shop").says(north_star="paid_amount", as_of=date(2026, 10, 31))
    return shop.has("orders", rows, complete_until="2026-10-31").book()


async def test_b_takes_a_number_apart_by_a_column_and_enter_goes_into_a_segment(sales: Book) -> None:
    """-10 in all: A -80, B +70; inside A public -100, private +20."""
    async with opened(sales) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "b", *"channel_id", "enter")
        assert "Paid amount › Channel" in text(pilot)
        assert [line.key for line in pilot.app.screen.query_one(SheetTable).rows] == [
            "segment A",
            "segment B",
            "total paid_amount",
        ]
        assert "−80.00" in row(pilot, "▼ A") and "+70.00" in row(pilot, "▲ B")
        await press(pilot, "enter", *"domain", "enter")
        assert "Paid amount › Channel A › Traffic domain" in text(pilot)
        assert "−100.00" in row(pilot, "▼ public") and "+20.00" in row(pilot, "▲ private")
        await press(pilot, "M")
        assert "Backspace leads back to the factors" in text(pilot)
        await press(pilot, "backspace")
        assert "Paid amount › Channel" in text(pilot) and "−80.00" in row(pilot, "▼ A")
        await press(pilot, "backspace")
        assert "Paid amount ›" not in text(pilot)


async def test_b_in_the_library_leads_to_the_segments_of_that_metric(sales: Book) -> None:
    async with opened(sales) as pilot:  # type: ignore[arg-type]
        await press(pilot, "3", "slash", *"paid_amount", "enter")
        pilot.app.screen.query_one(SheetTable).go("metric paid_amount")
        await press(pilot, "b", *"domain", "enter")
        assert isinstance(pilot.app.screen, DriversScreen)
        assert "Paid amount › Traffic domain" in text(pilot)
        assert "−30.00" in row(pilot, "▼ public") and "+20.00" in row(pilot, "▲ private")


async def test_the_way_into_a_segment_calls_it_by_its_name(sales: Book) -> None:
    async with opened(sales, spoken="zh") as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "b", *"domain", "enter", "enter", *"channel_id", "enter")
        assert "› 流量域 公域 › 渠道" in text(pilot)
        assert "public" not in text(pilot)
