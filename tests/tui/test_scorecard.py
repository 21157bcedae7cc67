"""The scorecard screen: numbers, the weak line, roles, periods, explanations, hostile text, sizes."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.packed import packed
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.scorecard.screen import ScorecardScreen
from kpi_tui.tui.screens.scorecard.why_not import why_not
from kpi_tui.tui.widgets.view_content import content
from kpi_tui.views.cells import Point, Series
from kpi_tui.views.charts import LineChart
from kpi_tui.views.view import View
from tests.tui.driving import burst, lines, opened, press, settled, text
from tests.tui.fake_book import PERIOD, FakeBook, Row
from tests.tui.shop_book import ShopBook


def row(pilot, name: str) -> str:
    """The board's line that names a metric."""
    return next(line for line in lines(pilot)[5:] if name in line)


async def test_a_line_shows_glyph_actual_target_bar_attainment_weight_points_change_and_trend():
    async with opened() as pilot:
        line = row(pilot, "Second purchase rate")
        for part in ("●", "18.9 %", "18.0 %", " ━━━━━ ", "105%", "25", "▲0.9pp", "▆▇▇▇▇▇"):  # 18.0 % → 18.9 %
            assert part in line
        assert "◐" in row(pilot, "Daily active users") and "9,214" in row(pilot, "Daily active users")


async def test_the_head_shows_both_names_the_period_the_days_covered_the_score_and_its_change():
    async with opened() as pilot:
        first, second = lines(pilot)[1:3]
        assert "Operations 运营岗" in first and "‹ 2026-10 ›  month · 31 of 31 days" in first
        assert "Score 90.36 / 100  ▼ 3.10" in second and "━━━" in second


async def test_the_weak_line_is_named_with_its_gain_and_the_cursor_starts_on_it():
    async with opened() as pilot:
        assert "○ Buy-back rate is the weak line by gain: meeting its target adds 7.07 points." in text(pilot)
        assert row(pilot, "Buy-back rate").startswith("▸ ○")


async def test_the_north_star_bonus_and_balance_are_shown():
    async with opened() as pilot:
        assert "── north star ──" in text(pilot) and "1,204,311" in row(pilot, "User payment amount")
        assert "Bonus −10 %  (below 100)" in text(pilot)
        assert "Balance 45 % absolute · 55 % ratio · balanced" in text(pilot)


async def test_an_unknown_number_is_a_dash_with_its_reason_and_never_zero():
    async with opened() as pilot:
        pilot.app.look(role="growth")
        await settled(pilot)
        line = row(pilot, "Day-30 retention")
        assert "— pending" in line and "◌" in line and " 0" not in line.replace("20.0", "").replace("50", "")
        await press(pilot, "up")
        assert "known later: the window is not complete" in text(pilot)
        assert "······" in line, "a gap in the trend is no value"


@pytest.mark.parametrize(("keys", "name"), [(["down"], "Repeat"), (["j", "j"], "Second"), (["j", "k"], "Buy-back")])
async def test_arrows_and_j_k_move_over_the_lines(keys, name):
    async with opened() as pilot:
        await press(pilot, *keys)
        assert next(line for line in lines(pilot) if line.startswith("▸")).find(name) > 0


async def test_the_star_goes_back_to_the_weak_line():
    async with opened() as pilot:
        await press(pilot, "down", "down", "asterisk")
        assert row(pilot, "Buy-back rate").startswith("▸")


async def test_r_chooses_a_role_by_typing_part_of_its_name():
    async with opened() as pilot:
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, ChoiceScreen) and "内容岗" in text(pilot) and "Ann 安" in text(pilot)
        await press(pilot, *"cont", "enter")
        assert pilot.app.view.role == "content" and "Content 内容岗" in lines(pilot)[1]


async def test_escape_leaves_the_role_picker_with_the_role_unchanged():
    async with opened() as pilot:
        await press(pilot, "r", "down", "escape")
        assert pilot.app.view.role == "operations"


