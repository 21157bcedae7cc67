"""Traps of joins: fan-out, chasm, distinct counts, null keys, the many side, left joins, duplicates, two paths."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from tests.unit.traps.trap_shop import closed, items, own, parts, people, refunds, total
from tests.workspaces import Shop, orders, views

SOLD = orders(
    ("o1", "ann", "2026-01-01 10:00:00", 100),
    ("o2", "ann", "2026-01-05 10:00:00", 50),
    ("o3", "bob", "2026-02-05 10:00:00", 30),
)
"""Ann 150 in two orders, bob 30 in one."""

PEOPLE = people(("ann", "2026-01-01 09:00:00", "web"), ("bob", "2026-01-02 09:00:00", "app"))


def test_fan_out_of_lines(shop: Shop) -> None:
    """o1 has three lines (1 + 2 + 3 units), o2 one (4), o3 none: 180 paid in 3 orders, 10 units, 10/3 an order.

    Joined line by line o1 would bring 300, 380 in all and 5 orders.
    """
    lines = items(("o1", "x", 1, 50), ("o1", "y", 2, 10), ("o1", "z", 3, 10), ("o2", "x", 4, 12.5))
    book = closed(shop, {"users": PEOPLE, "orders": SOLD, "order_items": lines})
    assert parts(book, "paid_amount", by="channel_id") == {None: 180, "web": 150, "app": 30}
    assert total(book, "items_per_order") == pytest.approx(10 / 3)
    assert parts(book, "items_per_order", by="user_id") == {None: pytest.approx(10 / 3), "ann": 5, "bob": 0}


def test_fan_out_of_a_campaign(shop: Shop) -> None:
    """Ann joins twice, bob never: her 150 count once (300 where each join brings her orders again)."""
    joins = views(("ann", "2026-01-01 08:00:00", "/"), ("ann", "2026-01-03 08:00:00", "/"))
    joins = [row | {"event": "campaign_join", "campaign_id": "sale"} for row in joins]
    campaign = {"campaign_id": "sale", "name": "Sale", "kind": "purchase", "starts_at": "2026-01-01 00:00:00"}
    campaigns = [campaign | {"ends_at": "2026-03-31 00:00:00", "cost": 0}]
    book = closed(shop, {"users": PEOPLE, "orders": SOLD, "events": joins, "campaigns": campaigns})
    assert total(book, "paid_amount", campaign="sale") == 150
    assert parts(book, "paid_amount", campaign="sale", by="channel_id") == {None: 150, "web": 150}


def test_chasm_between_two_facts_of_one_buyer(shop: Shop) -> None:
    """Ann: two orders (150) and two refunds (10 + 20): net 120. Multiplied, 2 × 150 − 2 × 30 = 240. Bob: 30 − 5."""
    back = refunds(
        ("r1", "o1", "ann", "2026-01-10 10:00:00", 10),
        ("r2", "o1", "ann", "2026-01-11 10:00:00", 20),
        ("r3", "o3", "bob", "2026-02-10 10:00:00", 5),
    )
    book = closed(shop, {"users": PEOPLE, "orders": SOLD, "refunds": back})
    assert parts(book, "net_sales_revenue", by="user_id") == {None: 145, "ann": 120, "bob": 25}
    assert parts(book, "net_sales_revenue", by="acquisition_type") == {None: 145, "organic": 145}
    rates = parts(book, "refund_rate", by="user_id")
    assert rates == {None: pytest.approx(35 / 180), "ann": pytest.approx(30 / 150), "bob": pytest.approx(5 / 30)}
    assert total(book, "net_sales_revenue", where="channel_id = 'app'", period="2026-02") == 25


def test_distinct_counts_across_joins_and_months(shop: Shop) -> None:
    """Ann buys in January and February, bob in February: 1 + 2 by month, 2 in the quarter; with lines still 2.

    By scene: live has ann and bob, group has ann; the total is 2 and says that the parts add up to 3.
    """
    sold = [
        *orders(("o1", "ann", "2026-01-01 10:00:00", 100), scene="live"),
        *orders(("o2", "ann", "2026-02-05 10:00:00", 50), scene="group"),
        *orders(("o3", "bob", "2026-02-06 10:00:00", 30), scene="live"),
    ]
    lines = items(("o1", "x", 1, 50), ("o1", "y", 1, 50), ("o3", "x", 1, 30))
    book = closed(shop, {"users": PEOPLE, "orders": sold, "order_items": lines})
    assert [total(book, "active_trading_users", month) for month in ("2026-01", "2026-02", "2026-Q1")] == [1, 2, 2]
    whole, *_ = book.numbers.values(["active_trading_users"], Period.parse("2026-Q1"), by="scene")
    assert parts(book, "active_trading_users", by="scene") == {None: 2, "live": 2, "group": 1}
    assert "add up to 3" in str(whole.notes[0])
    assert parts(book, "active_trading_users", by="channel_id") == {None: 2, "web": 1, "app": 1}


def test_null_keys_meet_nobody_and_are_nobody(shop: Shop) -> None:
    """Two orders without a buyer (7 + 9): in the amount (196), in no count of buyers (2), of no channel.

    A registration without an id is nobody's either: null does not meet null.
    """
    guests = orders(("o4", "", "2026-02-06 10:00:00", 7), ("o5", "", "2026-02-07 10:00:00", 9))
    book = closed(shop, {"users": [*PEOPLE, *people(("", "2026-01-03 09:00:00", "shop"))], "orders": [*SOLD, *guests]})
    assert parts(book, "paid_amount", by="acquisition_type") == {None: 196, "organic": 180, "(none)": 16}
    assert parts(book, "paid_amount", by="channel_id") == {None: 196, "web": 150, "app": 30, "(none)": 16}
    assert parts(book, "active_trading_users", by="channel_id") == {None: 2, "web": 1, "app": 1, "(none)": 0}
    assert total(book, "paid_amount", where="acquisition_type is null") == 16
    assert total(book, "paid_amount", where="user_id <> 'bob'") == 150  # null is not different from bob: unknown


def test_a_filter_on_the_many_side_is_refused_or_has_no_number(shop: Shop) -> None:
    """o1 (100) has two lines of x: a join by line would count it twice. A line is no property of an order.

    Units are a matter of lines: x was sold 1 + 2 + 4 times.
    """
    lines = items(("o1", "x", 1, 20), ("o1", "x", 2, 20), ("o1", "y", 1, 40), ("o2", "x", 4, 12.5))
    book = closed(shop, {"users": PEOPLE, "orders": SOLD, "order_items": lines})
    (value,) = book.numbers.values(["paid_amount"], Period.parse("2026-Q1"), where="sku_id = 'x'")
    assert (value.value, value.reason) == (None, Reason.NO_COLUMN)
    with pytest.raises(UsageError, match="other tables"):
        total(book, "paid_amount", where="order_id in (select order_id from order_items where sku_id = 'x')")
    assert total(book, "items_sold", where="sku_id = 'x'") == 7
    assert parts(book, "items_sold", by="sku_id") == {None: 8, "x": 7, "y": 1}


FACT = """
[facts.d_bought]
about = "every registered buyer with the orders, none included"
time = "registered_at"
key = ["user_id"]
sql = \"\"\"
select u.user_id, u.registered_at, u.channel_id, count(o.order_id) as orders
from users u left join orders o on u.user_id = o.user_id group by u.user_id, u.registered_at, u.channel_id
\"\"\"
"""


@pytest.fixture
def registered(shop: Shop) -> Book:
    """Ann (2 orders) and bob (1) of before, cat of the shop who never bought."""
    facts = FACT.split("[facts.")
    shop.defines("facts.toml", "[facts." + facts[1])
    shop.defines("metrics/own.toml", own("orders_each", 'table = "d_bought"\nagg = "sum"\ncolumn = "orders"'
                                         '\ntime = "registered_at"'))  # fmt: skip
    return closed(shop, {"users": [*PEOPLE, *people(("cat", "2026-01-03 09:00:00", "shop"))], "orders": SOLD})


def test_left_join_counts(registered: Book) -> None:
    """Cat stands once in users left join orders, with no order: 0, not 1; nobody is lost: 3 registrations, 3 orders."""
    assert parts(registered, "orders_each", by="channel_id") == {None: 3, "web": 2, "app": 1, "shop": 0}
    assert parts(registered, "new_users", by="channel_id") == {None: 3, "web": 1, "app": 1, "shop": 1}


def test_duplicates_of_users_orders_and_products(shop: Shop) -> None:
    """The order file arrives twice and ann is registered twice (web first, app later): 180, 3 orders, 2 users.

    A product written twice (class A, then B) is B: the newest counts, for all 3 units of x.
    """
    twice = people(("ann", "2026-01-01 09:00:00", "web"), ("ann", "2026-02-01 09:00:00", "app"), *[
        ("bob", "2026-01-02 09:00:00", "app")
    ])  # fmt: skip
    lines = items(("o1", "x", 1, 100), ("o2", "x", 2, 25), ("o3", "y", 1, 30))
    goods = [
        {"sku_id": s, "product_id": s, "category_id": c, "list_price": 1, "carried": "true"}
        for s, c in (("x", "A"), ("x", "B"), ("y", "B"))
    ]
    tables = {"users": twice, "orders": [*SOLD, *SOLD], "order_items": lines, "products": goods}
    book = closed(shop, tables)
    assert parts(book, "paid_amount", by="channel_id") == {None: 180, "web": 150, "app": 30}
    assert total(book, "paid_amount", where="channel_id = 'app'") == 30
    assert (total(book, "paid_orders"), total(book, "new_users")) == (3, 2)
    assert parts(book, "items_sold", by="category_id") == {None: 4, "B": 4}


def test_convergent_paths_take_one_way_and_say_which(shop: Shop) -> None:
    """Bob registered by app and bought by ad; his refund of 5 reaches a channel by the order and by the user.

    Net sales ask the order on both sides (30 − 5 = 25 of ad). Refunds by themselves know no channel: the user's is
    taken (5 of app), said in the heading, and the other way is named.
    """
    sold = [row | {"channel_id": "ad"} for row in SOLD]
    back = refunds(("r3", "o3", "bob", "2026-02-10 10:00:00", 5), ("r4", "o0", "", "2026-01-01 10:00:00", 0))
    measure = 'table = "refunds"\nagg = "sum"\ncolumn = "amount"\ntime = "refunded_at"'
    shop.defines("metrics/own.toml", own("money_back", measure))
    book = closed(shop, {"users": PEOPLE, "orders": sold, "refunds": back})
    assert parts(book, "net_sales_revenue", by="channel_id") == {None: 175, "ad": 175, "(none)": 0}
    assert total(book, "net_sales_revenue", "2026-02", where="channel_id = 'ad'") == 25
    _, _, bobs = book.numbers.values(["money_back"], Period.parse("2026-Q1"), by="channel_id")
    assert (bobs.segment, bobs.value, bobs.segment_of) == ("app", 5, "users.channel_id")
    assert [str(note) for note in bobs.notes] == [
        "channel_id is users.channel_id, reached by user_id; orders.channel_id, by order_id, is another"
    ]
