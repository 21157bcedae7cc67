"""Three shops in October 2026: a role scored for each, a post over all, people and teams; one more without a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpi_tui.book import Book
from kpi_tui.definitions.target import TargetKey
from tests.workspaces import Shop, orders

ROLES = """
[roles.manager]
name = { en = "Shop manager", zh = "店长" }
per = "shop_id"
[[roles.manager.lines]]
metric = "paid_amount"
weight = 60
[[roles.manager.lines]]
metric = "active_trading_users"
weight = 40

[roles.sales]
name = "Sales"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 100
"""
PEOPLE = """
[people.lin]
name = "Lin"
roles = ["sales"]

[people.north]
name = "North"
members = ["lin", "manager@S1"]

[people.weighted]
name = "Weighted"
members = ["lin", "manager@S1", "manager@S4"]
weights = { lin = 3 }
"""
PAID = [  # S1: 80 of two people, S2: 150 of Ann alone, S3: 30 of one; together 260
    ("S1", "ann", 50),
    ("S1", "bob", 30),
    ("S2", "ann", 150),
    ("S3", "cat", 30),
]
TARGETS = [
    ("manager@S1", "paid_amount", "100"),  # 0.8 × 60 = 48
    ("manager@S1", "active_trading_users", "2"),  # 1 × 40
    ("manager@S2", "paid_amount", "100"),  # 1.5 × 60 = 90
    ("manager@S2", "active_trading_users", "2"),  # 0.5 × 40 = 20
    ("manager@S3", "paid_amount", "60"),  # 0.5 × 60 = 30
    ("manager@S3", "active_trading_users", "4"),  # 0.25 × 40 = 10
    ("sales", "paid_amount", "520"),  # 260 / 520: 50
]


def three_shops(root: Path) -> None:
    """Written there, with targets set by the part that sets every other target, in one file and one history."""
    rows = [
        {**row, "shop_id": shop}
        for place, (shop, who, paid) in enumerate(PAID)
        for row in orders((f"o{place}", who, "2026-10-05 12:00:00", paid))
    ]
    shop = Shop(root).has("orders", rows, complete_until="as_of", types={"shop_id": "str"})
    columns = {name: name for name in rows[0]}
    shop.says_of("orders", columns=columns).says(as_of=date(2026, 10, 31))
    shop.defines("roles/all.toml", ROLES).defines("people.toml", PEOPLE).book().close()
    book = Book.open(root, draft=False)
    book.targets.set_all({"2026-10": {TargetKey(owner, metric): float(value) for owner, metric, value in TARGETS}})
    book.targets.save("agreed")
    book.close()
