"""A measure whose rows are placed in periods by a text is told by `check`, not only where its number is asked for."""

from __future__ import annotations

import pytest

from tests.workspaces import Shop, orders

OWN = """
[measures.m_own]
table = "{table}"
agg = "count"
column = "order_id"
time = "{time}"
about = "own"
[metrics.m_x]
name = "own"
category = "revenue"
kind = "absolute"
formula = "m_own"
unit = "count"
better = "higher"
grain = "month"
definition = "own"
"""
FACT = """[facts.d_own]
name = "own"
about = "own"
time = "shipped"
key = ["order_id"]
sql = "select order_id, paid_at, shipped from orders"
"""
ROWS = [
    {**row, "shipped": row["paid_at"][:10]}
    for row in orders(*((f"o{n}", f"u{n}", f"2026-03-{n:02} 10:00:00", 10.0) for n in range(1, 21)))
]


@pytest.mark.parametrize(
    ("table", "time", "hint"),
    [
        ("orders", "shipped", 'write types = { shipped = "datetime" } in [tables.orders]'),
        ("orders", "user_id", 'write types = { user_id = "datetime" } in [tables.orders]'),
        ("d_own", "shipped", "cast it in the SQL of the fact: cast(shipped as date)"),
    ],
)
def test_check_tells_a_time_that_is_a_text(shop: Shop, table: str, time: str, hint: str) -> None:
    shop.has("orders", ROWS, columns={"shipped": "shipped"}).defines("facts.toml", FACT)
    book = shop.defines("metrics/own.toml", OWN.format(table=table, time=time)).book()
    (issue,) = (issue for issue in book.data.check() if issue.key == "measures.m_own.time")
    assert issue.message == f"measure m_own: {time} is no day and no time, and places rows in periods"
    assert (issue.hint, issue.severity.value) == (hint, "error")


def test_what_the_hint_says_gives_the_number(shop: Shop) -> None:
    """Twenty orders, shipped on the day of their payment."""
    shop.has("orders", ROWS, columns={"shipped": "shipped"}, types={"shipped": "datetime"})
    shop.defines("metrics/own.toml", OWN.format(table="orders", time="shipped"))
    assert shop.value("m_x", "2026-03").value == 20
    assert not any(issue.key.startswith("measures.m_own") for issue in shop.book().data.check())
