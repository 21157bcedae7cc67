"""`target split`: a year's targets, less what is done, over the months left; numbers by hand (R003, R009)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

ROLE = """
[roles.ops]
name = "Ops"
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "arppu"
weight = 40
"""
LAST_YEAR = {10: 100.0, 11: 300.0, 12: 600.0}


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """100, 300 and 600 from October to December 2025; 1,000 in September 2026, the last month that is over."""
    shop = Shop(tmp_path / "sales").says(as_of="2026-09-30")
    rows = [(f"o{month}", "u", f"2025-{month}-01 10:00:00", amount) for month, amount in LAST_YEAR.items()]
    rows = [("o0", "u", "2025-01-01 10:00:00", 1.0), *rows, ("o", "u", "2026-09-01 10:00:00", 1000.0)]
    shop.has("orders", orders(*rows), complete_until="2026-09-30").defines("roles/ops.toml", ROLE).book()
    return shop.root


def targets(found: Any, metric: str) -> list[float | None]:
    line = next(line for line in found["lines"] if line["metric"] == metric)
    return [part["target"] for part in line["parts"]][8:]


def test_what_is_left_is_split_by_last_years_shape(run: Run, sales: Path) -> None:
    """3,000 less 1,000 done are 2,000: one, three and six tenths of it. The rate is the year's in each month."""
    for metric, value in (("paid_amount", "3000"), ("arppu", "250")):
        run("-w", sales, "target", "set", "ops", metric, value, "--period", "2026")
    found = run("-w", sales, "target", "split", "ops", "--period", "2026").json
    assert targets(found, "paid_amount") == [None, 200, 600, 1200]
    assert targets(found, "arppu") == [None, 250, 250, 250]
    assert found["left_out"] == []
    assert run("-w", sales, "target", "list", "--period", "2026-10").json == [], "nothing is set without --set"
    run("-w", sales, "target", "split", "ops", "--period", "2026", "--set")
    assert targets(run("-w", sales, "target", "year", "ops", "--period", "2026").json, "paid_amount") == [
        None,
        200,
        600,
        1200,
    ]
    run("-w", sales, "target", "undo")
    assert run("-w", sales, "target", "list", "--period", "2026-10").json == []


def test_by_days_every_month_gets_its_days(run: Run, sales: Path) -> None:
    """1,920 less 1,000 over 31 + 30 + 31 days is 10 a day."""
    run("-w", sales, "target", "set", "ops", "paid_amount", "1920", "--period", "2026")
    found = run("-w", sales, "target", "split", "ops", "--period", "2026", "--by", "days").json
    assert targets(found, "paid_amount") == [None, 310, 300, 310]
    assert [(one["metric"], one["why"]) for one in found["left_out"]] == [("arppu", "no target of 2026")]


def test_what_cannot_be_split_says_why(run: Run, sales: Path) -> None:
    run("-w", sales, "target", "set", "ops", "paid_amount", "900", "--period", "2026")
    found = run("-w", sales, "target", "split", "ops", "--period", "2026").json
    assert found["left_out"][0]["why"] == "2026 is reached already"
    run("-w", sales, "target", "set", "ops", "paid_amount", "5000", "--period", "2027")
    found = run("-w", sales, "target", "split", "ops", "--period", "2027").json
    assert found["left_out"][0]["why"] == "no whole value of 2026-10"
