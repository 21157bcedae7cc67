"""Rows that neither of two disjoint parts can place are told at both; equal rows of a day where they count once."""

from __future__ import annotations

import pytest

from tests.workspaces import Row, Shop, orders, users


def notes(shop: Shop, metric: str, period: str = "2026-03") -> list[str]:
    return [str(note) for note in shop.value(metric, period).notes if "left out" in note or "equal" in note]


def test_users_of_neither_kind_are_told_at_organic_and_promoted(shop: Shop) -> None:
    """Three users: organic, promoted, and one the file calls paid. 1 + 1 of 3."""
    kinds = ("organic", "promoted", "paid")
    rows = [
        row | {"acquisition_type": kind}
        for row, kind in zip(users(*((f"u{n}", f"2026-03-0{n} 10:00:00") for n in (1, 2, 3))), kinds, strict=True)
    ]
    shop.has("users", rows).says(as_of="2026-03-31")
    why = "1 row is left out: users whose acquisition_type is neither organic nor promoted"
    assert shop.value("organic_new_users", "2026-03").value == shop.value("promoted_new_users", "2026-03").value == 1
    assert notes(shop, "organic_new_users") == [f"organic_new_user_count: {why}"]
    assert notes(shop, "promoted_new_users") == [f"promoted_new_user_count: {why}"]
    assert notes(shop, "new_users") == []


def test_orders_without_a_buyer_are_no_repurchase_and_that_is_told(shop: Shop) -> None:
    """u1 buys for 10 and 20, nobody for 7: 20 of 37 are repurchases."""
    bought = (("o1", "u1", "2026-03-01 10:00:00", 10.0), ("o2", "u1", "2026-03-02 10:00:00", 20.0))
    shop.has("orders", orders(*bought, ("o3", "", "2026-03-03 10:00:00", 7.0))).says(as_of="2026-03-31")
    assert shop.value("repurchase_amount", "2026-03").value == 20
    assert notes(shop, "repurchase_amount") == [
        "old_revenue_sum: 1 row of 7.00 is left out: orders without a buyer, neither a first nor a later one of anybody"
    ]


def test_orders_of_no_domain_are_told_at_the_private_domain(shop: Shop) -> None:
    """Private 10, public 20, and 5 of a word that is neither: the share is 10 / 35."""
    rows = [
        row | {"domain": domain}
        for domain, row in zip(
            ("private", "public", "wecom"),
            orders(
                *((f"o{n}", f"u{n}", f"2026-03-0{n} 10:00:00", paid) for n, paid in ((1, 10.0), (2, 20.0), (3, 5.0)))
            ),
            strict=True,
        )
    ]
    shop.has("orders", rows).says(as_of="2026-03-31")
    assert shop.value("private_sales_share", "2026-03").value == 10 / 35
    assert notes(shop, "private_sales_share") == [
        "private_revenue_sum: 1 row of 5.00 is left out: orders whose domain is neither private nor public nor other"
    ]


def test_equal_rows_of_spend_count_once_and_that_stands_at_the_value(shop: Shop) -> None:
    """Twenty days of 10, one of them twice more: 200, and the two copies are told."""
    rows = [
        {"day": f"2026-03-{n:02}", "channel_id": "a", "campaign_id": "c", "pricing_model": "cpc", "spend": 10.0}
        for n in range(1, 21)
    ]
    shop.has("channel_daily", [*rows, rows[3], rows[3]])
    said = "channel_daily: 2 rows equal others in every column, and such count as one"
    assert shop.value("marketing_spend", "2026-03").value == 200
    assert notes(shop, "marketing_spend") == [said]


ROW = {"day": "2026-03-01", "channel_id": "a", "campaign_id": "c", "pricing_model": "cpc", "spend": 10.0}
ONCE = "channel_daily: 1 row equals another in every column, and both count as one"


@pytest.mark.parametrize(
    "row",
    [
        ROW | {"campaign_id": None},
        {key: ROW[key] for key in ("day", "channel_id", "spend")},
        {key: ROW[key] for key in ("day", "channel_id", "campaign_id", "spend")},
    ],
    ids=["an empty campaign", "no campaign and no pricing", "no pricing"],
)
@pytest.mark.parametrize("files", ["one", "two", "sources"])
def test_equal_rows_of_spend_count_once_without_a_whole_key(shop: Shop, row: Row, files: str) -> None:
    """20 of the first day, 10 + 5 of the second, the first of them twice: 35. The two rows of the first day differ."""
    march = [row | {"spend": 8.0}, row | {"spend": 12.0}, row | {"day": "2026-03-02"}]
    april = [row | {"day": "2026-03-02"}, row | {"day": "2026-03-02", "spend": 5.0}]
    if files == "sources":
        shop.has_source("channel_daily", "a", march).has_source("channel_daily", "b", april)
    elif files == "two":
        shop.has("channel_daily", april)
        (shop.root / "channel_daily.csv").rename(shop.root / "april.csv")
        shop.has("channel_daily", march).says_of("channel_daily", path=["channel_daily.csv", "april.csv"])
    else:
        shop.has("channel_daily", [*march, *april])
    assert shop.value("marketing_spend", "2026-03").value == 35
    assert notes(shop, "marketing_spend") == [ONCE]


def test_copies_of_an_order_are_copies(shop: Shop) -> None:
    """An order number stands for one order: nothing is doubtful."""
    row = ("o1", "u1", "2026-03-01 10:00:00", 10.0)
    shop.has("orders", orders(row, row)).says(as_of="2026-03-31")
    assert shop.value("paid_amount", "2026-03").value == 10
    assert notes(shop, "paid_amount") == []
