"""Rows without an amount: left out on both sides of a quotient where both are read from the same rows, else told."""

from __future__ import annotations

from statistics import mean
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.examples import examples
from tests.unit.traps.trap_shop import own, refunds
from tests.workspaces import Row, Shop, orders

LAST = "2026-01-31"
NO_AMOUNT: dict[str, Any] = {"paid_amount": None}
TWO_KNOWN = orders(
    ("o1", "ann", "2026-01-01 10:00:00", 100),
    ("o2", "bob", "2026-01-02 10:00:00", 200),
    ("o3", "ann", "2026-01-03 10:00:00", 60),
)
"""Ann bought for 100 and for what nobody knows, Bob for 200."""
TWO_KNOWN[2] |= NO_AMOUNT
LACKS = "paid_amount_sum: 1 of 3 rows has no amount"


def asked(shop: Shop, metric: str, period: str = "2026-01", **question: Any) -> list[Value]:
    book = shop.says(as_of=LAST).book()
    return book.numbers.values([metric], Period.parse(period), **question)


def sold(shop: Shop, rows: list[Row]) -> Shop:
    return shop.has("orders", rows, complete_until=LAST)


def test_an_order_of_unknown_amount_is_left_out_on_both_sides_of_the_order_value(shop: Shop) -> None:
    """300 of two orders: 150 an order. 300 ÷ 3 = 100 would be nobody's mean."""
    (value,) = asked(sold(shop, TWO_KNOWN), "aov")
    assert (value.value, dict(value.measures)) == (150, {"paid_amount_sum": 300, "paid_order_count": 2})
    assert value.notes == (f"{LACKS}; left out on both sides of aov",)


def test_every_segment_leaves_out_its_own_rows(shop: Shop) -> None:
    """Private: 100 and an unknown one, so 100 ÷ 1; public: 200 ÷ 1, with nothing to say."""
    rows = [{**row, "domain": domain} for row, domain in zip(TWO_KNOWN, ("private", "public", "private"), strict=True)]
    found = asked(sold(shop, rows), "aov", by="domain")
    assert {value.segment: value.value for value in found} == {None: 150, "private": 100, "public": 200}
    said = "paid_amount_sum: 1 of 2 rows has no amount; left out on both sides of aov"
    assert {value.segment: value.notes for value in found if value.segment} == {"private": (said,), "public": ()}


@pytest.mark.parametrize(("metric", "value"), [("paid_amount", 300), ("spend_per_customer", 150)])
def test_a_sum_and_a_sum_per_buyer_are_understated(metric: str, value: float, shop: Shop) -> None:
    """300 of two buyers: Ann paid more than the 100 that are known, yet she is one buyer either way."""
    (found,) = asked(sold(shop, TWO_KNOWN), metric)
    assert (found.value, found.notes) == (value, (f"{LACKS}; {metric} is understated",))


def test_what_is_taken_off_overstates(shop: Shop) -> None:
    """300 paid less the 30 that are known of two refunds: 270, and really less."""
    rows = orders(("o1", "ann", "2026-01-01 10:00:00", 100), ("o2", "bob", "2026-01-02 10:00:00", 200))
    back = refunds(("r1", "o1", "ann", "2026-01-05 10:00", 30), ("r2", "o2", "bob", "2026-01-05 10:00", 1))
    back[1]["amount"] = None
    shop.has("refunds", back, complete_until=LAST)
    (found,) = asked(sold(shop, rows), "net_sales_revenue")
    assert found.value == 270
    assert "refund_sum: 1 of 2 rows has no amount; net_sales_revenue is overstated" in found.notes


def test_both_sides_may_lack_amounts(shop: Shop) -> None:
    """Known on both sides are 10 for 1,000 and 20 for 2,000: 30 ÷ 3,000 × 1,000 = 10 a thousand."""
    bought = [(10, 1000), (None, 5000), (90, None), (20, 2000)]
    rows = [
        {"day": f"2026-01-0{n}", "channel_id": "c", "pricing_model": "cpm", "spend": spend, "impressions": shown}
        for n, (spend, shown) in enumerate(bought, 1)
    ]
    (found,) = asked(shop.has("channel_daily", rows, complete_until=LAST), "cpm")
    assert found.value == pytest.approx(10)
    assert found.notes == (
        "spend_cpm_sum: 1 of 4 rows has no amount; left out on both sides of cpm",
        "impression_cpm_sum: 1 of 4 rows has no amount; left out on both sides of cpm",
    )


