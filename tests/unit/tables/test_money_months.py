"""Orders by month as a mapping makes them: a sum is a number only where something of it is known."""

from __future__ import annotations

from datetime import date

import polars as pl

from kpi_tui.tables.propose.money_months import money_months
from kpi_tui.text.phrase import translate
from kpi_tui.views.start.money import in_words

YUAN = {"": "CNY"}
DAYS = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 2), None]


def rows(*amounts: float | None) -> pl.LazyFrame:
    """An order of September, two of October and one of October that is not paid."""
    made = [day or date(2026, 11, 3) for day in DAYS]
    frame = {"order_id": ["a", "b", "c", "d"], "created_at_day": made, "paid_at_day": DAYS, "paid_amount": amounts}
    return pl.DataFrame(frame, schema_overrides={"paid_amount": pl.Float64}).lazy()


def test_r002_a_sum_of_unknown_amounts_is_no_number_and_that_of_no_orders_is_0() -> None:
    november, october, september = money_months(rows(None, 5.0, None, 1.0), None, None, YUAN)
    assert (september.paid, september.amount, september.unknown) == (1, None, 1)
    assert (october.paid, october.amount, october.unknown) == (2, 5.0, 1)
    assert (november.paid, november.amount, november.waiting) == (0, 0.0, 1)


def test_r002_what_was_given_back_of_unknown_amount_is_no_number() -> None:
    refunds = pl.DataFrame({"order_id": ["a", "b"], "amount": [None, 2.0]}).lazy()
    _, october, september = money_months(rows(3.0, 5.0, 6.0, 1.0), refunds, None, YUAN)
    assert (september.back, september.back_amount) == (1, None)
    assert (october.back, october.back_amount) == (1, 2.0)


def in_currencies(*codes: str | None) -> pl.LazyFrame:
    """The same orders of 3, 5, 6 and 1, in these currencies."""
    return rows(3.0, 5.0, 6.0, 1.0).with_columns(kpi_currency=pl.Series(codes, dtype=pl.String))


def test_amounts_of_several_currencies_have_a_line_each_in_the_code_of_their_rows() -> None:
    """October: 5 USD and 6 EUR, never 11 of the workspace's CNY."""
    months = money_months(in_currencies("USD", "USD", "EUR", "USD"), None, None, YUAN)
    assert [(one.month, one.currency, one.paid, one.amount) for one in months] == [
        ("2026-11", "USD", 0, 0.0),
        ("2026-10", "EUR", 1, 6.0),
        ("2026-10", "USD", 1, 5.0),
        ("2026-09", "USD", 1, 3.0),
    ]


def test_an_order_that_says_no_currency_has_that_of_the_others_and_no_amount_beside_several() -> None:
    alone = money_months(in_currencies("USD", None, "USD", "USD"), None, None, YUAN)
    assert [(one.currency, one.amount) for one in alone if one.month == "2026-10"] == [("USD", 11.0)]
    beside = money_months(in_currencies("USD", None, "EUR", "USD"), None, None, YUAN)
    of_october = {one.currency: (one.paid, one.amount, one.unknown) for one in beside if one.month == "2026-10"}
    assert of_october == {"EUR": (1, 6.0, 0), "": (1, None, 1)}
    said = [str(translate(in_words(one))) for one in beside if not one.currency]
    assert said == ["2026-10: 1 order paid, amount —: it says no currency where others are in several"]


def test_what_was_given_back_in_another_currency_is_not_counted_in_that_of_the_order() -> None:
    refunds = pl.DataFrame({"order_id": ["b", "c"], "amount": [2.0, 2.0], "kpi_currency": ["EUR", "EUR"]}).lazy()
    months = money_months(in_currencies("USD", "USD", "EUR", "USD"), refunds, None, YUAN)
    assert {one.currency: one.back_amount for one in months if one.month == "2026-10"} == {"EUR": 2.0, "USD": None}


def test_orders_without_a_day_have_a_line_of_their_own_with_their_amount() -> None:
    """Two were never paid and have no time, 40 and 30: left out, 70; a row of the sum is no order. October stands."""
    kept = rows(3.0, 5.0, 6.0, 1.0)
    dayless = {"order_id": ["x", "y", "合计"], "created_at_day": [None] * 3, "paid_at_day": [None] * 3}
    amounts = {"paid_amount": [0.0] * 3, "order_amount": [40.0, 30.0, 70.0]}
    types = {"created_at_day": pl.Date, "paid_at_day": pl.Date}
    gone = pl.DataFrame({**dayless, **amounts}, schema_overrides=types).lazy()
    everything = pl.concat([kept.with_columns(order_amount="paid_amount"), gone], how="diagonal")
    *months, last = money_months(kept, None, everything, YUAN)
    assert [(one.month, one.left_out) for one in months] == [("2026-11", 0), ("2026-10", 0), ("2026-09", 0)]
    assert (last.month, last.paid, last.left_out, last.left_out_amount) == ("", 0, 2, 70.0)
    assert str(translate(in_words(last))) == "without a day: 2 orders left out, 70.00 CNY"
