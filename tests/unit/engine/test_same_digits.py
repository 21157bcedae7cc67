"""The same rows give the same digits on every run: no total flips at the edge of a bonus step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kpi_tui.engine.measure_results import steady

METRICS = "paid_amount gmv net_sales_revenue aov arppu marketing_spend topup_amount refund_rate"
START = """
import sys
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.period import Period
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.numbers import Numbers
from kpi_tui.engine.query.cut import Cut
from kpi_tui.workspace.load import load

months = [Period.parse(f"2026-{month:02d}") for month in range(5, 11)]
workspace = load(Path(sys.argv[1]), validate=False).workspace
tables = {name: table for name, table in workspace.tables.items() if name in sys.argv[3].split()}
workspace = replace(workspace, tables=tables)
for start in range(3):
    engine = Numbers(workspace, Cache(None))
    print([value.value for value in engine.values(sys.argv[2].split(), months, Cut())])
"""
TABLES = "orders refunds channel_daily topup_ledger"  # those they rest on
THREADS = {"POLARS_MAX_THREADS": "8"}
"""More than there are cores: the order in which threads add up is another each time (a run of all tests has one)."""


def test_sums_of_money_are_equal_to_the_last_digit_on_every_start(project: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", START, str(project / "config"), METRICS, TABLES],
        capture_output=True,
        text=True,
        check=True,
        cwd=project,
        env={**os.environ, **THREADS},
    )
    first, second, third = ran.stdout.splitlines()
    assert first == second == third
    assert first.count(",") == 8 * 6 - 1
    assert "None" not in first


@pytest.mark.parametrize(
    ("added_up", "told"),
    [
        (0.1 + 0.2, 0.3),
        (sum([0.1] * 10), 1.0),
        (1161817.3800000001, 1161817.38),
        (1234567890123.45, 1234567890123.45),
        (-2.0 / 3.0, -0.666666666666667),
        (0.0, 0.0),
        (3.0e-7 + 1e-22, 3.0e-7),
    ],
)
def test_a_total_loses_only_the_digits_that_hang_on_the_order_of_adding(added_up: float, told: float) -> None:
    assert steady(added_up) == pytest.approx(told, rel=1e-12, abs=0)
    assert steady(added_up) == told or abs(told) < 1
    assert steady(steady(added_up)) == steady(added_up)
