"""A stated total that counts is told at every number of its table, until a filter leaves it out."""

from __future__ import annotations

import shutil

from tests.workspaces import Row, Shop, orders

BOUGHT = orders(("o1", "u1", "2026-03-01 10:00", 100.0), ("o2", "u2", "2026-03-02 10:00", 50.0))
DONE = "2026-03-31"


def total(**cells: object) -> Row:
    """The row in which a report adds up the 150 above it."""
    return {**BOUGHT[0], "order_id": "合计", "user_id": "", "paid_amount": 150.0, "order_amount": 150.0, **cells}


def told(shop: Shop, metric: str = "paid_amount") -> tuple[float | None, list[str]]:
    value = shop.says(as_of=DONE).value(metric, "2026-03")
    return value.value, [str(note) for note in value.notes]


def test_a_total_row_that_counts_doubles_the_sum_and_says_so_at_the_value(shop: Shop) -> None:
    """100 + 50, and the 150 that stand for both: 300."""
    write = "`kpi-tui init DIR FILE` again leaves it out, or write where = \"order_id <> '合计'\""
    shop.has("orders", [*BOUGHT, total()], complete_until=DONE)
    assert told(shop) == (300, [f"orders: orders.csv: row 4 looks like a total row ('合计'); {write}"])
    shop.has("orders", [*BOUGHT, total()], complete_until=DONE, where="order_id <> '合计'")
    assert told(shop) == (150, [])


def test_check_warns_of_it(shop: Shop) -> None:
    shop.has("orders", [*BOUGHT, total()])
    (issue,) = [issue for issue in shop.book().data.check() if issue.code == "total-row"]
    assert (issue.severity, issue.hint) == (
        "warning",
        "`kpi-tui init DIR FILE` again leaves it out, or write where = \"order_id <> '合计'\"",
    )


def test_a_total_row_that_cannot_be_read_is_left_out_already(shop: Shop) -> None:
    """Its day is no day, so that it is rejected: 150, a row left out, a hint how to keep silent about it."""
    shop.has("orders", [*BOUGHT, total(created_at="", paid_at="")], complete_until=DONE)
    value = shop.says(as_of=DONE).value("paid_amount", "2026-03")
    assert (value.value, dict(value.left_out), value.notes) == (150, {"orders": 1}, ())
    assert [issue.severity for issue in shop.book().data.check() if "looks like a total row" in issue.message] == [
        "hint"
    ]


def test_a_footer_known_by_its_sum_alone_is_told_at_the_value(shop: Shop) -> None:
    """The last row has no id, and 150 is the sum of 100 and 50 above it."""
    shop.has("orders", [*BOUGHT, total(order_id="")], complete_until=DONE)
    value, (note,) = told(shop)
    assert value == 300
    assert note.startswith("orders: orders.csv: row 4 has no order_id, and its order_amount 150 is the sum of all rows")


def test_a_file_read_twice_is_told_at_the_value_only_where_its_rows_count_twice(shop: Shop) -> None:
    """Costs have no key, so 10 and 20 count twice: 60; orders have one, so 100 and 50 count once."""
    spent = [{"day": f"2026-03-0{day}", "cost_type": "operation", "amount": 10.0 * day} for day in (1, 2)]
    own = """
[measures.spent]
table = "costs"
agg = "sum"
column = "amount"
time = "day"
[metrics.spent]
name = "Spent"
category = "revenue"
kind = "absolute"
formula = "spent"
unit = "currency"
better = "lower"
grain = "month"
"""
    shop.has("orders", BOUGHT, complete_until=DONE).has("costs", spent, complete_until=DONE)
    for table in ("orders", "costs"):
        shutil.copy(shop.root / f"{table}.csv", shop.root / f"{table}_copy.csv")
        shop._tables[table]["path"] = [f"{table}.csv", f"{table}_copy.csv"]
    shop.defines("metrics/own.toml", own)
    assert told(shop) == (150, [])
    write = 'every row counts twice; leave one file out: path = ["costs.csv"]'
    assert told(shop, "spent") == (60, [f"costs: costs_copy.csv has the same rows as costs.csv; {write}"])
