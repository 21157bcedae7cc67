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


@pytest.mark.parametrize(("basis", "said"), [("growht=5", "there is no basis"), ("growth=x", "no number of percent")])
def test_an_unknown_basis_is_refused_with_what_is_known(run: Run, sales: Path, basis: str, said: str) -> None:
    ran = run("-w", sales, "target", "propose", "ops", "--period", "2026-11", "--from", basis)
    assert ran.code == 2
    assert said in ran.err
