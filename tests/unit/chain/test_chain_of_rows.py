"""The worked month (R043–R070) through the front doors: from rows, from typed weeks, from an imported sheet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from chain_vector import FIRST, LONGER, ROWS, WEEKS

from kpi_tui.book import Book
from kpi_tui.definitions.answers.chain_card import ChainCard
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop

MAY = Period.parse("2026-05")
SCORES = {"B": 3.680688, "C": 0.883054, "D": 2.0, "E": 2.0, "F": 1.969072, "G": 1.038961, "H": 1.5}
TYPED = {  # link -> (numerator, denominator) rows of the worked month
    "B": ("new", None),
    "C": ("asked", "all"),
    "D": ("deals", "asked"),
    "E": ("pre_ok", "pre"),
    "F": ("after_ok", "after"),
}


def scores(card: ChainCard) -> dict[str, float]:
    """Link -> score, of the links with points."""
    return {link.link.id: link.score for link in card.links if link.score is not None}


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command says as JSON."""
    from kpi_tui.cli import main

    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--format", "json"])
    assert not ended.value.code
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def example(project: Path, tmp_path: Path) -> Path:
    """A copy of the shipped example."""
    return Path(shutil.copytree(project / "examples" / "balanced_chain", tmp_path / "balanced_chain"))


@pytest.fixture
def book(shop: Shop) -> Book:
    """A workspace without any table, with the first targets of May agreed."""
    book = shop.book()
    for link, value in FIRST.items():
        book.chains.set_target("site", link, Period.parse(WEEKS[0]), value)
    book.targets.save("agreed")
    return book


def type_everything(book: Book) -> None:
    """Type the weeks of the worked month and the longer periods of R054 and R055."""
    for number, week in enumerate(WEEKS):
        for link, (above, below) in TYPED.items():
            base = ROWS[below][number] if below else None
            book.chains.enter("site", link, Period.parse(week), ROWS[above][number], base)
    for link, above, below, periods in (
        ("G", "repeat", "deals", ("2026-05", "2025-05")),
        ("H", "vips", "new", ("2026-05", "2026-04")),
    ):
        for period in periods:
            book.chains.enter("site", link, Period.parse(period), LONGER[above, period], LONGER[below, period])
    book.actuals.save("kept by hand")


def test_the_vector_is_counted_from_raw_rows(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, "-w", str(example), "chain", "--period", "2026-05")
    found = {link["id"]: link["score"] for link in said["links"] if link["points"]}
    assert found == pytest.approx(SCORES, abs=5e-7)
    assert said["total"] == pytest.approx(13.071776, abs=5e-7)
    assert (said["possible"], said["weakest"], said["lowest"]) == (12.5, "C", "C")
    weeks = {link["id"]: [cell["target"] for cell in link["weeks"]] for link in said["links"]}
    assert weeks["B"] == [1000, 1030, 1061, 1093]
    assert weeks["C"] == pytest.approx([0.08, 0.198835, 0.173468, 0.281336], abs=5e-7)
    assert said["next"]["growth"] == 0.201
    assert [week["target"] for week in said["next"]["weeks"]][:4] == [2402, 2885, 3465, 4161]
    assert {finding["code"] for finding in said["diagnosis"]} >= {"weak_rate", "growth_ratchet"}


def test_the_shipped_example_has_no_problem(example: Path) -> None:
    assert [issue for issue in Book.open(example).data.check() if issue.severity != "hint"] == []


def test_the_counts_basis_is_one_line_of_toml(example: Path, project: Path) -> None:
    (example / "chains").mkdir()
    text = (project / "config" / "chains" / "site.toml").read_text(encoding="utf-8")
    (example / "chains" / "site.toml").write_text(text.replace('"rates"', '"counts"'), encoding="utf-8")
    assert scores(Book.open(example).chains.card("site", MAY))["C"] == pytest.approx(2.060926, abs=5e-7)


def test_the_vector_comes_out_of_typed_weeks_marked_as_typed(book: Book) -> None:
    type_everything(book)
    card = book.chains.card("site", MAY)
    assert scores(card) == pytest.approx(SCORES, abs=5e-7)
    assert card.total == pytest.approx(13.071776, abs=5e-7)
    assert all(cell.by_hand for link in card.links if link.points for cell in link.weeks)


