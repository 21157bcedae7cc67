"""A metric asks for no table that it does not use; what counts as 0 because a shop has not got it is said."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users, views

NOTHING = "nothing is mapped to direct_cost_sum: counted as 0"
APRIL, END = "2026-04", "2026-04-30"
JOINED = users(*((who, "2026-01-10 09:00:00") for who in ("ann", "bo", "cy")))


def ads(**more: object) -> Row:
    blank = dict.fromkeys(("impressions", "reach", "clicks", "landing_visitors", "actions", "downloads"), 0)
    known = {"day": "2026-04-10", "channel_id": "weixin", **blank, "registrations": 0, "orders": 0, "order_amount": 0}
    return {**known, "spend": 300, **more}


def test_cac_with_advertising_only_is_the_spend_per_new_user_and_says_what_is_not_mapped(shop: Shop) -> None:
    shop.has("users", users(*((f"u{n}", "2026-04-10 09:00:00") for n in range(10))), complete_until=END)
    shop.has("channel_daily", [ads()], complete_until=END).says(as_of=END)
    book = shop.book()
    value, total = book.numbers.values(["cac", "acquisition_cost"], Period.parse(APRIL))
    assert (value.value, total.value) == (30, 300)
    assert NOTHING in value.notes
    assert set(book.numbers.tables_of("cac")) == {"users", "channel_daily"}
    readings = {reading.id: reading.number.value for reading in book.numbers.explain("cac", value.period).readings}
    assert readings["direct_cost_sum"] == 0


def test_acquisition_cost_of_a_shop_that_buys_no_advertising_is_its_direct_costs(shop: Shop) -> None:
    """20 of gifts for two new users; a shop without either has no number, not 0."""
    gift = {"day": "2026-04-10", "cost_type": "new_user_gift", "direct_acquisition": "true", "amount": 20}
    shop.has("users", users(*((f"u{n}", "2026-04-10 09:00:00") for n in range(2))), complete_until=END)
    asked, april = ["acquisition_cost", "cac"], Period.parse(APRIL)
    assert [value.reason for value in shop.says(as_of=END).book().numbers.values(asked, april)] == ["no_table"] * 2
    values = shop.has("costs", [gift], complete_until=END).book().numbers.values(asked, april)
    assert [value.value for value in values] == [20, 10]
    assert all("nothing is mapped to ad_spend_sum: counted as 0" in value.notes for value in values)


def test_carts_that_become_purchases_need_no_list_of_users(shop: Shop) -> None:
    """Ann and Bo put something in the cart in April, Ann and Cy buy."""
    carts = views(("ann", "2026-04-10 10:00:00", "/"), ("bo", "2026-04-10 10:00:00", "/"), event="add_to_cart")
    shop.has("events", carts, complete_until=END)
    bought = [("o1", "ann", "2026-04-11 10:00:00", 10.0), ("o2", "cy", "2026-04-11 10:00:00", 10.0)]
    shop.has("orders", orders(*bought), complete_until=END).says(as_of=END)
    assert shop.value("cart_to_purchase_rate", APRIL).value == 0.5


def test_costs_that_are_there_count_and_costs_that_cannot_be_read_are_no_zero(shop: Shop) -> None:
    shop.has("users", users(("u", "2026-04-10 09:00:00")), complete_until=END).has(
        "channel_daily", [ads()], complete_until=END
    )
    gift = {"day": "2026-04-10", "cost_type": "new_user_gift", "direct_acquisition": "true", "amount": 20}
    shop.has("costs", [gift], complete_until=END).says(as_of=END)
    found = shop.value("cac", APRIL)
    assert found.value == 320
    assert NOTHING not in found.notes
    (shop.root / "costs.csv").unlink()
    assert shop.value("cac", APRIL).reason == "no_table"


def test_the_north_star_of_a_shop_without_stored_value_is_what_was_paid(shop: Shop) -> None:
    shop.has("orders", orders(("o1", "ann", "2026-04-10 10:00:00", 90.0)), complete_until=END).says(as_of=END)
    assert shop.value("user_payment_amount", APRIL).value == 90
    assert shop.value("deals", APRIL).value == 1
    assert shop.value("topup_amount", APRIL).reason == "no_table"


STATES = ["churned_users", "dead_users", "silent_users", "churn_rate", "registered_users", "loyal_users"]


@pytest.mark.parametrize("without", ["orders", "events"])
def test_states_and_churn_rest_on_events_or_orders_alone(shop: Shop, without: str) -> None:
    """Ann comes in January, March and April, Bo in March and April, Cy in January only."""
    seen = [("ann", "01-10"), ("ann", "03-10"), ("ann", "04-10"), ("bo", "03-10"), ("bo", "04-10"), ("cy", "01-10")]
    shop.has("users", JOINED, complete_until=END)
    if without == "orders":
        shop.has("events", views(*((who, f"2026-{day} 10:00:00", "/") for who, day in seen)), complete_until=END)
    else:
        bought = [(f"o{n}", who, f"2026-{day} 10:00:00", 10.0) for n, (who, day) in enumerate(seen)]
        shop.has("orders", orders(*bought), complete_until=END)
    values = shop.says(as_of=END).book().numbers.values(STATES, Period.parse(APRIL))
    assert [value.value for value in values] == [1, 0, 0, 0, 3, 0]


def test_what_only_the_other_table_can_say_has_no_number(shop: Shop) -> None:
    """Chats are no orders, and win-back buyers no events: each asks for its own table."""
    shop.has("users", JOINED, complete_until=END)
    shop.has("orders", orders(("o1", "ann", "2026-04-10 10:00:00", 10.0)), complete_until=END).says(as_of=END)
    values = shop.book().numbers.values(["chat_rate", "interaction_rate", "cart_to_purchase_rate"], Period.parse(APRIL))
    assert [value.reason for value in values] == ["no_table"] * 3
    assert all("events" in value.detail for value in values)


def test_states_without_events_and_orders_ask_for_one_of_them(shop: Shop) -> None:
    shop.has("users", JOINED, complete_until=END).says(as_of=END)
    found = shop.value("churned_users", APRIL)
    assert (found.value, found.reason) == (None, "no_table")


def test_a_price_of_ads_whose_pricing_model_is_not_given_is_that_of_the_same_spend(shop: Shop) -> None:
    """300 for 60,000 impressions, 150 clicks, 10 actions; no column says how they were bought."""
    shop.has("channel_daily", [ads(impressions=60_000, clicks=150, actions=10, order_amount=1200)], complete_until=END)
    asked = ["cpm", "cpc", "cpa", "ad_revenue", "ad_roas"]
    values = shop.says(as_of=END).book().numbers.values(asked, Period.parse(APRIL))
    assert [value.value for value in values] == [5, 2, 30, 1200, 4]


def test_items_and_their_cost_need_no_list_of_products(shop: Shop) -> None:
    """Two shirts at 30 that cost 20, a pan at 50 of unknown cost: 20 of 60."""
    shop.has("orders", orders(("o1", "ann", "2026-04-10 10:00:00", 110.0)), complete_until=END)
    lines = [("shirt", 2, 30, 20), ("pan", 1, 50, None)]
    shop.has("order_items", [
        {"order_id": "o1", "sku_id": sku, "qty": qty, "unit_price": price, "unit_cost": cost}
        for sku, qty, price, cost in lines
    ])  # fmt: skip
    asked = ["items_sold", "gross_profit", "gross_margin", "product_units_sold"]
    values = shop.says(as_of=END).book().numbers.values(asked, Period.parse(APRIL))
    assert [value.value for value in values] == [3, 20, pytest.approx(1 / 3), 3]


def test_new_and_returning_buyers_share_the_amount_of_a_period(shop: Shop) -> None:
    """Ann bought in March; in April she pays 10, Bo 20 and 5."""
    bought = [("o1", "ann", "2026-03-10 10:00:00", 7.0), ("o2", "ann", "2026-04-10 10:00:00", 10.0)]
    bought += [("o3", "bo", "2026-04-11 10:00:00", 20.0), ("o4", "bo", "2026-04-12 10:00:00", 5.0)]
    shop.has("orders", orders(*bought), complete_until=END).says(as_of=END)
    asked = ["new_buyer_amount", "returning_buyer_amount", "buyers", "returning_buyers", "paid_orders"]
    assert [value.value for value in shop.book().numbers.values(asked, Period.parse(APRIL))] == [25, 10, 2, 1, 3]


@pytest.mark.parametrize("by", ["state", "stage", "relation", "quadrant"])
def test_users_and_amounts_by_standing_add_up_to_all_of_them(shop: Shop, by: str) -> None:
    """R117, R134, R139: everybody in one part, counts and amounts."""
    shop.has("users", JOINED, complete_until=END)
    bought = [("o1", "ann", "2026-02-10 10:00:00", 7.0), ("o2", "ann", "2026-04-10 10:00:00", 10.0)]
    shop.has("orders", orders(*bought, ("o3", "bo", "2026-04-11 10:00:00", 20.0)), complete_until=END)
    shop.has("events", views(("cy", "2026-03-10 10:00:00", "/")), complete_until=END).says(as_of=END)
    book = shop.book()
    for metric, whole in (("registered_users", 3), ("user_amount", 30), ("user_amount_to_date", 37)):
        total, *parts = book.numbers.values([metric], Period.parse(APRIL), by=by)
        assert total.value == whole
        assert sum(part.value or 0 for part in parts) == whole


@pytest.mark.parametrize(
    ("word", "metric"),
    [
        ("订单量", "paid_orders"),
        ("下单", "paid_orders"),
        ("买家", "buyers"),
        ("购买人数", "buyers"),
        ("支付买家", "buyers"),
        ("毛利率", "gross_margin"),
        ("ROAS", "ad_roas"),
        ("order count", "paid_orders"),
        ("退款订单", "refund_orders"),
        ("千次展示", "cpm"),
        ("千展", "cpm"),
        ("千次展示成本", "cpm"),
        ("eCPM", "ecpm"),
        ("客单价", "aov"),
        ("复购", "repurchase_rate_buyers"),
        ("转化", "visit_to_order_rate"),
        ("转化率", "visit_to_order_rate"),
        ("毛利", "gross_profit"),
        ("退款率", "refund_rate"),
        ("拉新成本", "cac"),
        ("获客成本", "cac"),
        ("销售额", "paid_amount"),
        ("广告费", "marketing_spend"),
        ("营业额", "paid_amount"),
        ("流水", "paid_amount"),
        ("revenue", "paid_amount"),
        ("sales", "paid_amount"),
        ("turnover", "paid_amount"),
        ("成交额", "gmv"),
        ("GMV", "gmv"),
        ("拉新", "new_users"),
        ("退款金额", "refund_amount"),
        ("refund amount", "refund_amount"),
        ("refunds", "refund_orders"),
        ("人均消费", "spend_per_customer"),
        ("件单价", "average_item_price"),
        ("动销率", "sell_through_rate"),
        ("库存周转", "inventory_days"),
        ("orders", "paid_orders"),
        ("customers", "buyers"),
    ],
)
def test_the_search_finds_what_people_call_it(shop: Shop, word: str, metric: str) -> None:
    assert shop.book().library.search(word)[0].id == metric


def test_a_metric_whose_library_is_not_installed_is_not_live(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """R138: the value index by components needs an extra of the install; the plain one cannot compute it."""
    shop.has("users", JOINED, complete_until=END)
    shop.has("orders", orders(("o1", "ann", "2026-04-10 10:00:00", 10.0)), complete_until=END).says(as_of=END)
    assert shop.book().numbers.is_live("value_index_pca") == (True, "")
    monkeypatch.setattr("kpi_tui.engine.procedures.is_installed", lambda _procedure: False)
    book = shop.book()
    live, lack = book.numbers.is_live("value_index_pca")
    assert not live
    assert "pip install kpi-tui[stats]" in lack
    missing = dict(book.data.coverage().missing)
    assert [one.name for one in missing["value_index_pca"]] == ["pip install kpi-tui[stats]"]
