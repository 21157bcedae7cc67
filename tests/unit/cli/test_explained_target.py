"""`explain METRIC` says whose target the number is held against and how much of it was attained; by hand (R037)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.three_shops import three_shops
from tests.unit.cli.conftest import Run


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("explained") / "shop"
    three_shops(root)
    return root


def test_a_number_stands_beside_the_target_of_every_role_that_has_one(run: Run, root: Path) -> None:
    """260 of 520 for Sales; the targets of single shops are for their rows alone."""
    found = run("-w", root, "explain", "paid_amount", "--period", "2026-10")
    assert found.code == 0, found.err
    (line,) = found.json["targets"]
    assert line == {"role": "sales", "target": 520, "attainment": pytest.approx(0.5), "method": "ratio"}
    for spoken, said in (("en", "Target 520.00 (Sales), attained 50%"), ("zh", "目标 520.00 (Sales)，达成率 50%")):
        out = run(
            "--lang", spoken, "-w", root, "explain", "paid_amount", "--period", "2026-10", "--format", "table"
        ).out
        assert said in " ".join(out.split()), out


@pytest.mark.parametrize("more", [("--where", "shop_id = 'S1'"), ("--period", "2026-09")])
def test_of_some_rows_or_without_a_target_nothing_is_said(run: Run, root: Path, more: tuple[str, ...]) -> None:
    found = run("-w", root, "explain", "paid_amount", "--period", "2026-10", *more)
    assert found.json["targets"] == []
