"""A page that a team writes itself: read by the Book, shown by the command in every format and on the screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.cli import main
from kpi_tui.definitions.period import Period
from kpi_tui.tui.screens.page.screen import PageScreen
from tests.tui.driving import opened, press, text
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")
WEEKLY = """[pages.weekly]
name = { en = "Weekly meeting", zh = "周会" }
about = "What we look at on Mondays"
[[pages.weekly.sections]]
id = "numbers"
kind = "metrics"
title = { en = "Numbers", zh = "数字" }
metrics = ["paid_amount", "aov"]
[[pages.weekly.sections]]
id = "why"
kind = "drivers"
title = "What moved the sales"
of = "user_payment"
[[pages.weekly.sections]]
id = "steps"
kind = "funnel"
title = "Steps"
funnel = "trade"
[[pages.weekly.sections]]
id = "scenes"
kind = "breakdown"
title = "By scene"
by = "scene"
sort = "sales"
best = "sales"
columns = [
  { id = "sales", metric = "paid_amount" },
  { id = "orders", measure = "paid_order_count" },
  { id = "each", formula = "sales / orders", unit = "currency", title = "Each" },
]
[[pages.weekly.sections]]
id = "stay"
kind = "cohort"
title = "Who stays"
days = 3
[[pages.weekly.sections]]
id = "usual"
kind = "baseline"
title = "Usual?"
metrics = ["paid_amount"]
[[pages.weekly.sections]]
id = "fields"
kind = "quadrants"
title = "Fields"
x = "paid_amount"
y = "aov"
by = "scene"
[[pages.weekly.sections]]
id = "judged"
kind = "findings"
title = "Verdict"
[[pages.weekly.sections.rules]]
id = "sales"
metric = "paid_amount"
least = 100
says = { good = { en = "Sales are {number}: enough.", zh = "销售额 {number}：足够。" }, bad = "Too little: {number}." }
[[pages.weekly.sections]]
id = "mind"
kind = "text"
title = "Mind"
items = ["Ask [bold]why[/] twice.", "=1+1 is no formula"]
[[pages.weekly.sections]]
id = "summary"
kind = "text"
title = "Summary"
metric = "paid_amount"
body = "We took {value} {unclear}."
"""
FUNNELS = """[funnels.trade]
name = "Trade"
metrics = ["paid_amount", "aov"]
"""
SALES = [
    *orders(("a1", "ann", "2026-04-09 10:00:00", 50), domain="private", scene="live"),
    *orders(("p1", "ann", "2026-05-09 10:00:00", 100), domain="private", scene="live"),
    *orders(("p2", "bob", "2026-05-09 11:00:00", 60), ("p3", "bob", "2026-05-10 11:00:00", 40), scene="group"),
]


def written(root: Path) -> Shop:
    shop = Shop(root / "shop").says(as_of="2026-05-31").defines("funnels.toml", FUNNELS)
    return shop.defines("pages/weekly.toml", WEEKLY.replace(" {unclear}", "")).has("orders", SALES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weekly")


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    """Read only, so that it is shared by the tests of this file."""
    return written(folder).book(draft=False, environ={"HOME": str(folder)})


def ask(book: Book, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(book.workspace.root), "page", *words])
    captured = capsys.readouterr()
    assert not ended.value.code, captured.err
    return captured.out


def test_every_section_is_answered_by_its_kind(book: Book) -> None:
    assert book.issues == ()
    answer = book.pages.of("weekly", MAY)
    found = {one.section.id: one.found for one in answer.sections}
    assert {name: one.lack for name, one in ((s.section.id, s) for s in answer.sections) if one.lack} == {}
    assert [value.value for value in found["numbers"].values] == [200, pytest.approx(200 / 3)]
    assert [(row.segment, row.best) for row in found["scenes"].rows] == [(None, False), ("group", True), ("live", True)]
    assert [row.cells["each"].value for row in found["scenes"].rows] == [pytest.approx(200 / 3), 50, 100]
    assert [(row.segment, row.high_x, row.high_y) for row in found["fields"].rows] == [
        ("group", True, False), ("live", True, True),
    ]  # fmt: skip
    assert found["judged"].rows[0].state == "good"
    assert found["summary"].value.value == 200


def test_the_command_lists_the_own_page_first(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(ask(book, capsys))[0]["page"] == "weekly"


@pytest.mark.parametrize("form", ["json", "table", "csv", "md", "html", "svg"])
def test_every_format_shows_every_section(book: Book, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = ask(book, capsys, "weekly", "--period", "2026-05", "--format", form)
    if form == "json":
        data = json.loads(said)
        assert data["page"] == "weekly" and data["period"] == "2026-05"
        assert [section["kind"] for section in data["sections"]] == [
            "metrics", "drivers", "funnel", "breakdown", "cohort", "baseline", "quadrants", "findings", "text", "text",
        ]  # fmt: skip
    elif form == "csv":
        assert "scene,sales,orders,each" in said and "'=1+1 is no formula" in said
    elif form != "svg":
        for title in ("What moved the sales", "By scene", "Usual?", "Fields", "Verdict", "Mind"):
            assert title in said, title
        assert "Sales are 200" in said


def test_a_workbook_has_its_numbers_as_numbers(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    file = tmp_path / "weekly.xlsx"
    ask(book, capsys, "weekly", "--period", "2026-05", "-o", str(file))
    cells = [cell.value for sheet in openpyxl.load_workbook(file) for row in sheet for cell in row]
    assert {200, 50, "group", "=1+1 is no formula"} <= set(cells)


def test_an_unknown_page_is_named_with_its_neighbour(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(book.workspace.root), "page", "weakly"])
    assert ended.value.code == 2 and "did you mean 'weekly'" in capsys.readouterr().err


async def test_the_screen_shows_it_and_c_chooses_the_other(book: Book) -> None:
    async with opened(book, (120, 60)) as pilot:
        await press(pilot, "8")
        assert isinstance(pilot.app.screen, PageScreen)
        shown = text(pilot)
        for wanted in ("Weekly meeting", "Sales are 200", "What moved the sales", "By scene", "We took 200"):
            assert wanted in shown, wanted
        await press(pilot, "d")
        assert "Ask [bold]why[/] twice." in text(pilot)
        await press(pilot, "escape", "c", *"private", "enter")
        assert "Private domain" in text(pilot)
