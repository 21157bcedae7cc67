"""`target propose ROLE`: shown with its backtest, set only when told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

MONTHS = {"07": 100.0, "08": 200.0, "09": 300.0, "10": 240.0}


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """A role with one weighted line; 100, 200, 300 and 240 were paid from July to October 2026."""
    shop = Shop(tmp_path / "sales")
    rows = [(f"o{month}", "u1", f"2026-{month}-01 10:00:00", amount) for month, amount in MONTHS.items()]
    shop.has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines(
        "roles/ops.toml", '[roles.ops]\nname = "Ops"\n[[roles.ops.lines]]\nmetric = "paid_amount"\nweight = 100\n'
    )
    shop.book()
    return shop.root


def test_a_proposal_says_how_often_the_past_would_have_met_it(run: Run, sales: Path) -> None:
    """The median of July to October is 220: two of four met it; attained 100, 200, 300 and 240 of 220."""
    found = run("-w", sales, "target", "propose", "ops", "--period", "2026-11", "--from", "median").json
    (line,) = found["lines"]
    assert (line["value"], line["met"], line["known"], line["now"]) == (220, 2, 4, None)
    assert [round(one["score"], 2) for one in found["scores"]] == [45.45, 90.91, 136.36, 109.09]
    assert not (sales / "targets").exists()


def test_set_takes_the_targets_over_with_the_reason_in_the_history(run: Run, sales: Path) -> None:
    """October's 240 and 10 % more is 264."""
    ran = run("-w", sales, "target", "propose", "ops", "--period", "2026-11", "--from", "growth=10", "--set")
    assert ran.code == 0
    (target,) = run("-w", sales, "target", "list", "ops", "--period", "2026-11").json
    assert target["value"] == 264
    assert "growth" in target["why"]


def test_r009_a_period_that_is_over_needs_a_reason_of_a_person(run: Run, sales: Path) -> None:
    """That the proposal says what it is made of is no reason: refused as `target set` is, and marked late with one."""
    ask = ("-w", sales, "target", "propose", "ops", "--period", "2026-09", "--from", "last", "--set")
    refused = run(*ask)
    by_hand = run("-w", sales, "target", "set", "ops", "paid_amount", "200", "--period", "2026-09")
    assert (refused.code, by_hand.code) == (2, 2) and refused.err == by_hand.err
    assert not (sales / "targets").exists()
    assert run(*ask, "--why", "agreed in August").code == 0
    (target,) = run("-w", sales, "target", "list", "ops", "--period", "2026-09").json
    assert (target["value"], target["late"]) == (200, True) and "agreed in August" in target["why"]


def test_without_from_all_are_compared_and_nothing_can_be_set(run: Run, sales: Path) -> None:
    lines = run("-w", sales, "target", "propose", "ops", "--period", "2026-11").json["lines"]
    assert {line["basis"]: line["value"] for line in lines} == {
        "last": 240,
        "year": None,
        "mean": 210,
        "median": 220,
        "benchmark": None,
        "parent": None,
    }
    assert all(line["why"] for line in lines if line["value"] is None)
    ran = run("-w", sales, "target", "propose", "ops", "--period", "2026-11", "--set")
    assert (ran.code, "one --from" in ran.err) == (2, True)


def test_bases_are_compared_by_the_scores_they_would_have_given(run: Run, sales: Path) -> None:
    """The mean of 100, 200, 300 and 240 is 210: 47.6, 95.2, 142.9 and 114.3 points of 100, two of them above 100."""
    found = run("-w", sales, "target", "propose", "ops", "--period", "2026-11").json["compared"]
    mean = next(one for one in found if one["basis"] == "mean")
    assert [round(one["score"], 1) for one in mean["scores"]] == [47.6, 95.2, 142.9, 114.3]
    assert next(one for one in found if one["basis"] == "year")["scores"] == []


def test_several_roles_are_proposed_for_and_set_at_once(run: Run, sales: Path) -> None:
    shop = (sales / "roles" / "ops.toml").read_text(encoding="utf-8")
    (sales / "roles" / "more.toml").write_text(shop.replace("ops", "more").replace("Ops", "More"), encoding="utf-8")
    found = run("-w", sales, "target", "propose", "ops", "more", "--period", "2026-11", "--from", "mean").json
    assert [(one["role"], one["lines"][0]["value"]) for one in found] == [("ops", 210), ("more", 210)]
    run("-w", sales, "target", "propose", "--period", "2026-11", "--from", "mean", "--set")
    targets = run("-w", sales, "target", "list", "--period", "2026-11").json
    assert {one["role"]: one["value"] for one in targets} == {"ops": 210, "more": 210}
    assert len({one["batch"] for one in run("-w", sales, "target", "history").json}) == 1


def test_a_longer_target_is_split_by_days_or_by_last_years_shape(run: Run, sales: Path) -> None:
    """3,650 for 2026: November has 30 of 365 days. Nothing is known of last year, so that it has no shape."""
    run("-w", sales, "target", "set", "ops", "paid_amount", "3650", "--period", "2026")
    asked = ("-w", sales, "target", "propose", "ops", "--period", "2026-11", "--from")
    assert run(*asked, "parent=days").json["lines"][0]["value"] == 300
    (line,) = run(*asked, "parent=shape").json["lines"]
    assert (line["value"], "last year" in line["why"]) == (None, True)


TREE = """
[trees.sales]
name = "Sales"
[[trees.sales.nodes]]
metric = "paid_amount"
children = ["new_buyer_amount", "returning_buyer_amount"]
formula = "new_buyer_amount + returning_buyer_amount"
[[trees.sales.nodes]]
metric = "new_buyer_amount"
[[trees.sales.nodes]]
metric = "returning_buyer_amount"
"""


def test_a_figure_gets_its_share_of_what_it_adds_up_to(run: Run, tmp_path: Path) -> None:
    """New buyers paid 100 in September and 300 in October, one who returned 100: four fifths of 800 are theirs."""
    shop = Shop(tmp_path / "tree").says(as_of="2026-10-31")
    rows = [("o1", "old", "2026-09-01 10:00:00", 100.0), ("o2", "old", "2026-10-01 10:00:00", 100.0)]
    shop.has("orders", orders(*rows, ("o3", "new", "2026-10-02 10:00:00", 300.0)), complete_until="2026-10-31")
    shop.defines("trees.toml", TREE)
    role = '[roles.ops]\nname = "Ops"\n[[roles.ops.lines]]\nmetric = "new_buyer_amount"\nweight = 100\n'
    shop.defines("roles/ops.toml", role).book()
    run("-w", shop.root, "target", "set", "ops", "paid_amount", "800", "--period", "2026-11")
    asked = ("-w", shop.root, "target", "propose", "ops", "--period", "2026-11", "--from", "tree", "--periods", "3")
    (line,) = run(*asked).json["lines"]
    assert (line["basis"], line["value"]) == ("tree", 640), line["why"]


@pytest.mark.parametrize(("basis", "said"), [("growht=5", "there is no basis"), ("growth=x", "no number of percent")])
def test_an_unknown_basis_is_refused_with_what_is_known(run: Run, sales: Path, basis: str, said: str) -> None:
    ran = run("-w", sales, "target", "propose", "ops", "--period", "2026-11", "--from", basis)
    assert ran.code == 2
    assert said in ran.err
