"""Amounts in several currencies are never added up: no number, until a filter or a rate settles it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book.start.shipped import shipped_library
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.period import Period
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from tests.unit.traps.trap_shop import own
from tests.workspaces import Row, Shop, orders

LAST = "2026-03-31"
BOUGHT = orders(
    ("o1", "ann", "2026-02-01 10:00", 100.0),
    ("o2", "bob", "2026-03-02 10:00", 50.0),
    ("o3", "ann", "2026-03-03 10:00", 70.0),
)
"""February: 100 yuan; March: 50 dollars and 70 yuan."""
AMOUNTS = ("order_amount", "list_amount", "paid_amount", "paid_from_balance")
REFUSED = "amounts of orders in CNY (2) and USD (1) are never added up: filter one, or give a rate in tables.toml"


def sold(root: Path, *, column: str = "币种", **source: Any) -> Shop:
    rows: list[Row] = [{**row, column: name} for row, name in zip(BOUGHT, ("CNY", "USD", "cny"), strict=True)]
    return Shop(root / "ws").has("orders", rows, complete_until=LAST, **source).says(as_of=LAST)


def asked(shop: Shop, metric: str, period: str = "2026-03", **question: Any) -> list[Value]:
    return shop.book().numbers.values([metric], Period.parse(period), **question)


@pytest.mark.parametrize("metric", ["paid_amount", "gmv", "aov", "spend_per_customer", "net_sales_revenue"])
def test_dollars_and_yuan_are_not_added(metric: str, tmp_path: Path) -> None:
    """50 dollars and 70 yuan are no 120 of anything, nor is anything divided from them."""
    shop = sold(tmp_path)
    if metric == "net_sales_revenue":
        shop.has("refunds", [{"refund_id": "r", "order_id": "o3", "refunded_at": "2026-03-04 10:00", "amount": 1}])
    (found,) = asked(shop, metric)
    assert (found.value, found.reason, found.detail) == (None, Reason.UNKNOWN, REFUSED)


def test_a_month_of_one_currency_has_its_number(tmp_path: Path) -> None:
    (found,) = asked(sold(tmp_path), "paid_amount", "2026-02")
    assert (found.value, found.reason) == (100, None)


def test_counts_are_not_touched(tmp_path: Path) -> None:
    (found,) = asked(sold(tmp_path), "paid_orders")
    assert found.value == 2


def test_what_no_longer_knows_the_currency_of_its_rows_has_no_number_at_all(tmp_path: Path) -> None:
    """The revenue of buyers who come again is worked out in a fact that drops the column."""
    (found,) = asked(sold(tmp_path), "returning_buyer_amount", "2026-02")
    assert (found.value, found.reason, found.detail) == (None, Reason.UNKNOWN, REFUSED)


def test_a_currency_that_is_mapped_cuts_and_filters(tmp_path: Path) -> None:
    """By currency: 70 yuan (written cny) and 50 dollars; dollars alone: 50."""
    shop = sold(tmp_path, columns={"money": "upper(币种)"})
    found = asked(shop, "paid_amount", by="money")
    assert {value.segment: value.value for value in found} == {None: None, "CNY": 70, "USD": 50}
    assert [value.value for value in asked(shop, "paid_amount", where="money = 'USD'")] == [50]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ({"where": "币种 in ('CNY', 'cny')"}, 70),
        ({"columns": {name: f"{name} * case when 币种 = 'USD' then 7.0 else 1.0 end" for name in AMOUNTS}}, 420),
    ],
)
def test_a_filter_or_a_rate_settles_it(source: dict[str, Any], value: float, tmp_path: Path) -> None:
    """70 yuan alone, or 50 × 7 + 70 = 420."""
    (found,) = asked(sold(tmp_path, **source), "paid_amount")
    assert found.value == value


def test_one_currency_with_gaps_is_one(tmp_path: Path) -> None:
    rows = [{**row, "currency": name} for row, name in zip(BOUGHT, ("CNY", "", " cny "), strict=True)]
    shop = Shop(tmp_path / "ws").has("orders", rows, complete_until=LAST).says(as_of=LAST)
    assert asked(shop, "paid_amount")[0].value == 120


def test_an_amount_that_is_not_converted_is_refused_beside_one_that_is(tmp_path: Path) -> None:
    """Paid amounts are turned into yuan (50 × 7 + 70 = 420), ordered amounts stand in either currency."""
    paid = {"paid_amount": "paid_amount * case when 币种 = 'USD' then 7.0 else 1.0 end"}
    shop = sold(tmp_path, columns=paid)
    assert [asked(shop, metric)[0].value for metric in ("paid_amount", "gmv")] == [420, None]


def test_a_rate_that_is_looked_up_settles_it(tmp_path: Path) -> None:
    """50 dollars at 7 and 70 yuan at 1: 420."""
    shop = sold(tmp_path, columns={"paid_amount": "paid_amount * rate"})
    (shop.root / "rates.csv").write_text("币种,rate\nCNY,1\ncny,1\nUSD,7\n", encoding="utf-8")
    shop._tables["orders"]["join"] = {"rates": {"path": "rates.csv", "on": "币种"}}
    assert asked(shop, "paid_amount")[0].value == 420


@pytest.mark.parametrize(("by", "value"), [("user_id", 170.0), ("domain", None)])
def test_groups_of_one_currency_have_a_number_and_one_of_several_takes_all(
    tmp_path: Path, by: str, value: float | None
) -> None:
    """Of buyers ann paid 100 and 70 yuan, counted in February; all of them together paid in dollars, too."""
    names = ("order_id", "created_at", "paid_at", "domain", "user_id")
    columns = {**{name: f"min({name})" for name in names}, **{name: f"sum({name})" for name in AMOUNTS}, by: by}
    (found,) = asked(sold(tmp_path, columns=columns, group_by=[by]), "paid_amount", "2026-02")
    assert (found.value, found.reason) == (value, None if value else Reason.UNKNOWN)


def test_a_mean_of_days_says_which_it_lacks(tmp_path: Path) -> None:
    """Days of March: 2nd dollars 50, 3rd yuan and dollars (none), 4th yuan 30: the mean of 50 and 30, and a note."""
    own = """