async def test_a_persons_joined_roles_stand_under_their_names():
    async with opened(size=(80, 30)) as pilot:
        pilot.app.look(role="ann")
        await settled(pilot)
        assert "── Operations ──" in text(pilot) and "── Content ──" in text(pilot) and "Ann 安" in lines(pilot)[1]


async def test_enter_explains_the_number_with_formula_measures_window_rows_settings_and_sql():
    async with opened(size=(80, 60)) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExplainScreen)
        assert "select count(distinct user_id)" not in text(pilot)  # SQL is for who asks for it
        await press(pilot, "Q")
        shown = text(pilot)
        for part in (
            "buyback_rate_day_part / buyback_rate_day_whole",
            "buyback_rate_day_part = 1,234",
            "buyback_rate_day_whole = — no rows to read it from",
            "2026-10-01 … 2026-10-31",
            "5,678",
            "churn_days = 90",
            "select count(distinct user_id)",
            "Nobody bought: no number",
            "25.0 % a good shop",
        ):
            assert part in shown
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ScorecardScreen)


async def test_x_on_a_line_says_its_target_its_attainment_by_which_method_and_its_points():
    async with opened() as pilot:
        await press(pilot, "x")
        shown = " ".join(text(pilot).split())
        assert "Target 28.0 % Attained 76% Method actual / target Points 22.93 / 30" in shown  # 21.4 / 28 × 30


async def test_a_long_explanation_scrolls():
    async with opened() as pilot:
        await press(pilot, "enter")
        before = text(pilot)
        await press(pilot, "j", "j", "down")
        assert text(pilot) != before
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ScorecardScreen)


async def test_e_goes_to_the_targets_with_the_metric_in_view():
    async with opened() as pilot:
        await press(pilot, "down", "e")
        assert pilot.app.current_mode == "targets" and pilot.app.view.metric == "repeat_amount"


async def test_e_value_enter_sets_the_target_of_the_line_however_fast_it_is_typed():
    """Also where the Targets screen's cursor was left on another line."""
    book = ShopBook()
    async with opened(book) as pilot:
        await burst(pilot, "e", "3", "0", "enter")
        assert book.targets.of(PERIOD)[TargetKey("operations", "buyback_rate_day")].value == 0.3
        await press(pilot, "down", "1", "e", "2", "5", "percent_sign", "enter")
        assert book.targets.of(PERIOD)[TargetKey("operations", "buyback_rate_day")].value == 0.25
        await press(pilot, "1", "home", "down", "e", *"440k", "enter")
        assert book.targets.of(PERIOD)[TargetKey("operations", "repeat_amount")].value == 440000


async def test_a_wide_terminal_has_roles_at_the_left_and_details_at_the_right():
    async with opened(size=(120, 40)) as pilot:
        assert any("Definition" in line[80:] for line in lines(pilot))
        assert any("buyback_rate_day_part" in line[80:] for line in lines(pilot))
        assert "Content" in lines(pilot)[2][:15]
        await press(pilot, "shift+tab", "down", "enter")
        assert pilot.app.view.role == "content"


