"""A table whose silence means that nothing happened is complete up to the as-of day by its schema (R084)."""

from __future__ import annotations

import pytest

from tests.workspaces import Shop, orders


def test_capital_put_in_once_gives_a_return_months_later(shop: Shop) -> None:
    """Two projects of 1000 from 1 January; 100 and 150 a month: at the end of March 750 of 2000, a projection."""
    put_in = [
        {"project_id": name, "invested_on": "2026-01-01", "amount": 1000, "payback_due": due, "target_roi": 0.5}
        for name, due in (("p1", "2026-06-30"), ("p2", "2026-12-31"))
    ]
    earned = [
        {"day": day, "project_id": name, "revenue": 1, "gross_profit": 1, "net_profit": profit}
        for name, profit in (("p1", 100), ("p2", 150))
        for day in ("2026-01-31", "2026-02-28", "2026-03-31")
    ]
    shop.has("investments", put_in).has("finance_periodic", earned)
    shop.has("orders", orders(("1", "u", "2026-04-15 10:00:00", 10.0)))
    march = shop.value("payback_roi", "2026-03")
    assert (march.value, march.partial) == (pytest.approx(0.375), False)
    assert ["2 of 2 rows are not final" in note for note in march.notes] == [True]


def test_a_day_that_tables_toml_says_comes_before_the_schema(shop: Shop) -> None:
    put_in = {"project_id": "p1", "invested_on": "2026-01-01", "amount": 1, "payback_due": "2026-12-31"}
    shop.has("investments", [put_in | {"target_roi": 0.5}], complete_until="2026-02-28")
    shop.has("finance_periodic", [{"day": "2026-03-31", "project_id": "p1", "net_profit": 1, "gross_profit": 1}])
    assert shop.value("payback_roi", "2026-03").value is None
