"""Trap: a count of a column counts the rows in which it is known, as SQL does; a count of the key counts rows."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from tests.unit.traps.trap_shop import own
from tests.workspaces import Shop, orders

MEASURES = """
[measures.known_amounts]
about = "orders whose amount is known"
table = "orders"
agg = "count"
column = "paid_amount"
where = "paid_at is not null"
[measures.all_orders]
about = "paid orders"
table = "orders"
agg = "count"
column = "order_id"
where = "paid_at is not null"
[measures.large]
about = "orders of 20 and more"
table = "orders"
agg = "count"
column = "case when paid_amount >= 20 then 1 end"
[metrics.share_known]
name = "Share known"
definition = "share of orders whose amount is known"
category = "revenue"
kind = "ratio"
formula = "known_amounts / all_orders"
unit = "percent"
better = "higher"
grain = "month"
[metrics.large_orders]
name = "Large"
definition = "orders of 20 and more"
category = "revenue"
kind = "absolute"
formula = "large"
unit = "count"
better = "higher"
grain = "month"
"""


def test_a_count_of_a_column_leaves_out_the_rows_in_which_it_is_not_known(shop: Shop) -> None:
    """Amounts 10, 20, 30 and one unknown: 3 of 4 are known, 2 are 20 and more."""
    rows = orders(*((f"o{n}", "u1", f"2026-10-0{n} 10:00:00", 10.0 * n) for n in (1, 2, 3, 4)))
    shop.has("orders", [*rows[:3], {**rows[3], "paid_amount": None}], complete_until="2026-10-31")
    shop.defines("metrics/own.toml", MEASURES)
    assert shop.value("share_known", "2026-10").value == 0.75
    assert shop.value("large_orders", "2026-10").value == 2


STAR = 'table = "orders"\nagg = "%s"\ncolumn = "*"\ntime = "created_at"'


def test_a_count_of_a_star_counts_rows_as_sql_does(shop: Shop) -> None:
    """Three orders, one of unknown amount: three rows."""
    rows = orders(*((f"o{n}", "u1", f"2026-10-0{n} 10:00:00", 10.0 * n) for n in (1, 2, 3)))
    shop.has("orders", [*rows[:2], {**rows[2], "paid_amount": None}], complete_until="2026-10-31")
    shop.defines("metrics/own.toml", own("rows", STAR % "count"))
    book = shop.book()
    assert not [one for one in book.issues if "m_rows" in one.message]
    assert book.numbers.values(["rows"], Period.parse("2026-10"))[0].value == 3


def test_a_star_in_any_other_aggregate_is_refused_with_what_to_write(shop: Shop) -> None:
    shop.has("orders", orders(("o1", "u1", "2026-10-01 10:00:00", 1)))
    shop.defines("metrics/own.toml", own("rows", STAR % "count_distinct"))
    (found,) = [one for one in shop.book().issues if one.key == "measures.m_rows.column"]
    assert found.message == "agg = 'count_distinct' reads one column, and '*' is all of them"
    assert (found.line, found.hint) == (5, "name the column, or write agg = 'count' for a count of rows")
