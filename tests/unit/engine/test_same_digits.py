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
from pathlib import Path

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period

for start in sys.argv[3:]:
    environ = {"HOME": start, "XDG_CACHE_HOME": start}
    book = Book.open(Path(sys.argv[1]), draft=False, environ=environ)
    print([value.value for value in book.numbers.values(sys.argv[2].split(), Period.parse("2026-10"), last=6)])
"""
THREADS = {"POLARS_MAX_THREADS": "8"}
"""More than there are cores: the order in which threads add up is another each time (a run of all tests has one)."""


def test_sums_of_money_are_equal_to_the_last_digit_on_every_start(project: Path, tmp_path: Path) -> None:
    starts = [str(tmp_path / name) for name in ("a", "b", "c")]
    ran = subprocess.run(
        [sys.executable, "-c", START, str(project / "config"), METRICS, *starts],
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