[metrics.daily]
name = "Daily"
category = "revenue"
kind = "absolute"
formula = "paid_amount_sum"
unit = "currency"
better = "higher"
grain = "day"
rollup = "mean"
"""
    days = [("o1", "02", 50.0, "USD"), ("o2", "03", 70.0, "CNY"), ("o3", "03", 10.0, "USD"), ("o4", "04", 30.0, "CNY")]
    rows = [
        {**orders((order, "ann", f"2026-03-{day} 10:00", amount))[0], "currency": money}
        for order, day, amount, money in days
    ]
    shop = Shop(tmp_path / "ws").has("orders", rows, complete_until="2026-03-04").says(as_of="2026-03-04")
    (found,) = asked(shop.defines("metrics/own.toml", own), "daily")
    assert found.value == 40
    assert "1 of 3 periods have no number, and the mean is of the others: amounts of orders in" in " ".join(found.notes)


HELD = (
    "amounts of orders in CNY (2) and USD (1) are never held against one number (paid_amount > 15): "
    "filter one, or give a rate in tables.toml"
)


def counted(root: Path, where: str, period: str = "2026-03") -> Value:
    shop = sold(root, columns={"currency": "币种"})
    shop.defines(
        "metrics/own.toml", own("big", f'table = "orders"\nagg = "count"\nwhere = "{where}"\ntime = "paid_at"')
    )
    (found,) = asked(shop, "big", period)
    return found


def test_amounts_of_several_currencies_are_not_held_against_one_number(tmp_path: Path) -> None:
    """15 of what?"""
    found = counted(tmp_path, "paid_amount > 15")
    assert (found.value, found.reason, found.detail) == (None, Reason.UNKNOWN, HELD)


@pytest.mark.parametrize(
    ("where", "period", "value"),
    [
        ("paid_amount > 15", "2026-02", 1),
        ("paid_amount > 0 and paid_at is not null", "2026-03", 2),
        ("paid_amount > 15 and upper(currency) = 'CNY'", "2026-03", 1),
        ("paid_amount >= order_amount", "2026-03", 2),
    ],
)
def test_one_currency_above_zero_or_one_amount_beside_another_can_be_compared(
    where: str, period: str, value: float, tmp_path: Path
) -> None:
    """February is all yuan; above 0 is above 0 in any; two amounts of one order are in one currency."""
    found = counted(tmp_path, where, period)
    assert (found.value, found.reason) == (value, None)


def test_an_amount_that_a_comparison_left_out_was_compared_too(tmp_path: Path) -> None:
    """Only the 70 yuan are above 60, but 50 dollars were held against it."""
    assert counted(tmp_path, "paid_amount > 60").reason is Reason.UNKNOWN


def test_a_comparison_beside_a_sub_query_is_judged_as_one_alone(tmp_path: Path) -> None:
    """All three orders are of buyers who ordered: 15 of what, again; in February there are yuan only."""
    where = "paid_amount > 15 and user_id in (select user_id from orders)"
    assert counted(tmp_path / "a", where).reason is Reason.UNKNOWN
    assert counted(tmp_path / "b", where, "2026-02").value == 1


def test_refunds_that_say_no_currency_have_no_sum_beside_orders_of_several(tmp_path: Path) -> None:
    """10 dollars of o2 and 20 yuan of o3 are no 30; where the file is said to be in yuan they are 30 yuan."""
    given = [
        {"refund_id": order, "order_id": order, "refunded_at": "2026-03-04 10:00", "amount": amount}
        for order, amount in (("o2", 10), ("o3", 20))
    ]
    measure = 'table = "refunds"\nagg = "sum"\ncolumn = "amount"\ntime = "refunded_at"\nabout = "given back"'
    shop = sold(tmp_path).defines("metrics/own.toml", own("own", measure))
    (found,) = asked(shop.has("refunds", given, complete_until=LAST), "own")
    said = "amounts of refunds say no currency, and their orders are in CNY (2) and USD (1)"
    assert (found.value, found.reason) == (None, Reason.UNKNOWN) and said in found.detail
    (found,) = asked(shop.has("refunds", given, complete_until=LAST, currency="CNY"), "own")
    assert found.value == 30


OWN = """
[measures.m_own]
table = "orders"
agg = "sum"
column = "own"
time = "created_at"
about = "own"
[metrics.own]
name = "Own"
category = "revenue"
kind = "ratio"
formula = "m_own"
unit = "ratio"
better = "higher"
grains = ["month"]
"""


def with_own(root: Path, cells: tuple[float, float, float], **source: Any) -> Shop:
    """The three orders with a column of the workspace's own."""
    rows: list[Row] = [
        {**row, "currency": code, "own": cell}
        for row, code, cell in zip(BOUGHT, ("CNY", "USD", "CNY"), cells, strict=True)
    ]
    made = Shop(root / "ws").has("orders", rows, columns={"own": "own"}, complete_until=LAST, **source)
    return made.says(as_of=LAST, currency="CNY").defines("metrics/own.toml", OWN)


