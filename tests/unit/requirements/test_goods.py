"""Merchandise, stock and the metric tree: R155, R158–R163, R165, on rows written down here."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.unit.library.example_shops import days, on_the_market, stock_day
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Row, Shop, orders

APRIL, END = Period.parse("2026-04"), "2026-04-30"


def line(order: str, sku: str, qty: int, price: float = 10.0) -> Row:
    return {"order_id": order, "sku_id": sku, "qty": qty, "unit_price": price}


def product(sku: str, spu: str, kind: str = "textile") -> Row:
    return {"sku_id": sku, "product_id": spu, "category_id": kind, "list_price": 10, "carried": "true"}


def test_r155_30_units_in_20_orders_are_attached_at_1_5(shop: Shop) -> None:
    paid = orders(*((f"o{n}", "ann", "2026-04-10 10:00:00", 10.0) for n in range(20)))
    shop.has("orders", paid, complete_until=END).says(as_of=END)
    shop.has("order_items", [line(f"o{n}", "s", 2 if n < 10 else 1) for n in range(20)])
    assert shop.value("items_per_order", "2026-04").value == 1.5


def test_r158_one_garment_in_three_sizes_is_one_product_and_three_skus(shop: Shop) -> None:
    shop.has("orders", orders(("o1", "ann", "2026-04-10 10:00:00", 60.0)), complete_until=END).says(as_of=END)
    shop.has("order_items", [line("o1", size, qty) for size, qty in (("shirt-s", 1), ("shirt-m", 2), ("shirt-l", 3))])
    shop.has("products", [product(f"shirt-{size}", "shirt") for size in "sml"])
    book = shop.book()
    by_spu = {v.segment: v.value for v in book.numbers.values(["product_units_sold"], APRIL, by="product_id")}
    assert by_spu == {None: 6, "shirt": 6}
    by_sku = {v.segment: v.value for v in book.numbers.values(["product_units_sold"], APRIL, by="sku_id")}
    assert by_sku == {None: 6, "shirt-s": 1, "shirt-m": 2, "shirt-l": 3}
    (width,) = book.numbers.values(["purchase_width"], APRIL)
    assert width.measures["sku_market_count"] == 3


def test_r159_breadth_width_and_depth_of_purchase(shop: Shop) -> None:
    """30 of 50 kinds: 60 %; 3 of 9 SKUs: 0.33; 120 units over 4 SKUs: 30."""
    on_the_market(shop, [(f"s{kind}", f"c{kind}", kind < 30) for kind in range(50)])
    assert shop.value("purchase_breadth", "2026-04").value == 0.6
    on_the_market(shop, [(f"s{number}", "phone", number < 3) for number in range(9)])
    assert shop.value("purchase_width", "2026-04").value == pytest.approx(0.33, abs=0.005)
    bought = [
        {"purchase_id": f"p{n}", "purchased_on": "2026-04-10", "sku_id": f"s{n}", "qty": qty, "unit_cost": 1}
        for n, qty in enumerate((60, 30, 20, 10))
    ]
    shop.has("purchases", bought, complete_until=END)
    assert shop.value("purchase_depth", "2026-04").value == 30


def stocked(shop: Shop, closing: int, per_day: int) -> Shop:
    left = closing + per_day * 30
    rows = []
    for day in days(APRIL.start, 30):
        rows.append(stock_day(day, "s1", left, 0, per_day))
        left -= per_day
    return shop.has("inventory_daily", rows, complete_until=END).says(as_of=END)


def test_r160_50000_pieces_at_1000_a_day_last_50_days(shop: Shop) -> None:
    assert stocked(shop, 50_000, 1000).value("inventory_days", "2026-04").value == 50


def test_r160_without_sales_the_stock_has_no_end(written: Written, shop: Shop, run: Run) -> None:
    stocked(shop, 50_000, 0)
    written()
    (value,) = run("-w", shop.root, "values", "inventory_days", "--period", "2026-04").json
    assert (value["value"], value["reason"]) == (None, "zero_denominator")
    assert [signal["says"] for signal in value["signals"]] == ["no end: nothing is sold"]


def season(shop: Shop, *sold: int) -> Shop:
    """A season of 1000 pieces of each of two SKUs from March on; `sold` of s1 per month, s2 sells 10 a month."""
    rows, left = [], {"s1": 1000, "s2": 1000}
    for month, pieces in enumerate(sold):
        for sku, count in (("s1", pieces), ("s2", 10)):
            rows.append(stock_day(f"2026-{month + 3:02d}-01", sku, left[sku], 0, count))
            left[sku] -= count
    return shop.has("inventory_daily", rows, complete_until="2026-05-31").says(as_of="2026-05-31")


def test_r161_a_rising_sell_through_says_restock_and_a_low_one_promote_or_reduce(
    written: Written, shop: Shop, run: Run
) -> None:
    """s1: 50 %, 60 %, 80 % over three months; s2 stays at 1 %, 2 %, 3 %."""
    season(shop, 500, 100, 200)
    written()
    asked = ("-w", shop.root, "values", "cumulative_sell_through", "--by", "sku_id")
    months = run(*asked, "--period", "2026-05", "--last", "3").json
    assert [v["value"] for v in months if v["segment"] == "s1"] == [0.5, 0.6, 0.8]
    may = {v["segment"]: [s["says"] for s in v["signals"]] for v in run(*asked, "--period", "2026-05").json}
    assert may["s1"] == ["restock"]
    assert "promote / reduce" in may["s2"]
    april = {v["segment"]: v["signals"] for v in run(*asked, "--period", "2026-04").json}
    assert april["s1"] == april["s2"] == [], "two months are not three"


def test_r161_the_page_of_goods_says_what_to_do_beside_each_sku(written: Written, shop: Shop, run: Run) -> None:
    season(shop, 500, 100, 200)
    written()
    page = run("-w", shop.root, "page", "goods", "--period", "2026-05").json
    (skus,) = [one["data"] for one in page["sections"] if one["id"] == "skus"]
    rows = {row["sku_id"]: (row["cumulative"], [said["en"] for said in row["signals"]]) for row in skus}
    assert rows["s1"] == (0.8, ["restock"])
    assert "promote / reduce" in rows["s2"][1]
    shown = run("-w", shop.root, "page", "goods", "--period", "2026-05", "--format", "table").out
    assert "restock: 50.0 % → 60.0 % → 80.0 %" in shown, "the rise that it rests on stands beside it"
    assert "promote / reduce: " not in shown, "what rests on a level has no rise"


def test_r161_a_sell_through_that_stands_still_says_nothing(written: Written, shop: Shop, run: Run) -> None:
    season(shop, 500, 0, 200)
    written()
    asked = ("-w", shop.root, "values", "cumulative_sell_through", "--period", "2026-05", "--where", "sku_id = 's1'")
    (value,) = run(*asked).json
    assert (value["value"], value["signals"]) == (0.7, [])


def test_r162_80_received_of_100_is_a_discount_rate_of_0_8(shop: Shop) -> None:
    shop.has("orders", orders(("o1", "ann", "2026-04-10 10:00:00", 80.0), list_amount=100), complete_until=END)
    assert shop.says(as_of=END).value("discount_rate", "2026-04").value == 0.8


def test_r162_a_price_down_by_10_percent_and_units_up_by_20_percent_have_an_elasticity_of_minus_2(shop: Shop) -> None:
    paid = orders(("o1", "ann", "2026-03-01 10:00:00", 1000.0), ("o2", "ann", "2026-04-10 10:00:00", 1080.0))
    shop.has("orders", paid, complete_until=END).says(as_of=END)
    shop.has("order_items", [line("o1", "s1", 100, 10.0), line("o2", "s1", 120, 9.0)])
    values = shop.book().numbers.values(["price_elasticity"], APRIL, by="sku_id")
    assert {value.segment: value.value for value in values if value.segment} == {"s1": pytest.approx(-2)}


def test_r162_several_products_have_the_mean_of_their_elasticities_by_units_of_the_first_period(shop: Shop) -> None:
    """s1: −10 % price, +20 % units, 100 before: −2. s2: +25 % price, −50 % units, 300 before: −2. s3: −20 % price,
    +10 % units, 50 before: −0.5. New, gone and unchanged ones are left out: (−200 − 600 − 25) / 450.
    """
    paid = orders(("o1", "ann", "2026-03-01 10:00:00", 1000.0), ("o2", "ann", "2026-04-10 10:00:00", 1080.0))
    shop.has("orders", paid, complete_until=END).says(as_of=END)
    before = [("s1", 100, 10.0), ("s2", 300, 8.0), ("s3", 50, 5.0), ("gone", 7, 3.0), ("same", 9, 2.0)]
    after = [("s1", 120, 9.0), ("s2", 150, 10.0), ("s3", 55, 4.0), ("new", 900, 1.0), ("same", 4, 2.0)]
    shop.has("order_items", [line("o1", *one) for one in before] + [line("o2", *one) for one in after])
    found, left_out = shop.book().numbers.values(["price_elasticity", "price_elasticity_left_out"], APRIL)
    assert found.value == pytest.approx(-825 / 450)
    assert left_out.value == 3


def test_r163_a_financial_product_has_a_stock_of_remaining_amount(shop: Shop) -> None:
    """A fund of 3,000,000 sells 50,000 a day for 30 days: 1,500,000 remain for 30 days more; half is sold."""
    stocked(shop, 1_500_000, 50_000)
    book = shop.book()
    values = book.numbers.values(["inventory_days", "cumulative_sell_through", "stock_consumption"], APRIL)
    assert [value.value for value in values] == [30, 0.5, 50_000]


def test_r165_the_shipped_tree_is_that_of_the_document(demo: Book) -> None:
    tree = demo.workspace.trees["user_payment"]
    assert {node.metric: list(node.children) for node in tree.nodes.values() if node.children} == {
        "user_payment_amount": ["active_trading_users", "customer_lifetime", "aov"],
        "active_trading_users": ["new_users", "active_to_trading_ratio", "winback_rate"],
        "customer_lifetime": ["d30_retention", "churn_rate"],
        "aov": ["items_per_order", "discount_rate"],
    }
    branch = demo.drivers.tree("user_payment", Period.parse("2026-09"))
    assert branch.node == "user_payment_amount"
    assert {child.node for child in branch.children} == {"active_trading_users", "customer_lifetime", "aov"}
