"""The Data screen: what was read, what was left out and why, what one more table would unlock; hostile text."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from kpi_tui.definitions.answers.coverage import CategoryCoverage, Coverage, MissingInput, Unlock
from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import ColumnType, SchemaColumn, TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.definitions.text import Text
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.screens.data.screen import DataScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from tests.tui.driving import lines, opened, press, text
from tests.tui.fake_book import HOSTILE, FakeBook

REJECTED = Rejected(f"amount: no number {HOSTILE}", 12, ((17, f"12o {HOSTILE}"),))
PROFILES = {
    "users": Profile("users", ("/data/users.csv",), 5446, 5446, encoding="utf-8"),
    "orders": Profile(
        "orders",
        (f"/data/{HOSTILE}.csv",),
        5212,
        5200,
        rejected=(REJECTED,),
        repeated=3,
        first_day=date(2025, 9, 1),
        last_day=date(2026, 10, 27),
        null_keys={"order_id": 2},
        duplicate_keys=1,
        encoding="gb18030",
        missing_columns=("list_amount",),
        notes=(HOSTILE,),
    ),
}


def schema(id_: str, en: str, zh: str) -> TableSchema:
    said = Text("one per action", "每个行为一个")
    columns = {
        "event_id": SchemaColumn("event_id", ColumnType.STR, about=said),
        "page_id": SchemaColumn("page_id", ColumnType.STR, True),
    }
    return TableSchema(id_, Text(en, zh), columns, key=(f"{id_[:-1]}_id",), about=Text(f"all {en}", f"全部{zh}"))


class DataBook(FakeBook):
    """Two tables read, one broken, one that would unlock metrics."""

    def __init__(self, profiles: Mapping[str, Profile] = PROFILES, broken: bool = True) -> None:
        super().__init__()
        names = (("users", "Users", "用户"), ("orders", "Orders", "订单"), ("events", "Events", "事件"))
        self.workspace = replace(self.workspace, schemas={id_: schema(id_, en, zh) for id_, en, zh in names})
        self._profiles, self._broken = profiles, broken
        self.loads = 0

    def load(self, progress=None) -> None:
        self.loads += 1

    def profiles(self) -> Mapping[str, Profile]:
        return self._profiles

    def unreadable(self) -> Mapping[str, TableError]:
        return {"refunds": TableError(f"refunds.csv: no such file {HOSTILE}")} if self._broken else {}

    def coverage(self) -> Coverage:
        unlocks = (
            Unlock(MissingInput("events"), ("dau", "read_rate")),
            Unlock(MissingInput("orders", "list_amount"), ("repeat_amount",)),
        )
        return Coverage((CategoryCoverage("retention", 7, 10),), unlocks if self._profiles else ())


@asynccontextmanager
async def data(size: tuple[int, int] = (80, 24), language: str = "en", book: FakeBook | None = None):
    """The app on its Data screen; at the end nothing has crashed."""
    async with opened(book or DataBook(), size, spoken=language) as pilot:
        await press(pilot, "6")
        assert isinstance(pilot.app.screen, DataScreen)
        yield pilot
        assert pilot.app.error is None


def row(pilot: Pilot[int], wanted: str) -> str:
    return next(line for line in lines(pilot) if wanted in line)


async def test_each_table_shows_rows_kept_rows_left_out_last_day_and_age() -> None:
    async with data() as pilot:
        assert row(pilot, "users").split()[-1] == "5,446"
        shown = row(pilot, "orders")
        for wanted in ("◐", "5,200", "12", "2026-10-27"):
            assert wanted in shown
        assert shown.split().count("4") == 1  # days between 27 and 31 October
        assert "●" in row(pilot, "users")
        assert "○" in row(pilot, "refunds")


async def test_the_summary_counts_doubtful_and_broken_tables_and_live_metrics() -> None:
    async with data() as pilot:
        for wanted in ("3 tables", "1 to look at", "1 cannot be read", "7 of 10 metrics"):
            assert wanted in text(pilot)


async def test_a_table_that_is_not_here_says_how_many_metrics_it_would_unlock_and_which_columns_it_needs() -> None:
    async with data((120, 40)) as pilot:
        assert "+2" in row(pilot, "events")
        pilot.app.screen.query_one("#tables", SheetTable).go("events")
        await pilot.pause()
        for wanted in ("tables.toml", "event_id", "Daily active users"):
            assert wanted in text(pilot)
        assert "page_id" not in text(pilot)  # it may be empty


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("all Events", "event_id: one per action")), ("zh", ("全部事件", "event_id：每个行为一个"))],
)
async def test_a_table_and_its_columns_say_what_they_are_in_the_language_in_force(
    language: str, said: tuple[str, ...]
) -> None:
    async with data((120, 40), language) as pilot:
        pilot.app.screen.query_one("#tables", SheetTable).go("events")
        await pilot.pause()
        for wanted in said:
            assert wanted in text(pilot)


@pytest.mark.sampled(6, keep=(0, 3, 4))
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_every_size_and_language_shows_whole_lines_without_control_characters(
    size: tuple[int, int], language: str
) -> None:
    async with data(size, language) as pilot:
        await press(pilot, "down", "enter")
        for line in lines(pilot):
            assert cell_len(line) == size[0]
            assert not set(line) & set("\x1b\x07\x9b\u202e\u200b")
        assert "12" in text(pilot)


async def test_enter_shows_why_rows_were_left_out_with_row_number_and_text_and_tab_goes_to_the_next_table() -> None:
    async with data() as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, DetailsScreen)
        shown = " ".join(text(pilot).split())
        for wanted in ("12 × amount: no number", "row 17", "[bold red]x[/]", "order_id: 2", "gb18030", "list_amount"):
            assert wanted in shown
        await press(pilot, "tab")
        assert "no such file" in text(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen.query_one("#tables", SheetTable).row_key == "refunds"


async def test_the_pane_of_a_wide_terminal_follows_the_cursor() -> None:
    async with data((120, 40)) as pilot:
        assert "every row was read" in text(pilot)
        assert "list_amount" not in text(pilot)
        await press(pilot, "down")
        assert "Unlocks     list_amount: Repeat purchase" in text(pilot)


async def test_without_tables_the_screen_names_the_command_that_helps() -> None:
    async with data(book=DataBook({}, broken=False)) as pilot:
        assert "kpi-tui init" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DataScreen)


async def test_another_language_asks_the_book_nothing_and_f5_asks_anew() -> None:
    book = DataBook()
    async with data(book=book) as pilot:
        asked = book.loads
        await press(pilot, "L")
        assert "订单" in text(pilot)
        assert book.loads == asked
        await press(pilot, "f5")
        assert book.loads == asked + 1


async def test_tables_that_cannot_be_asked_leave_a_sentence() -> None:
    class Broken(DataBook):
        def coverage(self) -> Coverage:
            raise TableError("the disk is gone")

    async with data(book=Broken()) as pilot:
        assert "the disk is gone" in text(pilot)


async def test_why_rows_were_left_out_and_what_is_noted_is_told_in_the_language_of_the_screen() -> None:
    why = say("{said}: {detail}", said="amount", detail=say("no {want}", want=say("number")))
    note = say("{path}: has a header but no rows", path=HOSTILE)
    told = replace(PROFILES["orders"], rejected=(Rejected(why, 12),), notes=(note,))
    async with data((120, 40), "zh", DataBook({"orders": told})) as pilot:
        await press(pilot, "enter")
        assert "amount：不是数字" in text(pilot)
        assert "有表头，但没有数据行" in text(pilot)
        assert not set(text(pilot)) & set("\x1b\x07\x9b\u202e\u200b")
