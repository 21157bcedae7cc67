"""The wizard by keyboard: from exports to a workspace, picked columns, left and gone on with, reading stopped.

Figures: `tests/unit/recipes/exports/*/right.toml`.
"""

from __future__ import annotations

import shutil
import threading
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book, create_workspace, propose
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.setup import STEPS, SetupAnswers
from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.progress import Cancelled
from kpi_tui.definitions.text import Text
from kpi_tui.text.i18n import set_language
from kpi_tui.tui.app import KpiApp
from kpi_tui.tui.screens.scorecard.screen import ScorecardScreen
from kpi_tui.tui.screens.wizard.opening import wizard_first
from kpi_tui.tui.screens.wizard.screen import WizardScreen
from kpi_tui.views.data.proposal import with_questions
from kpi_tui.workspace.start.setup_draft import load_setup
from tests.tui.driving import CALM, press, settled, text
from tests.unit.recipes.test_two_platforms import TAOBAO

EXPORTS = Path(__file__).parents[1] / "unit" / "recipes" / "exports"
OWN = """订单号,下单时间,付款时间,用户ID,实付金额,订单金额
0001,2026-10-05 10:00:00,2026-10-05 10:05:00,u1,100,110
0002,2026-10-31 11:00:00,2026-10-31 11:05:00,u2,50,60
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the orders of Taobao and JD."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "shop"
    folder.mkdir()
    for name in ("taobao_orders", "jd_orders"):
        (file,) = (path for path in (EXPORTS / name).iterdir() if path.name != "right.toml")
        shutil.copy(file, folder / f"{name}.csv")
    monkeypatch.chdir(folder)
    return folder


def own(folder: Path) -> Path:
    file = folder / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    return file


@asynccontextmanager
async def wizard(
    folder: Path, *files: Path, size: tuple[int, int] = (80, 24), spoken: str = "en"
) -> AsyncIterator[Pilot[int]]:
    """The app that begins with the wizard."""
    set_language(spoken)
    app = KpiApp(lambda: Book.open(folder), first=wizard_first(folder, files), options=CALM, spoken=spoken)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def test_two_exports_become_a_workspace_in_eight_keys(shop: Path) -> None:
    """Enter seven times, and once `e`: both exports are complete up to the 31st, so that October is 1,485.50."""
    async with wizard(shop, *sorted(shop.glob("*.csv"))) as pilot:
        assert isinstance(pilot.app.screen, WizardScreen)
        assert "Orders from 2 sources" in text(pilot)
        assert "▸1 Files" in text(pilot)
        await press(pilot, "enter")
        assert "▸2 Columns" in text(pilot)
        assert "Orders · jd from jd_orders.csv" in text(pilot)
        await press(pilot, "enter")
        assert "8 orders paid, 1,485.50 CNY; 2 of them closed or refunded" in " ".join(text(pilot).split())
        assert "jd has no order after 2026-10-06" in text(pilot)
        await press(pilot, "e")
        assert "complete up to 2026-10-31" in text(pilot)
        await press(pilot, "enter", "enter", "enter")
        assert "▸6 Roles" in text(pilot)
        await press(pilot, "enter")
        assert not (shop / "workspace.toml").exists()
        await press(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ScorecardScreen)
        assert "Operations" in text(pilot)
    opened = Book.open(shop, draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert value.value == 1485.5
    assert len(opened.workspace.roles) >= 2


@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_three_exports_become_scorecards_with_targets_and_a_pack_in_twenty_keys(shop: Path, spoken: str) -> None:
    """Taobao 31 × 100 in October, JD as its `right.toml` says (1,230), a stall of 100: 4,430; no editor is opened."""
    days = [f"2026-{month:02}-{day:02}" for month, last in ((9, 30), (10, 31)) for day in range(1, last + 1)]
    rows = (f"7{n:03},tb{n % 40},100,0,100,交易成功,{day} 10:00:00,{day} 10:01:00\n" for n, day in enumerate(days))
    (shop / "taobao_orders.csv").write_text(TAOBAO + "".join(rows), encoding="utf-8")
    stall = [f"S{n},2026-{9 + n // 10:02}-{n % 10 + 1:02},10,m{n}" for n in range(20)]
    (shop / "stall.csv").write_text("\n".join(["No,Sold on,Total,Customer", *stall]) + "\n", encoding="utf-8")
    written = ["down"] * 4 + ["space"] + ["enter", "enter", "e"] + ["enter"] * 5
    agreed = ["p", "tab", "A", "escape", "w", "X", "enter"]
    async with wizard(shop, *sorted(shop.glob("*.csv")), spoken=spoken) as pilot:
        await press(pilot, *written)
        for _step in range(500):  # the first numbers of the scorecard come after the workspace is open
            if "◌" in text(pilot):
                break
            await pilot.pause(0.02)
        await press(pilot, *agreed)
    assert len(written + agreed) == 20
    opened = Book.open(shop, draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert value.value == 4430
    (targets,) = (shop / "targets").glob("*.toml")
    assert len(tomllib.loads(targets.read_text(encoding="utf-8"))["targets"]) >= 2, "two roles at least"
    (pack,) = shop.glob("pack-*.html")
    assert "4,430" in pack.read_text(encoding="utf-8")


async def test_a_column_is_picked_from_the_file_and_its_numbers_follow(shop: Path) -> None:
    """订单金额 for paid_amount: 110 + 60 = 170 instead of 150."""
    async with wizard(shop, own(shop)) as pilot:
        await press(pilot, "enter", *["down"] * 5)
        assert "Paid amount of Orders" in text(pilot)
        await press(pilot, "e", *"订单金额", "enter")
        assert "110.0, 60.0" in text(pilot)
        await press(pilot, "enter")
        assert "2 orders paid, 170.00 CNY" in text(pilot)
        await press(pilot, "2", *["down"] * 5, "delete", "3")
        assert "2 orders paid, amount —: no paid_amount of them is known" in " ".join(text(pilot).split())


SOLD = """Ref,When it happened,Who,How much
A1,2026-10-05 10:00:00,anna,100.50
A2,2026-10-06 11:00:00,bob,50
"""


async def test_a_file_nobody_knows_is_said_to_be_orders_and_its_columns_are_picked(shop: Path) -> None:
    """100.50 + 50 = 150.50. Without its time it cannot be read, which is said at the key that goes on."""
    file = shop / "sold.csv"
    file.write_text(SOLD, encoding="utf-8")
    async with wizard(shop, file) as pilot:
        assert "No table fits any of these files" in text(pilot)
        await press(pilot, "e", *"orders", "enter")
        assert "what you said" in text(pilot)
        await press(pilot, "enter")
        assert "needed: e picks it" in text(pilot)
        await press(pilot, "enter")
        assert "cannot be read without Ordered" in " ".join(text(pilot).split())
        await press(pilot, "e", *"Ref", "enter", "down", "e", *"When", "enter")
        assert "2026-10-05" in text(pilot)
        list_ = pilot.app.screen.query_one("#list")
        list_.go(f"orders {file}\npaid_amount")
        await press(pilot, "e", *"How much", "enter")
        assert "100.5, 50.0" in text(pilot)
        await press(pilot, "enter")
        assert "2 orders paid, 150.50 CNY" in text(pilot)
        await press(pilot, "q")
    async with wizard(shop, file) as pilot:  # what was said is kept
        await settled(pilot)
        assert "2 orders paid, 150.50 CNY" in text(pilot)
        await press(pilot, "7")
        assert "Amounts are in CNY: a guess, for the files do not say it; 4 and e change it." in text(pilot)
        await press(pilot, "4", *["down"] * 3, "e", *"EUR", "enter", "7")
        assert "a guess" not in text(pilot)
        await press(pilot, "1", "e", *"no table", "enter")
        assert "left out by hand" in text(pilot)


async def test_two_currencies_have_a_sum_once_a_file_of_rates_is_named(shop: Path) -> None:
    """Taobao 255.50 yuan and Shopify 125 euros at 8 yuan each: 1,255.50."""
    (file,) = (path for path in (EXPORTS / "shopify_orders").iterdir() if path.name != "right.toml")
    shutil.copy(file, shop / "shopify.csv")
    rates = shop / "rates.csv"
    rates.write_text("currency,day,rate\nEUR,2026-10-01,8\nEUR,2026-10-06,8\n", encoding="utf-8")
    async with wizard(shop, shop / "taobao_orders.csv", shop / "shopify.csv") as pilot:
        await press(pilot, "enter", "enter")
        assert "never added up" in text(pilot) and "$ names a file of rates" in text(pilot)
        await press(pilot, "dollar_sign", *str(rates), "enter")
        await settled(pilot)
        assert "8 orders paid, 1,255.50 CNY" in " ".join(text(pilot).split())
        await press(pilot, "7", "enter")
        await settled(pilot)
    opened = Book.open(shop, draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert value.value == 1255.5


async def test_what_cannot_be_money_is_not_offered_as_money(shop: Path) -> None:
    async with wizard(shop, own(shop)) as pilot:
        await press(pilot, "enter", *["down"] * 5, "e", *"用户ID")
        assert "its cells are not of the type number" in text(pilot)
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, WizardScreen)  # the list stays until something is chosen


async def test_left_and_started_again_it_goes_on_where_it_was(shop: Path) -> None:
    files = sorted(shop.glob("*.csv"))
    async with wizard(shop, *files) as pilot:
        await press(pilot, "enter", "enter", "e", "enter")
        assert "▸4 Settings" in text(pilot)
        await press(pilot, "e", *["backspace"] * 40, *"Mine", "enter")
        assert "Mine" in text(pilot)
        await press(pilot, "q")
        assert "same command goes on" in pilot.app.farewell[0]
    assert not (shop / "workspace.toml").exists()
    async with wizard(shop, *files) as pilot:
        await settled(pilot)
        assert "▸4 Settings" in text(pilot)
        assert "goes on where it was left" in text(pilot)
        assert "Mine" in text(pilot)
        await press(pilot, "escape")
        assert "complete up to 2026-10-31" in text(pilot)


async def test_killed_when_all_was_written_the_next_start_opens_the_workspace(shop: Path) -> None:
    """Between the last file and the end of its draft: nothing is left to answer."""
    setup, answers = Setup(shop, with_questions), SetupAnswers(shop, (own(shop),), step=STEPS[-1])
    found = setup.look(answers)
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)
    setup.keep(answers)
    before = everything(shop)
    async with wizard(shop, shop / "own.csv") as pilot:
        assert isinstance(pilot.app.screen, ScorecardScreen)
    assert load_setup(setup.draft) is None
    assert everything(shop) == before


async def test_at_every_step_the_disk_has_the_answers_and_nothing_of_what_is_added(shop: Path) -> None:
    """So that whenever it is killed, what stands is whole, and the next start goes on there."""
    create_workspace(shop, "shop", propose([own(shop)]))
    (shop / "next.csv").write_text(OWN.replace("000", "100"), encoding="utf-8")
    setup, before = Setup(shop, with_questions), everything(shop)
    async with wizard(shop, shop / "next.csv") as pilot:
        for step in STEPS:
            await settled(pilot)
            kept = load_setup(setup.draft)
            assert (kept.step, kept.files) == (step, (shop / "next.csv",)) if kept else step == STEPS[0]
            assert everything(shop) == before, step
            await press(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ScorecardScreen)
    assert load_setup(setup.draft) is None
    assert {name for name, data in everything(shop).items() if data != before.get(name)} >= {"tables.toml"}


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_a_file_that_somebody_changed_is_read_again_at_the_next_step_and_before_it_is_written(shop: Path) -> None:
    """100 + 50 = 150; then 100 + 75 = 175; then the mapping that was shown is no longer that of the file."""
    file = own(shop)
    async with wizard(shop, file) as pilot:
        await press(pilot, "3")
        assert "2 orders paid, 150.00 CNY" in text(pilot)
        file.write_text(OWN.replace("u2,50,", "u2,75,"), encoding="utf-8")
        await press(pilot, "4", "3")
        assert "2 orders paid, 175.00 CNY" in text(pilot)
        assert "own.csv changed, and is read again." in text(pilot)
        await press(pilot, "7")
        file.write_text(OWN.replace("用户ID", "买家昵称"), encoding="utf-8")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WizardScreen)
        assert not (shop / "workspace.toml").exists()
        await press(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ScorecardScreen)
    assert 'user_id = "买家昵称"' in (shop / "tables.toml").read_text(encoding="utf-8")


async def test_a_changed_file_is_noticed_while_the_wizard_stands_and_not_while_somebody_types(shop: Path) -> None:
    file = own(shop)
    set_language("en")
    app = KpiApp(lambda: Book.open(shop), first=wizard_first(shop, (file,)), options=replace(CALM, watch=0.05))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "4", "e")
        file.write_text(OWN.replace("u2,50,", "u2,75,"), encoding="utf-8")
        await pilot.pause(0.3)
        assert "own.csv changed" not in text(pilot)
        await press(pilot, "escape", "3")
        await press(pilot, "4")
        file.write_text(OWN.replace("u2,50,", "u2,85,"), encoding="utf-8")
        await pilot.pause(0.3)
        await settled(pilot)
        assert "own.csv changed" in text(pilot)
        await press(pilot, "3")
        assert "185.00 CNY" in text(pilot)


async def test_without_a_file_those_of_the_folder_are_offered(shop: Path) -> None:
    async with wizard(shop) as pilot:
        assert "Which files are yours?" in text(pilot)
        await press(pilot, "enter")
        assert "Take a file first" in text(pilot)
        await press(pilot, "space", "enter")
        assert "1 file fills" in text(pilot)


async def test_a_table_is_left_out_with_space(shop: Path) -> None:
    async with wizard(shop, *sorted(shop.glob("*.csv"))) as pilot:
        await press(pilot, "space")
        assert "○ Orders" in text(pilot)
        assert "Orders from 2 sources" not in text(pilot)


async def test_what_is_read_is_told_in_the_language_of_the_screen(shop: Path) -> None:
    async with wizard(shop, own(shop), spoken="zh") as pilot:
        talk = pilot.app.screen._talk  # type: ignore[attr-defined]
        talk._progressed(say("reading {table}", table=Text("Orders", "订单")), 1, 2)
        assert talk.busy == "正在读取：订单  1/2"


async def test_what_was_said_of_a_step_goes_with_it(shop: Path) -> None:
    """`y` copies the row and says so; on the next step nothing was copied."""
    async with wizard(shop, own(shop)) as pilot:
        await press(pilot, "y")
        assert "Copied" in text(pilot) or "copied" in text(pilot)
        await press(pilot, "enter")
        assert "opied" not in text(pilot)


async def test_reading_is_stopped_with_escape(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes for ever: Esc stops it, and nothing is left running."""
    begun, stopped = threading.Event(), threading.Event()

    def slow(_setup, _answers, progress):
        begun.set()
        try:
            while True:
                progress("orders.csv", 1, 2)
                stopped.wait(0.01)
        except Cancelled:
            stopped.set()
            raise

    monkeypatch.setattr(Setup, "look", slow)
    set_language("en")
    app = KpiApp(lambda: Book.open(shop), first=wizard_first(shop, (own(shop),)), options=CALM, spoken="en")
    async with app.run_test(size=(80, 24)) as pilot:
        while not begun.is_set():
            await pilot.pause(0.01)
        await pilot.pause(0.3)
        assert "orders.csv  1/2" in text(pilot)
        assert "Esc stop" in text(pilot)
        await pilot.press("escape")
        assert stopped.wait(10)
        await settled(pilot)
        assert not pilot.app.jobs.busy


