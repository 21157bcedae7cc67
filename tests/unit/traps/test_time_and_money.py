"""Traps of time and money: mixed time zones, late rows, partial periods, currencies that are never added."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from tests.unit.traps.trap_shop import closed, parts, people, refunds, total
from tests.workspaces import Shop, orders

JANUARY = Period.parse("2026-01")


def test_mixed_time_zones(shop: Shop) -> None:
    """Shanghai is UTC + 8. 17:30Z of 31 January is 01:30 of 1 February; 23:30+08:00 and a bare 23:59 are January;
    20:00-05:00 of 31 January is 09:00 of 1 February. January 50 + 30 + 4 = 84, February 100 + 9 = 109.
    """
    sold = orders(
        ("o1", "ann", "2026-01-31T17:30:00Z", 100),
        ("o2", "ann", "2026-01-31T23:30:00+08:00", 50),
        ("o3", "bob", "2026-01-01T00:00:00+08:00", 30),
        ("o4", "bob", "2026-01-31 23:59:59", 4),
        ("o5", "cat", "2026-01-31T20:00:00-05:00", 9),
    )
    book = closed(shop, {"orders": sold})
    assert [total(book, "paid_amount", month) for month in ("2026-01", "2026-02")] == [84, 109]
    assert [total(book, "paid_amount", day) for day in ("2026-01-31", "2026-02-01")] == [54, 109]


def test_late_rows_go_where_they_happened(shop: Shop) -> None:
    """A file of March brings an order of January (40) and the payment of o1 anew; o2 is paid in February.

    January 100 + 40, February 60 by payment; as placed all 200 are January's. A refund of March for January counts in
    March by its own date, in January by the payment.
    """
    (first,) = orders(("o1", "ann", "2026-01-01 10:00:00", 100))
    (second,) = orders(("o2", "bob", "2026-01-31 23:00:00", 60))
    sold = [first, second | {"paid_at": "2026-02-01 01:00:00"}]
    late = [*orders(("o3", "cat", "2026-01-15 10:00:00", 40)), first]
    back = refunds(("r1", "o1", "ann", "2026-03-05 10:00:00", 25), ("r2", "o1", "ann", "2026-01-01 11:00:00", 0))
    shop.has("orders", late)
    (shop.root / "orders.csv").rename(shop.root / "late.csv")
    shop.has("refunds", back, complete_until="2026-03-31")
    shop.has("orders", sold, complete_until="2026-03-31", path=["orders.csv", "late.csv"])
    book = shop.says(as_of="2026-03-31").book()
    assert [total(book, "paid_amount", month) for month in ("2026-01", "2026-02", "2026-03")] == [140, 60, 0]
    assert [total(book, "gmv", month) for month in ("2026-01", "2026-02")] == [200, 0]
    assert [total(book, "net_sales_revenue", month) for month in ("2026-01", "2026-03")] == [140, -25]
    book = shop.says(settings={"refund_date": "payment"}).book()
    assert [total(book, "net_sales_revenue", month) for month in ("2026-01", "2026-03")] == [115, 0]


def test_rows_after_the_as_of_day_do_not_count_yet(shop: Shop) -> None:
    """As of 10 January the order of the 11th has not happened: 100, and January is not over."""
    sold = orders(("o1", "ann", "2026-01-01 10:00:00", 100), ("o2", "ann", "2026-01-11 10:00:00", 50))
    value = shop.has("orders", sold).says(as_of="2026-01-10").value("paid_amount", "2026-01")
    assert (value.value, value.partial) == (100, True)


def test_partial_periods(shop: Shop) -> None:
    """Ten a day from 1 December to 15 January: December 310, January 150 so far: marked, and not compared.

    Down 52 % is no news of a month that is half over; a mean of days is over 15 days, not 31.
    """
    days = [("2025-12", day) for day in range(1, 32)] + [("2026-01", day) for day in range(1, 16)]
    sold = orders(*((f"o{month}{day}", "ann", f"{month}-{day:02d} 23:59:59", 10) for month, day in days))
    book = shop.has("orders", sold).book()
    before, now = book.numbers.values(["paid_amount"], JANUARY, last=2)
    assert (before.value, before.partial, now.value, now.partial) == (310, False, 150, True)
    (growth,) = book.numbers.values(["paid_amount.growth"], JANUARY)
    assert (growth.value, growth.reason) == (None, Reason.PENDING)
    (quarter,) = book.numbers.values(["paid_amount"], Period.parse("2026-Q1"))
    assert (quarter.value, quarter.partial) == (150, True)
    (later,) = book.numbers.values(["paid_amount"], Period.parse("2026-02"))
    assert (later.value, later.reason) == (None, Reason.NO_DATA)
    assert {v.segment: v.partial for v in book.numbers.values(["paid_amount"], JANUARY, by="domain")} == {
        None: True,
        "public": True,
    }


MONEY = """order_id,user_id,created_at,paid_at,paid_amount,currency
o1,ann,2026-01-01 10:00:00,2026-01-01 10:00:00,100,CNY
o2,ann,2026-01-02 10:00:00,2026-01-02 10:00:00,10,USD
o3,bob,2026-01-03 10:00:00,2026-01-03 10:00:00,20,USD
"""


@pytest.mark.parametrize(
    ("source", "paid", "warned"),
    [
        ({}, None, True),  # never added, and check says how to settle it
        (
            {"columns": {"paid_amount": "case when currency = 'USD' then paid_amount * 7 else paid_amount end"}},
            310,
            False,
        ),
        ({"where": "currency = 'CNY'"}, 100, False),
    ],
    ids=["as it stands", "at a rate", "one currency"],
)
def test_currency_mix(shop: Shop, source: dict[str, object], paid: float | None, warned: bool) -> None:
    """100 CNY and 10 + 20 USD: at 7 a dollar 100 + 210 = 310; of yuan alone 100; 130 is no money."""
    shop.has("orders", [{}], complete_until="2026-03-31", **source)
    (shop.root / "orders.csv").write_text(MONEY, encoding="utf-8")
    book = shop.says(as_of="2026-03-31").book()
    assert total(book, "paid_amount", "2026-01") == paid
    told = [str(issue) for issue in book.data.check() if "USD" in str(issue)]
    assert bool(told) == warned


def test_net_sales_of_a_quarter_close_by_segment_and_month(shop: Shop) -> None:
    """Ann by web: 100 − 25; bob by app: 60. The quarter 135 is the sum of channels and of months (75 + 60 + 0)."""
    sold = orders(("o1", "ann", "2026-01-01 10:00:00", 100), ("o2", "bob", "2026-02-01 10:00:00", 60))
    back = refunds(("r1", "o1", "ann", "2026-01-31 10:00:00", 25), ("r2", "o0", "ann", "2026-01-01 11:00:00", 0))
    who = people(("ann", "2026-01-01 09:00:00", "web"), ("bob", "2026-01-02 09:00:00", "app"))
    book = closed(shop, {"orders": sold, "refunds": back, "users": who})
    assert parts(book, "net_sales_revenue", by="channel_id") == {None: 135, "web": 75, "app": 60}
    assert [total(book, "net_sales_revenue", f"2026-0{month}") for month in (1, 2, 3)] == [75, 60, 0]
