"""A query has its columns in the order of the formula, whatever the hash seed of the process."""

from __future__ import annotations

import re

from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

WORDS = ("hotel", "alpha", "golf", "bravo", "foxtrot", "delta", "charlie", "echo")


def test_the_columns_of_a_query_stand_in_the_order_of_the_formula(shop: Shop) -> None:
    measures = [
        f"[measures.sum_{word}]\ntable = 'orders'\nagg = 'sum'\ncolumn = 'paid_amount + {n}'\n"
        for n, word in enumerate(WORDS, 1)
    ]
    formula = " + ".join(f"sum_{word}" for word in WORDS)
    metric = f"[metrics.many]\nname = 'Many'\ncategory = 'revenue'\nkind = 'absolute'\nformula = '{formula}'\n"
    shop.says(as_of="2026-05-31").defines("metrics/own.toml", "\n".join([*measures, metric, "unit = 'count'\n"]))
    shop.has("orders", orders(("o1", "u1", "2026-05-03 10:00:00", 10)))
    (sql,) = {reading.sql for reading in shop.book().numbers.explain("many", Period.parse("2026-05")).readings}
    numbers = sql.partition(" AS m7")[0]
    assert re.findall(r"paid_amount \+ (\d)", numbers) == ["1", "2", "3", "4", "5", "6", "7", "8"]
