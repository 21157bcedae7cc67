"""The Library screen: shelves in the order of R013, search (R167), details (R016, R026, R027), hostile text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from kpi_tui.definitions.target import TargetKey
from kpi_tui.render.drawn import drawn
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.library import metric_details
from kpi_tui.tui.screens.library.screen import LibraryScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.cells import TextCell
from tests.tui.driving import lines, opened, press, settled, text
from tests.tui.fake_book import PERIOD
from tests.tui.shop_book import MODULES, ShopBook

REST = 2.0  # seconds: longer than a step of the cursor takes on a busy machine


@pytest.fixture(autouse=True)
def _no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metric_details, "DELAY", 0.001)


@asynccontextmanager
async def library(
    size: tuple[int, int] = (80, 24), language: str = "en", book: ShopBook | None = None
) -> AsyncIterator[Pilot[int]]:
    """The app on its Library screen; at the end nothing has crashed."""
    async with opened(book or ShopBook(language), size, spoken=language) as pilot:
        await press(pilot, "3")
        assert isinstance(pilot.app.screen, LibraryScreen)
        yield pilot
        assert pilot.app.error is None


def sheet(pilot: Pilot[int], name: str = "#metrics") -> SheetTable:
    """A list of the library."""
    return pilot.app.screen.query_one(name, SheetTable)


async def shown(pilot: Pilot[int], wanted: str) -> str:
    """The screen once `wanted` stands on it."""
    for _ in range(2000):
        if wanted in text(pilot):
            return text(pilot)
        await pilot.pause(0.01)
    raise AssertionError(f"{wanted!r} never appeared on\n{text(pilot)}")


async def test_r013_the_eight_modules_stand_first_in_their_order_then_the_added_ones() -> None:
    async with library() as pilot:
        rows = [row.key for row in sheet(pilot, "#categories").rows if not row.heading]
        assert rows == ["*", *MODULES, "content"]
        counts = {row.key: drawn(row.cells[1]) for row in sheet(pilot, "#categories").rows if not row.heading}
        assert counts["*"] == "10"
        assert counts["retention"] == "4"
        assert counts["content"] == "2"


async def test_r013_r017_a_metric_shows_both_names_kind_unit_direction_stage_and_formula() -> None:
    async with library() as pilot:
        await press(pilot, "down")
        line = next(line for line in lines(pilot) if "Buy-back rate" in line and "▸" in line)
        for wanted in ("Buy-back rate", "回购率", "ratio", "%", "↑", "ret."):
            assert wanted in line
        assert "= buyback_rate_day_part / buyback_rate_day_whole" in text(pilot)


async def test_choosing_a_module_shows_its_metrics_only() -> None:
    async with library() as pilot:
        await press(pilot, "tab", "down", "down", "down")
        assert sheet(pilot, "#categories").row_key == "revenue"
        assert [row.key for row in sheet(pilot).rows] == ["repeat_amount", "user_payment_amount"]
        await press(pilot, "right")
        assert sheet(pilot).has_focus
        await press(pilot, "left", "enter")
        assert sheet(pilot).has_focus


@pytest.mark.parametrize(("query", "found"), [("购率", "buyback_rate_day"), ("REFUND", "refund_rate"), ("dau", "dau")])
async def test_r167_typing_filters_at_once_in_both_languages(query: str, found: str) -> None:
    async with library() as pilot:
        await press(pilot, "slash")
        assert pilot.app.screen.query_one("#find Input", Input).has_focus
        for character in query:
            await pilot.press(character)
        await settled(pilot)
        assert found in [row.key for row in sheet(pilot).rows]
        assert len(sheet(pilot).rows) < 10


async def test_search_reaches_all_modules_and_escape_leaves_it_with_the_metric_kept() -> None:
    async with library() as pilot:
        await press(pilot, "tab", "down", "tab", "f", *"refund")
        assert sheet(pilot).row_key == "refund_rate"
        await press(pilot, "escape")
        assert pilot.app.screen.query_one("#find Input", Input).value == ""
        assert sheet(pilot).has_focus
        assert sheet(pilot).row_key == "refund_rate"
        assert len([row for row in sheet(pilot).rows if not row.heading]) == 10


async def test_a_burst_of_a_slash_and_letters_is_all_search_and_no_command() -> None:
    book = ShopBook()
    book.targets.set(TargetKey("operations", "dau"), PERIOD, 1.0)
    async with library(book=book) as pilot:
        for key, character in (("slash", "/"), ("u", "u"), ("s", "s"), ("e", "e"), ("r", "r")):
            sheet(pilot).post_message(events.Key(key, character))
        await settled(pilot)
        assert pilot.app.screen.query_one("#find Input", Input).value == "user"
        assert book.targets.pending() != {}


async def test_a_burst_behind_the_slash_on_another_screen_is_all_search() -> None:
    book = ShopBook()
    book.targets.set(TargetKey("operations", "dau"), PERIOD, 1.0)
    async with opened(book) as pilot:  # the search of that screen's own sheet
        for key, character in (("slash", "/"), ("u", "u"), ("s", "s"), ("e", "e"), ("r", "r")):
            pilot.app.post_message(events.Key(key, character))
        for _ in range(100):  # until the letters arrived; a busy machine needs longer
            await settled(pilot)
            found = pilot.app.screen.query("Prompt Input")
            if found and found.first(Input).value == "user":
                break
            await pilot.pause(0.1)
        assert pilot.app.screen.query_one("Prompt Input", Input).value == "user"
        assert book.targets.pending() != {}


async def test_enter_and_down_go_from_the_search_line_to_the_results() -> None:
    for key in ("enter", "down"):
        async with library() as pilot:
            await press(pilot, "slash", "r", "a", key)
            assert sheet(pilot).has_focus


async def test_a_search_without_results_says_why_details_cannot_open() -> None:
    async with library() as pilot:
        await press(pilot, "slash", *"zzzz", "enter", "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "0 metrics" in text(pilot)
        await pilot.app.run_action("command('library.details')")
        assert "Escape shows all of them" in text(pilot)


async def test_details_at_80_columns_are_an_opaque_screen_and_explain_opens_from_it() -> None:
    async with library() as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, DetailsScreen)
        drawn = await shown(pilot, "21.4 %")
        for wanted in (
            "Buy-back rate 回购率",
            "buyback_rate_day",
            "What Buy-back rate means.",
            "higher is better",
            "Nobody bought: no number",
            "≥ 25.0 % a good shop [004]",
            "Retention · Activity and retention",
            "city, channel",
            "better for analysis than for appraisal",
            "Operations",
            "orders",
            "churn_days = 90",
            "2026-05 … 2026-10",
        ):
            assert wanted in drawn
        await press(pilot, "tab", "j", "k", "shift+tab", "x")
        assert isinstance(pilot.app.screen, ExplainScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_x_explains_from_the_list() -> None:
    async with library() as pilot:
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, ExplainScreen)


async def test_details_at_120_columns_stand_beside_the_list_and_follow_the_cursor() -> None:
    async with library((120, 40)) as pilot:
        await press(pilot, "down")
        drawn = await shown(pilot, "21.4 %")
        assert "What Buy-back rate means." in drawn
        await press(pilot, "down")
        assert "What Second purchase" in await shown(pilot, "18.9 %")


async def test_a_metric_without_a_number_shows_the_reason_and_what_is_missing() -> None:
    async with library((120, 40)) as pilot:
        sheet(pilot).go("retention_d30")
        await shown(pilot, "known later")
        await shown(pilot, "needs table events")
        assert next(row for row in sheet(pilot).rows if row.key == "retention_d30").cells[0] == TextCell("○", "muted")


class Failing(ShopBook):
    """A book whose values cannot be computed."""

    def values(self, *args: object, **options: object) -> list[object]:  # type: ignore[override]
        from kpi_tui.definitions.issue import EngineError

        raise EngineError("orders.csv row 7 [bold]breaks[/] the sum")


async def test_a_failing_metric_says_so_in_its_place() -> None:
    async with library((120, 40), book=Failing()) as pilot:
        await press(pilot, "down")
        assert "[bold]breaks[/]" in await shown(pilot, "row 7")


async def test_chinese_leads_with_the_chinese_name() -> None:
    async with library(language="zh") as pilot:
        await press(pilot, "down")
        line = next(line for line in lines(pilot) if "▸" in line and "回购率" in line)
        assert line.index("回购率") < line.index("Buy-back")
        await press(pilot, "enter")
        assert "≥ 25.0 % 好店铺 [004]" in await shown(pilot, "21.4 %")


@pytest.mark.sampled(8, keep=(0, 2, 5, 7))
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16), (44, 14)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_hostile_text_and_small_terminals_keep_every_line_whole(size: tuple[int, int], language: str) -> None:
    async with library(size, language) as pilot:
        sheet(pilot).go("articles")
        await settled(pilot)
        await press(pilot, "enter")
        for _screen in range(2):
            drawn = lines(pilot)
            assert all(cell_len(line) == size[0] for line in drawn)
            assert all(line.isprintable() for line in drawn)
            assert "[bold red]" in "".join(drawn)
            await press(pilot, "escape")


async def test_the_number_of_a_metric_is_computed_after_a_rest_not_on_every_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metric_details, "DELAY", REST)
    asked: list[str] = []
    book = ShopBook()
    real = book.numbers.values
    book.numbers.values = lambda metrics, *args, **options: (asked.extend(metrics), real(metrics, *args, **options))[1]  # type: ignore[method-assign]
    async with library(book=book) as pilot:
        await press(pilot, "down", "down", "down")
        assert asked == []
        await pilot.pause(REST + 0.1)
        await settled(pilot)
        assert len(asked) == 1


async def test_r008_the_details_show_the_settings_in_force_of_the_metric_they_touch_only() -> None:
    async with library((120, 40)) as pilot:
        await press(pilot, "f", *"dau", "enter")
        assert "churn_days = 90" in await shown(pilot, "Settings")
    async with library((120, 40)) as pilot:
        await press(pilot, "f", *"refund", "enter")
        assert "churn_days" not in await shown(pilot, "Service")


async def test_n_goes_to_the_next_metric_that_was_found_and_around_the_end() -> None:
    async with library() as pilot:
        await press(pilot, "n")
        assert "Nothing was looked for yet" in text(pilot)
        await press(pilot, "slash", *"rate", "enter")
        found = [row.key for row in sheet(pilot).rows]
        assert len(found) > 1
        seen = [sheet(pilot).row_key]
        for _again in found:
            await press(pilot, "n")
            seen.append(sheet(pilot).row_key)
        assert seen == [*found, found[0]]
        await press(pilot, "N")
        assert sheet(pilot).row_key == found[-1]