async def test_a_workspace_without_data_offers_the_ways_on(shop: Path, tmp_path: Path) -> None:
    space = tmp_path / "empty"
    space.mkdir()
    (space / "workspace.toml").write_text('name = "Empty"\nextends = "standard"\n')
    own(space)
    async with KpiApp(lambda: Book.open(space), options=CALM, spoken="en").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for way in ("Open files", "roles of a preset", "demo shop"):
            assert way in text(pilot)
        await press(pilot, "enter")
        assert "Which files are yours?" in text(pilot)
        await press(pilot, "space", "enter", "enter", "7", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ScorecardScreen)
    assert "orders" in Book.open(space, draft=False).workspace.tables


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_every_step_fits_and_speaks_chinese(size: tuple[int, int], shop: Path) -> None:
    async with wizard(shop, *sorted(shop.glob("*.csv")), size=size, spoken="zh") as pilot:
        for step in ("文件", "列", "金额", "设置", "指标", "岗位", "写入"):
            assert f"{step}" in text(pilot)
            await press(pilot, "enter") if step != "写入" else None
        assert "按 Enter 将工作区写入" in text(pilot)


async def test_the_columns_keep_their_places_and_the_cursor_its_row_when_one_is_picked(shop: Path) -> None:
    """Orders said by hand lack their time: picked, or left empty again, every row stays where it was."""
    file = shop / "sold.csv"
    file.write_text(SOLD, encoding="utf-8")
    async with wizard(shop, file) as pilot:
        await press(pilot, "e", *"orders", "enter", "enter")
        list_ = pilot.app.screen.query_one("#list")
        before = [row.key for row in list_.rows]
        here = f"orders {file}\ncreated_at"
        list_.go(here)
        await press(pilot, "e", *"When", "enter")
        assert "2026-10-05" in text(pilot)
        assert ([row.key for row in list_.rows], list_.row_key) == (before, here)
        await press(pilot, "delete")
        assert ([row.key for row in list_.rows], list_.row_key) == (before, here)


