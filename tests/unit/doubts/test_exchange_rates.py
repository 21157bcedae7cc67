"""Amounts of other currencies are counted in the workspace's by the rate of their day; without one they are unknown.

Worked by hand from the rates below: a dollar is 7.00 from 1 March, 7.10 from 3 March and 7.20 from 20 March; a euro is
8.00 from 1 March. A rate holds for seven days.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

LAST = "2026-03-31"
RATES = "currency,day,rate\nUSD,2026-03-01,7.00\nusd,2026-03-03,7.10\nUSD,2026-03-20,7.20\nEUR,2026-03-01,8\n"
BOUGHT = orders(
    ("o1", "ann", "2026-03-02 10:00", 100.0),  # USD: 100 × 7.00, the rate of the day before
    ("o2", "bob", "2026-03-10 23:59", 10.0),  # USD: 10 × 7.10, the seventh day after the third
    ("o3", "ann", "2026-03-11 00:00", 1000.0),  # USD: the eighth day after: nobody knows
    ("o4", "cid", "2026-03-20 10:00", 5.0),  # USD: 5 × 7.20
    ("o5", "cid", "2026-03-21 10:00", 70.0),  # CNY
)
CODES = ("USD", "USD", "USD", "USD", "CNY")
KNOWN = 700 + 71 + 36 + 70  # 877

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


def shop(root: Path, rates: str = RATES, codes: tuple[str, ...] = CODES, **said: Any) -> Shop:
    rows: list[Row] = [{**row, "币种": code} for row, code in zip(BOUGHT, codes, strict=True)]
    made = Shop(root / "ws").has("orders", rows, complete_until=LAST)
    (root / "ws" / "rates.csv").write_text(rates, encoding="utf-8")
    return made.says(as_of=LAST, currency="CNY", rates={"path": "rates.csv", **said})


def asked(made: Shop, metric: str, **question: Any) -> list[Value]:
    return made.book().numbers.values([metric], Period.parse("2026-03"), **question)


def test_each_amount_is_counted_by_the_rate_of_its_day_or_the_last_before_it(tmp_path: Path) -> None:
    """700 + 71 + 36 + 70; of the order of the 11th, eight days after the last rate, nobody knows the amount."""
    (value,) = asked(shop(tmp_path), "paid_amount")
    assert value.value == pytest.approx(KNOWN)
    assert any("1 of 5 rows has no amount" in note for note in value.notes), value.notes
    assert any("no rate of its day (2026-03-11) nor of the 7 days before" in note for note in value.notes)


def test_that_a_rate_lacks_is_said_where_such_a_row_is_met(tmp_path: Path) -> None:
    """In March one order has no rate; the 70 of April are yuan, and how many orders there were asks for no rate."""
    made = shop(tmp_path)
    rows: list[Row] = [{**row, "币种": code} for row, code in zip(BOUGHT, CODES, strict=True)]
    rows += [{**orders(("o6", "ann", "2026-04-02 10:00", 70.0))[0], "币种": "CNY"}]
    made.has("orders", rows, complete_until="2026-04-30").says(as_of="2026-04-30")
    asked_of = {"paid_orders": "2026-03", "paid_amount": "2026-04"}
    found = {name: made.value(name, period) for name, period in asked_of.items()}
    assert [value.value for value in found.values()] == [5, 70]
    assert not [note for value in found.values() for note in value.notes if "rate" in note]
    assert any("no rate of its day" in note for note in made.value("aov", "2026-03").notes)
    assert any("no rate of its day" in one.message for one in made.book().data.check())


def test_a_fact_that_adds_amounts_up_says_it_at_every_value(tmp_path: Path) -> None:
    """What Ann pays in all is 700 and an order that no row of hers shows: 700 + 71 + 36 + 70 in sum."""
    own = """
    [facts.own]
    name = "Own"
    about = "own"
    time = "created_at"
    key = ["user_id"]
    sql = '''select user_id, max(created_at) as created_at, max(created_at_day) as created_at_day,
             sum(paid_amount) as total from orders group by user_id'''
    """
    metric = OWN.replace('"orders"', '"own"').replace('"own"\ntime', '"total"\ntime')
    made = shop(tmp_path).defines("facts.toml", own).defines("metrics/own.toml", metric)
    (value,) = asked(made, "own")
    assert value.value == pytest.approx(KNOWN)
    assert any("no rate of its day" in note for note in value.notes), value.notes


def test_a_rate_that_holds_longer_reaches_further(tmp_path: Path) -> None:
    """With 8 days the order of the 11th is 1,000 × 7.10; nothing is in doubt then."""
    (value,) = asked(shop(tmp_path, within=8), "paid_amount")
    assert value.value == pytest.approx(KNOWN + 7100)
    assert not [note for note in value.notes if "rate" in note or "amount" in note]


def test_a_currency_without_any_rate_is_unknown_and_never_1(tmp_path: Path) -> None:
    (value,) = asked(shop(tmp_path, codes=("GBP",) * 5), "paid_amount")
    assert (value.value, value.reason) == (None, Reason.UNKNOWN)


def test_counts_are_not_touched_and_ratios_take_known_amounts_alone(tmp_path: Path) -> None:
    """Five orders; 877 of the four that are known are 219.25 an order."""
    made = shop(tmp_path)
    assert asked(made, "paid_orders")[0].value == 5
    assert asked(made, "aov")[0].value == pytest.approx(KNOWN / 4)


def test_explain_says_by_which_rates_and_whose(tmp_path: Path) -> None:
    found = shop(tmp_path).book().numbers.explain("paid_amount", Period.parse("2026-03"))
    assert found.rates == (
        "orders: 3 rows in USD are counted in CNY: 7 … 7.2 each (rates of 2026-03-01 … 2026-03-20, rates.csv)",
    )


def test_sources_of_two_currencies_have_a_sum_and_lines_the_day_of_their_order(tmp_path: Path) -> None:
    """West in euros: 10 × 8 on the 2nd; east in yuan: 70. The line of the order in euros: 2 × 5 × 8 = 80."""
    made = Shop(tmp_path / "ws")
    made.has_source("orders", "west", orders(("w1", "u", "2026-03-02 10:00", 10.0)), currency="EUR")
    made.has_source("orders", "east", orders(("e1", "v", "2026-03-05 10:00", 70.0)), currency="CNY")
    made.has("order_items", [{"order_id": "w1", "sku_id": "s", "qty": 2, "unit_price": 5}], currency="EUR")
    made.says_of("orders", complete_until=LAST).says(as_of=LAST, currency="CNY", rates={"path": "rates.csv"})
    (made.root / "rates.csv").write_text(RATES, encoding="utf-8")
    found = {value.segment: value.value for value in asked(made, "paid_amount", by="source")}
    assert found == {None: 150, "west": 80, "east": 70}
    explained = made.book().numbers.explain("gross_margin", Period.parse("2026-03"))
    assert any(said.startswith("order_items: 1 row in EUR is counted in CNY: 8 … 8 each") for said in explained.rates)


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (RATES + "USD,2026-03-03,7.2\n", "rates.csv: two rates of USD on 2026-03-03: which one counts?"),
        (RATES + "GBP,2026-03-03,0\n", "rates.csv: the rate of GBP on 2026-03-03 is 0.0: it must be above 0"),
        ("code,day,rate\nUSD,2026-03-01,7\n", "rates.csv: no column currency: say which it is in [rates.columns]"),
        (RATES + "GBP,2026-03-03,nine\n", "rates.csv: row 6 cannot be read ("),
    ],
)
def test_a_file_of_rates_that_cannot_be_is_one_sentence(rates: str, said: str, tmp_path: Path) -> None:
    made = shop(tmp_path, rates)
    (value,) = asked(made, "paid_amount")
    assert value.value is None
    messages = [issue.message for issue in made.book().data.check()]
    assert any(said in message for message in messages), messages


def test_a_mended_file_of_rates_counts_at_once_and_check_names_unknown_keys(tmp_path: Path) -> None:
    made = shop(tmp_path, within=8)
    assert asked(made, "paid_amount")[0].value == pytest.approx(KNOWN + 7100)
    (made.root / "rates.csv").write_text(RATES.replace("7.10", "7.50"), encoding="utf-8")
    assert asked(made, "paid_amount")[0].value == pytest.approx(700 + 75 + 7500 + 36 + 70)
    made.says(rates={"path": "rates.csv", "withn": 3})
    assert any("withn" in issue.message for issue in made.book().data.check())


def test_a_row_without_a_currency_is_unknown_beside_several_and_never_ours(tmp_path: Path) -> None:
    """700 + 71 + 36, and 70 that might be dollars as well: unknown, told; a gap in a file of dollars is a dollar."""
    (value,) = asked(shop(tmp_path / "several", codes=("USD", "USD", "EUR", "USD", "")), "paid_amount")
    assert value.value == pytest.approx(700 + 71 + 36)  # nor is there a rate for euros on the 11th
    assert any("1 row says no currency where others are in several" in note for note in value.notes), value.notes
    (value,) = asked(shop(tmp_path / "one", codes=("USD", "", "USD", "USD", "USD")), "paid_amount")
    assert value.value == pytest.approx(700 + 71 + 36 + 70 * 7.2)


def test_what_is_no_money_is_not_multiplied(tmp_path: Path) -> None:
    """Hours are no dollars: 70 CNY for 10 hours and 10 USD × 7.00 for 10 hours are 140 ÷ 20 = 7 an hour."""
    spent = [
        {
            "day": "2026-03-02",
            "channel_id": name,
            "pricing_model": "cpt",
            "spend": spend,
            "display_hours": 10,
            "币种": code,
        }
        for name, spend, code in (("a", 70, "CNY"), ("b", 10, "USD"))
    ]
    made = shop(tmp_path).has("channel_daily", spent, complete_until=LAST)
    assert asked(made, "cpt")[0].value == pytest.approx(7)


def test_refunds_that_say_no_currency_are_in_that_of_their_order(tmp_path: Path) -> None:
    """Of o4, 5 USD, 2 are given back on the 21st: 2 × 7.20 = 14.4; of o5 20 CNY: 877 - 14.4 - 20 = 842.6."""
    given = [
        {"refund_id": f"r{order}", "order_id": order, "refunded_at": "2026-03-21 10:00", "amount": amount}
        for order, amount in (("o4", 2.0), ("o5", 20.0))
    ]
    made = shop(tmp_path).has("refunds", given, complete_until=LAST)
    assert asked(made, "net_sales_revenue")[0].value == pytest.approx(KNOWN - 14.4 - 20)
    messages = [issue.message for issue in made.book().data.check()]
    assert any("amounts of refunds are taken to be in the currency of their order" in one for one in messages), messages
    made.has("refunds", given, complete_until=LAST, currency="CNY")
    assert asked(made, "net_sales_revenue")[0].value == pytest.approx(KNOWN - 22)


def test_an_own_column_with_fractions_is_unknown_abroad_until_it_is_said_to_be_an_amount(tmp_path: Path) -> None:
    """Half a kilogram each, five orders: 2.5 kg; as a fee 0.5 × (7.00 + 7.10 + 7.20 + 1) = 11.15, the 11th unknown."""
    rows: list[Row] = [{**row, "币种": code, "own": 0.5} for row, code in zip(BOUGHT, CODES, strict=True)]
    made = shop(tmp_path).has("orders", rows, columns={"own": "own"}, complete_until=LAST)
    made.defines("metrics/own.toml", OWN)
    (value,) = asked(made, "own")
    assert value.value == pytest.approx(0.5) and any("4 of 5 rows have no amount" in note for note in value.notes)
    assert any("orders: own: amounts or not?" in issue.message for issue in made.book().data.check())
    for money, right in ((False, 2.5), (True, 11.15)):
        made.has("orders", rows, columns={"own": "own"}, complete_until=LAST, money={"own": money})
        assert asked(made, "own")[0].value == pytest.approx(right)
