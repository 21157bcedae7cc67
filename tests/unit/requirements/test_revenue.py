"""Revenue: R148–R154, on rows written down here."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.period import Period
from tests.unit.library.example_shops import bought, looked, people
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Row, Shop, orders, users

APRIL, MAY = Period.parse("2026-04"), Period.parse("2026-05")
END = "2026-04-30"


def refund(order: str, amount: float, qty: int = 0, kind: str = "refund_only", **more: object) -> Row:
    known = {"refund_id": f"r-{order}", "order_id": order, "user_id": "ann", "refunded_at": "2026-04-20 10:00:00"}
    return {**known, "amount": amount, "qty": qty, "kind": kind, **more}


def test_r148_from_gmv_over_paid_amount_to_net_revenue(shop: Shop) -> None:
    """GMV 1000, paid 800, refunds 80: 0.8, 0.1, net 720."""
    paid = orders(*((f"o{n}", "ann", "2026-04-10 10:00:00", 200.0) for n in range(4)))
    unpaid = orders(("o4", "ann", "2026-04-10 10:00:00", 200.0), paid_at=None, paid_amount=0)
    shop.has("orders", paid + unpaid, complete_until=END).has("refunds", [refund("o0", 80.0)], complete_until=END)
    book = shop.says(as_of=END).book()
    chain = ["gmv", "paid_amount", "order_payment_rate", "refund_rate", "net_sales_revenue"]
    gmv, amount, payment, refunds, net = (value.value or 0.0 for value in book.numbers.values(chain, APRIL))
    assert (gmv, amount, payment, refunds, net) == (1000, 800, 0.8, 0.1, 720)
    assert gmv >= amount
    assert net == amount * (1 - refunds)


@pytest.mark.parametrize(
    ("by", "march", "april"),
    [("refund", (110, 1 / 11, 100), (200, 0.75, 50)), ("payment", (110, 1, 0), (200, 0.25, 150))],
)
def test_r148_net_paid_and_refund_rate_close_by_either_date(
    shop: Shop, by: str, march: tuple[float, ...], april: tuple[float, ...]
) -> None:
    """100 of March are refunded in April, 50 of April in April; a refund of the order never paid counts in neither."""
    paid = orders(
        ("first", "ann", "2026-03-01 10:00:00", 10.0),
        ("old", "ann", "2026-03-30 10:00:00", 100.0),
        ("new", "bo", "2026-04-02 10:00:00", 200.0),
    )
    never = orders(("never", "cy", "2026-04-03 10:00:00", 300.0), paid_at=None, paid_amount=0)
    shop.has("orders", paid + never, complete_until=END)
    back = [refund("first", 10.0, refunded_at="2026-03-01 12:00:00"), refund("old", 100.0), refund("new", 50.0)]
    shop.has("refunds", [*back, refund("never", 300.0)], complete_until=END)
    book = shop.says(as_of=END, settings={"refund_date": by}).book()
    for month, expected in (("2026-03", march), ("2026-04", april)):
        asked = ["paid_amount", "refund_rate", "net_sales_revenue"]
        assert tuple(value.value for value in book.numbers.values(asked, Period.parse(month))) == expected


def test_r148_a_refund_of_an_order_that_is_in_no_file_counts(shop: Shop) -> None:
    shop.has("orders", orders(("o0", "ann", "2026-04-10 10:00:00", 200.0)), complete_until=END)
    shop.has("refunds", [refund("elsewhere", 30.0), refund("o0", 20.0)], complete_until=END).says(as_of=END)
    assert shop.value("net_sales_revenue", "2026-04").value == 150


def test_r149_figures_of_the_b_side_appear_only_when_the_seller_is_known(shop: Shop) -> None:
    """Buyers: first, loyal and churned ones; two sellers once the column is there."""
    months = (("2026-01-10", ["gone"]), ("2026-02-10", ["ann"]), ("2026-03-10", ["ann"]), ("2026-04-10", ["ann", "bo"]))
    bought(shop, *months, since="2026-01-01", until=END)
    both = ["active_trading_users", "first_order_users", "loyal_buyers", "churned_buyers", "active_sellers"]
    values = shop.book().numbers.values(both, APRIL)
    assert [value.value for value in values] == [2, 1, 1, 1, None]
    assert (values[-1].reason, values[-1].detail) == ("no_column", "needs the column orders.seller_id")
    sold = [
        {**row, "seller_id": seller}
        for row, seller in zip(
            orders(*((f"o{n}", "ann", "2026-04-10 10:00:00", 1.0) for n in range(3))), ("s1", "s2", "s1"), strict=True
        )
    ]
    shop.has("orders", sold, complete_until=END)
    assert shop.value("active_sellers", "2026-04").value == 2


def test_r150_few_buyers_among_many_active_users_are_warned_of_below_a_limit(
    written: Written, shop: Shop, run: Run
) -> None:
    """100 active users, of whom 4 buy: below 5 %, the limit shipped; not below 3 %."""
    everybody = people(100)
    came = users(*((who, "2026-03-01 09:00:00") for who in everybody))
    shop.has("users", came, complete_until=END)
    bought(shop, ("2026-04-10", everybody[:4]), since="2026-03-01", until=END)
    looked(shop, ("2026-03-01", everybody), ("2026-04-10", everybody), until=END)
    written()
    asked = ("-w", shop.root, "values", "active_to_trading_ratio", "--period", "2026-04")
    (value,) = run(*asked).json
    assert value["value"] == 0.04
    assert ["monetisation is in trouble" in signal["says"] for signal in value["signals"]] == [True]
    shop.says(settings={"trading_share_low": 0.03})
    written()
    assert run(*asked).json[0]["signals"] == []


def test_r151_order_value_per_order_and_per_person_arpu_and_arppu(shop: Shop) -> None:
    """Revenue 1000, 10 orders, 5 buyers, 50 users: 100, 200, 20, 200."""
    everybody = people(50)
    shop.has("users", users(*((who, "2026-03-31 09:00:00") for who in everybody)), complete_until=END)
    bought(shop, ("2026-04-10", everybody[:5] * 2), since="2026-03-31", until=END)
    looked(shop, ("2026-03-31", everybody), ("2026-04-12", everybody), until=END)
    values = shop.book().numbers.values(["aov", "spend_per_customer", "arpu", "arppu"], APRIL)
    assert [value.value for value in values] == [100, 200, 20, 200]


def test_r152_seven_definitions_of_buying_again_stay_apart_on_one_data_set(shop: Shop) -> None:
    """April 1000, May 600 of them, 300 of these with two or more: 60 % and 50 %; the others counted by hand.

    200 buy twice in April, 160 of whom come back in May. May has 200 new buyers, 40 of whom order twice at once.
    """
    april, new = people(1000), people(200, "new")
    first_day, second_day = april[:600] + new + new[:40], april[:300]
    months = (
        ("2026-04-25", april),
        ("2026-04-26", april[440:640]),
        ("2026-05-12", first_day),
        ("2026-05-20", second_day),
    )
    bought(shop, *months, since="2026-04-01", until="2026-05-31")
    seven = {
        "buyback_rate_day": (600 + 300) / (800 + 300),  # each day's buyers who had bought on an earlier day
        "buyback_rate_window": 600 / 1000,
        "repurchase_rate_buyers": (600 + 40 + 40) / 1200,  # people with a second order, of all people ever
        "repurchase_rate_orders": (600 + 40 + 300) / (840 + 300),  # orders that are not a first one, of May's
        "repurchase_rate_n_day": 160 / 200,  # had two before May, bought in the last 30 days
        "repurchase_rate_window": (300 + 40) / 800,
        "repurchase_rate_kept": 300 / 600,
    }
    found = {value.metric: value.value for value in shop.book().numbers.values(list(seven), MAY)}
    assert found == {metric: pytest.approx(rate) for metric, rate in seven.items()}
    assert len({round(rate or 0, 6) for rate in found.values()}) == 7


def test_r153_who_buys_a_second_time_is_known_once_the_cohort_is_mature(shop: Shop) -> None:
    """Ten first buyers of April, of whom four buy again; the data end 30 days after April, or a day early."""
    first = people(10)
    again = (("2026-04-10", first), ("2026-04-20", first[:4]))
    bought(shop, *again, since="2026-04-01", until="2026-05-30")
    assert shop.value("second_purchase_rate", "2026-04").value == 0.4
    bought(shop, *again, since="2026-04-01", until="2026-05-29")
    young = shop.value("second_purchase_rate", "2026-04")
    assert (young.value, young.reason) == (None, "pending")
    assert "2026-05-30" in young.detail


def test_r148_check_tells_refunds_that_are_left_out_and_those_that_count_without_their_order(shop: Shop) -> None:
    paid = orders(("o0", "ann", "2026-04-10 10:00:00", 200.0))
    never = orders(("never", "cy", "2026-04-03 10:00:00", 300.0), paid_at=None, paid_amount=0)
    shop.has("orders", paid + never, complete_until=END)
    back = [refund("never", 300.0), refund("gone", 30.0), refund("lost", 5.0), refund("o0", 20.0)]
    shop.has("refunds", back, complete_until=END).says(as_of=END)
    told = [issue.message for issue in shop.book().data.check() if issue.key == "tables.refunds"]
    assert told == [
        "refunds: 1 of 4 rows: a refund of an order that was never paid; left out, e.g. 'never'",
        "refunds: 2 of 4 rows: a refund of an order that is in no file; it counts, e.g. 'gone', 'lost'",
        "refunds.order_id → orders.order_id: 2 of 4 ids (50.0 %) are found, in 2 of 4 rows; e.g. 'gone', 'lost'",
    ]


def test_r154_a_return_that_names_no_product_is_spread_over_its_order_by_units(shop: Shop) -> None:
    """Of an order of 3 shirts and 1 pan come back 2 units: 1.5 shirts and 0.5 pans; another order keeps 6 shirts."""
    paid = orders(("o1", "ann", "2026-04-10 10:00:00", 40.0), ("o2", "bo", "2026-04-10 10:00:00", 60.0))
    lines = [("o1", "shirt-s", 3), ("o1", "pan-1", 1), ("o2", "shirt-s", 6)]
    shop.has("orders", paid, complete_until=END)
    shop.has("order_items", [{"order_id": o, "sku_id": s, "qty": n, "unit_price": 10} for o, s, n in lines])
    shop.has("refunds", [refund("o1", 20.0, 2, "return"), refund("gone", 5.0, 1, "return")], complete_until=END)
    values = shop.says(as_of=END).book().numbers.values(["return_rate"], APRIL, by="sku_id")
    assert {v.segment: v.value for v in values} == {None: 0.3, "shirt-s": 1.5 / 9, "pan-1": 0.5, "(none)": None}


@pytest.mark.parametrize("by", ["order", "sku"])
def test_r154_the_return_rate_is_better_when_lower_and_stands_by_product_and_class(shop: Shop, by: str) -> None:
    """Of ten shirts two come back, of ten pans one; the refunds name the SKU."""
    goods = [("shirt-s", "shirt", "textile"), ("pan-1", "pan", "kitchen")]
    paid = orders(("o1", "ann", "2026-04-10 10:00:00", 100.0), ("o2", "bo", "2026-04-10 10:00:00", 100.0))
    lines = [
        {"order_id": o, "sku_id": sku, "qty": 10, "unit_price": 10}
        for o, (sku, _, _) in zip(("o1", "o2"), goods, strict=True)
    ]
    back = [
        refund("o1", 20.0, 2, "return", refunded_at="2026-04-20 10:00:00", item="shirt-s"),
        refund("o2", 10.0, 1, "return", refunded_at="2026-04-10 10:00:00", item="pan-1"),
    ]
    shop.has("orders", paid, complete_until=END).has("order_items", lines)
    shop.has("refunds", back, complete_until=END, columns={"sku_id": "item"})
    shop.has("products", [
        {"sku_id": sku, "product_id": product, "category_id": kind, "list_price": 10, "carried": "true"}
        for sku, product, kind in goods
    ])  # fmt: skip
    book = shop.says(as_of=END, settings={"returns_by": by}).book()
    assert book.library.metric("return_rate").better is Better.LOWER
    by_product = {v.segment: v.value for v in book.numbers.values(["return_rate"], APRIL, by="product_id")}
    assert by_product == {None: 0.15, "shirt": 0.2, "pan": 0.1}
    by_class = {v.segment: v.value for v in book.numbers.values(["return_rate"], APRIL, by="category_id")}
    assert by_class == {None: 0.15, "textile": 0.2, "kitchen": 0.1}
