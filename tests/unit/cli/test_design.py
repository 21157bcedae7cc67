"""`design [STEP]`: the four steps of the method without a screen."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run


def test_every_step_is_told_without_targets_and_with_a_metric_that_has_no_data(run: Run, shop: Path) -> None:
    """The role of the tiny shop has a duty, no answers, and weights of 60 and 40 (R014, R036)."""
    found = run("-w", shop, "design").json
    assert (found["roles"], found["done"]) == (1, [])
    assert {one["step"]: one["done"] for one in found["steps"]} == {
        "plan": False,
        "library": True,
        "posts": False,
        "allocation": False,
    }
    (role,) = run("-w", shop, "design", "allocation").json["roles"]
    assert (role["role"], role["sum"]) == ("shop", 100)
    assert [(line["metric"], line["weight"], line["met"]) for line in role["lines"]] == [
        ("aov", 60, None),
        ("orders", 40, None),
    ]
    (role,) = run("-w", shop, "design", "posts").json["roles"]
    assert [one["about"] for one in role["advice"] if one["code"] == "R014"] == [
        "principles.life_cycle",
        "principles.post",
        "principles.read",
        "principles.understood",
        "principles.easy",
    ]
    aov = next(
        one for one in run("-w", shop, "design", "library", "--period", "2026-10").json if one["metric"] == "aov"
    )
    assert (aov["value"], aov["roles"], aov["live"]) == (100, ["shop"], True)  # 150, 50 and 100 in three orders


def test_candidates_of_the_workspace_are_marked_and_an_unknown_one_is_named(run: Run, shop: Path) -> None:
    head = shop / "workspace.toml"
    head.write_text(head.read_text() + 'candidates = ["aov", "nosuch"]\n')
    chosen = [one["metric"] for one in run("-w", shop, "design", "library").json if one["chosen"]]
    assert chosen == ["aov"]
    (issue,) = [one for one in run("-w", shop, "check", "--format", "json").json if "candidates" in one["message"]]
    assert (issue["severity"], issue["file"]) == ("warning", "workspace.toml") and "nosuch" in issue["message"]


def test_a_step_there_is_not_is_answered_with_the_nearest(run: Run, shop: Path) -> None:
    ran = run("-w", shop, "design", "post")
    assert (ran.code, ran.out) == (2, "") and "posts" in ran.err


def test_a_workspace_without_data_and_without_roles_is_told_too(run: Run, shop: Path) -> None:
    (shop / "orders.csv").unlink()
    (shop / "roles" / "roles.toml").unlink()
    (shop / "people.toml").unlink()
    head = shop / "workspace.toml"
    head.write_text(head.read_text().replace("as_of = 2026-10-31\n", ""))
    ran = run("-w", shop, "design", "allocation")
    assert (ran.code, ran.json["roles"]) == (0, [])
