"""Scorecards through the Book: what is compared with what (R004, R037)."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

ROLE = """
[roles.sales]
name = "Sales"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 100
"""


def test_a_partial_period_before_is_not_compared_r004(shop: Shop) -> None:
    shop.defines("roles/sales.toml", ROLE).says(as_of="2026-02-28", north_star="paid_amount")
    rows = [
        ("o1", "ann", "2026-01-20 10:00:00", 10),
        ("o2", "ann", "2026-02-20 10:00:00", 30),
        ("o3", "ann", "2026-02-28 10:00:00", 0),
    ]
    card = shop.has("orders", orders(*rows)).book().scores.scorecard("sales", Period.parse("2026-02"))
    line = card.lines[0]
    assert line.actual.value == 30
    assert line.previous is None, "January begins on the 20th in these data"
    assert line.change is None
    assert line.trend[-2:] == (None, 30), "nor does its part stand among whole months in the trend"
