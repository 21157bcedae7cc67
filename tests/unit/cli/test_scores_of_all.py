"""Everybody at once and two beside each other; scores worked out by hand (R033, R037)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

ROLES = """
[roles.ops]
name = { en = "Ops", zh = "运营" }
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "buyers"
weight = 40
[roles.care]
name = "Care"
[[roles.care.lines]]
metric = "buyers"
weight = 100
"""
PEOPLE = """
[people.ann]
name = "Ann"
roles = ["ops", "care"]
bonus_base = 1000
"""


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """300 paid by two buyers in October. Ops: 300/400 × 60 + 2/2 × 40 = 85; Care: 2/4 × 100 = 50.

    Ann holds both: buyers once with (40 + 100) / 2 of the weight and the first role's target: 300/400 × 30 + 70 = 92.5.
    """
    shop = Shop(tmp_path / "sales")
    rows = [("o1", "u1", "2026-10-01 10:00:00", 100.0), ("o2", "u2", "2026-10-02 10:00:00", 200.0)]
    shop.has("orders", orders(("o0", "u0", "2026-08-01 10:00:00", 10.0), *rows), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31").defines("roles/roles.toml", ROLES).defines("people.toml", PEOPLE)
    shop.book()
    shop.defines(
        "targets/2026-10.toml",
        "[targets.ops]\npaid_amount = { value = 400 }\nbuyers = { value = 2 }\n"
        "[targets.care]\nbuyers = { value = 4 }\n",
    )
    return shop.root


def test_the_page_of_people_has_every_role_and_person_with_the_weak_line_and_what_mending_it_adds(
    run: Run, sales: Path
) -> None:
    """Ops lacks 15 of the amount's 60 points, Care 50 of 100, Ann 7.5 of the amount's 30."""
    roles, people = run("-w", sales, "page", "people", "--period", "2026-10", "--format", "csv").out.split("\n\n")
    told = [line.split(",") for line in roles.splitlines()]
    assert told[0] == ["state", "who", "score", "change", "gain_if_met", "bonus", "money", "weakest", "doubts"]
    assert [(line[1], line[2], line[4], line[7]) for line in told[1:]] == [
        ("ops", "85.0", "15.0", "paid_amount"),
        ("care", "50.0", "50.0", "buyers"),
    ]
    (ann,) = (line.split(",") for line in people.splitlines()[1:])
    assert (ann[1], ann[2], ann[4], ann[7]) == ("ann", "92.5", "7.5", "paid_amount")


def test_json_has_the_bonus_in_money_too(run: Run, sales: Path) -> None:
    found = run("-w", sales, "page", "people", "--period", "2026-10").json
    people = next(one for one in found["sections"] if one["id"] == "people")["data"]
    assert [(one["role"], one["score"], one["bonus"]["base"]) for one in people] == [("ann", 92.5, 1000)]


def test_two_roles_stand_beside_each_other_line_by_line(run: Run, sales: Path) -> None:
    out = run("-w", sales, "score", "--people", "ops", "care", "--period", "2026-10", "--format", "csv").out
    head, *lines = (line.split(",") for line in out.splitlines())
    at = {name: place for place, name in enumerate(head)}
    told = [
        tuple(line[at[name]] for name in ("metric", "actual_1", "points_1", "actual_2", "points_2")) for line in lines
    ]
    assert told == [
        ("score", "85.0", "", "50.0", ""),
        ("paid_amount", "300.0", "45.0", "", ""),
        ("buyers", "2", "40.0", "2", "50.0"),
    ]


def test_who_is_not_there_is_named(run: Run, sales: Path) -> None:
    found = run("-w", sales, "score", "--people", "ops", "cere", "--period", "2026-10")
    assert found.code == 2 and "cere" in found.err