def test_typed_numbers_have_history_and_undo(book: Book) -> None:
    week = Period.parse(WEEKS[0])
    book.chains.enter("site", "B", week, 2000)
    book.actuals.save("counted at the door")
    book.chains.enter("site", "B", week, 2100)
    assert len(book.actuals.save("counted again")) == 1
    assert [(c.before, c.after, c.why) for c in book.actuals.history()] == [
        (None, 2000, "counted at the door"),
        (2000, 2100, "counted again"),
    ]
    book.actuals.undo()
    assert book.chains.typed(week)["new_visitor_count"].value == 2000
    reopened = Book.open(book.workspace.root)
    assert reopened.chains.typed(week)["new_visitor_count"].value == 2000


def test_tables_win_over_typed_numbers(example: Path) -> None:
    book = Book.open(example)
    book.chains.enter("site", "B", Period.parse(WEEKS[0]), 9999)
    link = book.chains.card("site", MAY).link("B")
    assert link is not None
    assert (link.weeks[0].actual, link.weeks[0].by_hand) == (2000, False)


def test_a_sheet_is_imported_as_one_step(book: Book, tmp_path: Path) -> None:
    lines = ["week,link,numerator,denominator"]
    lines += [
        f"{w},{k},{ROWS[a][n]},{ROWS[b][n] if b else ''}" for n, w in enumerate(WEEKS) for k, (a, b) in TYPED.items()
    ]
    sheet = tmp_path / "weeks.csv"
    sheet.write_text("\n".join(lines), encoding="utf-8-sig")
    assert book.chains.enter_all(book.chains.read_sheet("site", sheet)) == 4 * 8
    book.actuals.save()
    assert book.chains.card("site", MAY).total == pytest.approx(13.071776 - 1.038961 - 1.5, abs=1e-6)
    book.actuals.undo()
    assert not book.chains.typed(Period.parse(WEEKS[0]))


def test_a_sheet_with_bad_rows_names_them_all_and_changes_nothing(book: Book, tmp_path: Path) -> None:
    sheet = tmp_path / "weeks.csv"
    sheet.write_text(
        "week,link,numerator,denominator\n2026-W19,Z,1,\n2026-W99,B,1,\n2026-W19,B,-5,\n", encoding="utf-8"
    )
    with pytest.raises(UsageError) as told:
        book.chains.read_sheet("site", sheet)
    assert [issue.line for issue in told.value.issues] == [2, 3, 4]
    assert "unknown link 'Z'" in str(told.value)


@pytest.mark.parametrize(("link", "value", "base"), [("B", -1.0, None), ("B", 1.0, 2.0), ("Z", 1.0, None)])
def test_what_cannot_be_typed_is_refused(book: Book, link: str, value: float, base: float | None) -> None:
    with pytest.raises(UsageError):
        book.chains.enter("site", link, Period.parse(WEEKS[0]), value, base)


def test_the_shell_types_imports_and_takes_back(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("-w", str(example))
    saved = answer(capsys, *place, "actual", "set", "2026-W23", "C", "90", "1000", "--why", "phone list")
    assert [(row["metric"], row["to"]) for row in saved] == [("inquiry_user_count", 90), ("visitor_count", 1000)]
    june = answer(capsys, *place, "chain", "--period", "2026-06")
    week = next(link for link in june["links"] if link["id"] == "C")["weeks"][0]
    assert (week["actual"], week["by_hand"]) == (0.09, True)
    assert len(answer(capsys, *place, "actual", "undo")) == 2
    sheet = tmp_path / "s.csv"
    sheet.write_text("week,link,numerator,denominator\n2026-W23,B,2500,\n", encoding="utf-8")
    shown = answer(capsys, *place, "actual", "import", str(sheet))
    assert [(one["now"], one["to"]) for one in shown["differences"]] == [(None, 2500)]
    assert len(answer(capsys, *place, "actual", "history")) == 4, "shown first, nothing is set"
    assert answer(capsys, *place, "actual", "import", str(sheet), "--set")[0]["to"] == 2500
    assert len(answer(capsys, *place, "actual", "history")) == 5


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_the_chain_is_readable_in_every_format(example: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    from kpi_tui.cli import main

    with pytest.raises(SystemExit):
        main(["-w", str(example), "chain", "--period", "2026-05", "--format", form])
    text = capsys.readouterr().out
    assert "3.68" in text
    assert "4,161" in text or form == "csv"
