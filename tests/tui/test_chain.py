"""Screen 2 Chain over the real Book: printed numbers, roll-over, targets and typed weeks by keyboard, undo."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from kpi_tui.tui.keys.action import CHAIN
from kpi_tui.tui.keys.registry import in_scope, keys_of
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.chain.overlays import DiagnosisScreen, LinkScreen
from kpi_tui.tui.screens.chain.screen import ChainScreen
from kpi_tui.tui.screens.drivers.screen import DriversScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from tests.tui import chain_shop
from tests.tui.chain_shop import screen
from tests.tui.driving import burst, lines, press, settled, text
from tests.tui.fake_book import HOSTILE


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return chain_shop.example(tmp_path, monkeypatch)


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped chains, and no table at all."""
    return chain_shop.bare(tmp_path, monkeypatch, head='extends = "standard"')


def row(pilot: Pilot[int], wanted: str) -> str:
    """The line of a link or of the week table, not a sentence about it."""
    found = (line for line in lines(pilot) if line[2:].lstrip("●◐○◌ ").startswith(wanted))
    return next(line for line in found if "weak link" not in line)


def links(pilot: Pilot[int]) -> SheetTable:
    return pilot.app.screen.query_one("#links", SheetTable)


def cells(root: Path, period: str, folder: str = "targets", owner: str = "chain:site") -> dict[str, object]:
    """What the file says: key -> value."""
    file = root / folder / f"{period}.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {key: cell["value"] for key, cell in found.get(folder, {}).get(owner, {}).items()}


async def test_a_far_value_typed_with_two_enters_in_one_read_is_asked_about_and_leaves_no_sentence(shop: Path) -> None:
    """Two points of link C become 21 only by an Enter pressed after the question; Escape takes the question along."""
    async with screen(shop, "2", "P") as pilot:
        await burst(pilot, *"21", "enter", "enter")
        assert "more than tenfold" in text(pilot)
        await press(pilot, "escape")
        assert "more than tenfold" not in text(pilot) and cells(shop, "2026-05") == {}
        await press(pilot, "P", *"21", "enter")  # asked about again: the first time was left
        assert "more than tenfold" in text(pilot)
        await press(pilot, "enter")
        assert "Changed for 2026-05" in text(pilot)
        await press(pilot, "e", *"99999%", "enter")
        assert "Esc leaves it" in text(pilot)
        await press(pilot, "escape")
        assert "Esc leaves it" not in text(pilot)


# --- what it shows ---------------------------------------------------------------------------------
async def test_the_worked_month_shows_its_printed_scores_and_total(shop: Path) -> None:
    async with screen(shop, "2") as pilot:
        assert isinstance(pilot.app.screen, ChainScreen)
        printed = {"B Visitors": "3.68 / 2", "C Inquiries": "0.88 / 2", "D Monetisation": "2.00 / 2"}
        printed |= {"E Pre-sale": "2.00 / 2", "F After-sale": "1.97 / 2", "G Repeat": "1.04 / 1", "H VIP": "1.50 / 1.5"}
        for link, score in printed.items():  # R065–R069
            assert score in row(pilot, link)
        assert "Points 13.07 / 12.5" in text(pilot)


async def test_only_the_weak_link_is_coloured_and_carries_its_glyph(shop: Path) -> None:
    async with screen(shop, "2") as pilot:
        coloured = {line.key for line in links(pilot).rows for cell in line.cells if cell.tone == "weak"}
        assert coloured == {"C"}
        assert "○" in row(pilot, "C Inquiries")
        assert "C Inquiries is the weak link" in text(pilot)
        assert links(pilot).row_key == "C"  # the cursor begins there


async def test_a_bar_touches_the_mark_of_its_target_only_when_the_target_is_met(shop: Path) -> None:
    async with screen(shop, "2") as pilot:
        assert "┿" in row(pilot, "D Monetisation")
        assert "│" in row(pilot, "F After-sale") and "┿" not in row(pilot, "F After-sale")


