"""A role scored for each shop, and a team of people and shops: ranked and rolled up, counted by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kpi_tui.book import Book
from tests.three_shops import ROLES, three_shops
from tests.unit.cli.conftest import Run

S1, S2, S3 = 88.0, 110.0, 40.0


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("parts") / "shop"
    three_shops(root)
    return root


def test_every_shop_is_scored_by_its_own_targets_ranked_and_rolled_up(run: Run, root: Path) -> None:
    """88, 110 and 40: the mean is 79.33. Ann bought in two shops and counts in each."""
    found = run("-w", root, "score", "manager", "--per", "--period", "2026-10")
    assert found.code == 0, found.err
    whole = found.json
    assert [(card["role"], card["score"]) for card in whole["parts"]] == [
        ("manager@S2", pytest.approx(S2)),
        ("manager@S1", pytest.approx(S1)),
        ("manager@S3", pytest.approx(S3)),
    ]
    assert whole["score"] == pytest.approx((S1 + S2 + S3) / 3)
    lines = whole["parts"][0]["lines"][:2]
    assert [(line["actual"], line["target"], line["points"]) for line in lines] == [(150, 100, 90), (1, 2, 20)]
    shown = run("-w", root, "score", "manager", "--per", "--period", "2026-10", "--format", "table").out
    assert "Shop manager · S2" in shown and "79.33" in shown and shown.index("· S2") < shown.index("· S3")


def test_one_shop_has_a_card_and_targets_like_any_role(run: Run, root: Path) -> None:
    """Of S3 either line would add 30 points; the one that is farther off is named."""
    (card,) = run("-w", root, "score", "manager@S3", "--period", "2026-10").json
    assert (card["score"], card["weakest"]) == (pytest.approx(S3), "active_trading_users")
    book = Book.open(root, draft=False)
    october = book.period("2026-10")
    assert book.scores.rows_of("manager@S3", october) == "shop_id = 'S3'"
    assert [book.scores.rows_of(one, october) for one in ("manager", "sales", "lin")] == ["", "", ""]
    book.close()
    asked = ("manager@S9", "paid_amount", "10", "--period", "2026-11")
    assert run("-w", root, "target", "set", *asked, "--yes").code == 0, "a shop that will open"
    assert run("-w", root, "target", "set", "sales@S1", "paid_amount", "10", "--period", "2026-11").code == 2
    assert run("-w", root, "target", "set", "manager@", "paid_amount", "10", "--period", "2026-11").code == 2
    assert not [one for one in run("-w", root, "check").json if "manager" in one["message"] and one["code"] == "R009"]
    unknown = run("-w", root, "score", "sales", "--per", "--period", "2026-10")
    assert (unknown.code, "sales is scored as a whole" in unknown.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "manager@S7"), "shop_id 'S7'; did you mean 'manager@S"),
        (("score", "managr@S1"), "known: manager@S1"),
        (("score", "--people", "lin", "manager@S7"), "did you mean 'manager@S"),
        (("target", "set", "manager@S33", "paid_amount", "10"), "did you mean 'manager@S3'? Nothing was set; --yes"),
        (("target", "set", "managr@S1", "paid_amount", "10"), "did you mean manager@S1?"),
        (("target", "list", "sales@S1"), "there is no role 'sales@S1'"),
    ],
)
def test_a_value_or_role_that_is_mistyped_is_refused_with_the_nearest(
    run: Run, root: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run("-w", root, *words, "--period", "2026-10")
    assert (ran.code, said in ran.err) == (2, True), ran.err


@pytest.mark.parametrize("owner", ["manager@S1", "Shop manager · S1", "店长·S1", "manager @ S1"])
def test_targets_of_a_shop_come_from_a_sheet_by_id_and_by_name(
    run: Run, root: Path, tmp_path: Path, owner: str
) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(f"role,metric,2026-12\n{owner},paid_amount,140\n", encoding="utf-8")
    (found,) = run("-w", root, "target", "import", file, "--dry-run").json["differences"]
    assert (found["role"], found["metric"], found["to"]) == ("manager@S1", "paid_amount", 140)


def test_drivers_of_one_shop_are_of_its_rows(root: Path) -> None:
    """S1 sold 80 to two people, nothing in September: 40 a head where all shops have 260 of three."""
    book = Book.open(root, draft=False)
    october = book.period("2026-10")
    where = book.scores.rows_of("manager@S1", october)
    found = book.drivers.of("arppu", october, where=where)
    assert [one.after for one in found.drivers] == [80, 2]
    book.close()


def test_a_team_is_the_mean_of_its_members_or_by_their_weights(run: Run, root: Path) -> None:
    """Lin 50 and the shop S1 88: 69. Lin three times: (3 × 50 + 88) / 4 = 59.5; S4 has no targets and is left out."""
    north = run("-w", root, "score", "north", "--period", "2026-10").json
    assert north["score"] == pytest.approx(69)
    assert [card["role"] for card in north["parts"]] == ["manager@S1", "lin"]
    weighted = run("-w", root, "score", "weighted", "--period", "2026-10").json
    assert weighted["score"] == pytest.approx(59.5)
    shown = run("-w", root, "score", "weighted", "--period", "2026-10", "--format", "table").out
    assert "without a score, left out of Weighted: Shop manager · S4" in shown


def test_what_a_score_is_out_of_stands_beside_it_where_parts_are_out_of_less(run: Run, tmp_path: Path) -> None:
    """S1 without a target for its users: 48 of 60, as a share 80; S2 110 and S3 40: the mean is 76.67 of 100."""
    three_shops(tmp_path / "shop")
    file = tmp_path / "shop" / "targets" / "2026-10.toml"
    before, _, after = file.read_text().partition('[targets."manager@S1".active_trading_users]')
    file.write_text(before + after[after.index("[targets.") :])
    asked = ("-w", tmp_path / "shop", "score", "manager", "--per", "--period", "2026-10", "--format", "table")
    rows = {line[6:].split("  ")[0]: line.replace("◔", "").split() for line in run(*asked).out.splitlines()}
    assert rows["Shop manager"][3:5] == ["76.67", "100"] and "each per 100" in " ".join(rows["Shop manager"])
    assert rows["Shop manager · S1"][6:8] == ["48.00", "60"] and rows["Shop manager · S2"][6:8] == ["110.00", "100"]


def test_the_page_of_people_has_shops_and_teams_below(run: Run, root: Path) -> None:
    page = run("-w", root, "page", "people", "--period", "2026-10")
    assert page.code == 0, page.err
    shown = run("-w", root, "page", "people", "--period", "2026-10", "--format", "table").out
    assert shown.index("Sales") < shown.index("Shop manager · S2") < shown.index("Shop manager · S3")
    assert "North" in shown and "69.00" in shown


def test_a_pack_has_them_beside_the_other_roles(run: Run, root: Path, tmp_path: Path) -> None:
    ran = run("-w", root, "pack", "--period", "2026-10", "-o", tmp_path / "pack.md")
    assert ran.code == 0, ran.err
    text = (tmp_path / "pack.md").read_text()
    assert "Shop manager · S2" in text and "79.33" in text and "69.00" in text


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("people.toml", '[people.t]\nname = "T"\nmembers = ["nobody"]\n', "unknown person or role 'nobody'"),
        ("people.toml", '[people.t]\nname = "T"\nmembers = ["sales@S1"]\n', "unknown person or role 'sales@S1'"),
        ("people.toml", '[people.t]\nname = "T"\nroles = ["sales"]\nmembers = ["manager"]\n', "has roles and members"),
        (
            "people.toml",
            '[people.t]\nname = "T"\nmembers = ["sales"]\n[people.u]\nname = "U"\nmembers = ["t"]\n',
            "t is a team itself",
        ),
        (
            "people.toml",
            '[people.t]\nname = "T"\nmembers = ["sales"]\nweights = { sale = 2 }\n',
            "the weight of sale counts nobody",
        ),
        ("roles/all.toml", ROLES.replace('"shop_id"', '"shopp_id"'), "unknown column 'shopp_id'"),
    ],
)
def test_what_is_wrong_is_named(run: Run, root: Path, tmp_path: Path, file: str, text: str, said: str) -> None:
    shutil.copytree(root, tmp_path / "copy")
    (tmp_path / "copy" / file).write_text(text)
    issues = run("-w", tmp_path / "copy", "check").json
    assert [one for one in issues if said in one["message"] and one["file"] == file and one["severity"] == "error"]
