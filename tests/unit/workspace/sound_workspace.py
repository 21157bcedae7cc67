"""The text of a small workspace without a problem."""

from __future__ import annotations

SOUND = {
    "workspace.toml": """name = { en = "Shop", zh = "商店" }
north_star = "user_payment_amount"
[settings]
least_amount = 0
""",
    "schema.toml": """[schema.orders]
name = "Orders"
time = "paid_at"
key = ["order_id"]
[schema.orders.columns]
order_id = { type = "str" }
user_id = { type = "str" }
paid_at = { type = "datetime", nullable = true }
paid_amount = { type = "float" }
""",
    "categories.toml": '[categories.revenue]\nname = "Revenue"\nmodule = true\n',
    "tables.toml": '[tables.orders]\npath = "orders.csv"\n',
    "facts.toml": """[facts.d_buyers]
time = "first_paid_at"
sql = "select user_id, min(paid_at) as first_paid_at, count(*) as orders from orders group by user_id"
""",
    "metrics/revenue.toml": """[measures.paid_amount_sum]
table = "orders"
agg = "sum"
column = "paid_amount"
[measures.paid_order_count]
table = "orders"
agg = "count"
where = "paid_amount > :least_amount"
[measures.buyers]
table = "d_buyers"
agg = "count"
window = "to_date"

[metrics.user_payment_amount]
name = { en = "Payments", zh = "付费金额" }
category = "revenue"
kind = "absolute"
formula = "paid_amount_sum"
unit = "currency"
[metrics.aov]
name = { en = "Average order value", zh = "客单价" }
category = "revenue"
kind = "ratio"
formula = "paid_amount_sum / paid_order_count"
unit = "currency"
[metrics.orders_paid]
name = "Orders"
category = "revenue"
kind = "absolute"
formula = "paid_order_count"
unit = "count"
""",
    "roles/sales.toml": """[roles.sales]
name = { en = "Sales", zh = "销售岗" }
duty = "sells"
principles = { life_cycle = "a", post = "b", read = "c", understood = "d", easy = "e" }
[[roles.sales.lines]]
metric = "aov"
weight = 60
[[roles.sales.lines]]
metric = "orders_paid"
weight = 40
""",
    "people.toml": '[people.ann]\nname = "Ann"\nroles = ["sales"]\n',
}
