"""A column that no file supplies has no values to ask for: no number and `no_column`, whoever else has one so named."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users, views

MAY = Period.parse("2026-05")
DONE = "2026-05-31"
BOUGHT = orders(("o1", "ann", "2026-05-02 10:00", 10.0), ("o2", "bob", "2026-05-05 10:00", 20.0))
LINES: list[Row] = [
    {"order_id": "o1", "sku_id": "s1", "qty": 1, "unit_price": 10},
    {"order_id": "o2", "sku_id": "s2", "qty": 2, "unit_price": 10},
]
PRODUCTS: list[Row] = [
    {"sku_id": "s1", "product_id": "p1", "category_id": "c", "list_price": 10, "unit_cost": 4},
    {"sku_id": "s2", "product_id": "p2", "category_id": "c", "list_price": 10, "unit_cost": 5},
]
WITHOUT_COST = [{name: cell for name, cell in row.items() if name != "unit_cost"} for row in PRODUCTS]
FACT = """
[facts.d_lines]
time = "paid_at"
sql = "{sql}"
"""
COUNTED = """
[measures.m_lines]
table = "d_lines"
agg = "count"
time = "paid_at"
[metrics.lines]
name = "Lines"
category = "revenue"
kind = "absolute"
formula = "m_lines"
unit = "count"
"""


@pytest.fixture
def sold(shop: Shop) -> Shop:
    return shop.says(as_of=DONE).has("orders", BOUGHT, complete_until=DONE).has("order_items", LINES)


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ({"where": "unit_cost > 1"}, "unit_cost"),
        ({"by": "unit_cost"}, "unit_cost"),
        ({"where": "cost_each is null"}, "cost_each"),
    ],
)
@pytest.mark.parametrize("products", [[], WITHOUT_COST])
def test_of_a_cost_that_nobody_knows_nothing_can_be_asked(
    question: dict[str, str], column: str, products: list[Row], sold: Shop
) -> None:
    book = (sold.has("products", products) if products else sold).book()
    found = book.numbers.values(["gross_profit"], MAY, **question)[-1]
    assert (found.value, found.reason) == (None, Reason.NO_COLUMN)
    assert found.detail == f"no file supplies {column} of d_item_costs"


def test_a_cost_that_the_products_have_is_theirs_and_it_is_said(sold: Shop) -> None:
    """10 − 4 of s1, 20 − 2 × 5 of s2; the lines' own cost is in no file."""
    book = sold.has("products", PRODUCTS).book()
    said = "unit_cost is products.unit_cost, reached by sku_id: no file supplies d_item_costs.unit_cost"
    whole, *parts = book.numbers.values(["gross_profit"], MAY, by="unit_cost")
    assert (whole.value, {one.segment: one.value for one in parts}) == (16, {"4.0": 6, "5.0": 10})
    (dear,) = book.numbers.values(["gross_profit"], MAY, where="unit_cost > 4")
    assert (dear.value, [said in one.notes for one in (*parts, dear)]) == (10, [True] * 3)
    own = book.numbers.values(["gross_profit"], MAY, by="order_items.unit_cost")[-1]
    assert (own.value, own.reason) == (None, Reason.NO_COLUMN)


@pytest.mark.parametrize(
    "sql",
    [
        "with i as (select *, 1 as one from order_items) select i.*, o.paid_at, o.paid_at_day, p.unit_cost as theirs"
        " from i join orders o on i.order_id = o.order_id left join products p on i.sku_id = p.sku_id",
        "select i.sku_id, i.unit_cost, o.paid_at, o.paid_at_day from order_items i join orders o on"
        " i.order_id = o.order_id union all select p.sku_id, cast(null as double), o.paid_at, o.paid_at_day"
        " from products p join orders o on p.list_price < 0",
        "select i.sku_id, 2 * max(i.unit_cost) as unit_cost, min(o.paid_at) as paid_at,"
        " min(o.paid_at_day) as paid_at_day from order_items i join orders o on i.order_id = o.order_id"
        " group by i.sku_id",
    ],
)
def test_a_column_is_followed_through_the_sql_of_a_fact(sql: str, sold: Shop) -> None:
    """Two lines; of none the cost is known by this fact, wherever its SQL takes the column from."""
    sold.has("products", WITHOUT_COST).defines("facts.toml", FACT.format(sql=sql)).defines("metrics/own.toml", COUNTED)
    found = sold.book().numbers.values(["lines"], MAY, where="d_lines.unit_cost > 1")[0]
    assert (found.value, found.reason) == (None, Reason.NO_COLUMN)


def test_a_segment_that_rests_on_a_column_nobody_has_is_none(shop: Shop) -> None:
    """Value by RFM needs the amounts of orders."""
    shop.says(as_of=DONE).has("users", users(("ann", "2026-03-01 10:00")), complete_until=DONE)
    shop.has("events", views(("ann", "2026-03-02 10:00", "home")), complete_until=DONE)
    shop.has("orders", [{n: c for n, c in row.items() if n != "paid_amount"} for row in BOUGHT], complete_until=DONE)
    for question in ({"by": "rfm_segment"}, {"where": "rfm_segment = 'x'"}):
        found = shop.book().numbers.values(["inactive_users"], MAY, **question)[-1]
        assert (found.value, found.reason) == (None, Reason.NO_COLUMN), question
        assert found.detail == "no file supplies what d_user_rfm needs to tell rfm_segment"
