"""Traps of aggregates: average of averages, ratio of sums, re-aggregated min and max, parts that must add up."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.unit.traps.trap_shop import closed, own, parts, refunds, total
from tests.workspaces import Shop, orders, views

SOLD = [
    *orders(("o1", "ann", "2026-01-01 10:00:00", 100), scene="live"),
    *orders(("o2", "ann", "2026-02-05 10:00:00", 20), ("o3", "bob", "2026-02-06 10:00:00", 30), scene="group"),
    *orders(("o4", "bob", "2026-02-07 10:00:00", 10), scene="live"),
]
"""January: one order of 100. February: 20, 30 and 10."""


def test_average_of_averages(shop: Shop) -> None:
    """An order is worth 100 in January and 60 / 3 = 20 in February: 160 / 4 = 40 in the quarter, not (100 + 20) / 2.

    By scene: live 110 / 2 = 55, group 50 / 2 = 25; here the mean of both is 40 only because both have two orders, so
    February is asked too: live 10, group 25, together 60 / 3 = 20, not 17.5.
    """
    book = closed(shop, {"orders": SOLD})
    assert [total(book, "aov", period) for period in ("2026-01", "2026-02", "2026-Q1")] == [100, 20, 40]
    assert parts(book, "aov", by="scene") == {None: 40, "live": 55, "group": 25}
    assert parts(book, "aov", "2026-02", by="scene") == {None: 20, "live": 10, "group": 25}
    assert total(book, "aov", where="scene = 'live'") == 55


def test_mean_of_days_is_over_all_days(shop: Shop) -> None:
    """Ann comes on 20 days of March, bob on the 31st: 21 / 31 a day; the days without anyone count."""
    came = views(*(("ann", f"2026-03-{day:02d} 10:00:00", "/") for day in range(1, 21)))
    came += views(("bob", "2026-03-31 10:00:00", "/"), event_id="last")
    book = closed(shop, {"events": came})
    assert total(book, "dau", "2026-03") == pytest.approx(21 / 31)
    assert total(book, "uv", "2026-03") == 2


def test_ratio_of_sums(shop: Shop) -> None:
    """Back come 10 of 100 in January and 12 of 60 in February: 22 of 160 = 0.1375, the mean of the months is 0.15.

    Both are ann's, who bought for 120; bob bought for 40.
    """
    back = refunds(("r1", "o1", "ann", "2026-01-01 12:00:00", 10), ("r2", "o2", "ann", "2026-02-05 12:00:00", 12))
    book = closed(shop, {"orders": SOLD, "refunds": back})
    assert [total(book, "refund_rate", period) for period in ("2026-01", "2026-02")] == [0.1, 0.2]
    assert total(book, "refund_rate") == pytest.approx(22 / 160)
    assert parts(book, "net_sales_revenue", by="user_id") == {None: 138, "ann": 98, "bob": 40}
    assert parts(book, "refund_rate", by="user_id") == {None: pytest.approx(22 / 160), "ann": 22 / 120, "bob": 0}


@pytest.fixture
def extremes(shop: Shop) -> Book:
    """Smallest, largest, middle and mean order."""
    made = [
        own(f"{agg}_order", f'table = "orders"\nagg = "{agg}"\ncolumn = "paid_amount"\ntime = "paid_at"')
        for agg in ("min", "max", "median", "mean")
    ]
    shop.defines("metrics/own.toml", "\n".join(made))
    return closed(shop, {"orders": SOLD})


@pytest.mark.parametrize(
    ("metric", "january", "february", "quarter", "live", "group"),
    [
        ("min_order", 100, 10, 10, 10, 20),  # of 100 | 20 30 10; live 100 10, group 20 30
        ("max_order", 100, 30, 100, 100, 30),
        ("median_order", 100, 20, 25, 55, 25),  # of 10 20 30 100 the middle is (20 + 30) / 2; of the months 60
        ("mean_order", 100, 20, 40, 55, 25),
    ],
)
def test_re_aggregated_extremes(
    extremes: Book, metric: str, january: float, february: float, quarter: float, live: float, group: float
) -> None:
    """A quarter is read from its rows, never from its months: no sum, mean or extreme of monthly numbers."""
    assert [total(extremes, metric, month) for month in ("2026-01", "2026-02", "2026-Q1")] == [
        january,
        february,
        quarter,
    ]
    assert parts(extremes, metric, by="scene") == {None: quarter, "live": live, "group": group}
    assert total(extremes, metric, "2026-03") is None  # no order is not an order of 0


def test_months_of_sums_add_up_to_the_quarter_and_months_of_people_do_not(shop: Shop) -> None:
    """100 + 60 + 0 = 160 and 1 + 3 + 0 = 4 orders; buyers 1 + 2 + 0 are 2 people."""
    book = closed(shop, {"orders": SOLD})
    months = ("2026-01", "2026-02", "2026-03")
    assert [total(book, "paid_amount", month) for month in months] == [100, 60, 0]
    assert [total(book, "paid_orders", month) for month in months] == [1, 3, 0]
    assert [total(book, "active_trading_users", month) for month in months] == [1, 2, 0]
    asked = ["paid_amount", "paid_orders", "active_trading_users"]
    assert [v.value for v in book.numbers.values(asked, Period.parse("2026-Q1"))] == [160, 4, 2]
