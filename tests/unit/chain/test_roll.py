"""Rolling a chain over: shown as a difference, written as targets, undone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from chain_vector import WEEKS

from kpi_tui.book import Book
from kpi_tui.definitions.answers.chain_card import Roll
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.render.drawn import drawn
from kpi_tui.views.chain.roll import roll_view

MAY, JUNE = Period.parse("2026-05"), Period.parse("2026-06")


@pytest.fixture
def book(project: Path, tmp_path: Path) -> Book:
    """The shipped example, to be written to."""
    return Book.open(Path(shutil.copytree(project / "examples" / "balanced_chain", tmp_path / "balanced_chain")))


def proposed(book: Book, period: Period) -> dict[tuple[str, str], float]:
    """(period, key) -> proposed value."""
    return {(roll.period, roll.key): roll.new for roll in book.chains.roll("site", period)}


def test_a_week_proposes_the_next_weeks_targets(book: Book) -> None:
    assert proposed(book, Period.parse(WEEKS[0])) == pytest.approx(
        {
            (WEEKS[1], "B"): 1030,
            (WEEKS[1], "C"): 204.8 / 1030,
            (WEEKS[1], "D"): 0.25,
            (WEEKS[1], "E"): 0.75,
            (WEEKS[1], "F"): 0.8,
        }
    )


def test_the_end_of_the_month_proposes_baseline_first_targets_and_weeks(book: Book) -> None:
    found = proposed(book, MAY)
    assert found["2026-06", "growth"] == 0.201
    assert [found[f"2026-W{number}", "B"] for number in range(23, 27)] == [2402, 2885, 3465, 4161]
    assert found["2026-W23", "C"] == pytest.approx((120 + 1200 * 0.03 * 120 / 1700) / 2402)  # R053: g of May
    assert found["2026-W23", "D"] == pytest.approx(0.25)
    assert found["2026-W23", "E"] == pytest.approx(0.75)


def test_a_proposal_writes_nothing_until_it_is_taken_and_saved(book: Book) -> None:
    rolls = book.chains.roll("site", MAY)
    assert not book.targets.of(JUNE)
    assert book.chains.take_roll("site", rolls) == len(rolls)
    changes = book.targets.save("rolled")
    assert {change.why for change in changes} == {"rolled over: site"}
    again = Book.open(book.workspace.root)
    assert again.targets.saved(JUNE)[TargetKey("chain:site", "growth")].value == 0.201
    assert again.chains.card("site", JUNE).links[1].weeks[0].target == 2402
    assert again.chains.card("site", JUNE).growth == 0.201


def test_a_roll_is_undone_as_a_whole(book: Book) -> None:
    book.chains.take_roll("site", book.chains.roll("site", MAY))
    book.targets.save("rolled")
    book.targets.undo()
    assert not book.targets.saved(JUNE)
    assert not book.targets.saved(Period.parse("2026-W24"))


def test_an_agreed_target_stands_beside_the_proposal(book: Book) -> None:
    book.chains.set_target("site", "B", Period.parse(WEEKS[1]), 1200)
    roll = next(roll for roll in book.chains.roll("site", Period.parse(WEEKS[0])) if roll.key == "B")
    assert (roll.old, roll.new) == (1200, 1030)


def test_points_are_changed_at_once_and_follow_into_the_next_month(book: Book) -> None:
    before = book.chains.card("site", MAY)
    book.chains.set_points("site", "C", MAY, 3)
    after = book.chains.card("site", MAY)
    assert (before.reachable, after.reachable) == (12.5, 13.5)
    assert (after.total or 0) - (before.total or 0) == pytest.approx(0.883054 / 2, abs=5e-7)
    assert proposed(book, MAY)["2026-06", "points.C"] == 3


def test_r061_a_reset_of_the_baseline_needs_a_note_and_is_in_the_history(book: Book) -> None:
    with pytest.raises(UsageError, match="note"):
        book.chains.reset_growth("site", JUNE, 0.03, " ")
    book.chains.reset_growth("site", JUNE, 0.03, "20 % a week cannot last")
    book.targets.save()
    assert book.targets.history(role="chain:site", metric="growth")[-1].why == "20 % a week cannot last"


def test_raising_all_targets_leaves_growth_and_points_alone(book: Book) -> None:
    book.chains.reset_growth("site", MAY, 0.05, "test")
    assert book.bulk_targets.raise_(MAY, 1.1) == 0
    assert book.targets.of(MAY)[TargetKey("chain:site", "growth")].value == 0.05


def test_dry_run_shows_and_writes_nothing(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    from kpi_tui.cli import main

    root = str(book.workspace.root)
    for flag, written in (("--dry-run", False), ("--why", True)):
        capsys.readouterr()
        more = [flag] if flag == "--dry-run" else [flag, "agreed in the meeting"]
        with pytest.raises(SystemExit):
            main(["-w", root, "target", "roll", "--period", "2026-05", *more, "--format", "json"])
        said = json.loads(capsys.readouterr().out)
        assert said["written"] is written
        assert said["cells"][0] == {"period": "2026-06", "link": "growth", "from": None, "to": 0.201}
        assert bool(Book.open(book.workspace.root).targets.saved(JUNE)) is written


def test_unknown_chains_and_links_are_named(book: Book) -> None:
    with pytest.raises(UsageError, match=r"known: .*site"):
        book.chains.card("sight", MAY)
    with pytest.raises(UsageError, match="known: A, B"):
        book.chains.set_points("site", "Z", MAY, 1)


def test_targets_of_a_chain_are_no_strangers_to_the_check(book: Book) -> None:
    book.chains.take_roll("site", book.chains.roll("site", MAY))
    book.targets.save("rolled")
    assert not [issue for issue in book.data.check() if issue.file.startswith("targets/")]


def test_a_proposed_target_has_the_unit_of_its_link_however_small_it_is(book: Book) -> None:
    units = {roll.key: roll.unit for roll in book.chains.roll("site", MAY)}
    assert units["growth"] == "percent"
    assert (units["B"], units["C"], units["E"]) == ("count", "percent", "percent")


def test_two_proposed_visitors_are_printed_as_two_and_never_as_a_share(book: Book) -> None:
    rolls = [Roll(WEEKS[1], "B", 1.0, 2.0, "count"), Roll(WEEKS[1], "E", 0.75, 0.8, "percent")]
    shown = roll_view(book.chains.find("site"), rolls, book.workspace).sheets[0]
    visitors, satisfied = ([drawn(cell) for cell in row.cells] for row in shown.rows)
    assert (visitors[2], visitors[4]) == ("1", "2")
    assert (satisfied[2], satisfied[4]) == ("75.0 %", "80.0 %")
