"""A few rows that real exports have and no shop wants: they must be shown and must break nothing."""

from __future__ import annotations

import random
from datetime import timedelta

from .rhythm import END
from .shop import Row, Shop

MARKUP, ESCAPE = "[bold red]VIP[/]", "直播\x1b[31m间\x1b[0m\u202egnp"


def spoil(shop: Shop) -> dict[str, list[list[str]]]:
    """Dirty lines per table, to be put into its text file as they are; some rows are changed in place."""
    orders = shop.rows["orders"]
    good = [str(cell) for cell in orders[-40][:4]]
    rng = shop.stream("dirt")
    _rename(orders, rng)
    return {
        "orders": [
            [
                "20261005120000009901",
                "000101",
                "B01",
                "2026-13-45 10:00:00",
                "",
                "88.0",
                "88.0",
                "88.0",
                "0.0",
                "public",
                *[""] * 6,
            ],
            ["20261006120000009902", "000102", "B02"],  # a short row
            [
                "",
                "000103",
                "B01",
                "2026-10-07 21:00:00",
                "2026-10-07 21:01:00",
                "66.0",
                "66.0",
                "66.0",
                "0.0",
                "public",
                *[""] * 6,
            ],
            [
                *good,
                "2026-10-30 12:00:00",
                "75.0",
                "75.0",
                "75.0",
                "0.0",
                "public",
                *[""] * 6,
            ],  # an order number for the second time
        ],
        "order_items": [["20261005120000009901", "P01-1", "-2", "168.0", "77.28"]],
        "users": [
            ["", "2026-10-03 09:00:00", "", "organic", "", "", "buyer", "", "", "nobody"],
            ["009999", "2026-10-04 09:00:00", "", "organic", "", "", "buyer", "", "", MARKUP],
        ],
        "channel_daily": [["合计", *[""] * 3, "99999999", *[""] * 8, "1234567.89", "", ""]],
        "refunds": [["R99999", "20261005120000009901", "000101", "2026-10-09 08:00:00", "n/a", "1", "return"]],
    }


def _rename(orders: list[Row], rng: random.Random) -> None:
    """Two labels no terminal likes, on orders of the last month."""
    october = [i for i, row in enumerate(orders) if row[3].date() > END - timedelta(days=31)]
    for index, label in zip(rng.sample(october, 4), (MARKUP, MARKUP, ESCAPE, ESCAPE), strict=True):
        row = orders[index]
        orders[index] = (*row[:10], label, *row[11:])


def invalidate(rows: list[Row], rng: random.Random) -> list[Row]:
    """Events the tracking check rejects: every 170th or so."""
    return [(*row[:-1], False) if rng.random() < 0.006 else row for row in rows]
