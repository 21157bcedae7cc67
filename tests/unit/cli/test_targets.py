"""`score` and `target …`: what is set is saved, scored, recorded, undone and done again (R009, R037, R038)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.book.person.user_name import account
from kpi_tui.definitions.target import TargetKey
from tests.unit.cli.conftest import Run

OCTOBER = ("--period", "2026-10")


@pytest.fixture
def agreed(shop: Path, run: Run) -> Path:
    """Targets of October: 120 per order and 3 orders."""
    assert run("-w", shop, "target", "set", "shop", "aov", "120", *OCTOBER, "--why", "agreed").code == 0
    assert run("-w", shop, "target", "set", "shop", "orders", "3", *OCTOBER).code == 0
    return shop


def test_r037_score_weighs_attainments_and_names_the_weak_line(agreed: Path, run: Run) -> None:
    (card,) = run("-w", agreed, "score", "shop", *OCTOBER).json
    # 60 × 100/120 + 40 × 3/3; meeting the first target would add the ten points that are missing
    assert card["score"] == pytest.approx(90)
    assert (card["role"], card["period"], card["possible"], card["weakest"]) == ("shop", "2026-10", 100, "aov")
    line = card["lines"][0]
    keys = "metric actual target attainment method weight points reason gain_if_met".split()
    assert list(line)[:9] == keys
    assert line["attainment"] == pytest.approx(100 / 120)
    assert line["points"] == pytest.approx(50)
    assert line["gain_if_met"] == pytest.approx(10)


def test_score_without_a_role_shows_every_role_and_a_person_joins_theirs(agreed: Path, run: Run) -> None:
    assert [card["role"] for card in run("-w", agreed, "score", *OCTOBER).json] == ["shop"]
    (card,) = run("-w", agreed, "score", "--person", "ann", *OCTOBER).json
    assert card["score"] == pytest.approx(90)


def test_the_table_of_a_scorecard_says_what_to_do(agreed: Path, run: Run) -> None:
    text = run("-w", agreed, "score", *OCTOBER, "--format", "table").out
    assert "Average order value is the weak line by gain: meeting its target adds 10.00 points." in text
    assert "Score 90.00 of 100" in text


def test_a_set_target_is_in_its_file_and_in_the_history(agreed: Path, run: Run) -> None:
    saved = tomllib.loads((agreed / "targets" / "2026-10.toml").read_text(encoding="utf-8"))
    assert saved["targets"]["shop"]["aov"]["value"] == 120
    first = run("-w", agreed, "target", "history", "--metric", "aov").json[0]
    assert {key: first[key] for key in ("who", "role", "metric", "period", "from", "to", "why")} == {
        "who": "tester",
        "role": "shop",
        "metric": "aov",
        "period": "2026-10",
        "from": None,
        "to": 120,
        "why": "agreed",
    }


def test_the_history_begins_with_the_newest_edit_in_json_and_table_alike(agreed: Path, run: Run) -> None:
    run("-w", agreed, "target", "set", "shop", "aov", "130", *OCTOBER)
    history = ("-w", agreed, "target", "history")
    assert [(one["metric"], one["to"]) for one in run(*history).json] == [("aov", 130), ("orders", 3), ("aov", 120)]
    rows = run(*history, "--format", "csv").out.splitlines()
    head = rows[0].split(",")
    assert [row.split(",")[head.index("metric")] for row in rows[1:]] == ["aov", "orders", "aov"]


def test_the_history_tells_the_account_beside_the_chosen_name(agreed: Path, run: Run) -> None:
    told = run("-w", agreed, "target", "history").json
    assert {(change["who"], change["account"]) for change in told} == {("tester", account())}


@pytest.mark.parametrize(("typed", "value"), [("1.5k", 1500), ("3万", 30_000), ("+5%", 126), ("-50%", 60)])
def test_amounts_are_read_as_people_write_them(agreed: Path, run: Run, typed: str, value: float) -> None:
    (change,) = run("-w", agreed, "target", "set", "shop", "aov", typed, *OCTOBER).json
    assert (change["from"], change["to"]) == (120, pytest.approx(value))


def test_r038_copy_raise_clear_undo_and_redo(agreed: Path, run: Run) -> None:
    copied = run("-w", agreed, "target", "copy", "--period", "2026-11").json
    assert {(change["metric"], change["to"]) for change in copied} == {("aov", 120), ("orders", 3)}
    run("-w", agreed, "target", "raise", "10%", "--period", "2026-11", "--role", "shop")
    run("-w", agreed, "target", "clear", "shop", "orders", "--period", "2026-11")
    assert values(agreed, run) == {"aov": pytest.approx(132)}
    run("-w", agreed, "target", "undo")
    assert set(values(agreed, run)) == {"aov", "orders"}
    run("-w", agreed, "target", "redo")
    assert set(values(agreed, run)) == {"aov"}


def test_undo_of_a_fresh_workspace_says_that_there_is_nothing(shop: Path, run: Run) -> None:
    assert run("-w", shop, "target", "undo").json == []
    assert "nothing to undo" in run("-w", shop, "target", "undo", "--format", "table").out


def test_r009_a_period_that_is_over_wants_a_reason_and_marks_the_edit(agreed: Path, run: Run) -> None:
    refused = run("-w", agreed, "target", "set", "shop", "aov", "90", "--period", "2026-09")
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert run("-w", agreed, "target", "list", "--period", "2026-09").json == []
    (change,) = run("-w", agreed, "target", "set", "shop", "aov", "90", "--period", "2026-09", "--why", "typo").json
    assert change["late"] is True


def test_r009_taking_back_what_changed_a_period_that_is_over_wants_a_reason_of_its_own(agreed: Path, run: Run) -> None:
    """Undo and redo are late changes like any other: a word of the program ("undo") is no reason."""
    run("-w", agreed, "target", "set", "shop", "aov", "90", "--period", "2026-09", "--why", "typo")
    for step, before, after in (("undo", 90, []), ("redo", None, [90])):
        refused = run("-w", agreed, "target", step)
        assert (refused.code, "needs a reason" in refused.err) == (2, True)
        (change,) = run("-w", agreed, "target", step, "--why", "agreed with Lin").json
        assert (change["from"], change["late"], change["why"]) == (before, True, "agreed with Lin")
        stands = run("-w", agreed, "target", "list", "--period", "2026-09").json
        assert [one["value"] for one in stands] == after


def test_a_refused_edit_leaves_no_draft(agreed: Path, run: Run) -> None:
    run("-w", agreed, "target", "set", "shop", "aov", "90", "--period", "2026-09")
    assert run("-w", agreed, "target", "set", "shop", "orders", "4", *OCTOBER).json[0]["metric"] == "orders"
    assert run("-w", agreed, "target", "list", "--period", "2026-09").json == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "shpo", "aov", "1"), "did you mean shop?"),
        (("set", "shop", "aovv", "1"), "did you mean aov?"),
        (("set", "shop", "aov", "many"), "many"),
    ],
)
def test_a_wrong_name_or_amount_is_one_sentence_and_exit_2(
    shop: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("-w", shop, "target", *arguments, *OCTOBER)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def values(shop: Path, run: Run) -> dict[str, float]:
    """Targets of November by metric."""
    return {row["metric"]: row["value"] for row in run("-w", shop, "target", "list", "--period", "2026-11").json}


def test_a_command_leaves_the_draft_of_an_open_app_alone(agreed: Path, run: Run) -> None:
    app = Book.open(agreed, who="tester")
    app.targets.set(TargetKey("shop", "aov"), app.period("2026-10"), 150)
    app.close()
    run("-w", agreed, "target", "set", "shop", "orders", "5", *OCTOBER)
    assert Book.open(agreed, who="tester").targets.draft_found() == 1


def test_a_rate_written_like_a_count_is_refused_unless_it_is_meant(shop: Path, run: Run) -> None:
    refused = run("-w", shop, "target", "set", "shop", "never", "3万", *OCTOBER)
    assert refused.code == 2 and "“3万” on a rate means 30,000.0 %" in refused.err
    assert not (shop / "targets").exists()
    read = run("-w", shop, "target", "set", "shop", "never", "28", *OCTOBER)
    assert (read.code, read.json[0]["to"]) == (0, pytest.approx(0.28)) and "“28” was read as 28.0 %." in read.err
    assert run("-w", shop, "target", "set", "shop", "never", "3万", *OCTOBER, "--yes").json[0]["to"] == 300