def test_only_rows_of_the_sum_are_left_out_of_what_it_is_divided_by(shop: Shop) -> None:
    """Paid 100 of the 100 and 50 ordered: the third order, paid with an unknown amount, is in neither 100 nor 150."""
    rows = orders(*((f"o{n}", "ann", f"2026-01-0{n} 10:00:00", amount) for n, amount in enumerate((100, 50, 70), 1)))
    rows[1] |= {"paid_at": None, "paid_amount": None}  # never paid: nothing is unknown
    rows[2] |= NO_AMOUNT
    (found,) = asked(sold(shop, rows), "order_payment_rate")
    assert found.value == pytest.approx(100 / 150)
    assert dict(found.measures) == {"paid_of_created_sum": 100, "gmv_sum": 150}


def test_a_cell_that_may_be_empty_is_not_unknown(shop: Shop) -> None:
    """5 earned by one of two rows of 1,000 impressions: 2.5 a thousand, marked; an ad shown elsewhere earns nothing."""
    rows = [
        {"day": f"2026-01-0{n}", "channel_id": "c", "pricing_model": "cpm", "media_income": income, "impressions": 1000}
        for n, income in enumerate((5, None), 1)
    ]
    (found,) = asked(shop.has("channel_daily", rows, complete_until=LAST), "ecpm")
    assert found.value == 2.5
    assert found.notes == ("media_income_sum: 1 of 2 rows has no amount; ecpm is understated",)


def test_nothing_is_left_out_for_a_constant(shop: Shop) -> None:
    """Half of the 300 that are known."""
    text = """
[metrics.half]
name = "Half"
category = "revenue"
kind = "absolute"
formula = "paid_amount_sum / 2"
unit = "currency"
better = "higher"
grain = "month"
"""
    (found,) = asked(sold(shop, TWO_KNOWN).defines("metrics/own.toml", text), "half")
    assert (found.value, found.notes) == (150, (f"{LACKS}; half is understated",))


def test_an_order_value_inside_another_formula_is_the_same(shop: Shop) -> None:
    """Twice the 150 of the known orders."""
    text = """
[metrics.double]
name = "Double"
category = "revenue"
kind = "ratio"
formula = "aov * 2"
unit = "currency"
better = "higher"
grain = "month"
"""
    (found,) = asked(sold(shop, TWO_KNOWN).defines("metrics/own.toml", text), "double")
    assert (found.value, found.notes) == (300, (f"{LACKS}; left out on both sides of aov",))


def test_no_known_amount_at_all_is_no_number(shop: Shop) -> None:
    (found,) = asked(sold(shop, [{**row, **NO_AMOUNT} for row in TWO_KNOWN]), "aov")
    assert (found.value, found.reason, found.notes) == (None, Reason.UNKNOWN, ())


def test_growth_says_what_the_two_sums_lack(shop: Shop) -> None:
    """(300 − 100) ÷ 100, and one of January's orders has no amount."""
    earlier = orders(("o0", "eve", "2025-12-30 10:00:00", 100), ("n0", "eve", "2025-12-01 10:00:00", 0))
    (found,) = asked(sold(shop, earlier + TWO_KNOWN), "paid_amount.growth")
    assert (found.value, found.notes) == (2, (f"2026-01: {LACKS}; paid_amount is understated",))


