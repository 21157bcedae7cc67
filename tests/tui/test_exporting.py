"""E writes what stands on the screen, y and Y copy it as text; places and formats are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.provenance import Agreement, Digests, Pack, Provenance
from kpi_tui.definitions.progress import RowsNeeded
from kpi_tui.tui.computing.computer import InPlace
from kpi_tui.tui.overlays.export import ExportScreen
from kpi_tui.tui.remembered_export import file_name
from tests.tui.chain_shop import example
from tests.tui.driving import burst, opened, press, settled, text
from tests.tui.fake_book import FakeBook


class Sources:
    """The origin of a made-up shop."""

    def of(self, period):
        return Provenance(
            FakeBook().workspace.name, period, None, True, Agreement(("ann",), ""), (), Digests("ab" * 32)
        )


class WithoutRows:
    """In a process that reads no row."""

    def of(self, period):
        raise RowsNeeded


class Packed:
    """The pack of one role."""

    def __init__(self, book: FakeBook) -> None:
        self._book = book

    def of(self, period, progress=None):
        card = self._book.scorecard("operations", period)
        return Pack(period, (card,), None, (), None, (), (), Sources().of(period))


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeBook:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.chdir(tmp_path)
    made = FakeBook()
    made.provenance = Sources()
    made.packs = Packed(made)
    return made


async def written(pilot, file: Path) -> str:
    """Wait for the file that is written beside the screen."""
    for _step in range(500):
        if file.exists() and "Written" in text(pilot):
            break
        await pilot.pause(0.01)
    return file.read_text(encoding="utf-8")


async def test_e_writes_the_scorecard_as_a_page_and_says_where(book: FakeBook, tmp_path: Path):
    async with opened(book) as pilot:
        await press(pilot, "E")
        assert isinstance(pilot.app.screen, ExportScreen) and "Operations" in text(pilot)
        await press(pilot, "enter")
        page = await written(pilot, tmp_path / "Operations-2026-10.html")
        assert "Buy-back rate" in page and "abababab" in page and "ann" in page


class Elsewhere(InPlace):
    """Only who is asked here reads rows."""

    def answer(self, question, asked, progress):
        asked.provenance = Sources()
        return question.ask(asked, progress)


async def test_where_the_numbers_come_from_is_asked_of_who_reads_rows(book: FakeBook, tmp_path: Path):
    async with opened(book) as pilot:
        book.provenance, pilot.app.computer = WithoutRows(), Elsewhere()
        await press(pilot, "E", "enter")
        assert "abababab" in await written(pilot, tmp_path / "Operations-2026-10.html")


async def test_tab_changes_the_format_and_the_next_export_offers_it_in_the_same_folder(book: FakeBook, tmp_path: Path):
    (tmp_path / "sent").mkdir()
    async with opened(book) as pilot:
        await press(pilot, "E", "tab", "tab")
        chosen = pilot.app.screen.query_one("Input").value.rpartition(".")[2]
        pilot.app.screen.query_one("Input").value = str(tmp_path / "sent" / f"a.{chosen}")
        await press(pilot, "enter")
        await written(pilot, tmp_path / "sent" / f"a.{chosen}")
        await press(pilot, "E")
        assert pilot.app.screen.query_one("Input").value == str(tmp_path / "sent" / f"Operations-2026-10.{chosen}")


async def test_a_place_that_cannot_be_written_is_a_sentence(book: FakeBook):
    async with opened(book) as pilot:
        await press(pilot, "E")
        pilot.app.screen.query_one("Input").value = "/no/such/folder/a.html"
        await press(pilot, "enter")
        for _step in range(500):
            if "cannot be written" in text(pilot):
                break
            await pilot.pause(0.01)
        assert "there is no folder" in text(pilot)


async def test_escape_writes_nothing(book: FakeBook, tmp_path: Path):
    async with opened(book) as pilot:
        await press(pilot, "E", "escape")
        await settled(pilot)
        assert list(tmp_path.glob("*.html")) == []


@pytest.mark.parametrize(
    ("keys", "file", "told"),
    [
        (("2",), "chain-site-2026-05", "Visitors"),
        (("2", "x"), "link-site-C-2026-05", "Inquir"),
        (("2", "d"), "diagnosis-site-2026-05", "Findings"),
        (("3",), "library", "Average order value"),
        (("4",), "targets-2026-05", "Targets"),
        (("5"), "drivers-user_payment_amount-2026-05", "2026-04"),
        (("6",), "data", "inquiries"),
        (("6", "enter"), "table-events", "events"),
        (("3", "enter"), "metric-new_users", "Definition"),
        (("3", "x"), "explain-new_users-2026-05", "Formula"),
    ],
)
async def test_e_writes_what_stands_on_every_screen_and_on_what_lies_over_it(
    keys: tuple[str, ...], file: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shop = example(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    async with opened(Book.open(shop)) as pilot:  # type: ignore[arg-type]
        await press(pilot, *keys, "E")
        assert isinstance(pilot.app.screen, ExportScreen), text(pilot)
        assert pilot.app.screen.query_one("Input").value == str(tmp_path / f"{file}.html")
        await press(pilot, "enter")
        assert told in await written(pilot, tmp_path / f"{file}.html")


async def test_y_on_an_explanation_and_on_the_page_of_a_metric_copies_its_text(book: FakeBook):
    async with opened(book) as pilot:
        copied: list[str] = []
        pilot.app.copy_to_clipboard = copied.append
        await press(pilot, "x", "y")
        assert copied[0].startswith("Buy-back rate") and "SQL" in copied[0] and "The text is copied." in text(pilot)
        await press(pilot, "escape", "3", "enter", "Y")
        assert "Formula" in copied[1]
        await press(pilot, "escape", "question_mark", "E", "y")  # nothing of it is an answer
        assert len(copied) == 2 and "There is nothing to copy here." in text(pilot)


async def test_a_file_that_was_there_before_is_replaced_only_by_a_second_enter_read_after_the_question(
    book: FakeBook, tmp_path: Path
):
    there = tmp_path / "Operations-2026-10.html"
    there.write_text("of somebody else")
    async with opened(book) as pilot:
        await press(pilot, "E")
        await burst(pilot, "enter", "enter")
        assert "stands there already" in text(pilot) and there.read_text() == "of somebody else"
        await press(pilot, "enter")
        assert "Buy-back rate" in await written(pilot, there)
        await press(pilot, "E", "enter")  # our own: not asked about
        assert not isinstance(pilot.app.screen, ExportScreen)


async def test_y_copies_the_row_and_capital_y_the_sheet_as_text_between_tabs(book: FakeBook):
    async with opened(book) as pilot:
        copied: list[str] = []
        pilot.app.copy_to_clipboard = copied.append
        await press(pilot, "y")
        assert copied[0].startswith("○\tBuy-back rate\t21.4 %\t28.0 %\t76.4 %\t30\t22.9")
        assert "copied" in text(pilot)
        await press(pilot, "Y")
        lines = copied[1].splitlines()
        assert lines[0].startswith("\tMetric\tActual\tTarget\tAttained") and len(lines) == 1 + 4 + 1 + 1
        assert len({line.count("\t") for line in lines}) == 1  # a glyph has a column, a heading is as wide as a row
        assert lines[1] == copied[0]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Operations  2026-10", "Operations-2026-10"), ("运营岗 2026", "运营岗-2026"), ("../..", "kpi-tui")],
)
def test_a_title_becomes_a_name_every_file_system_takes(title: str, name: str):
    assert file_name(title) == name


async def test_x_writes_the_pack_of_the_period_and_offers_no_format_of_one_table(
    book: FakeBook, tmp_path: Path
) -> None:
    """Every role, and where the numbers come from; a csv holds one table and is not offered."""
    async with opened(book) as pilot:
        await press(pilot, "X")
        screen = pilot.app.screen
        assert isinstance(screen, ExportScreen) and "Scorecards 2026-10" in text(pilot) and "csv" not in text(pilot)
        await press(pilot, "enter")
        page = await written(pilot, tmp_path / "pack-2026-10.html")
        assert "Buy-back rate" in page and "At a glance" in page and "abababab" in page
