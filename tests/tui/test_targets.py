"""The Targets screen: every command, live scores, safe typing, locked periods, conflicts, hostile text (R009, R038)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.tui.editing.conflict import ConflictScreen
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.library.screen import LibraryScreen
from kpi_tui.tui.screens.targets.screen import TargetsScreen
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from tests.tui.driving import burst, lines, opened, press, settled, text
from tests.tui.fake_book import HOSTILE, PERIOD
from tests.tui.shop_book import ShopBook

BUYBACK = TargetKey("operations", "buyback_rate_day")
AMOUNT = TargetKey("operations", "repeat_amount")


@asynccontextmanager
async def targets(book: ShopBook, size: tuple[int, int] = (80, 24), language: str = "en") -> AsyncIterator[Pilot[int]]:
    """The app on its Targets screen; at the end nothing has crashed."""
    async with opened(book, size, spoken=language) as pilot:
        await press(pilot, "4")
        assert isinstance(pilot.app.screen, TargetsScreen)
        yield pilot
        assert pilot.app.error is None


def sheet(pilot: Pilot[int]) -> TargetSheet:
    """The sheet of targets."""
    return pilot.app.screen.query_one("#targets", TargetSheet)


def value(book: ShopBook, key: TargetKey = BUYBACK) -> float | None:
    """A target as it stands, unsaved edits included."""
    target = book.targets.of(PERIOD).get(key)
    return target.value if target else None


def line(pilot: Pilot[int], name: str) -> str:
    """The line of the screen that holds `name`."""
    return next(line for line in lines(pilot) if name in line)


async def test_every_role_is_a_section_with_actual_last_target_attainment_points() -> None:
    async with targets(ShopBook()) as pilot:
        for role in ("Operations 运营岗", "Content 内容岗", "Growth 增长岗", "Service 客服岗"):
            assert role in text(pilot)
        found = line(pilot, "Buy-back rate  ")
        for wanted in ("%", "21.4 %", "26.6 %", "28.0 %", "76%", "22.9"):
            assert wanted in found
        assert "pending" in line(pilot, "Day-30 retention")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("30%", 0.3), ("30", 0.3), ("0.3", 0.3), ("+5%", 0.294), ("-50%", 0.14), ("*2", 0.56), ("３０", 0.3)],
)
async def test_r038_typing_on_the_cell_sets_a_percent_target(keys: str, expected: float) -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *keys, "enter")
        assert value(book) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("1234", 1234), ("1,234", 1234), ("1.5k", 1500), ("2m", 2e6), ("3万", 30000), ("1.2亿", 1.2e8)],
)
async def test_r038_typing_on_the_cell_sets_an_amount(keys: str, expected: float) -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "down", "e", *keys, "enter", "enter")  # the second Enter: more than tenfold
        assert value(book, AMOUNT) == expected


async def test_r038_an_edit_scores_again_at_once_and_is_marked_until_saved() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        before = len(book.asked)
        await press(pilot, "e", *"42.8", "enter")
        assert "✎ 42.8 %" in line(pilot, "Buy-back rate  ")
        assert "50%" in line(pilot, "Buy-back rate  ")  # 21.4 % against 42.8 %
        assert "15.0" in line(pilot, "Buy-back rate  ")  # half of 30 points
        assert "▼ 7.9" in line(pilot, "Buy-back rate  ")  # from 22.9
        assert "→" in line(pilot, "Operations 运营岗")
        assert "1 unsaved" in text(pilot)
        assert [asked for asked in book.asked[before:] if asked[1] != PERIOD.id] == []
        await press(pilot, "w")
        assert "✎" not in text(pilot)
        assert "Saved 1 target" in text(pilot)
        assert "28.0 % → 42.8 %" in text(pilot)
        assert book.file[PERIOD.id, BUYBACK].value == 0.428


async def test_the_target_and_the_actual_of_the_period_before_are_called_apart() -> None:
    async with targets(ShopBook(), size=(120, 40), language="zh") as pilot:
        assert "上期目标" in text(pilot) and "上期实际" in text(pilot)


async def test_a_burst_of_keys_is_taken_in_order() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        enter = ("enter", "\r")
        for key, character in (
            enter,
            ("3", "3"),
            ("1", "1"),
            enter,
            enter,
            ("5", "5"),
            ("0", "0"),
            ("万", "万"),
            enter,
        ):
            sheet(pilot).post_message(events.Key(key, character))
        await settled(pilot)
        assert value(book) == 0.31
        assert value(book, AMOUNT) == 500000


async def test_a_digit_in_the_same_burst_as_a_command_key_changes_nothing() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        for key, character in (("percent_sign", "%"), ("7", "7")):
            pilot.app.post_message(events.Key(key, character))
        await settled(pilot)
        assert not sheet(pilot).editing
        assert value(book) == 0.28
        assert pilot.app.screen.query_one("Prompt Input", Input).value == "7"  # it was meant for what % opens


async def test_what_is_typed_first_replaces_the_value() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "down", "enter", *"500000", "enter")
        assert value(book, AMOUNT) == 500000


@pytest.mark.parametrize("keys", [("left", "left"), ("home", "right"), ("end", "left", "left"), ("e", "left", "left")])
async def test_arrows_home_end_or_a_second_e_keep_the_value_to_be_edited(keys: tuple[str, ...]) -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *keys, "delete", "9", "enter")
        assert value(book) == 0.29


@pytest.mark.parametrize("typed", ["500%", "2%"])
async def test_a_change_of_more_than_tenfold_is_asked_about_once(typed: str) -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *typed, "enter")
        assert f"28% → {typed}: more than tenfold" in text(pilot)
        assert value(book) == 0.28 and sheet(pilot).editing
        await press(pilot, "escape")
        assert value(book) == 0.28 and not sheet(pilot).editing
        await press(pilot, "e", *typed, "enter", "enter")
        assert value(book) == float(typed.rstrip("%")) / 100
        assert sheet(pilot).row_key == "operations/repeat_amount"


async def test_two_enters_in_one_read_do_not_answer_the_question_about_tenfold() -> None:
    """28 % → 280 % is tenfold, 500 % more."""
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e")
        await burst(pilot, *"500%", "enter", "enter")
        assert "28% → 500%: more than tenfold" in text(pilot) and value(book) == pytest.approx(0.28)
        await press(pilot, "enter")
        assert value(book) == 5


async def test_up_to_tenfold_and_from_nothing_is_not_asked_about() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"280%", "enter")
        assert value(book) == 2.8
        await press(pilot, "delete", "e", *"1", "enter")
        assert value(book, AMOUNT) == 1


async def test_enter_and_tab_go_to_the_next_target_shift_tab_to_the_one_before() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "e", "3", "0", "enter")
        assert sheet(pilot).row_key == "operations/repeat_amount"
        await press(pilot, "e", *"430001", "shift+tab")
        assert sheet(pilot).row_key == "operations/buyback_rate_day"
        await press(pilot, "e", "tab")
        assert sheet(pilot).row_key == "operations/repeat_amount"
        await press(pilot, "tab", "tab", "tab", "shift+tab")
        assert sheet(pilot).row_key == "operations/dau"
        assert sheet(pilot).column_key == "target"


async def test_an_arrow_while_a_cell_is_edited_sets_no_target() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", "3", "down", "up", "pagedown")
        assert book.targets.pending() == {}
        assert sheet(pilot).editing
        assert "Esc leaves it" in text(pilot)


async def test_bad_text_gets_a_sentence_and_stays_in_the_cell() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"1.x", "enter")
        assert "is no number" in text(pilot)
        assert sheet(pilot).editing
        assert value(book) == 0.28
        await press(pilot, "backspace", "5", "%", "enter", "enter")
        assert value(book) == 0.015
        await press(pilot, "e", *"1.x", "enter", "escape")
        assert "is no number" not in text(pilot)


async def test_a_number_that_outgrows_its_column_is_not_cut() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "down", "e", *"3", "enter", "enter")
        assert "13,762,667%" in line(pilot, "Repeat purchase")


async def test_a_bare_number_that_could_be_either_is_asked_back() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"1.5", "enter")
        assert "could be 1.5% or 150%" in text(pilot)
        assert value(book) == 0.28


async def test_escape_leaves_only_the_cell_and_never_loses_a_committed_edit() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"30", "enter", "e", *"777", "escape")
        assert value(book) == 0.3
        assert value(book, AMOUNT) == 430000
        await press(pilot, "escape", "escape", "escape")
        assert value(book) == 0.3
        assert "1 unsaved" in text(pilot)


@pytest.mark.parametrize("key", ["enter", "e"])
async def test_enter_and_e_edit_the_value_as_it_stands(key: str) -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, key)
        assert sheet(pilot).editing
        assert "28%" in line(pilot, "Buy-back rate  ")
        await press(pilot, "left", "left", "delete", "9", "home", "end", "enter")
        assert value(book) == 0.29


async def test_leaving_the_value_as_it_is_makes_no_edit() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", "enter")
        assert book.targets.pending() == {}


@pytest.mark.parametrize(("keys", "pasted"), [((), "33%\n"), (("e",), "33%\nrest")])
async def test_a_pasted_number_is_typed(keys: tuple[str, ...], pasted: str) -> None:
    """A single number opens the cell; into a cell that is open the first line is typed."""
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, *keys)
        sheet(pilot).post_message(events.Paste(pasted))
        await settled(pilot)
        await press(pilot, "enter")
        assert value(book) == 0.33


async def test_delete_clears_and_undo_and_redo_walk_back_and_forth_and_backspace_never_deletes() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "backspace", "4")
        assert value(book) == 0.28
        await press(pilot, "delete")
        assert value(book) is None
        assert "✎ —" in line(pilot, "Buy-back rate  ")
        await press(pilot, "u")
        assert value(book) == 0.28
        await press(pilot, "ctrl+r")
        assert value(book) is None
        assert "✎ —" in line(pilot, "Buy-back rate  ")


async def test_an_emptied_cell_has_no_target() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", "ctrl+u", "enter")
        assert value(book) is None


async def test_copy_fills_only_what_is_empty() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "C")
        assert "No empty target" in text(pilot)
        await press(pilot, "delete", "C")
        assert value(book) == 0.28 * 0.95
        assert value(book, AMOUNT) == 430000
        await press(pilot, "u")
        assert value(book) is None


async def test_raise_asks_for_a_percentage_and_tab_means_all_roles() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "percent_sign")
        assert "Operations 运营岗" in line(pilot, "Raise ")
        assert pilot.app.screen.query_one("Prompt Input", Input).has_focus
        await press(pilot, "enter")
        assert value(book) == 0.28 * 1.05
        assert value(book, TargetKey("service", "refund_rate")) == 0.03
        await press(pilot, "u", "percent_sign", "tab", "ctrl+u", *"-10", "enter")
        assert value(book, TargetKey("service", "refund_rate")) == 0.03 * 0.9


async def test_a_bad_raise_is_asked_again_and_escape_leaves_it() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "percent_sign", *"+5%x", "enter")
        assert "+5% or" in text(pilot)
        await press(pilot, "escape")
        assert sheet(pilot).has_focus
        assert book.targets.pending() == {}


async def test_differences_list_old_and_new_and_lead_to_the_cell() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "D")
        assert "Nothing differs" in text(pilot)
        await press(pilot, "e", *"30", "enter", "e", *"50万", "enter", "D")
        assert isinstance(pilot.app.screen, TableOverlay)
        assert "28.0 % → " in line(pilot, "Buy-back rate")
        assert "30.0 %" in line(pilot, "Buy-back rate")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert sheet(pilot).row_key == "operations/buyback_rate_day"


async def test_history_says_who_changed_the_target() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "H")
        assert "Nobody has changed" in text(pilot)
        await press(pilot, "e", *"30", "enter", "w", "up", "H")
        assert isinstance(pilot.app.screen, TableOverlay)
        assert book.who in line(pilot, "28.0 %")
        assert "30.0 %" in line(pilot, "28.0 %")
        await press(pilot, "escape")


async def test_x_explains_the_actual() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, ExplainScreen)


async def test_r009_a_period_that_is_over_needs_a_reason_to_save() -> None:
    book = ShopBook(locked=True)
    async with targets(book) as pilot:
        assert "over" in lines(pilot)[1]
        await press(pilot, "e", *"30", "enter", "w")
        assert book.reasons == []
        await press(pilot, "enter")
        assert "say why" in text(pilot)
        await press(pilot, *"typo", "enter")
        assert book.reasons == ["typo"]
        assert book.log[-1].why == "typo"


async def test_escape_on_the_reason_saves_nothing_and_keeps_the_edit() -> None:
    book = ShopBook(locked=True)
    async with targets(book) as pilot:
        await press(pilot, "e", *"30", "enter", "w", "escape")
        assert book.reasons == []
        assert value(book) == 0.3


async def test_saving_nothing_says_so() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "w")
        assert "Nothing to save" in text(pilot)


@pytest.mark.parametrize(("side", "expected"), [("less_than_sign", 0.3), ("greater_than_sign", 0.35)])
async def test_two_people_at_one_cell_see_both_sides_and_choose(side: str, expected: float) -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"30", "enter")
        book.intrude("operations", "buyback_rate_day", 0.35)
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, ConflictScreen)
        found = line(pilot, "Buy-back rate")
        for wanted in ("28.0 %", "30.0 %", "35.0 %", "bob"):
            assert wanted in found
        await press(pilot, "w")
        assert "1 is open" in text(pilot)
        await press(pilot, side, "w")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert book.file[PERIOD.id, BUYBACK].value == expected
        assert book.targets.pending() == {}


async def test_leaving_the_conflict_keeps_the_edit_unsaved() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"30", "enter")
        book.intrude("operations", "buyback_rate_day", 0.35)
        await press(pilot, "w", "A", "greater_than_sign", "A", "enter", "escape")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert value(book) == 0.3
        assert book.file[PERIOD.id, BUYBACK].value == 0.35
        assert "your edits are kept" in text(pilot)


async def test_digits_switch_screens_wherever_the_cursor_stands() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "3")
        assert isinstance(pilot.app.screen, LibraryScreen)
        await press(pilot, "4", "right", "left", "left", "1")
        assert not isinstance(pilot.app.screen, TargetsScreen)


async def test_e_on_a_scorecard_line_and_r_lead_to_its_target() -> None:
    async with opened(ShopBook()) as pilot:
        await press(pilot, "home", "down", "e")
        assert isinstance(pilot.app.screen, TargetsScreen)
        assert sheet(pilot).row_key == "operations/repeat_amount"
        assert sheet(pilot).column_key == "target"
        assert sheet(pilot).editing
        await press(pilot, "escape", "r", *"Service", "enter")
        assert sheet(pilot).row_key == "service/refund_rate"


async def test_another_period_shows_its_targets_and_keeps_the_edits() -> None:
    book = ShopBook()
    async with targets(book) as pilot:
        await press(pilot, "e", *"30", "enter", "left_square_bracket")
        assert "2026-09" in lines(pilot)[1]
        assert "1 in other periods" in lines(pilot)[1]
        assert "26.6 %" in line(pilot, "Buy-back rate  ")
        await press(pilot, "right_square_bracket")
        assert "✎ 30.0 %" in text(pilot)


async def test_the_line_below_names_who_set_the_target_and_the_benchmark() -> None:
    book = ShopBook()
    key = (PERIOD.id, BUYBACK)
    book.file[key] = Target(0.28, "ann", "2026-09-28T09:00:00+08:00", "agreed", True, 0.26, "job ad")
    book.cells[key] = book.file[key]
    async with targets(book, (160, 24)) as pilot:
        found = line(pilot, "ann 2026-09-28 09:00")
        for wanted in ("“agreed”", "(after the period)", "26.0 % [job ad]", "≥ 25.0 %"):
            assert wanted in found


class Broken(ShopBook):
    """A book whose numbers cannot be computed."""

    def scorecard(self, role: str, period: object, *, progress: object = None) -> object:  # type: ignore[override]
        from kpi_tui.definitions.issue import TableError

        raise TableError("orders.csv is not there; put it into data/")


async def test_targets_can_be_edited_and_saved_without_any_number() -> None:
    book = Broken()
    async with targets(book) as pilot:
        assert "orders.csv is not there" in text(pilot)
        await press(pilot, "e", *"30", "enter", "w")
        assert book.file[PERIOD.id, BUYBACK].value == 0.3


@pytest.mark.sampled(8, keep=(0, 2, 5, 7))
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16), (44, 14)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_hostile_text_and_small_terminals_keep_every_line_whole(size: tuple[int, int], language: str) -> None:
    book = ShopBook(language)
    async with targets(book, size, language) as pilot:
        sheet(pilot).go("content/articles", "target")
        await press(pilot, "e", *"45", "enter", "up")
        book.cells[PERIOD.id, TargetKey("content", "articles")] = Target(45.0, HOSTILE, HOSTILE, HOSTILE)
        for keys in ((), ("D",), ("escape", "percent_sign"), ("escape",)):
            await press(pilot, *keys)
            drawn = lines(pilot)
            assert all(cell_len(line) == size[0] for line in drawn)
            assert all(line.isprintable() for line in drawn)
            assert "45" in "".join(drawn)


async def test_hostile_typed_text_stays_text() -> None:
    async with targets(ShopBook()) as pilot:
        await press(pilot, "e", "1")
        sheet(pilot).post_message(events.Paste("[@click=app.quit]x[/]\x1b[2J"))
        await settled(pilot)
        await press(pilot, "enter")
        assert all(line.isprintable() for line in lines(pilot))
        assert "[@click" in text(pilot)


async def test_the_cursor_stays_where_it_is_when_the_data_are_read_again() -> None:
    async with opened(ShopBook()) as pilot:
        await press(pilot, "4", "down", "down")
        here = sheet(pilot).row_key
        assert here != sheet(pilot).rows[1].key
        await press(pilot, "f5")
        assert sheet(pilot).row_key == here