async def test_amounts_by_month_have_as_many_decimals_each_and_lists_call_tables_by_name(shop: Path) -> None:
    """110 and 60 paid of two orders of October, and 30,000 of a third in September: all of them to the cent."""
    file = shop / "sold.csv"
    big = "A3,2026-09-06 11:00:00,cy,30000\n"
    file.write_text(SOLD.replace("Ref,When it happened,Who,How much", "order_id,created_at,user_id,paid_amount") + big)
    async with wizard(shop, file, size=(120, 40)) as pilot:
        await press(pilot, "enter", "enter")
        shown = text(pilot)
        assert "150.50" in shown and "30,000.00" in shown
        assert any(line.split()[:2] in (["▸", "Orders"], ["Orders", "3"]) for line in shown.splitlines()), shown
    async with wizard(shop, file, spoken="zh") as pilot:
        await press(pilot, "1")
        assert "订单" in text(pilot) and "orders " not in text(pilot)


async def test_a_statement_is_taken_with_its_orders_and_refunds_together(shop: Path) -> None:
    """Refunds of orders that count nowhere would lower what was earned; once taken, nothing says it is not used."""
    (file,) = (path for path in (EXPORTS / "stripe_payments").iterdir() if path.name != "right.toml")
    shutil.copy(file, shop / "stripe.csv")
    async with wizard(shop, shop / "jd_orders.csv", shop / "stripe.csv") as pilot:
        await press(pilot, "end")
        assert "○ Refunds" in text(pilot) and "○ Orders" in text(pilot)
        await press(pilot, "space")
        assert "○" not in text(pilot)
        await press(pilot, *["enter"] * 7)
    written = (shop / "tables.toml").read_text(encoding="utf-8")
    assert "tables.orders.sources.stripe" in written and "tables.refunds.sources.stripe" in written
    assert "is not used" not in written


