"""A table whose rows count on the day of another table reaches as far back as they count (R148)."""

from __future__ import annotations

import pytest

from tests.workspaces import Shop, orders


@pytest.fixture
def late_refunds(shop: Shop) -> Shop:
    """500 paid in October and 500 in November; both refunds happen in November, of 50 and of 30."""
    paid = orders(
        ("1", "a", "2026-10-01 10:00:00", 500.0),
        ("2", "b", "2026-11-01 10:00:00", 300.0),
        ("3", "c", "2026-11-30 10:00:00", 200.0),
    )
    refunds = [
        {"refund_id": "r1", "order_id": "1", "user_id": "a", "refunded_at": "2026-11-05 10:00:00", "amount": 50},
        {"refund_id": "r2", "order_id": "2", "user_id": "b", "refunded_at": "2026-11-06 10:00:00", "amount": 30},
    ]
    shop.has("orders", paid, complete_until="2026-11-30").has("refunds", refunds, complete_until="2026-11-30")
    return shop.says(as_of="2026-11-30")


def test_refunds_at_the_payment_of_their_order_reach_back_to_it(late_refunds: Shop) -> None:
    """50 of 500 come back: 0.1 and 450; 30 of 500 in November: 0.06 and 470, from its first day on."""
    late_refunds.defines("settings.toml", '[settings]\nrefund_date = "payment"\n')
    for period, rate, net in (("2026-10", 0.1, 450.0), ("2026-11", 0.06, 470.0)):
        found = late_refunds.value("refund_rate", period), late_refunds.value("net_sales_revenue", period)
        assert [one.value for one in found] == pytest.approx([rate, net])
        assert not any(one.partial or one.notes for one in found)


def test_a_fact_that_takes_the_day_from_another_reaches_back_as_well(late_refunds: Shop) -> None:
    """Returned items count at the day of their refund: 1 of 2 bought in October came back in November."""
    items = [{"order_id": "1", "product_id": "p", "sku_id": "s", "qty": 2, "price": 250.0}]
    items += [{"order_id": id_, "product_id": "p", "sku_id": "s", "qty": 1, "price": 300.0} for id_ in ("2", "3")]
    late_refunds.has("order_items", items)
    back = [
        {"refund_id": "r1", "order_id": "1", "user_id": "a", "refunded_at": "2026-11-05 10:00:00", "amount": 250}
        | {"kind": "return", "qty": 1}
    ]
    late_refunds.has("refunds", back, complete_until="2026-11-30")
    late_refunds.defines("settings.toml", '[settings]\nrefund_date = "payment"\n')
    assert late_refunds.value("return_rate", "2026-10").value == pytest.approx(0.5)


def test_refunds_at_their_own_day_say_nothing_of_the_days_before(late_refunds: Shop) -> None:
    assert late_refunds.value("refund_rate", "2026-10").value is None
    assert late_refunds.value("refund_rate", "2026-11").value == pytest.approx(80 / 500)


def test_an_opening_of_a_campaign_counts_without_a_column_of_its_id(shop: Shop) -> None:
    """R144: the address says source and content; two of three views do, and no file has a campaign id."""
    link = "https://x.cn/p?source=weixin&content=h9"
    events = [
        {"event_id": name, "ts": f"2026-01-{day} 10:00:00", "visitor_id": "v", "user_id": "a", "event": "page_view"}
        | {"platform": "web", "url": url}
        for name, day, url in (
            ("e1", "01", link + "&inviter=00001"),
            ("e2", "02", link),
            ("e3", "31", "https://x.cn/p"),
        )
    ]
    shop.has("events", events).says(as_of="2026-01-31")
    assert shop.value("campaign_views", "2026-01").value == 2
    assert shop.value("campaign_views", "2026-01", by="source").segment == "weixin"
    by_id = shop.value("campaign_views", "2026-01", by="campaign_id")
    assert (by_id.value, str(by_id.reason)) == (None, "no_column")
