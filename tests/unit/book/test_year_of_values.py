"""A role scored for each value of a column: its lines on the year sheet, and values that an imported sheet names."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.targets.year_split import SplitBy
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.phrase import translate
from kpi_tui.views.targets.year import year_sheet
from tests.three_shops import three_shops

YEAR = Period.parse("2026")


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shops") / "shop"
    three_shops(root)
    return root


@pytest.fixture
def book(shops: Path):
    found = Book.open(shops, draft=False, who="ann")
    yield found
    found.close()


def test_every_shop_has_its_lines_below_its_role_with_its_own_rows(book: Book) -> None:
    """By hand: S1 sold 80 in October and S2 150; in the data's one month nothing else."""
    known = book.year_sheets.actuals(YEAR, Grain.MONTH)
    sheet = book.year_sheets.sheet(YEAR, Grain.MONTH, (), known)
    lines = {(line.key.role, line.key.metric): line for line in sheet.lines}
    owners = list(dict.fromkeys(line.key.role for line in sheet.lines))
    assert owners == ["manager", "manager@S1", "manager@S2", "manager@S3", "sales"]
    october = {owner: lines[owner, "paid_amount"].cell("2026-10") for owner in owners}
    assert {owner: cell.actual for owner, cell in october.items()} == {
        "manager": 260, "manager@S1": 80, "manager@S2": 150, "manager@S3": 30, "sales": 260,
    }  # fmt: skip
    assert {owner: cell.target for owner, cell in october.items()} == {
        "manager": None, "manager@S1": 100, "manager@S2": 100, "manager@S3": 60, "sales": 520,
    }  # fmt: skip
    headings = [translate(row.heading) for row in year_sheet(sheet, book.workspace).sheets[0].rows if row.heading]
    assert headings[1] == "── Shop manager · S1 店长 · S1"


def test_before_the_numbers_are_there_the_shops_with_targets_stand_there(book: Book) -> None:
    sheet = book.year_sheets.sheet(YEAR, Grain.MONTH)
    assert "manager@S2" in {line.key.role for line in sheet.lines}


def test_one_shop_can_be_asked_for_alone(book: Book) -> None:
    known = book.year_sheets.actuals(YEAR, Grain.MONTH, ("manager@S3",))
    sheet = book.year_sheets.sheet(YEAR, Grain.MONTH, ("manager@S3",), known)
    assert {line.key.role for line in sheet.lines} == {"manager@S3"}
    assert sheet.lines[0].cell("2026-10").actual == 30


def test_a_target_of_a_shop_is_not_split_by_the_shape_of_all_shops(book: Book) -> None:
    key, quarter = TargetKey("manager@S1", "paid_amount"), Period.parse("2026-Q4")
    book.targets.set(key, quarter, 690.0)
    by_shape = book.year_splits.of(quarter, Grain.MONTH, SplitBy.SHAPE, ("manager@S1",))
    assert "split it by days" in {line.key: line for line in by_shape.lines}[key].why


def test_a_sheet_that_names_a_shop_nobody_knows_is_told_so_with_the_nearest(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(
        "role,metric,2026-10,2027-01\nmanager@S1,paid_amount,90,95\nmanager@S11,paid_amount,70,75\n"
        "sales,paid_amount,500,\n",
        encoding="utf-8",
    )
    found = book.sheet_import.read(file, "targets")
    assert {(one.period, one.key.role, one.to) for one in found.differences} == {
        ("2026-10", "manager@S1", 90.0), ("2027-01", "manager@S1", 95.0), ("2026-10", "sales", 500.0),
    }  # fmt: skip
    (first, second) = found.troubles
    assert "no row and no target has shop_id 'S11'" in first.why and "did you mean 'manager@S1'" in first.why
    assert second.cell.text == "75"