def test_explain_shows_the_rows_that_were_counted(shop: Shop) -> None:
    """Two of three orders, and the condition that chose them."""
    book = sold(shop, TWO_KNOWN).says(as_of=LAST).book()
    readings = {one.id: one for one in book.numbers.explain("aov", Period.parse("2026-01")).readings}
    assert (readings["paid_order_count"].number.value, readings["paid_order_count"].rows) == (2, 2)
    assert readings["paid_order_count"].where == "(paid_at is not null) and ((paid_amount) is not null)"


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.none() | st.integers(1, 500), min_size=1, max_size=9))
def test_the_order_value_is_the_mean_of_the_known_amounts(
    amounts: list[int | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = orders(*((f"o{n}", "ann", "2026-01-02 10:00:00", amount or 0) for n, amount in enumerate(amounts)))
    rows = [row | ({} if amount else NO_AMOUNT) for row, amount in zip(rows, amounts, strict=True)]
    (found,) = asked(sold(Shop(tmp_path_factory.mktemp("mean") / "ws"), rows), "aov")
    known = [amount for amount in amounts if amount]
    assert found.value == (pytest.approx(mean(known), abs=1e-4) if known else None)


def aggregates(*measures: tuple[str, str, str]) -> str:
    """A metric for each (name, aggregation, column of orders), by when they were paid."""
    return "".join(
        own(name, f'table = "orders"\nagg = "{agg}"\ncolumn = "{column}"\ntime = "paid_at"')
        for name, agg, column in measures
    )


def share(formula: str) -> str:
    """A ratio whose m_share counts orders."""
    return own("share", 'table = "orders"\nagg = "count"\ntime = "paid_at"', formula, "ratio")


@pytest.mark.parametrize(("agg", "value"), [("mean", 150), ("median", 150), ("min", 100), ("max", 200)])
def test_what_is_no_sum_says_how_many_rows_it_rests_on_less(agg: str, value: float, shop: Shop) -> None:
    """100 and 200 are known of three orders: 150 on average, at least 100, at most 200, as far as anybody knows."""
    shop = sold(shop, TWO_KNOWN).defines("metrics/own.toml", aggregates(("one", agg, "paid_amount")))
    (found,) = asked(shop, "one")
    assert (found.value, found.notes) == (value, ("m_one: 1 of 3 rows has no amount; left out of one",))
    by = {one.segment: one.notes for one in asked(shop, "one", by="user_id")}
    assert by["bob"] == () and by["ann"] == ("m_one: 1 of 2 rows has no amount; left out of one",)


def test_a_mean_of_nothing_but_unknown_amounts_is_unknown(shop: Shop) -> None:
    rows = [{**row, **NO_AMOUNT} for row in TWO_KNOWN]
    (found,) = asked(sold(shop, rows).defines("metrics/own.toml", aggregates(("one", "mean", "paid_amount"))), "one")
    assert (found.value, found.reason) == (None, Reason.UNKNOWN)


def test_a_mean_of_days_says_nothing_of_orders_never_paid(shop: Shop) -> None:
    """Paid after 2 and 4 days, and one never: 3 days, of what was paid."""
    rows = orders(*((f"o{n}", "ann", f"2026-01-0{n} 10:00:00", 10) for n in (1, 2, 3)))
    for row, paid in zip(rows, ("2026-01-03 10:00:00", "2026-01-06 10:00:00", None), strict=True):
        row["paid_at"] = paid
    days = own("wait", 'table = "orders"\nagg = "mean"\ncolumn = "date_diff(\'day\', created_at, paid_at)"')
    (found,) = asked(sold(shop, rows).defines("metrics/own.toml", days), "wait")
    assert (found.value, found.notes) == (3, ())


CHOSEN = "case when domain = 'private' then paid_amount end"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (CHOSEN, 100),
        ("case domain when 'private' then paid_amount else null end", 100),
        ("if(domain = 'private', paid_amount, null)", 100),
        ("nullif(paid_amount, 200)", 100),
        (f"2 * ({CHOSEN})", 200),
    ],
)
def test_a_row_that_a_sum_chooses_to_leave_out_lacks_nothing(column: str, value: float, shop: Shop) -> None:
    """Private: 100 of three orders, all known. A third of it an order, and nothing to say."""
    rows = [{**row, "domain": domain} for row, domain in zip(TWO_KNOWN, ("private", "public", "public"), strict=True)]
    rows = [*rows[:2], {**rows[2], "paid_amount": 200}]
    text = aggregates(("some", "sum", column)) + share("m_some / m_share")
    shop = sold(shop, rows).defines("metrics/own.toml", text)
    assert [(one.value, one.notes) for one in asked(shop, "some")] == [(value, ())]
    assert [(one.value, one.notes) for one in asked(shop, "share")] == [(pytest.approx(value / 3), ())]


