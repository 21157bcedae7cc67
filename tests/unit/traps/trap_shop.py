"""The shop the traps are set in: every table is complete to the end of March 2026."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop

LAST = "2026-03-31"
Parts = dict[str | None, float | None]


def closed(shop: Shop, tables: Mapping[str, list[Row]], **head: Any) -> Book:
    """Open a shop with some tables."""
    for table, rows in tables.items():
        shop.has(table, rows, complete_until=LAST)
    return shop.says(as_of=LAST, **head).book()


def parts(book: Book, metric: str, period: str = "2026-Q1", **question: Any) -> Parts:
    """Segment -> value; None is the total."""
    return {v.segment: v.value for v in book.numbers.values([metric], Period.parse(period), **question)}


def total(book: Book, metric: str, period: str = "2026-Q1", **question: Any) -> float | None:
    """The total."""
    return parts(book, metric, period, **question)[None]


def own(metric: str, measure: str, formula: str = "", kind: str = "absolute", facts: str = "") -> str:
    """A metric of one measure (named `m_` and its id), by the month."""
    return f"""{facts}
[measures.m_{metric}]
{measure}
[metrics.{metric}]
name = "{metric}"
category = "revenue"
kind = "{kind}"
formula = "{formula or "m_" + metric}"
unit = "count"
better = "higher"
grain = "month"
grains = ["day", "week", "month"]
rollup = "recompute"
"""


def refunds(*rows: tuple[str, str, str, str, float]) -> list[Row]:
    """Refunds from (refund id, order id, user id, moment, amount)."""
    return [
        {"refund_id": r, "order_id": o, "user_id": u, "refunded_at": at, "amount": a, "qty": 0, "kind": "refund_only"}
        for r, o, u, at, a in rows
    ]


def items(*rows: tuple[str, str, int, float]) -> list[Row]:
    """Order lines from (order id, sku, quantity, price each)."""
    return [{"order_id": o, "sku_id": s, "qty": q, "unit_price": p} for o, s, q, p in rows]


def people(*rows: tuple[str, str, str]) -> list[Row]:
    """Registered buyers from (user id, moment, channel)."""
    return [
        {"user_id": u, "registered_at": at, "acquisition_type": "organic", "side": "buyer", "channel_id": channel}
        for u, at, channel in rows
    ]
