"""The same rows give the same digits on every run: no total flips at the edge of a bonus step."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.engine.measure_results import steady

METRICS = ["paid_amount", "gmv", "net_sales_revenue", "aov", "arppu", "marketing_spend", "topup_amount", "refund_rate"]


def test_sums_of_money_are_equal_to_the_last_digit_on_every_start(project: Path, tmp_path: Path) -> None:
    said = []
    for start in ("a", "b", "c"):
        environ = {"HOME": str(tmp_path / start), "XDG_CACHE_HOME": str(tmp_path / start)}
        book = Book.open(project / "config", draft=False, environ=environ)
        said.append([value.value for value in book.numbers.values(METRICS, Period.parse("2026-10"), last=6)])
    assert said[0] == said[1] == said[2]
    assert None not in said[0]


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