def test_a_row_that_a_sum_chooses_and_does_not_know_is_lacking(shop: Shop) -> None:
    """The third order is private, of an amount that nobody knows: 100 of two, so 100 ÷ 2 orders with the public one."""
    rows = [{**row, "domain": domain} for row, domain in zip(TWO_KNOWN, ("private", "public", "private"), strict=True)]
    text = aggregates(("some", "sum", CHOSEN)) + share("m_some / m_share")
    (found,) = asked(sold(shop, rows).defines("metrics/own.toml", text), "share")
    assert (found.value, found.notes) == (50, ("m_some: 1 of 3 rows has no amount; left out on both sides of share",))


def test_a_sum_that_chooses_none_is_zero(shop: Shop) -> None:
    """No order is private: 0 of them were paid, and that is known."""
    (found,) = asked(sold(shop, TWO_KNOWN).defines("metrics/own.toml", aggregates(("some", "sum", CHOSEN))), "some")
    assert (found.value, found.notes) == (0, ())


def test_lines_of_unknown_cost_are_on_neither_side_of_the_gross_margin(shop: Shop) -> None:
    """Two units for 20 that cost 12, and a line of 30 with an unknown cost: 8 ÷ 20 = 40 %, neither too low nor too
    high, while the profit of 8 is too low."""
    lines = [
        {"order_id": "o1", "sku_id": "a", "qty": 2, "unit_price": 10, "unit_cost": 6},
        {"order_id": "o2", "sku_id": "b", "qty": 3, "unit_price": 10, "unit_cost": None},
    ]
    sold(shop, TWO_KNOWN).has("order_items", lines)
    (margin, profit) = (asked(shop, metric)[0] for metric in ("gross_margin", "gross_profit"))
    said = "item_profit_sum: 1 of 2 rows has no amount"
    assert (margin.value, margin.notes) == (0.4, (f"{said}; left out on both sides of gross_margin",))
    assert (profit.value, profit.notes) == (8, (f"{said}; gross_profit is understated",))


OUT = "m_big: 1 row lacks the amount that is asked for ({where}), and does not count"
SUM, COUNT = 'agg = "sum"\ncolumn = "paid_amount"', 'agg = "count"'


def counting(shop: Shop, agg: str, where: str) -> Shop:
    measure = f'table = "orders"\n{agg}\nwhere = "{where}"\ntime = "created_at"'
    return shop.defines("metrics/own.toml", own("big", measure))


@pytest.mark.parametrize(
    ("agg", "where", "value", "told"),
    [
        (SUM, "paid_at is not null and paid_amount > 15", 360, True),
        (COUNT, "paid_amount > 15", 2, True),
        (COUNT, "not paid_amount between 20 and 200", 2, True),
        (COUNT, "coalesce(paid_amount, 0) > 15", 2, False),
        (COUNT, "paid_amount is null or paid_amount > 15", 3, False),
    ],
)
def test_a_condition_that_asks_for_an_amount_says_which_rows_it_cannot_ask(
    agg: str, where: str, value: float, told: bool, shop: Shop
) -> None:
    """100, 260 and 15 are known, one is not. What counts 0 for it, or asks whether it is known, lacks nothing."""
    amounts = enumerate((100, 260, 15, 1), 1)
    rows = orders(*((f"o{n}", "ann", f"2026-01-0{n} 10:00:00", amount) for n, amount in amounts))
    rows[3] |= NO_AMOUNT
    (found,) = asked(counting(sold(shop, rows), agg, where), "big")
    assert found.value == value
    assert found.notes == ((OUT.format(where=where),) if told else ())


def test_rows_that_another_part_of_the_condition_leaves_out_are_not_told_of(shop: Shop) -> None:
    """The order of unknown amount was never paid: it would not count, whatever its amount."""
    rows = [dict(row) for row in TWO_KNOWN]
    rows[2] |= {"paid_at": None}
    (found,) = asked(counting(sold(shop, rows), SUM, "paid_at is not null and paid_amount > 15"), "big")
    assert (found.value, found.notes) == (300, ())


def test_every_segment_is_told_of_its_own_rows_out(shop: Shop) -> None:
    rows = [{**row, "domain": domain} for row, domain in zip(TWO_KNOWN, ("private", "public", "private"), strict=True)]
    found = asked(counting(sold(shop, rows), COUNT, "paid_amount > 15"), "big", by="domain")
    said = (OUT.format(where="paid_amount > 15"),)
    assert {value.segment: (value.value, value.notes) for value in found} == {
        None: (2, said), "private": (1, said), "public": (1, ()),
    }  # fmt: skip
