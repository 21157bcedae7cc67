"""A role scored for each shop, and a team of people and shops: ranked and rolled up, counted by hand."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.target import TargetKey
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

ROLES = """
[roles.manager]
name = { en = "Shop manager", zh = "店长" }
per = "shop_id"
[[roles.manager.lines]]
metric = "paid_amount"
weight = 60
[[roles.manager.lines]]
metric = "active_trading_users"
weight = 40

[roles.sales]
name = "Sales"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 100
"""
PEOPLE = """
[people.lin]
name = "Lin"
roles = ["sales"]

[people.north]
name = "North"
members = ["lin", "manager@S1"]

[people.weighted]
name = "Weighted"
members = ["lin", "manager@S1", "manager@S4"]
weights = { lin = 3 }
"""
PAID = [  # S1: 80 of two people, S2: 150 of Ann alone, S3: 30 of one; together 260
    ("S1", "ann", 50),
    ("S1", "bob", 30),
    ("S2", "ann", 150),
    ("S3", "cat", 30),
]
TARGETS = [
    ("manager@S1", "paid_amount", "100"),  # 0.8 × 60 = 48
    ("manager@S1", "active_trading_users", "2"),  # 1 × 40
    ("manager@S2", "paid_amount", "100"),  # 1.5 × 60 = 90
    ("manager@S2", "active_trading_users", "2"),  # 0.5 × 40 = 20
    ("manager@S3", "paid_amount", "60"),  # 0.5 × 60 = 30
    ("manager@S3", "active_trading_users", "4"),  # 0.25 × 40 = 10
    ("sales", "paid_amount", "520"),  # 260 / 520: 50
]
S1, S2, S3 = 88.0, 110.0, 40.0


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three shops in October 2026, one more without a target or a row."""
    root = tmp_path_factory.mktemp("parts") / "shop"
    rows = [
        {**row, "shop_id": shop}
        for place, (shop, who, paid) in enumerate(PAID)
        for row in orders((f"o{place}", who, "2026-10-05 12:00:00", paid))
    ]
    shop = Shop(root).has("orders", rows, complete_until="as_of", types={"shop_id": "str"})
    columns = {name: name for name in rows[0]}
    shop.says_of("orders", columns=columns).says(as_of=date(2026, 10, 31))
    shop.defines("roles/all.toml", ROLES).defines("people.toml", PEOPLE).book().close()
    return root


@pytest.fixture(scope="module", autouse=True)
def targets(root: Path) -> None:
    """Set by the part that sets every other target, each in one file and one history."""
    book = Book.open(root, draft=False)
    cells = {TargetKey(owner, metric): float(value) for owner, metric, value in TARGETS}
    book.targets.set_all({"2026-10": cells})
    book.targets.save("agreed")
    book.close()


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
    assert run("-w", root, "target", "set", *asked).code == 0
    assert run("-w", root, "target", "set", "sales@S1", "paid_amount", "10", "--period", "2026-11").code == 2
    assert run("-w", root, "target", "set", "manager@", "paid_amount", "10", "--period", "2026-11").code == 2
    assert not [one for one in run("-w", root, "check").json if "manager" in one["message"] and one["code"] == "R009"]
    unknown = run("-w", root, "score", "sales", "--per", "--period", "2026-10")
    assert (unknown.code, "sales is scored as a whole" in unknown.err) == (2, True)


def test_a_team_is_the_mean_of_its_members_or_by_their_weights(run: Run, root: Path) -> None:
    """Lin 50 and the shop S1 88: 69. Lin three times: (3 × 50 + 88) / 4 = 59.5; S4 has no targets and is left out."""
    north = run("-w", root, "score", "north", "--period", "2026-10").json
    assert north["score"] == pytest.approx(69)
    assert [card["role"] for card in north["parts"]] == ["manager@S1", "lin"]
    weighted = run("-w", root, "score", "weighted", "--period", "2026-10").json
    assert weighted["score"] == pytest.approx(59.5)
    shown = run("-w", root, "score", "weighted", "--period", "2026-10", "--format", "table").out
    assert "without a score, left out of Weighted: Shop manager · S4" in shown


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
