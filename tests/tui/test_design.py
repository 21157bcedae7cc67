"""The Design screen over a real Book: four steps by keyboard, weights that sum, saves that move open periods only."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.editing.conflict import ConflictScreen
from kpi_tui.tui.overlays.proposals import ProposalScreen
from kpi_tui.tui.overlays.question import QuestionScreen
from kpi_tui.tui.quitting import farewell
from kpi_tui.tui.screens.design.screen import DesignScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.driving import burst, lines, opened, press, settled, text
from tests.tui.one_place import copied
from tests.workspaces import Shop, orders

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
ROLES = """[roles.ops]
name = "Ops"               # by hand
duty = "sells"
aim = "revenue"
principles = { life_cycle = "a", post = "b", read = "c", understood = "d", easy = "e" }
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "aov"
weight = 40

[roles.care]
name = "Care"
[[roles.care.lines]]
metric = "paid_orders"
weight = 100
"""


@pytest.fixture(scope="module")
def agreed_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two orders of 100 in October, one of 300 in November, targets of both; today is in the middle of November."""
    made = Shop(tmp_path_factory.mktemp("design") / "shop").says(as_of="2026-11-15", north_star="gmv")
    rows = orders(
        ("o1", "u1", "2026-10-03 10:00:00", 100),
        ("o2", "u2", "2026-10-04 10:00:00", 100),
        ("o3", "u1", "2026-11-03 10:00:00", 300),
    )
    made.has("orders", rows, complete_until="2026-11-15").defines("roles/roles.toml", ROLES)
    made.defines("people.toml", '[people.ann]\nname = "Ann"\nroles = ["ops"]\n')
    home = str(tmp_path_factory.mktemp("home"))
    with closing(made.book(who="ann", environ={"HOME": home})) as book:
        for period in (OCTOBER, NOVEMBER):
            for metric in ("paid_amount", "aov"):
                book.targets.set(TargetKey("ops", metric), period, 200)
        book.targets.save("agreed")
    return made.root