@pytest.mark.parametrize("size", [(40, 12), (59, 15), (60, 16), (80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_size_shows_names_actuals_and_points_and_no_line_is_too_wide(size, language):
    async with opened(FakeBook(language), size=size, spoken=language) as pilot:
        assert all(cell_len(line) == size[0] for line in lines(pilot))
        line = row(pilot, "二次购买率" if language == "zh" else "Second pur")
        assert "18.9 %" in line and "25.0" in line


async def test_resizing_keeps_the_cursor_and_the_numbers():
    async with opened() as pilot:
        await press(pilot, "down")
        for size in ((120, 40), (60, 16), (30, 8), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert row(pilot, "Repeat purchase").startswith("▸") and "412,880" in text(pilot)


async def test_hostile_names_are_plain_text_everywhere():
    async with opened(size=(120, 40)) as pilot:
        pilot.app.look(role="content")
        await settled(pilot)
        for keys in ((), ("down",), ("enter",), ("escape", "r"), ("escape", "colon")):
            await press(pilot, *keys)
            shown = text(pilot)
            assert not [char for char in shown if char in "\x1b\x07\x9b\u202e\u200b"]
        await press(pilot, "escape")
        assert "[bold red]x" in text(pilot) and pilot.app.is_running


async def test_a_hostile_name_cannot_be_clicked_into_an_action():
    async with opened(size=(120, 40)) as pilot:
        pilot.app.look(role="content")
        await settled(pilot)
        await press(pilot, "down")
        for y, line in enumerate(lines(pilot)):
            if "[@click" in line:
                await pilot.click(offset=(cell_len(line[: line.index("[@click") + 4]), y))
                await pilot.click(offset=(cell_len(line[: line.index("[@click") + 18]), y))
        await settled(pilot)
        assert pilot.app.is_running and pilot.app.return_code is None


async def test_no_roles_opens_design_and_the_scorecard_names_it():
    book = FakeBook()
    object.__setattr__(book.workspace, "roles", {})
    object.__setattr__(book.workspace, "people", {})
    async with opened(book) as pilot:
        assert pilot.app.current_mode == "design"
        assert "A preset" in text(pilot) and "wizard (O)" in text(pilot) and "The demo" in text(pilot)
        await press(pilot, "r")
        assert "No posts yet: O opens" in text(pilot)
        await press(pilot, "1")
        assert "No posts yet: O opens" in text(pilot)


async def test_no_data_names_the_key_that_goes_back():
    async with opened() as pilot:
        await press(pilot, "right_square_bracket")
        assert "No data for 2026-11: [ goes to the period before" in text(pilot)
        assert "0 of 30 days" in text(pilot)


async def test_no_targets_names_the_key_that_sets_one():
    book = FakeBook()
    for key in list(book._targets):
        book._set(key, None)
    async with opened(book) as pilot:
        assert "No targets for 2026-10: e sets one" in text(pilot)


@pytest.mark.parametrize("keys", [["left_square_bracket"], ["r", "down", "enter"], ["3", "1"], ["2", "ctrl+o"]])
async def test_what_was_said_of_a_period_a_role_or_a_screen_goes_with_it(keys):
    async with opened() as pilot:
        await press(pilot, "n")
        assert "Nothing was looked for yet" in text(pilot)
        await press(pilot, "down")
        assert "Nothing was looked for yet" in text(pilot), "an arrow goes on in the same"
        await press(pilot, *keys)
        assert pilot.app.current_mode == "scorecard" and "Nothing was looked for yet" not in text(pilot)


async def test_a_period_that_is_not_over_is_marked_partial():
    async with opened() as pilot:
        pilot.app.look(period=Period.parse("2026"))
        await settled(pilot)
        assert "304 of 365 days ◔ partial" in text(pilot) and "9,214◔" in row(pilot, "Daily active")
        assert "Score 90.36◔ / 100" in text(pilot) and "▼ 3.10" not in text(pilot), "never compared with a full period"


async def test_a_miss_that_would_round_to_a_hit_is_shown_as_a_miss(monkeypatch):
    from tests.tui import fake_book

    near = Row(
        "dau", "Daily active users", "日活跃用户数", "count", "absolute", 9996.0, 10000.0, (9996.0,) * 6, "service", 100
    )
    others = tuple(row for row in fake_book.ROWS if row.id != "dau" and row.role != "service")
    monkeypatch.setattr(fake_book, "ROWS", (near, *others))
    async with opened() as pilot:
        pilot.app.look(role="service")
        await settled(pilot)
        assert "100%" not in row(pilot, "Daily active users") and "◐" in row(pilot, "Daily active users")
        assert "Score 100.0" not in text(pilot) and "Bonus −10 %  (below 100)" in text(pilot)


async def test_tables_command_keys_reach_the_board_after_a_screen_switch():
    async with opened() as pilot:
        await press(pilot, "3", "1", "down")
        assert row(pilot, "Repeat purchase").startswith("▸")


async def test_with_more_lines_than_rows_the_board_scrolls_and_bonus_and_balance_stay():
    async with opened(size=(80, 16)) as pilot:
        pilot.app.look(role="ann")
        await settled(pilot)
        assert "Bonus" in text(pilot) and "Balance" in text(pilot)
        await press(pilot, "end")
        assert "User payment amount" in text(pilot) and "Bonus" in text(pilot)


async def test_in_chinese_the_chinese_name_comes_first_and_the_board_has_no_english():
    async with opened(spoken="zh") as pilot:
        assert lines(pilot)[1].startswith(" 运营岗 Operations")
        assert not [line for line in lines(pilot) if line.startswith(("▸", "  ●", "  ◐", "  ○")) and "rate" in line]


async def test_without_room_the_head_keeps_the_name_and_shortens_the_period():
    async with opened(size=(40, 12)) as pilot:
        first = lines(pilot)[1]
        assert "Operations" in first and "‹ 2026-10 ›" in first and "days" not in first


async def test_at_120_columns_the_trend_is_a_column_of_the_board():
    async with opened(size=(120, 40)) as pilot:
        assert any("Trend" in line and "Actual" in line for line in lines(pilot))


async def test_an_arrow_key_lays_nothing_out_anew():
    """A new layout repaints the screen: ten times the bytes over SSH."""
    async with opened() as pilot:
        screen = pilot.app.screen
        seen: list[bool] = []
        screen._refresh_layout, before = lambda *_a, **_k: seen.append(True), screen._refresh_layout
        await press(pilot, "down", "up")
        screen._refresh_layout = before
        assert not seen


def test_the_overview_breaks_between_its_numbers_never_inside_one():
    parts = ["访客数(UV) 6,387", "成交金额 146,817", "访客成交转化率 6.9 %"]
    assert packed(parts, 35) == "访客数(UV) 6,387   成交金额 146,817\n访客成交转化率 6.9 %"  # 16 + 3 + 16 cells
    assert packed(parts, 34).split("\n") == ["访客数(UV) 6,387", "成交金额 146,817", "访客成交转化率 6.9 %"]


async def test_h_shows_the_score_over_twelve_periods_and_the_chart_of_the_line_under_the_cursor():
    """The made-up book scores all periods alike; of the repeat amount it knows what is usual."""
    async with opened() as pilot:
        await press(pilot, "H")
        assert "2025-11 … 2026-10" in text(pilot)
        assert "┤" in text(pilot) and "usual" not in text(pilot)
        await press(pilot, "down", "down")
        assert "Repeat purchase amount  ┄ target  · usual" in text(pilot)
        await press(pilot, "enter")
        assert "Repeat purchase amount" in lines(pilot)[0] and "Formula" in text(pilot)
        await press(pilot, "escape")
        assert "2025-11 … 2026-10" in lines(pilot)[0], "back in the history"


async def test_the_history_of_a_score_fits_a_small_terminal():
    async with opened(size=(60, 16)) as pilot:
        await press(pilot, "H")
        assert pilot.app.error is None and "Esc back" in text(pilot)


def test_the_trend_of_a_line_has_the_ends_of_its_axis() -> None:
    """92, 95, 93 %: the axis holds a twentieth of 95 %, from 90.25 %; 40, 95, 93 % are drawn from zero."""
    for first, ground in ((0.92, "~90.3 % ┤"), (0.4, "0 ┤")):
        points = tuple(Point(f"2026-0{n}", value) for n, value in enumerate((first, 0.95, 0.93), 1))
        told = content(View(charts=(LineChart("Trend", Series(points, "percent")),))).plain.splitlines()
        assert told[0] == "Trend" and told[1].strip().startswith("95.0 % ┤") and told[4].strip().startswith(ground)


async def test_c_lays_another_role_beside_the_card_and_a_line_there_is_explained():
    async with opened() as pilot:
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await press(pilot, "enter")
        title, *rest = lines(pilot)
        assert "Operations" in title and " · " in title and "2026-10" in title
        assert any("Buy-back rate" in line for line in rest)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, ExplainScreen)


def test_a_command_on_a_line_waits_for_the_first_numbers():
    """Esc stops them: then there is no line."""
    assert why_not("propose", None, None, computing=True) == "The numbers are being computed …"
    assert why_not("propose", None, None) == "There is no line to act on."