async def test_the_weeks_of_the_link_under_the_cursor_stand_below(shop: Path) -> None:
    async with screen(shop, "2") as pilot:
        assert any("2026-W19" in line and "2026-W22" in line for line in lines(pilot))
        assert row(pilot, "÷ distinct visitors").split()[-4:] == ["2,500", "2,000", "3,600", "1,700"]
        assert row(pilot, "Target ").split("%=")[0].endswith("8.0 ")  # agreed for the first week
        await press(pilot, "up")
        assert row(pilot, "Target ").split()[-4:] == ["1,000=", "1,030", "1,061", "1,093"]  # R043


async def test_the_month_before_and_after_and_no_other_grain(shop: Path) -> None:
    async with screen(shop, "2", "left_square_bracket") as pilot:
        assert "‹ 2026-04 ›" in text(pilot)
        await press(pilot, "right_square_bracket", "g", "q")
        assert "‹ 2026-05 ›" in text(pilot) and "read by month" in text(pilot)


async def test_a_wide_terminal_shows_every_finding_beside_the_links(shop: Path) -> None:
    async with screen(shop, "2", size=(120, 40)) as pilot:
        assert "Next month: growth 20.1 %" in " ".join(text(pilot).replace("│", " ").split())


async def test_a_vast_terminal_has_the_course_of_the_link_in_a_third_pane(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twelve months up to May every third is named below; asked for when the cursor rests, if three panes fit."""
    monkeypatch.setattr("kpi_tui.tui.screens.part_moved.REST", 0.01)
    for size, panes in (((200, 50), 1), ((160, 50), 0)):
        async with screen(shop, "2", size=size) as pilot:
            await press(pilot, "*")
            await pilot.pause(0.05)
            await settled(pilot)
            assert pilot.app.screen.query_one("#past").display == bool(panes)
            assert text(pilot).count("2025-11") == panes


# --- looking closer --------------------------------------------------------------------------------
async def test_enter_explains_the_link_with_formula_weeks_rule_and_where_the_metric_comes_from(shop: Path) -> None:
    async with screen(shop, "2", "enter") as pilot:
        assert isinstance(pilot.app.screen, LinkScreen)
        shown = " ".join(text(pilot).split())
        for wanted in (
            "÷ distinct visitors",
            "200 ÷ 2,500 = 8.0 %",
            "over the target count of the link before",
            "0.88",
        ):
            assert wanted in shown
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ChainScreen)


async def test_d_shows_both_orders_of_the_links(shop: Path) -> None:
    async with screen(shop, "2", "d", size=(120, 40)) as pilot:
        assert isinstance(pilot.app.screen, DiagnosisScreen)
        assert "By gain" in text(pilot) and "By attainment" in text(pilot)


async def test_c_shows_a_funnel_without_points(shop: Path) -> None:
    async with screen(shop, "2", "c", *"acquisition", "enter") as pilot:
        assert "Acquisition funnel" in text(pilot) and "Analysis only: no points" in text(pilot)
        await press(pilot, "e")
        assert "has no target" in text(pilot)


async def test_v_shows_what_moved_the_links_metric_and_backspace_leads_back(shop: Path) -> None:
    async with screen(shop, "2", "v") as pilot:
        assert isinstance(pilot.app.screen, DriversScreen)
        assert pilot.app.screen.subject == "inquiry_rate"
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, ChainScreen)


async def test_the_sql_of_a_link_is_for_who_asks_for_it(shop: Path) -> None:
    async with screen(shop, "2", "enter", size=(80, 80)) as pilot:
        assert "SELECT" not in text(pilot) and "Q SQL" in lines(pilot)[-1]
        await press(pilot, "Q")
        assert "SELECT" in text(pilot)
        await press(pilot, "Q")
        assert "SELECT" not in text(pilot)


async def test_x_explains_the_link_as_enter_does(shop: Path) -> None:
    async with screen(shop, "2", "x") as pilot:
        assert isinstance(pilot.app.screen, LinkScreen)


async def test_an_explanation_stands_under_the_link_it_was_asked_for_wherever_the_cursor_is_by_then(shop: Path) -> None:
    """Keys come in bursts over a slow line: x, then down, before the book has answered."""
    async with screen(shop, "2") as pilot:
        chain = pilot.app.screen
        assert isinstance(chain, ChainScreen) and chain.link is not None and chain.metric_here()
        asked = chain.link.link.id
        chain.action_explain()
        links(pilot).action_move(1)
        links(pilot).action_move(-2)
        elsewhere = chain.link.link.id
        await settled(pilot)
        assert elsewhere != asked
        title = str(pilot.app.screen.query_one("#title").render())
        assert isinstance(pilot.app.screen, LinkScreen) and title.startswith(f"{asked} "), title


async def test_the_asterisk_goes_to_the_weak_link(shop: Path) -> None:
    async with screen(shop, "2", "end", "asterisk") as pilot:
        assert links(pilot).row_key == "C"


async def test_without_any_score_the_asterisk_does_not_say_that_none_is_weak(hand: Path) -> None:
    async with screen(hand, "2", "asterisk") as pilot:
        assert "No link has a score yet" in text(pilot) and "none has fallen" not in text(pilot)


# --- roll-over -------------------------------------------------------------------------------------
async def test_the_proposal_shows_the_printed_recalibration_then_stands_in_the_file_and_undo_takes_it_back(
    shop: Path,
) -> None:
    async with screen(shop, "2", "o") as pilot:
        assert isinstance(pilot.app.screen, TableOverlay)
        for number in ("20.1 %", "2,402", "2,885", "3,465", "4,161"):  # R058–R062
            assert number in text(pilot)
        await press(pilot, "enter")
        assert "Rolled over 10 targets" in text(pilot) and "✎ 10 unsaved" in text(pilot)
        assert cells(shop, "2026-W23") == {}
        await press(pilot, "w")
        assert cells(shop, "2026-W23")["B"] == 2402
        assert cells(shop, "2026-06") == {"growth": 0.201}
        await press(pilot, "u")
        assert cells(shop, "2026-W23") == {} and "Taken back" in text(pilot)


@pytest.mark.parametrize(("language", "said"), [("en", "2026-W19 is not over"), ("zh", "2026-W19 尚未结束")])
async def test_a_week_that_is_not_over_is_not_rolled_and_says_so(shop: Path, language: str, said: str) -> None:
    """R043–R050: as of Wednesday, 6 May, three of its seven days are known."""
    head = shop / "workspace.toml"
    head.write_text(head.read_text("utf-8").replace("as_of = 2026-05-31", "as_of = 2026-05-06"), "utf-8")
    async with screen(shop, "2", "o", size=(120, 40), language=language) as pilot:
        assert said in text(pilot) and "✎" not in text(pilot)


async def test_escape_leaves_the_proposal_and_u_takes_back_an_unsaved_one(shop: Path) -> None:
    async with screen(shop, "2", "o", "escape") as pilot:
        assert "unsaved" not in text(pilot)
        await press(pilot, "o", "enter", "u")
        assert "✎" not in text(pilot)
        await press(pilot, "ctrl+r")
        assert "✎ 10 unsaved" in text(pilot)


async def test_rolled_targets_are_named_among_the_differences_on_the_targets_screen(shop: Path) -> None:
    async with screen(shop, "2", "o", "enter", "4", "D") as pilot:
        assert "B Visitors" in text(pilot) and "20.1 %" in text(pilot) and "growth baseline" in text(pilot)


# --- points and the growth baseline ----------------------------------------------------------------
async def test_r070_points_typed_for_a_link_raise_what_can_be_reached_are_saved_and_taken_back(shop: Path) -> None:
    async with screen(shop, "2", "P", "backspace", "3", "enter") as pilot:
        assert "/ 13.5" in text(pilot) and "1.32 / 3" in row(pilot, "C Inquiries")  # 0.883054 / 2 × 3
        assert "✎ 1 unsaved" in text(pilot) and cells(shop, "2026-05").get("points.C") is None
        await press(pilot, "w")
        assert cells(shop, "2026-05")["points.C"] == 3
        await press(pilot, "u")
        assert "/ 12.5" in text(pilot) and "points.C" not in cells(shop, "2026-05")


async def test_r070_points_that_are_no_change_negative_or_of_a_link_without_points_change_nothing(shop: Path) -> None:
    async with screen(shop, "2", "P", "enter") as pilot:
        assert "stands already" in text(pilot) and "unsaved" not in text(pilot)
        await press(pilot, "P", "backspace", *"=-1", "enter")
        assert "cannot be negative" in text(pilot)
        await press(pilot, "escape", "home", "P")
        assert "only looked at" in text(pilot) and "unsaved" not in text(pilot)


async def test_r061_the_baseline_is_reset_with_a_note_and_the_weeks_follow_it(shop: Path) -> None:
    async with screen(shop, "2", "up", "B", "backspace", "backspace", *"5%", "enter", "enter") as pilot:
        assert "needs a note" in text(pilot) and "unsaved" not in text(pilot)
        await press(pilot, *"flat", "enter")
        assert row(pilot, "Target ").split()[-4:] == ["1,000=", "1,050", "1,103", "1,158"]  # R043: 1000 × 1.05 ** n
        await press(pilot, "w")
        assert cells(shop, "2026-05")["growth"] == 0.05
        assert '"flat"' in (shop / "targets" / "2026-05.toml").read_text(encoding="utf-8")


async def test_r061_an_empty_baseline_goes_back_to_what_the_chain_says(shop: Path) -> None:
    async with screen(shop, "2", "up", "B", "backspace", "backspace", *"5%", "enter", *"up", "enter") as pilot:
        await press(pilot, "B", "backspace", "backspace", "enter", *"back", "enter")
        assert row(pilot, "Target ").split()[-4:] == ["1,000=", "1,030", "1,061", "1,093"]  # R043
        assert "unsaved" not in text(pilot)


# --- targets of weeks ------------------------------------------------------------------------------
async def test_a_target_typed_into_a_week_that_is_over_wants_a_reason_and_changes_the_score(shop: Path) -> None:
    async with screen(shop, "2", "e") as pilot:
        week = pilot.app.screen.query_one(TargetSheet)
        assert week.editing and week.column_key == "2026-W22"
        await press(pilot, "escape", "left", "e")
        await press(pilot, *["backspace"] * 8, *"10%", "enter")
        assert "✎ 10.0 %" in row(pilot, "Target ")
        await press(pilot, "w")
        assert "A period that is over changes. Why?" in text(pilot)
        await press(pilot, *"agreed", "enter")
        assert cells(shop, "2026-W21") == {"C": 0.1}
        assert "10.0 %=" in row(pilot, "Target ")
        # R066: Σ actual 0.323922, Σ target 2 × 0.323922 / 0.883054 = 0.73364, of which 17.3 % become 10 %
        assert "0.98 / 2" in row(pilot, "C Inquiries")
        await press(pilot, "u", *"mistyped", "enter")
        assert cells(shop, "2026-W21") == {}


async def test_a_text_that_is_no_number_keeps_the_cell_open_with_a_sentence(shop: Path) -> None:
    async with screen(shop, "2", "e", *"abc", "enter") as pilot:
        assert pilot.app.screen.query_one(TargetSheet).editing
        assert "no number" in text(pilot)
        await press(pilot, "escape")
        assert not pilot.app.screen.query_one(TargetSheet).editing


async def test_digits_switch_screens_from_the_links_and_escape_leads_back_to_them(shop: Path) -> None:
    async with screen(shop, "2", "tab") as pilot:
        assert pilot.app.screen.query_one(TargetSheet).has_focus
        await press(pilot, "escape")
        assert links(pilot).has_focus
        await press(pilot, "3")
        assert not isinstance(pilot.app.screen, ChainScreen)


# --- numbers typed by hand -------------------------------------------------------------------------
async def test_weeks_without_tables_are_typed_marked_saved_and_taken_back(hand: Path) -> None:
    async with screen(hand, "2", "down", "a") as pilot:
        assert "tables lack it" in text(pilot)
        await press(pilot, *"2500", "tab", "enter", *"2000", "enter")
        assert "✎ 2,500" in text(pilot) and "✎ 2 unsaved" in text(pilot)
        await press(pilot, "w")
        typed = [cells(hand, f"2026-W{week}", "actuals", "counts") for week in (19, 20)]
        assert typed == [{"new_visitor_count": 2500}, {"new_visitor_count": 2000}]
        assert "2,500✎" in text(pilot) and "2,000✎" in text(pilot)
        await press(pilot, "u")
        assert cells(hand, "2026-W19", "actuals", "counts") == {}


async def test_undo_takes_back_targets_and_typed_numbers_in_the_order_they_were_made(hand: Path) -> None:
    async with screen(hand, "2", "down", "a", *"2500", "enter") as pilot:
        await press(pilot, "e", *["backspace"] * 8, *"900", "enter")
        assert "✎ 2 unsaved" in text(pilot)
        await press(pilot, "u")
        assert "✎ 2,500" in text(pilot) and "✎ 900" not in text(pilot)
        await press(pilot, "u")
        assert "✎" not in text(pilot)
        await press(pilot, "ctrl+r")
        assert "✎ 2,500" in text(pilot)


async def test_a_number_the_tables_know_says_that_typing_would_not_count(shop: Path) -> None:
    async with screen(shop, "2", "a") as pilot:
        assert "would not count" in text(pilot)


async def test_a_negative_count_is_refused(hand: Path) -> None:
    async with screen(hand, "2", "down", "a", *"=-5", "enter") as pilot:
        assert "cannot be negative" in text(pilot)


async def test_typed_numbers_left_unsaved_are_offered_again(hand: Path) -> None:
    async with screen(hand, "2", "down", "a", *"2500", "enter", "escape", "q") as pilot:
        assert "1 unsaved" in pilot.app.farewell[0]
    async with screen(hand, "enter", "2", "down") as pilot:
        assert "✎ 2,500" in text(pilot)


# --- nothing to show, hostile text, every size -----------------------------------------------------
async def test_without_chains_the_screen_says_what_to_do_and_every_command_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen(chain_shop.bare(tmp_path, monkeypatch), "2") as pilot:
        assert "No chain in this workspace" in text(pilot) and "kpi-tui check" in text(pilot)
        await press(pilot, "o")
        assert "There is no chain" in text(pilot)


async def test_a_workspace_without_tables_says_that_weeks_can_be_typed(hand: Path) -> None:
    async with screen(hand, "2") as pilot:
        assert "behind these links are missing" in text(pilot) and "types their weeks" in text(pilot)


async def test_hostile_names_are_shown_as_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = HOSTILE.encode("unicode_escape").decode().replace("\\x", "\\u00")
    chain = f'[chains.bad]\nname = "{name}"\nlinks = [{{ id = "a", name = "{name}", absolute = "visitor_count" }}]\n'
    root = chain_shop.bare(tmp_path, monkeypatch, chain, 'extends = "standard"')
    async with screen(root, "2", "c", *"bad", "enter", "enter") as pilot:
        for _overlay in range(2):
            assert "[bold red]x[/]" in text(pilot)
            assert not set(text(pilot)) & set("\x1b\x07\x9b\u202e\u200b")
            await press(pilot, "escape")


@pytest.mark.sampled(6, keep=(0, 3, 4))
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_every_size_and_language_shows_whole_lines_and_no_cut_number(
    shop: Path, size: tuple[int, int], language: str
) -> None:
    async with screen(shop, "2", size=size, language=language) as pilot:
        assert all(cell_len(line) == size[0] for line in lines(pilot))
        assert "0.88 / 2" in text(pilot)
        await press(pilot, "enter")
        assert all(cell_len(line) == size[0] for line in lines(pilot))


async def test_at_60_by_16_the_week_table_keeps_its_numbers_whole_and_can_be_scrolled(shop: Path) -> None:
    async with screen(shop, "2", "end", "up", "tab", "end", size=(60, 16)) as pilot:
        table = [line.rstrip(" ▁▂▃▄▅▆▇█") for line in lines(pilot)]
        assert any(line.startswith("  G Repeat monetisation") and line.endswith(" 2026-05") for line in table)
        assert any("Score" in line and line.endswith(" 1.04") for line in table)  # R068


@pytest.mark.parametrize("command", in_scope(CHAIN), ids=lambda command: command.id)
async def test_every_command_of_the_chain_does_something_on_its_keys(shop: Path, command) -> None:
    for key in keys_of(command, {}):
        async with screen(shop, "2", "end") as pilot:
            before = (text(pilot), pilot.app.focused)
            await press(pilot, *key.split())
            assert (text(pilot), pilot.app.focused) != before, key
