"""The shell: every global command, opening, quitting, languages, small terminals, failures."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from kpi_tui.definitions.issue import Place, TableError, WorkspaceError
from kpi_tui.definitions.library.page import Page
from kpi_tui.definitions.text import Text
from kpi_tui.tui.app import KpiApp
from kpi_tui.tui.command_runner import CommandRunner
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.help import HelpScreen
from kpi_tui.tui.terminal import sequences
from kpi_tui.tui.terminal.config_file import ANSI_DARK, DARK, LIGHT, Options
from kpi_tui.tui.widgets.bars import StatusLine
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.driving import CALM, lines, opened, press, settled, text
from tests.tui.fake_book import FakeBook


async def test_the_first_picture_stands_before_the_book_is_open():
    gate = threading.Event()

    def slow() -> FakeBook:
        gate.wait()
        return FakeBook()

    app = KpiApp(slow, options=CALM, spoken="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 Scorecard" in text(pilot) and "reading the workspace" in text(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert app.book is None
        gate.set()
        await settled(pilot)
        assert "Buy-back rate" in text(pilot)


async def test_quitting_while_the_book_is_being_read_needs_no_waiting():
    gate = threading.Event()
    app = KpiApp(lambda: gate.wait() and FakeBook(), options=CALM, spoken="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q")
    assert app.return_code == 0 and not gate.is_set()
    gate.set()


async def test_a_workspace_that_cannot_be_read_ends_the_app_with_its_error():
    def broken() -> FakeBook:
        raise WorkspaceError("workspace.toml: no such file")

    app = KpiApp(broken, options=CALM)
    async with app.run_test() as pilot:
        await settled(pilot)
    assert isinstance(app.error, WorkspaceError)


async def test_number_keys_show_the_screens_and_the_top_bar_says_which():
    async with opened() as pilot:
        for key, mode in (("3", "library"), ("4", "targets"), ("1", "scorecard")):
            await press(pilot, key)
            assert pilot.app.current_mode == mode
            assert f" {key} {mode.capitalize()} " in lines(pilot)[0]


@pytest.mark.parametrize(
    ("language", "wide", "named"),
    [
        ("en", 80, "7 Design 8 Pages "),
        ("en", 100, "8 Weekly review… "),
        ("en", 120, "8 Weekly review · Branches "),
        ("zh", 80, "8 周会 · 门店 "),
        ("en", 72, " 8 "),
    ],
)
async def test_the_top_bar_calls_the_pages_by_their_names_where_it_has_room(language: str, wide: int, named: str):
    book = FakeBook()
    pages = [Page("weekly", Text("Weekly review", "周会"), ()), Page("branches", Text("Branches", "门店"), ())]
    pages.append(Page("private", Text("Private domain", "私域"), (), place=Place("standard:pages/private.toml")))
    book.workspace = replace(book.workspace, pages={page.id: page for page in pages})
    async with opened(book, size=(wide, 24), spoken=language) as pilot:
        assert named in lines(pilot)[0], lines(pilot)[0]
        assert all(f"{digit} " in lines(pilot)[0] for digit in "12345678")


async def test_the_top_bar_of_many_pages_says_pages():
    book = FakeBook()
    pages = [Page(f"p{n}", Text(f"Page number {n}", f"页{n}"), ()) for n in range(3)]
    book.workspace = replace(book.workspace, pages={page.id: page for page in pages})
    async with opened(book, size=(120, 24)) as pilot:
        assert "8 Pages " in lines(pilot)[0] and "number" not in lines(pilot)[0]


async def test_brackets_move_the_period_and_g_with_a_letter_chooses_its_grain():
    async with opened() as pilot:
        await press(pilot, "left_square_bracket")
        assert "‹ 2026-09 ›" in text(pilot)
        await press(pilot, "right_square_bracket", "g", "q")
        assert "‹ 2026-Q4 ›" in text(pilot) and "partial" in text(pilot)
        shown = (("y", "2026"), ("d", "2026-10-31"), ("w", "2026-W44"), ("y", "2026"), ("m", "2026-10"))
        for letter, period in shown:  # never a day, week or month without data
            await press(pilot, "g", letter)
            assert f"‹ {period} ›" in text(pilot)


async def test_g_waits_for_its_letter_and_says_so_and_escape_forgets_it():
    async with opened() as pilot:
        await press(pilot, "g")
        assert lines(pilot)[-2].strip().startswith("g …")
        await press(pilot, "escape", "y")
        assert "‹ 2026-10 ›" in text(pilot) and "g …" not in text(pilot)
        await press(pilot, "g", "r")
        assert isinstance(pilot.app.screen, ChoiceScreen), "a key that ends no sequence keeps its own meaning"


def test_a_timer_that_ends_after_the_last_screen_finds_no_main_screen():
    app = KpiApp(FakeBook, options=CALM, spoken="en")
    assert app.screen_stack == [] and CommandRunner(app, {}, app.release_keys).main is None


A_SECOND = sequences.PATIENCE


async def test_a_first_key_alone_is_forgotten_after_a_second(monkeypatch):
    monkeypatch.setattr(sequences, "PATIENCE", A_SECOND)
    assert A_SECOND == 1.0
    async with opened() as pilot:
        await press(pilot, "g")
        await pilot.pause(A_SECOND)
        for _step in range(1000):  # the picture may come later than the moment
            if "g …" not in text(pilot):
                break
            await pilot.pause(0.01)
        assert "g …" not in text(pilot)
        await press(pilot, "y")
        assert "‹ 2026-10 ›" in text(pilot)


async def test_gg_and_capital_g_go_to_the_first_and_the_last_row():
    async with opened() as pilot:
        board = pilot.app.screen.query_one("#board", SheetTable)
        await press(pilot, "G")
        assert board.cursor == len(board.rows) - 1
        await press(pilot, "g", "g")
        assert board.row_key == "operations/buyback_rate_day"


async def test_slash_finds_in_this_sheet_in_both_languages_and_n_goes_round():
    async with opened() as pilot:
        board = pilot.app.screen.query_one("#board", SheetTable)
        await press(pilot, "slash", *"PURCHASE", "enter")
        assert board.has_focus and board.row_key == "operations/repeat_amount"
        await press(pilot, "n")
        assert board.row_key == "operations/second_purchase_rate"
        await press(pilot, "n")
        assert board.row_key == "operations/repeat_amount"
        await press(pilot, "N")
        assert board.row_key == "operations/second_purchase_rate"
        await press(pilot, "slash", *"活跃", "enter")
        assert board.row_key == "operations/dau"
        await press(pilot, "slash", *"zzzz", "enter")
        assert "“zzzz” stands nowhere" in text(pilot)


async def test_backspace_leads_back_through_the_screens_that_were_shown():
    async with opened() as pilot:
        await press(pilot, "3", "4", "backspace")
        assert pilot.app.current_mode == "library"
        await press(pilot, "ctrl+o")
        assert pilot.app.current_mode == "scorecard"
        await press(pilot, "backspace")
        assert "nothing to go back to" in text(pilot)


async def test_question_mark_shows_every_command_of_the_screen():
    async with opened(size=(80, 70)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = text(pilot)
        assert "Show where the number comes from" in shown and "The period before" in shown
        await press(pilot, "escape")
        assert pilot.app.current_mode == "scorecard" and "Buy-back" in text(pilot)


async def test_the_palette_finds_a_command_by_its_name_and_runs_it():
    async with opened() as pilot:
        await press(pilot, "colon", *"theme", "enter")
        assert pilot.app.theme == LIGHT
        await press(pilot, "ctrl+p", "escape")
        assert not isinstance(pilot.app.screen, ChoiceScreen)


async def test_a_command_that_cannot_run_says_why_on_its_key_and_in_the_palette():
    async with opened() as pilot:
        pilot.app.look(role="design")
        await settled(pilot)
        await press(pilot, "e")
        assert pilot.app.current_mode == "scorecard" and "north star has no target" in text(pilot)
        await press(pilot, "colon", *"edit the target")
        assert "The north star has no target" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChoiceScreen), "a command that cannot run is not run"


async def test_t_switches_between_dark_and_light():
    async with opened() as pilot:
        assert pilot.app.theme == DARK
        await press(pilot, "t")
        assert pilot.app.theme == LIGHT
        await press(pilot, "t")
        assert pilot.app.theme == DARK


async def test_capital_l_switches_the_language_of_names():
    async with opened() as pilot:
        assert "Second purchase rate" in text(pilot)
        await press(pilot, "L")
        assert "二次购买率" in text(pilot) and "示例商店" in text(pilot)
        await press(pilot, "L")
        assert "Second purchase rate" in text(pilot)


async def test_the_workspaces_language_holds_unless_another_was_asked_for():
    async with opened(FakeBook(language="zh"), spoken="") as pilot:
        assert "二次购买率" in text(pilot)
    async with opened(FakeBook(language="zh"), spoken="en") as pilot:
        assert "Second purchase rate" in text(pilot)


async def test_undo_redo_and_save_act_on_the_book_and_the_score_follows():
    book = FakeBook()
    async with opened(book) as pilot:
        from kpi_tui.definitions.target import TargetKey

        assert "Score 90.36" in text(pilot)
        book.targets.set(TargetKey("operations", "buyback_rate_day"), pilot.app.view.period, 0.214)
        pilot.app.edited()
        await settled(pilot)
        assert "Score 97.43" in text(pilot)
        await press(pilot, "u")
        assert "Score 90.36" in text(pilot) and "Taken back" in text(pilot)
        await press(pilot, "ctrl+r")
        assert "Score 97.43" in text(pilot)
        assert book.asked == [("operations", "2026-10")], "an edit is scored again, not computed again"
        await press(pilot, "w")
        assert "Saved 1" in text(pilot) and not book.targets.pending()
        await press(pilot, "w")
        assert "Nothing to save" in text(pilot)


async def test_quitting_with_unsaved_edits_says_that_they_are_kept():
    book = FakeBook()
    async with opened(book) as pilot:
        from kpi_tui.definitions.target import TargetKey

        book.targets.set(TargetKey("operations", "dau"), pilot.app.view.period, 1.0)
        await pilot.press("q")
    assert pilot.app.return_code == 0 and "draft" in pilot.app.farewell[0]


@pytest.mark.parametrize(("keys", "left"), [(["enter"], 0), (["escape"], 2), (["down", "enter"], 2)])
async def test_a_former_sessions_draft_is_offered_and_escape_never_loses_it(keys, left):
    book = FakeBook(drafts=2)
    async with opened(book) as pilot:
        assert "former session: 2" in text(pilot)
        await press(pilot, *keys)
        assert book.targets.draft_found() == left
        assert "Buy-back" in text(pilot)


@pytest.mark.parametrize("early", ["3", "4", "5", "x"])
async def test_a_key_typed_too_early_neither_answers_the_draft_question_nor_closes_it(early):
    book = FakeBook(drafts=2)
    async with opened(book) as pilot:
        await press(pilot, early)
        assert "former session: 2" in text(pilot) and "Throw them away" in text(pilot)
        await press(pilot, "enter")
        assert book.targets.draft_found() == 0, "the first answer takes the edits up again"


async def test_keys_are_remapped_by_id():
    options = Options(animation=False, keymap={"period.previous": "z"})
    async with opened(options=options) as pilot:
        await press(pilot, "left_square_bracket")
        assert "‹ 2026-10 ›" in text(pilot)
        await press(pilot, "z")
        assert "‹ 2026-09 ›" in text(pilot)


async def test_a_problem_in_the_config_file_is_said_at_start():
    options = Options(animation=False, problems=("config.toml: [keys] has no command x",))
    async with opened(options=options) as pilot:
        assert "has no command x" in text(pilot)


async def test_escape_stops_computing_and_a_late_answer_is_dropped():
    book = FakeBook()
    gate = threading.Event()
    quick = book.scores.scorecard

    def slow(role, period, *, progress=None):
        while not gate.wait(0.01):
            progress("orders", 1, 3)
        return quick(role, period)

    async with opened(book) as pilot:
        book.scores.scorecard = slow
        await pilot.press("left_square_bracket")
        for _step in range(500):
            await pilot.pause(0.02)
            if "orders" in text(pilot):
                break
        assert "orders" in text(pilot) and "1/3" in text(pilot)
        await pilot.press("escape")
        await pilot.pause()
        gate.set()
        await settled(pilot)
        assert "Stopped" in text(pilot) and "‹ 2026-10 ›" in text(pilot)
        book.scores.scorecard = quick
        await press(pilot, "f5")
        assert "‹ 2026-09 ›" in text(pilot)
        assert "Stopped" not in text(pilot)  # it has computed again


async def test_only_the_last_of_several_periods_is_shown():
    book = FakeBook()
    async with opened(book) as pilot:
        for _step in range(5):
            await pilot.press("left_square_bracket")
        await settled(pilot)
        assert "‹ 2026-05 ›" in text(pilot)


async def test_a_failing_question_is_a_sentence_where_the_numbers_would_be():
    book = FakeBook()
    async with opened(book) as pilot:

        def broken(role, period, *, progress=None):
            raise TableError("orders.csv, row 7: [bold]amount[/] is not a number")

        book.scores.scorecard = broken
        await press(pilot, "left_square_bracket")
        assert "orders.csv, row 7: [bold]amount[/] is not a number" in text(pilot)


async def test_a_panic_of_the_engine_is_a_sentence_and_the_app_lives_on():
    class PanicException(BaseException):
        """As polars raises it."""

    book = FakeBook()
    async with opened(book) as pilot:

        def broken(role, period, *, progress=None):
            raise PanicException("index out of bounds")

        book.scores.scorecard = broken
        await press(pilot, "left_square_bracket")
        assert "could not be computed" in text(pilot) and "index" not in text(pilot)
        await press(pilot, "3")
        assert pilot.app.current_mode == "library"


@pytest.mark.parametrize("size", [(39, 24), (80, 11), (20, 5)])
async def test_a_terminal_that_is_too_small_gets_one_sentence(size):
    async with opened(size=size) as pilot:
        words = " ".join("".join(line) for line in lines(pilot)).split()
        assert " ".join(words).startswith("This terminal is too small") or size == (20, 5)
        assert "Buy-back" not in text(pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Buy-back" in text(pilot)


async def test_no_color_draws_no_colour_and_marks_the_cursor_with_a_sign(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(options=Options(animation=False, theme=ANSI_DARK, ansi=True)) as pilot:
        assert any(line.startswith("▸ ○ Buy-back") for line in lines(pilot))
        screen = pilot.app.screen
        styles = [s.style for strip in screen._compositor.render_strips(screen.size) for s in strip if s.style]
        coloured = [s for s in styles if any(c and not c.is_default for c in (s.color, s.bgcolor))]
        assert coloured == []


async def test_a_crash_prints_nothing_and_is_kept_for_the_log(capfd):
    app = KpiApp(FakeBook, options=CALM, spoken="en")
    secret = "local-variable-value"
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await settled(pilot)
            hidden = secret

            def crash() -> None:
                _shown = hidden
                raise ZeroDivisionError

            app.call_later(crash)
            await pilot.pause()
            await pilot.pause()
    assert isinstance(app.error, ZeroDivisionError) and app.return_code == 1
    assert secret not in "".join(capfd.readouterr())


async def test_a_message_that_is_longer_than_a_line_is_read_whole_and_the_next_one_gives_the_room_back():
    """The end of this one says how to mend it; 80 columns hold about half."""
    long = "1 file of targets is of other days than its name means now, and it is not read: `kpi-tui check` names it"
    async with opened() as pilot:
        pilot.app.say(long, "warning")
        await settled(pilot)
        assert [line.strip() for line in lines(pilot)[-3:-1]] == [
            "! 1 file of targets is of other days than its name means now, and it is not",
            "read: `kpi-tui check` names it",
        ]
        pilot.app.say("Nothing to save.")
        await settled(pilot)
        assert "Nothing to save." in lines(pilot)[-2] and "names it" not in text(pilot)


async def test_what_is_said_to_a_screen_that_is_being_taken_down_is_nobodys():
    """A pack that was written when the app was left ended it with a traceback."""
    async with opened() as pilot:
        await pilot.app.screen.query_one(StatusLine).remove()
        pilot.app.say("Written: pack.html")  # type: ignore[attr-defined]
        assert pilot.app.is_running