@pytest.fixture
def shop(agreed_shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop as nobody has touched it."""
    return copied(agreed_shop, tmp_path, monkeypatch)


def book(root: Path, who: str = "ann") -> Any:
    return Book.open(root, who=who)


def role(root: Path, id_: str = "ops") -> dict[str, Any]:
    """The role as its file says it."""
    for file in sorted((root / "roles").glob("*.toml")):
        if found := tomllib.loads(file.read_text(encoding="utf-8")).get("roles", {}).get(id_):
            return dict(found)
    return {}


def score(root: Path, period: Period) -> float | None:
    with closing(Book.open(root, who="ann", draft=False)) as opened_book:
        return opened_book.scores.scorecard("ops", period).score


async def go_to(pilot: Pilot[int], step: str) -> DesignScreen:
    """The Design screen at a step."""
    await press(pilot, "7")
    screen = pilot.app.screen
    assert isinstance(screen, DesignScreen)
    while screen.step.id != step:
        await press(pilot, "right_curly_bracket")
    return screen


def line_with(pilot: Pilot[int], words: str) -> str:
    return next(line for line in lines(pilot) if words in line)


@pytest.fixture
def english() -> Iterator[None]:
    yield


# --- what each step shows --------------------------------------------------------------------------
async def test_the_four_steps_say_what_they_are_about_and_how_many_posts_are_done(shop: Path) -> None:
    """Ops has a ratio and an amount; Care no duty, no answer and one line: 1 of 2 posts is done."""
    async with opened(book(shop)) as pilot:
        await go_to(pilot, "plan")
        assert "Plan  ›  Library  ›  Posts  ›  Allocation" in lines(pilot)[1]
        assert "1 of 2 posts done" in lines(pilot)[1] and "‹ 2026-11 ›" in lines(pilot)[1]
        assert "AARRR model" in text(pilot) and "Employee growth" in text(pilot)
        await press(pilot, "right_curly_bracket")
        pilot.app.screen.sheet.go("aov")  # type: ignore[attr-defined]
        await press(pilot, "down")
        assert "Ops" in line_with(pilot, "Average order value")
        await press(pilot, "right_curly_bracket")
        assert "● Ops" in text(pilot)
        assert line_with(pilot, "Fits the user life cycle?").strip().endswith("a")
        await press(pilot, "right_curly_bracket")
        assert "‹60›" in line_with(pilot, "Paid amount")
        assert "‹40›" in line_with(pilot, "Average order value") and " 100 " in line_with(pilot, "Paid orders")


async def test_a_text_of_a_stage_is_written_whole_with_the_shipped_ones_beside_it(shop: Path) -> None:
    """R024: what the library says of the other two stays when one text of a stage is written."""
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "plan")
        screen.sheet.go("life silent aim")
        await press(pilot, "e", *"wake", "enter", "w")
        assert line_with(pilot, "wake").lstrip("▸ ").startswith("Aim")
    stage = tomllib.loads((shop / "stages.toml").read_text(encoding="utf-8"))["stages"]["silent"]
    assert stage["key_point"]["zh"] == "不再来访，但尚未离开"
    assert "wake" in str(stage["aim"])


async def test_a_module_is_switched_off_and_on_with_the_same_key(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "plan")
        screen.sheet.go("module employee_growth")
        await press(pilot, "space")
        assert "switched off" in line_with(pilot, "Employee growth  ")
        await press(pilot, "w")
        assert tomllib.loads((shop / "workspace.toml").read_text())["modules"]["off"] == ["employee_growth"]
        screen.sheet.go("module employee_growth")
        await press(pilot, "space", "w")
        assert "off" not in tomllib.loads((shop / "workspace.toml").read_text()).get("modules", {})


async def test_a_chosen_metric_stands_first_where_a_line_is_added(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "library")
        screen.sheet.go("buyers")
        await press(pilot, "space")
        assert line_with(pilot, "Buyers").lstrip("▸ ").startswith("✓")
        await press(pilot, "right_curly_bracket", "right_curly_bracket", "plus")
        assert "✓ Buyers" in lines(pilot)[2] or "✓ Buyers" in lines(pilot)[3]
        await press(pilot, "enter")
        assert "‹0›" in line_with(pilot, "Buyers"), "no point was left for it"
        await press(pilot, "w")
    assert tomllib.loads((shop / "workspace.toml").read_text())["candidates"] == ["buyers"]
    assert role(shop)["lines"][-1]["metric"] == "buyers" if "versions" not in role(shop) else True


# --- weights ---------------------------------------------------------------------------------------
async def test_weights_are_shifted_by_5_and_1_and_what_is_not_given_is_told_until_it_is(shop: Path) -> None:
    """60 and 40; 5 and 1 taken from the first leave 6; they go to the second, and no more does (R036)."""
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "right")
        assert "All 100 points are given" in text(pilot)
        await press(pilot, "left", "shift+left")
        assert "‹54›" in line_with(pilot, "Paid amount")
        assert "6 points are not given yet" in text(pilot)
        await press(pilot, "w")
        assert "not 100" in text(pilot) and role(shop)["lines"][0]["weight"] == 60
        screen.sheet.go("metric aov")
        await press(pilot, "right", "right")
        assert "‹46›" in line_with(pilot, "Average order value"), "5, then the last one"
        assert "not given yet" not in text(pilot)


async def test_a_key_acts_on_the_row_at_which_it_was_pressed_however_fast_the_next_one_comes(shop: Path) -> None:
    """Left, down, left in one read: 5 from the first line and 5 from the second, not 10 from one of them."""
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await settled(pilot)
        await burst(pilot, "left", "down", "left", "shift+left", "down")
        assert "‹55›" in line_with(pilot, "Paid amount") and "‹34›" in line_with(pilot, "Average order value")
        screen.sheet.go("metric aov")
        await settled(pilot)
        await burst(pilot, "e", "4", "1", "enter")
        assert "‹41›" in line_with(pilot, "Average order value"), "typed in one read"


async def test_p_proposes_targets_for_the_post_in_hand_and_its_backtest_stands_beside_the_line(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        await go_to(pilot, "allocation")
        await press(pilot, "p")
        assert isinstance(pilot.app.screen, ProposalScreen)


async def test_a_saved_weight_moves_the_open_period_only_and_nothing_is_started_again(shop: Path) -> None:
    """October: 200 of 200 and 100 of 200 are 60 + 20. November: 300 of 200 is held at the cap, 300 of 200 too.

    With 40 and 60 October would be 40 + 30; it stays at 80 because it was scored by 60 and 40 (R009).
    """
    before = [score(shop, OCTOBER), score(shop, NOVEMBER)]
    assert before == [pytest.approx(80), pytest.approx(150)]
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "e", *"40", "enter")
        screen.sheet.go("metric aov")
        await press(pilot, "e", *"60", "enter", "w")
        assert "Saved" in text(pilot)
        await press(pilot, "1")
        assert "Wt" in text(pilot) or "60" in line_with(pilot, "Average order value")
        await press(pilot, "left_square_bracket")
        assert "‹ 2026-10 ›" in text(pilot) and "80.0" in text(pilot)
    assert score(shop, OCTOBER) == pytest.approx(80)
    assert score(shop, NOVEMBER) == pytest.approx(150)
    assert "# by hand" in (shop / "roles" / "roles.toml").read_text(), "what a person wrote stays"


async def test_undo_takes_a_shift_back_and_redo_gives_it_again(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "left", "left", "u")
        assert "‹55›" in line_with(pilot, "Paid amount")
        await press(pilot, "U")
        assert "‹50›" in line_with(pilot, "Paid amount")
        await press(pilot, "u", "u")
        assert "‹60›" in line_with(pilot, "Paid amount") and "unsaved" not in lines(pilot)[1]


async def test_what_was_saved_is_taken_back_after_a_restart_and_the_book_follows(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "posts")
        screen.sheet.go("role care duty")
        await press(pilot, "e", *"answers", "enter", "w")
        assert role(shop, "care")["duty"] == "answers"
    async with opened(book(shop)) as pilot:
        await go_to(pilot, "posts")
        await press(pilot, "u")
        assert "duty" not in role(shop, "care")
        assert "Taken back: Care › Duty" in lines(pilot)[-2]
        assert pilot.app.workspace.roles["care"].duty.en == ""  # type: ignore[attr-defined]


async def test_two_people_at_one_weight_are_shown_both_sides_and_one_is_kept(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "posts")
        screen.sheet.go("role care duty")
        await press(pilot, "e", *"mine", "enter")
        with closing(Book.open(shop, who="bob", draft=False)) as other:
            other.definitions.set(("roles", "care", "duty"), "theirs")
            other.definitions.save()
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, ConflictScreen)
        assert "Care › Duty" in text(pilot) and "mine" in text(pilot) and "bob 2" in line_with(pilot, "theirs")
        assert "Somebody else changed the same definitions." in lines(pilot)[0]
        told = [line.strip() for line in lines(pilot)[-5:-1]]
        assert told[:3] == ["Care › Duty", "Was: —", "Mine: mine"]
        assert told[3].startswith("Theirs: theirs · bob 2")
        await press(pilot, "less_than_sign", "w")
        assert role(shop, "care")["duty"] == "mine"


async def test_all_that_is_said_of_a_post_is_read_whole_at_80_columns(shop: Path) -> None:
    """Care has one line, an amount: two principles speak in two lines each, below its points and holders."""
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "posts")
        screen.sheet.go("role care lines")
        await settled(pilot)
        assert "1 line · 100 of 100 points given · held by nobody yet" in text(pilot)
        assert "quality falls → give weight to a ratio" in text(pilot), "the fifth line"


async def test_a_post_chosen_with_r_comes_under_the_cursor(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "posts")
        await press(pilot, "r", *"Care", "enter")
        assert screen.row == "role care name"


async def test_a_killed_app_goes_on_at_its_step_with_the_edits_it_had(shop: Path) -> None:
    first = KilledAfter(shop)
    await first.edit()
    async with opened(book(shop)) as pilot:
        assert isinstance(pilot.app.screen, QuestionScreen), "the draft is offered"
        await press(pilot, "enter", "7")
        screen = pilot.app.screen
        assert isinstance(screen, DesignScreen)
        assert (screen.step.id, screen.row) == ("allocation", "metric aov")
        assert "‹35›" in line_with(pilot, "Average order value") and "1 unsaved" in lines(pilot)[1]
        await press(pilot, "u")
        assert "‹40›" in line_with(pilot, "Average order value")


class KilledAfter:
    """An app that is never left in good order: nothing is written after the edit."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def edit(self) -> None:
        killed = book(self._root)
        killed.close = lambda: None
        async with opened(killed) as pilot:
            screen = await go_to(pilot, "allocation")
            screen.sheet.go("metric aov")
            await press(pilot, "left")


# --- lines, methods, bonus -------------------------------------------------------------------------
async def test_tab_takes_the_next_post_into_hand(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        await go_to(pilot, "allocation")
        await press(pilot, "tab")
        assert "▾ Care" in text(pilot) and "‹100›" in line_with(pilot, "Paid orders")
        assert "Care: no revenue" in text(pilot) or "Care: 1 weighted metric" in text(pilot)


async def test_a_method_and_its_numbers_are_chosen_and_typed(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric aov")
        await press(pilot, "M", *"linear", "enter", *"floor=50 stretch=300", "enter", "w")
        assert "between floor and stretch" in text(pilot) or pilot.app.size.width < 100
    with closing(Book.open(shop, who="ann", draft=False)) as found:
        line = found.workspace.at(NOVEMBER).roles["ops"].lines[1]
        assert (str(line.method), dict(line.options)) == ("linear", {"floor": 50, "stretch": 300})
        assert found.workspace.at(OCTOBER).roles["ops"].lines[1].method is None


async def test_a_line_is_taken_out_and_the_last_one_stays(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric aov")
        await press(pilot, "delete")
        assert "40 points are not given yet" in text(pilot)
        screen.sheet.go("metric paid_amount")
        await press(pilot, "delete")
        assert "at least one line" in text(pilot)


async def test_a_step_of_the_bonus_is_written_and_the_mode_is_turned(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("bonus mode")
        await press(pilot, "e")
        screen.sheet.go("bonus 1")
        await press(pilot, "plus", *"120% 20%", "enter", "w")
    with closing(Book.open(shop, who="ann", draft=False)) as found:
        bonus = found.workspace.at(NOVEMBER).bonus
        assert bonus.mode == "adjust"
        assert [(step.attainment, step.effect) for step in bonus.steps] == [(0, -0.1), (1, 0.1), (1.2, 0.2)]
        assert found.workspace.at(OCTOBER).bonus.mode == "deduct"


async def test_lines_are_put_in_order_and_the_file_keeps_its_comments(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "shift+up")
        assert "It is the first line already." in lines(pilot)[-2]
        await press(pilot, "shift+down")
        assert "Line 2 of 2." in lines(pilot)[-2] and screen.row == "metric paid_amount"
        rows = [row.key for row in screen.sheet.rows]
        assert rows.index("metric aov") < rows.index("metric paid_amount")
        await press(pilot, "p")
        assert isinstance(pilot.app.screen, ProposalScreen), "another order is nothing that proposals care about"
        await press(pilot, "escape", "w")
        with closing(Book.open(shop, who="ann", draft=False)) as found:
            assert [line.metric for line in found.workspace.at(NOVEMBER).roles["ops"].lines] == ["aov", "paid_amount"]
            assert [line.metric for line in found.workspace.at(OCTOBER).roles["ops"].lines] == ["paid_amount", "aov"]
        assert '"Ops"               # by hand' in (shop / "roles/roles.toml").read_text(encoding="utf-8")
        await press(pilot, "u")
        assert (shop / "roles/roles.toml").read_text(encoding="utf-8") == ROLES


async def test_p_proposes_for_lines_that_are_not_saved_and_w_writes_a_target_only_with_its_line(shop: Path) -> None:
    """92 orders in the 92 days of the quarter are 30 in November. 60 + 25 points are refused, 60 + 40 are not."""
    with closing(Book.open(shop, who="ann", draft=False)) as found:
        found.targets.set(TargetKey("ops", "paid_orders"), Period.parse("2026-Q4"), 92)
        found.targets.save()
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric aov")
        await press(pilot, "delete", "plus", *"paid orders", "enter", "e", *"25", "enter", "p")
        assert isinstance(pilot.app.screen, ProposalScreen)
        sheet = pilot.app.screen.query_one(SheetTable)
        assert not any("aov" in row.key for row in sheet.rows), "the line was taken out"
        sheet.go(next(row.key for row in sheet.rows if "paid_orders" in row.key and "parent" in row.key))
        await press(pilot, "enter")
        await press(pilot, "escape", "w")
        assert "not 100" in text(pilot)
        assert 'metric = "paid_orders"' not in (shop / "targets/2026-11.toml").read_text(encoding="utf-8")
        screen.sheet.go("metric paid_orders")
        await press(pilot, "e", *"40", "enter", "w")
        assert "Saved" in text(pilot)
    with closing(Book.open(shop, who="ann", draft=False)) as found:
        assert found.targets.of(NOVEMBER)[TargetKey("ops", "paid_orders")].value == 30
        lines_now = found.workspace.at(NOVEMBER).roles["ops"].lines
        assert [line.metric for line in lines_now] == ["paid_amount", "paid_orders"]


async def test_the_bonus_base_of_a_post_and_of_a_person_is_typed_and_taken_out(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("bonus base")
        await press(pilot, "e", *"-5", "enter")
        assert "is negative" in text(pilot)
        await press(pilot, "escape", "e", *"8000.50", "enter")
        assert "8,000.50" in line_with(pilot, "bonus base of a month")
        await press(pilot, "w", "left_curly_bracket")
        screen.sheet.go("person ann")
        await press(pilot, "e", *"bonus base", "enter", *"900", "enter", "w")
        assert "bonus base 900.00" in text(pilot)
        with closing(Book.open(shop, who="ann", draft=False)) as found:
            space = found.workspace.at(NOVEMBER)
            assert (space.roles["ops"].bonus_base, space.people["ann"].bonus_base) == (8000.5, 900)
            assert found.workspace.at(OCTOBER).roles["ops"].bonus_base is None
        await go_to(pilot, "allocation")
        screen.sheet.go("bonus base")
        await press(pilot, "delete", "w")
    with closing(Book.open(shop, who="ann", draft=False)) as found:
        assert found.workspace.at(NOVEMBER).roles["ops"].bonus_base is None


# --- where nothing can be kept -----------------------------------------------------------------------
async def test_in_a_folder_that_cannot_be_written_an_edit_is_refused_and_says_why(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked of `os.access`: a superuser, who runs many tests, may write into a folder without its rights."""
    monkeypatch.setattr(os, "access", lambda path, mode, **_: mode != os.W_OK | os.X_OK)
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "left")
        assert "nothing can be saved here (Permission denied)" in "".join(lines(pilot)[-4:])
        assert farewell(pilot.app.book) == ()  # type: ignore[attr-defined]


async def test_q_does_not_say_that_a_draft_is_kept_which_could_not_be(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a_file"))
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "left")
        (said,) = farewell(pilot.app.book)  # type: ignore[attr-defined]
        assert said.startswith("1 unsaved edit is lost: ") and "the draft cannot be kept" in said
        await press(pilot, "q")
        assert "1 unsaved edit could not be kept: save with w" in "".join(lines(pilot)[-6:])
        assert pilot.app.is_running
        await press(pilot, "q")
        assert pilot.app.return_code == 0


# --- posts and people ------------------------------------------------------------------------------
async def test_an_answer_a_person_and_the_north_star_are_written(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "posts")
        screen.sheet.go("role care principles.easy")
        await press(pilot, "e", *"from the desk", "enter")
        assert "from the desk" in text(pilot)
        screen.sheet.go("person ann")
        await press(pilot, "e", *"Care", "enter", "escape", "e", *"name", "enter", *"Anna", "enter")
        assert line_with(pilot, "▸").split()[1:] == ["Anna", "Ops,", "Care"]
        screen.sheet.go("star")
        await press(pilot, "e", *"paid_amount", "enter", "w")
    with closing(Book.open(shop, who="ann", draft=False)) as found:
        space = found.workspace.at(NOVEMBER)
        assert space.roles["care"].principles["easy"].en == "from the desk"
        assert space.people["ann"].roles == ("ops", "care")
        assert space.north_star == "paid_amount"


async def test_a_post_of_ones_own_begins_with_what_was_chosen(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        await go_to(pilot, "library")
        pilot.app.screen.sheet.go("buyers")  # type: ignore[attr-defined]
        await press(pilot, "space", "right_curly_bracket", "plus", "enter", *"Live team", "enter")
        assert "○ Live team" in text(pilot)
        assert "1 line · 0 of 100 points given" in text(pilot) or "Live team" in text(pilot)
        with closing(Book.open(shop, who="ann", draft=False)) as found:
            assert "live_team" not in found.workspace.roles, "nothing is written before w"


async def test_a_post_is_taken_out_with_its_name_and_from_the_people_who_held_it(shop: Path) -> None:
    async with opened(book(shop)) as pilot:
        screen = await go_to(pilot, "posts")
        screen.sheet.go("role ops name")
        await press(pilot, "delete")
        assert list(screen.space.roles) == ["care"] and "is taken out" in text(pilot)
        await press(pilot, "u")
        assert list(screen.space.roles) == ["ops", "care"] and screen.space.people["ann"].roles == ("ops",)


async def test_a_workspace_without_a_post_opens_design_and_a_preset_gives_it_posts(shop: Path) -> None:
    (shop / "roles" / "roles.toml").unlink()
    (shop / "people.toml").unlink()
    async with opened(book(shop)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, DesignScreen) and screen.step.id == "posts"
        assert "No post yet" in text(pilot)
        screen.sheet.go("way preset")
        await press(pilot, "enter", *"All five posts", "enter")
        assert "Operations" in text(pilot)
        await press(pilot, "w")
        assert "Saved" in text(pilot) and "Promotion — → 2 lines" in lines(pilot)[-2]
        await press(pilot, "1")
        assert "No posts yet" not in text(pilot)
    assert role(shop, "operations")["lines"], "made of what orders alone allow"


async def test_the_period_that_is_over_asks_why_and_the_history_says_it(shop: Path) -> None:
    """An edit in view of October, which is over, is late: it needs a reason (R009)."""
    async with opened(book(shop)) as pilot:
        await press(pilot, "left_square_bracket")
        screen = await go_to(pilot, "allocation")
        screen.sheet.go("metric paid_amount")
        await press(pilot, "e", *"50", "enter")
        screen.sheet.go("metric aov")
        await press(pilot, "e", *"50", "enter", "w")
        assert "Why?" in text(pilot)
        await press(pilot, *"mistyped", "enter")
        assert "Saved" in text(pilot) and "‹ 2026-10 › over" in lines(pilot)[1]
        await press(pilot, "H")
        (row,) = (line for line in lines(pilot) if "Average order va" in line)
        assert "2026-10 late" in row and "mistyped" in row and "ann" in row
    assert score(shop, OCTOBER) == pytest.approx(75)
