"""A sub-query of a condition asks for an amount that rows lack: whom it keeps is not known, and every value says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.value import Value
from tests.workspaces import Shop, orders

LAST = "2026-03-31"
BOUGHT = [
    *orders(
        ("o1", "ann", "2026-03-01 10:00", 150.0),
        ("o2", "bob", "2026-03-02 10:00", 50.0),
        ("o3", "cid", "2026-03-03 10:00", 20.0),
    ),
    *orders(("o4", "bob", "2026-02-01 10:00", None), domain="private"),  # type: ignore[arg-type]
]
"""Bob's order of February has no amount: whether it was above 100 nobody knows."""


def shop(root: Path, where: str) -> Shop:
    made = Shop(root / "ws").has("orders", BOUGHT, complete_until=LAST).says(as_of=LAST)
    return made.defines(
        "metrics/own.toml",
        f"""
[measures.m_own]
table = "orders"
agg = "count"
column = "*"
where = "{where}"
time = "paid_at"
about = "own"
[metrics.own]
name = "Own"
category = "revenue"
kind = "ratio"
formula = "m_own"
unit = "ratio"
better = "higher"
grains = ["month"]
""",
    )


def asked(made: Shop, metric: str = "own") -> Value:
    return made.value(metric, "2026-03")


SAID = "1 of 4 rows of orders lacks the amount that a sub-query of its condition asks for (paid_amount)"
INSIDE = {
    "user_id in (select user_id from orders where paid_amount > 100)": 1,  # ann alone is known to be one of them
    "user_id in (select user_id from orders group by user_id having sum(paid_amount) > 100)": 1,
    "user_id not in (select user_id from orders as x where x.paid_amount > 100)": 2,
}


@pytest.mark.parametrize(("where", "value"), INSIDE.items())
def test_amounts_that_lack_inside_are_counted_and_told(where: str, value: int, tmp_path: Path) -> None:
    made = shop(tmp_path, where)
    found = asked(made)
    assert found.value == value and any(SAID in note for note in found.notes), found.notes
    assert any(SAID in one.message for one in made.book().data.check() if one.code == "lacking-inside")


@pytest.mark.parametrize(
    "where",
    [
        "user_id in (select user_id from orders where paid_amount > 100 and domain = 'public')",  # that one is private
        "user_id in (select user_id from orders where coalesce(paid_amount, 0) > 100)",
        "user_id in (select user_id from orders where order_id = 'o1')",
        "user_id in (select user_id from orders group by user_id having count(paid_amount) > 0)",
    ],
)
def test_what_asks_for_no_amount_that_lacks_says_nothing(where: str, tmp_path: Path) -> None:
    made = shop(tmp_path, where)
    assert not asked(made).notes
    assert not [one for one in made.book().data.check() if one.code == "lacking-inside"]


def test_amounts_that_lack_beside_a_sub_query_are_told_too(tmp_path: Path) -> None:
    """Above 10: three orders of March and perhaps Bob's of February; Ann's sub-query alone keeps none of those."""
    who = "user_id in (select user_id from orders where order_id in ('o1', 'o2'))"
    made = shop(tmp_path / "a", f"paid_amount > 10 and {who}")
    found = asked(made)
    said = "1 of 4 rows of orders lacks the amount that its condition asks for (paid_amount), on whatever day"
    assert found.value == 2 and any(said in note for note in found.notes), found.notes
    ann = "user_id in (select user_id from orders where order_id = 'o1')"
    assert not asked(shop(tmp_path / "b", f"paid_amount > 10 and {ann}")).notes