def test_an_own_column_with_fractions_is_not_added_over_currencies_until_it_is_no_amount(tmp_path: Path) -> None:
    """0.5 in dollars and 0.25 in yuan: a fee or a weight? February's 1.5 is in yuan alone."""
    made = with_own(tmp_path / "a", (1.5, 0.5, 0.25))
    (found,) = asked(made, "own")
    assert (found.value, found.reason) == (None, Reason.UNKNOWN)
    assert found.detail == (
        "own of orders: an amount or not? Rows in CNY (2) and USD (1) are added up when [tables.orders] says "
        "money = { own = false }, else never: filter one, or give a rate in tables.toml"
    )
    assert asked(made, "own", "2026-02")[0].value == 1.5
    assert any("orders: own: amounts or not?" in one.message for one in made.book().data.check())
    (found,) = asked(with_own(tmp_path / "b", (1.5, 0.5, 0.25), money={"own": False}), "own")
    assert (found.value, found.notes) == (0.75, ())
    (found,) = asked(with_own(tmp_path / "c", (1.5, 0.5, 0.25), money={"own": True}), "own")
    assert (found.value, found.detail) == (None, REFUSED)


def test_an_own_column_of_whole_numbers_is_added_and_says_so(tmp_path: Path) -> None:
    """2 + 3 pieces, or yen: added, with a note and a line to write; nothing else carries it."""
    made = with_own(tmp_path / "a", (1, 2, 3))
    (found,) = asked(made, "own")
    assert found.value == 5 and any("own is added up over rows in several currencies" in one for one in found.notes)
    assert not asked(made, "paid_orders")[0].notes
    assert [one.code for one in made.book().data.check() if "own is added up" in one.message] == ["own-numbers"]
    assert not asked(with_own(tmp_path / "b", (1, 2, 3), money={"own": False}), "own")[0].notes
    rated = with_own(tmp_path / "c", (1, 2, 3)).says(rates={"path": "rates.csv"})
    (rated.root / "rates.csv").write_text("currency,day,rate\nUSD,2026-03-01,7\n", encoding="utf-8")
    (found,) = asked(rated, "own")
    assert found.value == 5 and any("own is added up" in one for one in found.notes)