async def test_answers_that_cannot_be_kept_are_said_and_hold_all_the_same(
    shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The state folder is a file: the draft cannot be written, the wizard goes on."""
    (tmp_path / "flat").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "flat"))
    async with wizard(shop, own(shop)) as pilot:
        await press(pilot, "enter")
        assert "▸2 Columns" in text(pilot)
        assert "the draft cannot be kept" in " ".join(text(pilot).split())


async def test_what_cannot_be_written_is_said_at_the_end_and_answers_stay(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object) -> None:
        raise WorkspaceError("/shop: cannot be written: Permission denied")

    monkeypatch.setattr("kpi_tui.workspace.start.write_together.write_together", refused)
    async with wizard(shop, own(shop)) as pilot:
        await press(pilot, "enter", "7", "enter")
        assert "cannot be written" in text(pilot)
        assert "▸1 Files" in text(pilot)
    assert not (shop / "workspace.toml").exists()


async def test_files_that_no_table_fits_say_why_and_do_not_go_on(shop: Path) -> None:
    poem = shop / "poem.csv"
    poem.write_text("roses,are\nred,violets\n", encoding="utf-8")
    async with wizard(shop, poem, shop / "gone.csv") as pilot:
        assert "No table fits any of these files" in text(pilot)
        assert "no table fits its columns: roses, are" in text(pilot)
        await press(pilot, "down")
        assert "cannot be read" in text(pilot)
        await press(pilot, "enter")
        assert "▸1 Files" in text(pilot)


async def test_week_start_and_fiscal_year_are_chosen_in_the_settings(shop: Path) -> None:
    """What a year is called by is asked where it does not begin in January; all of it is kept and written."""
    async with wizard(shop, *sorted(shop.glob("*.csv"))) as pilot:
        await press(pilot, "4")
        assert "from Monday to Sunday" in text(pilot)
        assert "Called by" not in text(pilot)
        await press(pilot, *["down"] * 4, "e", *"from Sunday", "enter")
        assert "from Sunday to Saturday" in text(pilot)
        await press(pilot, "down", "e", *"from April", "enter")
        assert "from April to March" in text(pilot)
        assert "the year in which it ends: FY2027 begins in 2026-04" in text(pilot)
        await press(pilot, "down", "down", "e", *"starts", "enter")
        assert "the year in which it starts: FY2026 begins in 2026-04" in text(pilot)
        await press(pilot, "q")
    async with wizard(shop) as pilot:
        assert "from Sunday to Saturday" in text(pilot)
        await press(pilot, "7", "enter")
        await settled(pilot)
    said = tomllib.loads((shop / "workspace.toml").read_text(encoding="utf-8"))
    assert said["calendar"] == {"week_start": "sunday", "fiscal_year": "april", "fiscal_year_name": "start"}


async def test_files_of_one_header_are_made_two_sources_by_key_and_one_again(shop: Path) -> None:
    """Two months of one sheet are one table; `e` says that they are two shops: 100 and 40, each a source."""
    for month, paid in ((9, 100), (10, 40)):
        (shop / f"sales-{month}.csv").write_text(
            f"单号,日期,实付\nA{month},2026-10-0{month - 8},{paid}\n", encoding="utf-8"
        )
    async with wizard(shop, shop / "sales-9.csv", shop / "sales-10.csv") as pilot:
        assert "sales-9.csv + 1" in text(pilot)
        assert "e makes each a source" in " ".join(text(pilot).split())
        await press(pilot, "e", *"each file", "enter")
        assert "sales-9.csv + 1" not in text(pilot)
        assert "read as one table" not in text(pilot)
        await press(pilot, "down", "e", *"as one table", "enter")
        assert "sales-9.csv + 1" in text(pilot)
        await press(pilot, "e", *"each file", "enter", *"7", "enter")
        await settled(pilot)
    sources = tomllib.loads((shop / "tables.toml").read_text(encoding="utf-8"))["tables"]["orders"]["sources"]
    assert {name: one["path"] for name, one in sources.items()} == {
        "sales-9": "sales-9.csv",
        "sales-10": "sales-10.csv",
    }


@pytest.mark.parametrize(
    ("stamp", "currencies", "said"),
    [
        ("2026-10-01 10:00:00 -0400", ["USD", "USD", "EUR"], [
            "America/New_York: a guess from the times, told in -0400; e changes it",
            "USD: a guess, that of most rows: USD (2) and EUR (1); e changes it",
        ]),
        ("2026-10-01 10:00:00", ["CNY"] * 3, [
            "Asia/Shanghai: a guess from the currency CNY: no file says a zone; e changes it",
        ]),
    ],
)  # fmt: skip
async def test_settings_that_were_guessed_say_so_and_from_what(
    stamp: str, currencies: list[str], said: list[str], shop: Path
) -> None:
    """What a person chooses is no guess any more."""
    rows = "".join(f"A{n},{stamp},5,{code}\n" for n, code in enumerate(currencies))
    (shop / "sales.csv").write_text(f"单号,下单时间,实付,币种\n{rows}", encoding="utf-8")
    async with wizard(shop, shop / "sales.csv", size=(120, 40)) as pilot:
        await press(pilot, "4")
        assert [one for one in said if one not in text(pilot)] == []
        assert text(pilot).count("a guess") == len(said)
        await press(pilot, "down", "down", "e", *"Asia/Tokyo", "enter")
        await settled(pilot)
        assert text(pilot).count("a guess") == len(said) - 1


async def test_words_of_an_own_status_are_said_by_key_and_written(shop: Path) -> None:
    """Space turns a word, `e` picks its meaning: 100 stays, 40 came back, 30 of a word of the shop is left out."""
    file = shop / "own.csv"
    rows = "1,2026-10-01,a,100,已完成\n2,2026-10-02,b,40,已退款\n3,2026-10-31,c,30,算了\n"
    file.write_text(f"单号,下单日期,会员,实付,状态\n{rows}", encoding="utf-8")
    async with wizard(shop, file) as pilot:
        await press(pilot, "enter")
        assert "? paid: nobody said (e says it)" in text(pilot)
        words = [line.split()[:1] for line in text(pilot).splitlines() if " row" in line]
        assert words == [["▸"], ["已退款"], ["算了"]]
        await press(pilot, "down", "down", "space")
        assert "closed unpaid: left out" in text(pilot)
        await press(pilot, "up", "e", "enter", "enter")
        said = " ".join(text(pilot).split())
        assert "2 orders paid, 140.00 CNY; 1 of them closed or refunded later, 40.00 given back" in said
        assert "1 closed unpaid, left out" in said
        await press(pilot, *["enter"] * 5)
        assert not isinstance(pilot.app.screen, WizardScreen)
    made = tomllib.loads((shop / "tables.toml").read_text(encoding="utf-8"))["tables"]
    assert made["orders"]["where"] == "not coalesce(状态 in ('算了'), false)"
    assert made["refunds"]["where"] == "状态 in ('已退款')"
    assert "状态" not in str(made["orders"].get("confirm", ""))


async def test_words_that_a_recipe_does_not_know_are_said_by_key_and_written(shop: Path) -> None:
    """Of 100 and 30 of a word of another Taobao: paid, after `e` and three down given back."""
    head = "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n"
    days = [f"2026-10-0{n} 10:00:00,2026-10-0{n} 10:01:00\n" for n in (1, 2, 3)]
    rows = f"1,a,60,60,交易成功,{days[0]}2,b,40,40,交易成功,{days[1]}3,c,30,30,交易冻结,{days[2]}"
    (shop / "ExportOrderList1.csv").write_text(head + rows, encoding="utf-8")
    async with wizard(shop, shop / "ExportOrderList1.csv") as pilot:
        await press(pilot, "enter")
        assert "? nobody said (e says it)" in text(pilot)
        await press(pilot, "space", "space")
        assert "closed unpaid: left out" in text(pilot)
        await press(pilot, "space", "enter")
        said = " ".join(text(pilot).split())
        assert "3 orders paid, 130.00 CNY; 1 of them closed or refunded later, 30.00 given back" in said
        await press(pilot, *["enter"] * 5)
        assert not isinstance(pilot.app.screen, WizardScreen)
    made = tomllib.loads((shop / "tables.toml").read_text(encoding="utf-8"))["tables"]
    assert "交易冻结" in made["orders"]["words"]["订单状态"]
    assert "'交易冻结'" in made["refunds"]["where"]


async def test_an_own_sheet_joins_a_workspace_of_one_by_a_key(shop: Path) -> None:
    """150 of the first, 40 of the second: Space on its line in step 2 makes it a source, and 190 are paid."""
    setup = Setup(shop, with_questions)
    answers = SetupAnswers(shop, (own(shop),))
    found = setup.look(answers)
    setup.write(found, setup.try_out(setup.plan(found, answers)), answers)
    second = shop / "second.csv"
    second.write_text("单号,下单日期,会员,实付\n9,2026-10-31,z,40\n", encoding="utf-8")
    async with wizard(shop, second) as pilot:
        await press(pilot, "enter")
        assert "Space adds it as a source" in text(pilot)
        await press(pilot, "space")
        assert "from second.csv" in text(pilot)
        await press(pilot, *["enter"] * 6)
        assert not isinstance(pilot.app.screen, WizardScreen)
    opened = Book.open(shop, draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert value.value == 190


async def test_day_or_month_first_is_asked_in_step_1_and_kept(shop: Path) -> None:
    """03/10 and 05/10: in October 150 by the day first; by the month first 100 in March and 50 in May."""
    file = shop / "sales.csv"
    file.write_text("日期,单号,客户,实付金额\n03/10/2026,A1,张三,100\n05/10/2026,A2,李四,50\n", encoding="utf-8")
    async with wizard(shop, file) as pilot:
        assert "日期: day or month first?" in text(pilot)
        await press(pilot, "home", "space")
        assert "日期: the day first" in text(pilot)
        await press(pilot, "e")
        assert "日期: the month first" in text(pilot)
        await press(pilot, "space", "space", "enter", "enter")
        assert "2026-10" in text(pilot) and "150" in text(pilot)
        kept = load_setup(next((shop.parent / "state").rglob("setup-*.json")))
        assert kept and kept.readings[file].dates == {"日期": "day"}


async def test_blank_days_and_the_year_of_a_file_are_answered_in_step_1(shop: Path) -> None:
    """Two of three rows without a day, none with a year: Space and a typed year make 100 + 50 + 7 = 157 of them."""
    file = shop / "sales.csv"
    file.write_text("日期,单号,客户,实付金额\n10月1日,A1,张三,100\n,A2,李四,50\n,A3,王五,7\n", encoding="utf-8")
    async with wizard(shop, file) as pilot:
        assert "日期: no year, e says it" in text(pilot)
        await press(pilot, "home", "e")
        await press(pilot, *"2026", "enter")
        await press(pilot, "down", "space")  # the cursor stays on the line that was answered
        assert "日期: from 2026 on" in text(pilot)
        assert "empty 日期: as above" in text(pilot)
        await press(pilot, "enter", "enter")
        assert "157" in text(pilot)
        kept = load_setup(next((shop.parent / "state").rglob("setup-*.json")))
        assert kept and kept.readings[file].fill_down == ("日期",)
        assert kept.readings[file].year_of == {"日期": "2026"}
