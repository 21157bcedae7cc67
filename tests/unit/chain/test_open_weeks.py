"""Some of the days of a week are no rate to hold or to grow: nothing is rolled over from them (R043–R052, R058)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chain_vector import MAY, WEEKS, agreed, counts, material

from kpi_tui.book import Book
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_score import score_month
from kpi_tui.scoring.roll_proposal import proposal
from kpi_tui.text.phrase import translate
from kpi_tui.views.chain.weeks import legend

THURSDAY = date(2026, 5, 14)  # of the second week: 11, 12, 13 and 14 May are known
SUNDAY = date(2026, 5, 17)
ALL = ("new", "all", "asked", "deals", "pre", "pre_ok", "after", "after_ok")


def running(number: int, **typed: bool) -> ChainInputs:
    """The worked month up to a week with only some of its days, and none after it; what is `typed` is whole."""
    said = counts({(name, week): None for name in ALL for week in WEEKS[number + 1 :]})
    for name in ALL:
        cell = (name, WEEKS[number])
        said[cell] = replace(said[cell], partial=name not in typed, by_hand=name in typed)
    return material(counts=said)


def targets(given: ChainInputs, as_of: date) -> dict[str, float | None]:
    """Link -> its target in the third week."""
    card = score_month(given, MAY, as_of)
    return {link.link.id: link.weeks[2].target for link in card.links if len(link.weeks) > 2}


def test_r044_r050_rates_wait_for_the_week_before_and_visitors_do_not() -> None:
    """B runs on targets: 1000 × 1.03² = 1060.9. The others would follow from four days."""
    given = running(1)
    assert targets(given, THURSDAY) == {"B": 1061, "C": None, "D": None, "E": None, "F": None}
    card = score_month(given, MAY, THURSDAY)
    weeks = [cell for link in card.links for cell in link.weeks]
    assert {cell.period.id for cell in weeks if cell.awaits} == {WEEKS[2]}
    assert "targets of 2026-W21 follow once 2026-W20 is over" in [translate(line) for line in legend(weeks)]


def test_r044_the_week_that_is_over_gives_its_targets() -> None:
    """On Sunday: C (180 + 1500 × 0.03 × 180 / 2000) / 1061 = 184.05 / 1061; D 45 / 180; E 27 / 36; F 15 / 18."""
    found = targets(running(1), SUNDAY)
    assert found == pytest.approx({"B": 1061, "C": 184.05 / 1061, "D": 0.25, "E": 0.75, "F": 15 / 18})


def test_numbers_typed_for_the_whole_week_count_before_it_is_over() -> None:
    given = running(1, **dict.fromkeys(ALL, True))
    assert targets(given, THURSDAY)["D"] == pytest.approx(45 / 180)
    assert {roll.period for roll in proposal(given, MAY, Period.parse(WEEKS[1]), THURSDAY)} == {WEEKS[2]}


def test_r052_the_first_target_waits_for_the_month_before() -> None:
    """70 of 1,000 asked in the April known so far: no rate of April yet."""
    said = counts({("asked", "2026-04"): 70.0, ("all", "2026-04"): 1000.0})
    said["asked", "2026-04"] = replace(said["asked", "2026-04"], partial=True)
    first = {cell: value for cell, value in agreed().items() if cell[1] != "C"}
    given = material(counts=said, agreed=first)
    for day, target, awaits in ((date(2026, 4, 20), None, "2026-04"), (date(2026, 4, 30), 0.07, "")):
        link = score_month(given, MAY, day).link("C")
        assert link is not None
        assert (link.weeks[0].target, link.weeks[0].awaits) == (target, awaits)


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        (1, THURSDAY, "2026-W20 is not over: 4 of its 7 days are known, up to 2026-05-14"),
        (1, date(2026, 5, 11), "2026-W20 is not over: 1 of its 7 days is known, up to 2026-05-11"),
        (3, date(2026, 5, 30), "2026-W22 is not over: 6 of its 7 days are known, up to 2026-05-30"),
    ],
)
def test_a_week_that_is_not_over_is_not_rolled(number: int, day: date, said: str) -> None:
    """The last week of the month would recalibrate the baseline (R058)."""
    with pytest.raises(UsageError, match=said) as refused:
        proposal(running(number), MAY, Period.parse(WEEKS[number]), day)
    last = {1: "2026-05-17", 3: "2026-05-31"}[number]
    assert f"once {last} has data, and {WEEKS[number - 1]} is the last week that is over" in str(refused.value)
    rolled = proposal(running(number), MAY, None, day)  # the month: from its last week that is over
    assert {roll.period for roll in rolled} == {WEEKS[number]}


def test_a_week_that_has_not_begun_is_not_rolled() -> None:
    with pytest.raises(
        UsageError, match=r"2026-W21 has not begun: .* 2026-05-14; .* 2026-05-24 .* 2026-W19 is the last"
    ):
        proposal(running(1), MAY, Period.parse(WEEKS[2]), THURSDAY)


def test_the_running_week_can_be_rolled_on_its_last_day() -> None:
    rolls = {roll.key: roll.new for roll in proposal(running(1), MAY, Period.parse(WEEKS[1]), SUNDAY)}
    assert rolls["B"] == 1061 and rolls["D"] == pytest.approx(0.25)


def test_the_book_refuses_and_writes_nothing(project: Path, tmp_path: Path) -> None:
    """As of Wednesday, 6 May, the month has no week that is over."""
    root = Path(shutil.copytree(project / "examples" / "balanced_chain", tmp_path / "shop"))
    head = root / "workspace.toml"
    head.write_text(head.read_text("utf-8").replace("as_of = 2026-05-31", "as_of = 2026-05-06"), "utf-8")
    book = Book.open(root)
    for period in (Period.parse(WEEKS[0]), MAY):
        with pytest.raises(UsageError, match="2026-W19 is not over: 3 of its 7 days are known"):
            book.chains.roll("site", period)
    link = book.chains.card("site", MAY).link("C")
    assert link is not None
    assert (link.weeks[1].target, link.weeks[1].awaits) == (None, WEEKS[0])
