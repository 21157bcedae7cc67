"""Small shops for property tests: a few users, events, orders and refunds of the first quarter of 2026."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from tests.examples import examples
from tests.workspaces import Row, Shop

FIRST, DAYS = datetime(2026, 1, 1), 90
LAST = "2026-03-31"
MISSING_HOUR = datetime(2026, 3, 8, 2)  # New York has no such hour
KINDS = ("page_view", "page_view", "page_view", "search", "check_in", "like", "share", "add_to_cart", "read")
STAMPS = {
    "users": ("registered_at",),
    "events": ("ts",),
    "orders": ("created_at", "paid_at"),
    "refunds": ("refunded_at",),
}
METRICS = """
    uv pv sessions avg_session_duration bounce_rate pages_per_session sessions_per_active_user revisit_rate new_visitors
    dau wau mau stickiness check_in_rate interaction_rate content_reads like_rate d1_retention d7_retention
    active_user_retention churn_rate loyal_users inactive_users returning_users churned_users silent_users
    sleeping_users winback_users new_users organic_new_users gmv paid_amount net_sales_revenue order_payment_rate
    refund_rate aov arpu arppu first_order_users active_trading_users active_to_trading_ratio buyback_rate_day
    buyback_rate_window repurchase_rate_buyers repurchase_rate_orders repurchase_rate_n_day repurchase_rate_window
    repurchase_rate_kept second_purchase_rate repurchase_amount visit_to_order_rate cart_to_purchase_rate
    loyalty_index churned_buyers
""".split()

quick = settings(
    max_examples=examples(5),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""A Book costs a second on a busy machine: a handful of shops per property, and no shrinking (it takes minutes)."""


@dataclass(frozen=True)
class Rows:
    """The raw tables of a shop, and the head of its workspace."""

    tables: Mapping[str, Sequence[Row]]
    head: Mapping[str, Any] = field(default_factory=lambda: {"timezone": "Asia/Shanghai"})

    def having(self, table: str, rows: Sequence[Row]) -> Rows:
        """The same shop with another table."""
        return replace(self, tables={**self.tables, table: rows})

    def stamped(self, change: Callable[[datetime], str]) -> Rows:
        """The same shop with every stamp rewritten."""
        return replace(
            self,
            tables={
                table: [
                    row | {c: change(datetime.fromisoformat(row[c])) for c in STAMPS[table] if row[c]} for row in rows
                ]
                for table, rows in self.tables.items()
            },
        )

    def founded(self, folder: Path, until: str = LAST) -> Shop:
        """Write it down; every table is complete to the end."""
        shop = Shop(folder).says(as_of=until, **self.head)
        for table, rows in self.tables.items():
            shop.has(table, rows, complete_until=until)
        return shop


Numbers = dict[tuple[str, str], tuple[float | None, Reason | None, bool]]


def numbers(shop: Shop, periods: Sequence[str], metrics: Sequence[str] = METRICS) -> Numbers:
    """(metric, period) -> number, reason, partial."""
    book = shop.book()
    found = [value for period in periods for value in book.numbers.values(list(metrics), Period.parse(period))]
    return {(v.metric, v.period.id): (v.value, v.reason, v.partial) for v in found}


def moments(step: int = 7) -> st.SearchStrategy[datetime]:
    """Stamps of few minutes on few days, so that equal ones occur."""
    days = st.integers(0, DAYS - 1).map(lambda day: FIRST + timedelta(days=day))
    clocks = st.sampled_from([0, 1, 9 * 60, 9 * 60 + 4, 9 * 60 + step, 9 * 60 + 30, 23 * 60 + 59])
    return st.tuples(days, clocks).map(lambda pair: pair[0] + timedelta(minutes=pair[1]))


def event(number: int, at: datetime, who: int, kind: str, platform: str, valid: bool = True) -> Row:
    """One event; visitors 0–3 are users, the others never log in."""
    return {
        "event_id": f"e{number:03d}",
        "ts": str(at),
        "visitor_id": f"v{who}",
        "user_id": f"u{who}" if who < 4 else None,
        "platform": platform,
        "event": kind,
        "page_id": f"p{number % 3}" if kind == "page_view" else None,
        "content_id": "c1" if kind in ("like", "read", "share") else None,
        "is_valid": str(valid).lower(),
    }


def order(number: int, at: datetime, who: int, cents: int, wait: int | None, domain: str) -> Row:
    """One order, paid `wait` minutes later, or never."""
    paid = wait is not None
    return {
        "order_id": f"o{number:03d}",
        "user_id": f"u{who}",
        "created_at": str(at),
        "paid_at": str(at + timedelta(minutes=wait)) if paid else None,
        "order_amount": cents / 100,
        "list_amount": cents / 100,
        "paid_amount": cents // 2 / 100 if paid else 0,
        "paid_from_balance": 0,
        "domain": domain,
    }


@st.composite
def shops(draw: st.DrawFn) -> Rows:
    """Four registered users and up to thirty events and a dozen orders; each table begins on the first day."""
    joined = draw(st.lists(st.tuples(moments(), st.sampled_from(["organic", "promoted"])), min_size=3, max_size=3))
    users = [
        {"user_id": f"u{n}", "registered_at": str(at), "acquisition_type": how, "side": "buyer", "channel_id": how}
        for n, (at, how) in enumerate([(FIRST, "organic"), *joined])
    ]
    waits, domains = st.sampled_from([None, 0, 5, 1500]), st.sampled_from(["private", "public"])
    acts = st.tuples(moments(), st.integers(0, 5), st.sampled_from(KINDS), st.sampled_from(["web", "app"]))
    buys = st.tuples(moments(), st.integers(0, 3), st.integers(2, 9999), waits, domains)
    events = [(FIRST, 0, "page_view", "web"), *draw(st.lists(acts, min_size=5, max_size=30))]
    orders = [(FIRST, 0, 1000, 0, "public"), *draw(st.lists(buys, min_size=2, max_size=12))]
    sold = [order(n, *one) for n, one in enumerate(orders)]
    back = draw(st.lists(st.sampled_from([row for row in sold if row["paid_at"]]), max_size=3, unique_by=str))
    return Rows(
        {
            "users": users,
            "events": [event(n, *one) for n, one in enumerate(events)],
            "orders": sold,
            "refunds": [
                refund(n, row) for n, row in enumerate([sold[0], *(row for row in back if row is not sold[0])])
            ],
        }
    )


def refund(number: int, row: Row) -> Row:
    """Half of what was paid comes back a day later (at once for the first order)."""
    at = datetime.fromisoformat(row["paid_at"]) + timedelta(days=number > 0)
    return {
        "refund_id": f"r{number}",
        "order_id": row["order_id"],
        "user_id": row["user_id"],
        "refunded_at": str(at),
        "amount": row["paid_amount"] / 2,
        "qty": 0,
        "kind": "refund_only",
    }
