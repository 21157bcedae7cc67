"""Screen 8 with the private domain: four factors, bands of the steps, user assets, findings, cautions; hostile text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from kpi_tui.definitions.answers.baseline import Band, Baseline
from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.definitions.answers.page import (
    Assessment,
    BaselineRow,
    BaselinesFound,
    BreakdownFound,
    BreakdownRow,
    ContributionLayer,
    DriversFound,
    FindingsFound,
    Found,
    LayersFound,
    MetricsFound,
    PageAnswer,
    SectionAnswer,
    TextFound,
)
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Benchmark
from kpi_tui.definitions.library.page import Page
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.render.copied_text import row_text
from kpi_tui.text.phrase import translate
from kpi_tui.tui.keys.action import PAGE
from kpi_tui.tui.keys.registry import in_scope, keys_of
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.drivers.screen import DriversScreen
from kpi_tui.tui.screens.page.notes import PageNotes
from kpi_tui.tui.screens.page.screen import PageScreen
from kpi_tui.tui.screens.rows.screen import RowsScreen
from kpi_tui.tui.widgets.charted_sheet import ChartPane
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.page.page import page
from kpi_tui.views.view import ADVICE
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.load import load
from tests.tui.driving import lines, opened, press, text
from tests.tui.fake_book import HOSTILE, PERIOD, FakeBook


def value(metric: str, number: float | None, unit: str = "count", period: Period = PERIOD) -> Value:
    return Value(metric, period, number, None if number is not None else Reason.PENDING, unit=unit)


def private_page() -> Page:
    """The shipped page."""
    loaded = load(shipped_config(), validate=False)
    assert loaded.workspace is not None
    return loaded.workspace.pages["private"]


def product(period: Period) -> Drivers:
    """1000 × 0.5 × 0.1 × 100 = 5000 against 1000 × 0.5 × 0.08 × 100 = 4000: only the third factor moved."""
    factors = (
        Driver("dau", 1000.0, 1000.0, 0.0),
        Driver("read_rate", 0.5, 0.5, 0.0),
        Driver("buyback_rate_day", 0.08, 0.1, 1000.0),
        Driver("repeat_amount", 100.0, 100.0, 0.0),
    )
    sales = value("user_payment_amount", 5000.0, "currency", period)
    before = value("user_payment_amount", 4000.0, "currency", period.previous())
    return Drivers("private_domain", "", "shapley", sales, before, 1000.0, factors)


def line(period: Period, segment: str | None, unit: str = "count", **cells: float) -> BreakdownRow:
    return BreakdownRow(segment, {name: value("", number, unit, period) for name, number in cells.items()})


def domain(period: Period) -> PageAnswer:
    """A made-up private domain on the shipped page."""
    usual = Baseline(value("read_rate", 0.3, "percent", period), Band(0.5, 0.45, 0.55, 6), "below")
    step = BaselineRow("read_rate", usual, Benchmark(">=", 0.4, 0.5), "below", 200.0, 60.0, ("orders",))
    total = replace(line(period, None, start=100.0, added=20.0, lost=5.0, end=115.0), balances=True)
    hostile = replace(line(period, HOSTILE, start=100.0, added=20.0, lost=5.0, end=116.0), balances=False)
    variant = replace(line(period, "summer", "currency", revenue=900.0, cost=300.0, roi=3.0), best=True)
    found: dict[str, Found] = {
        "findings": FindingsFound((
            Assessment("R095", "good", {"ltv_cac": Quantity(3.4, "ratio")}), Assessment("R096", "bad", {}),
            Assessment("R103", "observing", {}),
        )),
        "product": DriversFound(product(period), 0.0),
        "stage": TextFound(None, 25, "startup"),
        "steps": BaselinesFound((step,)),
        "assets": BreakdownFound((total, hostile)),
        "layers": LayersFound((ContributionLayer("top", 2, 800.0, 0.8),), "currency"),
        "variants": BreakdownFound((variant,)),
        "growth": MetricsFound((value("new_users", 87.0),)),
        "health": MetricsFound(()),
        "cautions": TextFound(),
    }  # fmt: skip
    page = private_page()
    sections = tuple(SectionAnswer(one, found[one.id]) for one in page.sections if one.id in found)
    return PageAnswer(page, period, sections, {"retention_d30": "needs the table friends"})


ALONE = (118, 40)
"""Wide, and not yet with a chart beside it."""


class PrivateBook(FakeBook):
    """A made-up private domain; `lack` is why there is none."""

    def __init__(self, lack: str = "") -> None:
        super().__init__()
        self.workspace = replace(self.workspace, pages={"private": private_page()})
        self.lack, self.private_asked = lack, 0
        self.drivers = SimpleNamespace(of=lambda _subject, period, **_how: product(period))
        self.pages = SimpleNamespace(of=self.page, all=lambda: self.workspace.pages)

    def page(self, page: str, period: Period, *, progress=None) -> PageAnswer:
        self.private_asked += 1
        if self.lack:
            raise UsageError(self.lack)
        return replace(domain(period), page=self.workspace.pages[page])


@asynccontextmanager
async def private(
    size: tuple[int, int] = (80, 24), language: str = "en", book: PrivateBook | None = None
) -> AsyncIterator[Pilot[int]]:
    async with opened(book or PrivateBook(), size, spoken=language) as pilot:
        await press(pilot, "8")
        assert isinstance(pilot.app.screen, PageScreen)
        yield pilot
        assert pilot.app.error is None


def row(pilot: Pilot[int], wanted: str) -> str:
    return next(line for line in lines(pilot) if wanted in line)


async def test_the_product_shows_which_factor_moved_and_that_the_parts_sum_to_the_change() -> None:
    async with private(ALONE) as pilot:
        moved = row(pilot, "Buy-back rate")
        assert moved.split()[:1] == ["▲"] or "▲" in moved
        assert "+¥1,000" in moved and "━" in moved.split("│")[1]
        assert "+¥1,000" in row(pilot, "= User payment amount")


async def test_a_step_stands_against_its_own_mean_and_the_market_with_glyph_and_words() -> None:
    async with private(ALONE) as pilot:
        shown = row(pilot, "40.0…50.0 %")
        for wanted in ("○", "30.0 %", "50.0 %", "200", "below the usual", "below the market"):
            assert wanted in shown


async def test_assets_show_start_added_lost_end_and_mark_a_row_that_does_not_add_up() -> None:
    async with private(ALONE) as pilot:
        total = row(pilot, "total")
        assert total.split() == ["total", "100", "20", "5", "115"]
        assert "◐" in row(pilot, "116") and "does not add up" in row(pilot, "116")


@pytest.mark.parametrize(("number", "stands"), [(0.5, True), (None, False)])
def test_why_two_rates_of_buyers_differ_stands_on_the_page_where_they_are_known(
    number: float | None, stands: bool
) -> None:
    """What has paid by now and what every customer had the days for: 9.5 % beside a usual 20.7 %."""
    answer = domain(PERIOD)
    (words,) = [one for one in answer.page.sections if one.id == "pay_so_far"]
    told = SectionAnswer(words, TextFound(value("service_success_rate", number, "percent")))
    made = page(replace(answer, sections=(*answer.sections[:5], told)), PrivateBook().workspace)
    said = [translate(note.word) for note in made.sheets[-1].notes if note.key == ADVICE]
    assert any(one.startswith("Step 4 counts who has paid by now.") for one in said) is stands


async def test_findings_stand_first_with_their_glyphs_and_only_the_bad_one_is_coloured() -> None:
    async with private() as pilot:
        for mark, words in (("●", "The business stands"), ("○", "Not sustainable"), ("◐", "observing")):
            assert mark in row(pilot, words)
        assert "start-up, day 25" in text(pilot)


async def test_enter_explains_the_metric_x_shows_its_drivers_d_the_cautions() -> None:
    async with private() as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExplainScreen)
        await press(pilot, "escape", "d")
        assert isinstance(pilot.app.screen, PageNotes)
        assert "☐" in row(pilot, "Fix the purpose first.") and "needs the table friends" in text(pilot)
        await press(pilot, "escape", "v")
        assert isinstance(pilot.app.screen, DriversScreen)
        assert pilot.app.screen.subject == "dau"


async def test_what_is_copied_of_a_sorted_section_is_what_it_says_without_the_mark_of_its_order() -> None:
    """Assets: start, added, lost, end of the total and one segment; sorted by the end the heading reads `End ▼`."""
    async with private((120, 40)) as pilot:
        copied: list[str] = []
        pilot.app.copy_to_clipboard = copied.append
        sheet = pilot.app.screen.sheet_in_use()
        await press(pilot, "Y")
        sheet.go(next(one.key for one in sheet.rows if "116" in row_text(one, sheet.rows, sheet.columns)))
        await press(pilot, "s", *"End", "enter")
        assert "End ▼" in row(pilot, "Start")
        await press(pilot, "Y")
        before, after = (set(said.splitlines()) for said in copied)
        assert before == after and not any("End ▼" in said for said in after)


async def test_a_row_that_is_no_metric_says_so_and_the_footer_offers_what_works_there() -> None:
    """Enter leads to the rows that a segment was counted from, as R does; v has nothing to take apart."""
    async with private() as pilot:
        assert "v drivers" in lines(pilot)[-1]
        pilot.app.screen.query_one(SheetTable).go("assets None")
        await press(pilot, "v")
        assert "no metric of the library" in text(pilot) and "v drivers" not in lines(pilot)[-1]
        assert "Enter explain" in lines(pilot)[-1]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RowsScreen)


async def test_a_workspace_without_the_private_library_says_what_to_write() -> None:
    async with private(book=PrivateBook('write extends = "standard" into workspace.toml')) as pilot:
        assert 'extends = "standard"' in text(pilot)


async def test_another_language_asks_nothing_another_period_does() -> None:
    book = PrivateBook()
    async with private(book=book) as pilot:
        await press(pilot, "L")
        assert book.private_asked == 1
        await press(pilot, "left_square_bracket")
        assert book.private_asked == 2


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_period_stands_whole_at_the_edge_after_a_resize_too(size: tuple[int, int]) -> None:
    async with private((80, 24)) as pilot:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert row(pilot, "‹ 2026-10 ›").rstrip().endswith("month")
        assert cell_len(row(pilot, "‹ 2026-10 ›").rstrip()) == size[0] - 1


async def test_another_page_begins_at_its_first_row() -> None:
    book = PrivateBook()
    first = book.workspace.pages["private"]
    other = replace(first, id="other", name=Text("Other"))
    book.workspace = replace(book.workspace, pages={"private": first, "other": other})
    async with private(book=book) as pilot:
        table = pilot.app.screen.query_one("#page", SheetTable)
        await press(pilot, "G")
        assert table.cursor > len(table.rows) - 4
        await press(pilot, "c", *"Other", "enter")
        assert book.private_asked == 2
        assert table.cursor == next(at for at, one in enumerate(table.rows) if one.kind != "heading")


@pytest.mark.sampled(6, keep=(0, 3, 4))
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_every_size_and_language_shows_whole_lines_without_control_characters(
    size: tuple[int, int], language: str
) -> None:
    async with private(size, language) as pilot:
        await press(pilot, "end")
        for line in lines(pilot):
            assert cell_len(line) == size[0]
            assert not set(line) & set("\x1b\x07\x9b\u202e\u200b")


@pytest.mark.parametrize("command", in_scope(PAGE), ids=lambda command: command.id)
async def test_every_command_of_the_private_domain_does_something_on_its_keys(command) -> None:
    for key in keys_of(command, {}):
        async with private() as pilot:
            before = text(pilot)
            await press(pilot, *key.split())
            assert text(pilot) != before, key


async def test_v_lays_the_chart_of_the_line_below_the_sheet_and_a_wide_screen_has_it_beside() -> None:
    """The factors of the product: what a waterfall hangs between its two totals."""
    async with private() as pilot:
        assert not any("▓" in line for line in lines(pilot))
        pilot.app.screen.query_one("#page", SheetTable).go("metric buyback_rate_day")
        await press(pilot, "V")
        assert any("▓" in line for line in lines(pilot))
        await press(pilot, "V")
        assert not any("▓" in line for line in lines(pilot))
    async with private((120, 40)) as pilot:
        pilot.app.screen.query_one("#page", SheetTable).go("metric buyback_rate_day")
        await pilot.pause()
        beside = [line for line in lines(pilot) if "▓" in line]
        assert beside and all(line.index("▓") > 78 for line in beside)


async def test_a_page_without_a_chart_has_its_notes_in_the_place_of_one() -> None:
    book = PrivateBook()
    async with private(size=(120, 40), book=book) as pilot:
        screen = pilot.app.screen
        assert screen.query_one(ChartPane).display and not screen.query_one("#notes").display
        screen.shown = replace(screen.shown, charts=())
        screen._show_beside()
        await pilot.pause()
        assert not screen.query_one(ChartPane).display and "There is no chart" not in text(pilot)
