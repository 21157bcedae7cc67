"""A workspace whose days are written down as sums: visitors, orders, money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tests.workspaces import Shop

SCHEMA = """
[schema.days]
name = "Days"
time = "day"
key = ["day"]
[schema.days.columns]
day = { type = "date" }
visits = { type = "int" }
orders = { type = "int" }
paid = { type = "float" }
stock = { type = "int" }
"""
METRICS = """
[measures.visit_sum]
table = "days"
agg = "sum"
column = "visits"
[measures.order_sum]
table = "days"
agg = "sum"
column = "orders"
[measures.paid_sum]
table = "days"
agg = "sum"
column = "paid"
[measures.stock_mean]
table = "days"
agg = "mean"
column = "stock"
"""
FORMULAS = {
    "visits": ("absolute", "visit_sum", "count"),
    "rate": ("ratio", "order_sum / visit_sum", "percent"),
    "value": ("ratio", "paid_sum / order_sum", "currency"),
    "gmv": ("absolute", "visits * rate * value", "currency"),
    "paid": ("absolute", "paid_sum", "currency"),
    "stock": ("absolute", "stock_mean", "count"),
}
TREE = """
[trees.goal]
name = "Goal"
[[trees.goal.nodes]]
metric = "paid"
children = ["visits", "rate", "value"]
formula = "visits * rate * value"
owner = "boss"
[[trees.goal.nodes]]
metric = "visits"
owner = "ann"
[[trees.goal.nodes]]
metric = "rate"
owner = "bob"
[[trees.goal.nodes]]
metric = "value"
period = "2026-Q1"
"""


def day_shop(shop: Shop, days: Iterable[tuple[str, int, int, float]], *, as_of: str, tree: str = TREE) -> Shop:
    """Rows (day, visits, orders, paid); every metric can be read by day."""
    rows = [dict(zip(("day", "visits", "orders", "paid", "stock"), (*row, row[1]), strict=True)) for row in days]
    shop.says(extends="", as_of=as_of, north_star="paid").has("days", rows, complete_until=as_of)
    metrics = [
        f'[metrics.{name}]\nname = "{name.title()}"\ncategory = "own"\nkind = "{kind}"\nformula = "{formula}"\n'
        f'unit = "{unit}"\nbetter = "higher"\ngrain = "day"\ngrains = ["day", "week", "month"]\n'
        for name, (kind, formula, unit) in FORMULAS.items()
    ]
    metrics += [
        '[metrics.daily]\nname = "Daily"\ncategory = "own"\nkind = "absolute"\nformula = "order_sum"\nunit = "count"\n'
        'better = "higher"\ngrain = "day"\ngrains = ["day", "month"]\nrollup = "mean"\n'
    ]
    shop.defines("schema.toml", SCHEMA).defines("metrics/own.toml", METRICS + "\n".join(metrics))
    shop.defines("categories.toml", '[categories.own]\nname = "Own"\n')
    return shop.defines("trees.toml", tree)


def every_day(first: str, last: str, paid: float = 10.0) -> list[tuple[str, int, int, float]]:
    """A row for every day, all alike."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [((start + timedelta(days=n)).isoformat(), 100, 5, paid) for n in range((end - start).days + 1)]