def test_an_own_column_is_asked_about_where_a_table_has_no_other_amount(tmp_path: Path) -> None:
    """Events have no amounts of ours: an own fee of 0.5 dollars and 0.25 yuan is no 0.75 of anything."""
    rows: list[Row] = [
        {"event_id": f"e{n}", "ts": "2026-03-02 10:00", "user_id": "u", "event": "tip", "fee": fee, "currency": code}
        for n, (fee, code) in enumerate(((0.5, "USD"), (0.25, "CNY")))
    ]
    own = OWN.replace('"orders"', '"events"').replace('"own"\ntime = "created_at"', '"fee"\ntime = "ts"')
    made = Shop(tmp_path / "ws").has("events", rows, columns={"fee": "fee"}, complete_until=LAST)
    (found,) = asked(made.says(as_of=LAST).defines("metrics/own.toml", own), "own")
    assert (found.value, found.reason) == (None, Reason.UNKNOWN)


RATES = "currency,day,rate\nUSD,2026-01-01,7\nUSD,2026-02-01,7\nUSD,2026-03-01,7\n"


@pytest.mark.parametrize(("bought", "value"), [(("USD", "USD", "CNY"), 70 * 7 + 50), (("USD", "CNY", "CNY"), None)])
def test_lines_of_an_order_in_one_currency_are_counted_by_rates_after_they_are_grouped(
    tmp_path: Path, bought: tuple[str, ...], value: float | None
) -> None:
    """30 and 40 dollars of one order at 7 each and 50 yuan of another: 540. Dollars and yuan in one order: unknown."""
    lines = [
        {**orders((order, "ann", "2026-03-02 10:00", amount))[0], "currency": money}
        for order, amount, money in zip(("o1", "o1", "o2"), (30.0, 40.0, 50.0), bought, strict=True)
    ]
    columns = {name: f"sum({name})" if name in AMOUNTS else f"min({name})" for name in lines[0] if name != "currency"}
    shop = Shop(tmp_path / "ws").has("orders", lines, complete_until=LAST, group_by=["order_id"])
    shop.says_of("orders", columns=columns | {"order_id": "order_id"})
    shop.says(as_of=LAST, currency="CNY", rates={"path": "rates.csv", "within": 31}).defines("rates.csv", RATES)
    (found,) = asked(shop, "paid_amount")
    assert found.value == value
    told = [issue for issue in shop.book(draft=False).data.check() if issue.code == "mixed-groups"]
    assert bool(told) is (value is None)


def lines_of_a_shop(root: Path, name: str, **mapping: Any) -> Prepared:
    """An export that says the currency, the total and what was given back on the first line of an order alone."""
    (root / "export.csv").write_text(
        "order,currency,back,sku,pieces,price,at\n"
        "A,USD,3,P,1,10,2026-03-01\nA,,,Q,2,10,2026-03-01\nB,EUR,0,P,1,5,2026-03-02\nB,,,Q,1,5,2026-03-02\n",
        encoding="utf-8",
    )
    source = TableSource(name, ("export.csv",), **mapping)
    return prepare(source, shipped_library().schemas[name], data=root, roots=(), timezone="UTC")


def test_refunds_are_in_the_currencies_of_the_rows_that_their_filter_keeps(tmp_path: Path) -> None:
    """Of a dollar and a euro order the dollar one gave 3 back: refunds in one currency, added up."""
    columns = {"refund_id": '"order"', "order_id": '"order"', "amount": "max(back)", "refunded_at": 'min("at")'}
    made = lines_of_a_shop(tmp_path, "refunds", columns=columns, where="back > 0", group_by=('"order"',))
    assert made.profile.currencies == {"currency": {"USD": 1}}
    assert made.frame.select("order_id", "amount").collect().rows() == [("A", 3.0)]


def test_further_lines_of_an_order_are_in_its_currency(tmp_path: Path) -> None:
    columns = {"order_id": '"order"', "sku_id": "sku", "qty": "pieces", "unit_price": "price"}
    made = lines_of_a_shop(tmp_path, "order_items", columns=columns)
    found = made.frame.select("order_id", "sku_id", "kpi_currency").collect().rows()
    assert found == [("A", "P", "USD"), ("A", "Q", "USD"), ("B", "P", "EUR"), ("B", "Q", "EUR")]
