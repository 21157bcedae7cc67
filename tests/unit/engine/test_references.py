"""The columns of another table are reached by the keys that the schema says lead there (`references`)."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")
STORES = """[schema.stores]
name = "Stores"
key = ["store_id"]
[schema.stores.columns]
store_id = { type = "str" }
city = { type = "str" }
[schema.visits]
name = "Visits"
time = "day"
key = ["visit_id"]
[schema.visits.columns]
visit_id = { type = "str" }
day = { type = "date" }
store = { type = "str", references = "stores.store_id" }
"""
VISITS = """[measures.visit_count]
table = "visits"
agg = "count"
[metrics.visits]
name = "Visits"
category = "revenue"
kind = "absolute"
formula = "visit_count"
unit = "count"
"""


def test_a_table_of_the_workspace_is_reached_by_the_key_its_schema_names(shop: Shop) -> None:
    shop.says(as_of="2026-05-31").defines("schema.toml", STORES).defines("metrics/own.toml", VISITS)
    shop.has("stores", [{"store_id": "s1", "city": "Shanghai"}, {"store_id": "s2", "city": "Xi'an"}])
    shop.has(
        "visits",
        [{"visit_id": f"v{n}", "day": "2026-05-02", "store": store} for n, store in enumerate(("s1", "s1", "s2"))],
    )
    book = shop.book()
    assert {v.segment: v.value for v in book.numbers.values(["visits"], MAY, by="city")} == {
        None: 3, "Shanghai": 2, "Xi'an": 1,
    }  # fmt: skip
    assert book.numbers.values(["visits"], MAY, where="city = 'Shanghai'")[0].value == 2


def test_the_shipped_schema_leads_from_orders_to_users(shop: Shop) -> None:
    user = {"registered_at": "2026-01-01 08:00:00", "acquisition_type": "organic", "side": "buyer"}
    shop.says(as_of="2026-05-31").has("users", [user | {"user_id": "ann", "channel_id": "app"}])
    shop.has("orders", orders(("o1", "ann", "2026-05-02 10:00:00", 7)))
    values = shop.book().numbers.values(["paid_amount"], MAY, by="acquisition_type")
    assert {value.segment: value.value for value in values} == {None: 7, "organic": 7}
