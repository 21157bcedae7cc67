"""Each source is judged by its own days in everything that is made of days: means, totals of parts, days divided by.

East sells on 1 … 10 March (10 a day, 40 from the 5th on), west on 1 … 4 March (5 a day); both are complete so far.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

OWN = """
[metrics.daily]
name = "Daily"
category = "revenue"
kind = "absolute"
formula = "paid_amount_sum"
unit = "currency"
better = "higher"
grain = "day"
rollup = "mean"
[metrics.pooled]
name = "Pooled"
category = "revenue"
kind = "ratio"
formula = "paid_amount_sum / paid_order_count"
unit = "currency"
better = "higher"
grain = "day"
rollup = "pooled"
[measures.m_buyers_a_day]
table = "orders"
agg = "mean_daily_distinct"
column = "user_id"
time = "paid_at"
about = "own"
[metrics.buyers_a_day]
name = "Buyers a day"
category = "revenue"
kind = "absolute"
formula = "m_buyers_a_day"
unit = "count"
better = "higher"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path / "ws")
    east = [(f"e{day}", "ann", f"2026-03-{day:02} 10:00", 10.0 if day < 5 else 40.0) for day in range(1, 11)]
    west = [(f"w{day}", "bob", f"2026-03-{day:02} 10:00", 5.0) for day in range(1, 5)]
    made.has_source("orders", "east", orders(*east), complete_until="2026-03-10")
    made.has_source("orders", "west", orders(*west), complete_until="2026-03-04")
    return made.says(as_of="2026-03-10").defines("metrics/own.toml", OWN)


def asked(shop: Shop, metric: str, **question: str) -> dict[str | None, Value]:
    found = shop.book().numbers.values([metric], Period.parse("2026-03"), **question)
    return {value.segment: value for value in found}


@pytest.mark.parametrize(
    ("metric", "east", "west", "both"),
    [
        ("daily", (4 * 10 + 6 * 40) / 10, 5, 15),  # 28; of all, on the four days that both sources have, 10 + 5
        ("pooled", (4 * 10 + 6 * 40) / 10, 5, (4 * 10 + 4 * 5) / 8),
        ("buyers_a_day", 1, 1, 2),
    ],
)
def test_each_source_has_its_own_days(metric: str, east: float, west: float, both: float, shop: Shop) -> None:
    found = {name: value.value for name, value in asked(shop, metric, by="source").items()}
    assert found == {None: both, "east": pytest.approx(east), "west": pytest.approx(west)}
    assert asked(shop, metric, where="source = 'east'")[None].value == pytest.approx(east)


def test_a_source_that_ended_says_so_and_the_other_does_not(shop: Shop) -> None:
    """March is not over for either; only west has no rows since the 4th."""
    found = asked(shop, "daily", by="source")
    assert found["east"].partial and found["west"].partial
    assert not [note for note in found["east"].notes if "west" in note]
