"""The shipped analysis pages on a small shop whose numbers are counted by hand; each is in the pack by its id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.cli import main
from kpi_tui.definitions.period import Period
from kpi_tui.render.drawn import drawn, shade
from kpi_tui.views.page.page import page
from kpi_tui.views.view import Sheet
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")
BUYERS = {"2026-03": "ann bob cid dan", "2026-04": "ann eve fay", "2026-05": "bob eve gil"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("analyses")


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    rows = [
        (f"{month}{user}", user, f"{month}-{day:02} 10:00:00", 10)
        for month, users in BUYERS.items()
        for day, user in enumerate(users.split(), 1)
    ]
    shop = Shop(folder / "shop").says(as_of="2026-05-31").has("orders", orders(*rows), complete_until="2026-05-31")
    return shop.book(draft=False, environ={"HOME": str(folder)})


def told(sheet: Sheet) -> list[list[str]]:
    places = sheet.shown()
    return [[drawn(row.cells[place]) for place in places] for row in sheet.rows]


def section(book: Book, page_id: str, section_id: str) -> Sheet:
    found = page(book.pages.of(page_id, MAY), book.workspace).sheet(section_id)
    assert found is not None
    return found


def asked(book: Book, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(book.workspace.root), *words])
    captured = capsys.readouterr()
    assert not ended.value.code, captured.err
    return captured.out


def test_cohorts_of_the_first_payment_are_a_triangle_with_a_shade_and_dots(book: Book) -> None:
    """Of four of March one buys in April and one in May; of two of April one in May: 2 of 6 after a month."""
    sheet = section(book, "retention", "buyers")
    rows = [[text for text in row if text] for row in told(sheet)]
    assert rows == [
        ["2026-03", "4", "100.0 %", "25.0 %", "25.0 %"],
        ["2026-04", "2", "100.0 %", "50.0 %", "·"],
        ["2026-05", "1", "100.0 %", "·", "·"],
        ["together", "7", "100.0 %", "33.3 %", "25.0 %"],
    ]
    assert [shade(cell) for cell in sheet.rows[0].cells[2:5]] == [0, 3, 3]
    assert shade(sheet.rows[1].cells[3]) == 5, "the largest share is the darkest"


def test_a_section_without_its_table_says_what_it_needs(book: Book) -> None:
    (line,) = section(book, "retention", "months").rows
    assert any("registered_month rests on the table users" in drawn(cell) for cell in line.cells)


def test_pages_named_stand_in_the_pack(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(asked(book, capsys, "pack", "--period", "2026-05", "--pages", "retention", "--format", "json"))
    assert [part["page"] for part in said["parts"] if "page" in part] == ["retention"]
    shown = asked(book, capsys, "pack", "--period", "2026-05", "--pages", "retention", "--format", "html")
    assert 'class="right shade-5"' in shown


def test_an_unknown_page_of_a_pack_is_refused(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(book.workspace.root), "pack", "--period", "2026-05", "--pages", "retenton"])
    assert ended.value.code == 2 and "did you mean 'retention'" in capsys.readouterr().err
