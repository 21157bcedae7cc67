"""Orders by month as a mapping makes them: a sum is a number only where something of it is known."""

from __future__ import annotations

from datetime import date

import polars as pl

from kpi_tui.tables.propose.money_months import money_months

DAYS = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 2), None]


def rows(*amounts: float | None) -> pl.LazyFrame:
    """An order of September, two of October and one of October that is not paid."""
    made = [day or date(2026, 11, 3) for day in DAYS]
    frame = {"order_id": ["a", "b", "c", "d"], "created_at_day": made, "paid_at_day": DAYS, "paid_amount": amounts}
    return pl.DataFrame(frame, schema_overrides={"paid_amount": pl.Float64}).lazy()


def test_r002_a_sum_of_unknown_amounts_is_no_number_and_that_of_no_orders_is_0() -> None:
    november, october, september = money_months(rows(None, 5.0, None, 1.0), None, None, {})
    assert (september.paid, september.amount, september.unknown) == (1, None, 1)
    assert (october.paid, october.amount, october.unknown) == (2, 5.0, 1)
    assert (november.paid, november.amount, november.waiting) == (0, 0.0, 1)


def test_r002_what_was_given_back_of_unknown_amount_is_no_number() -> None:
    refunds = pl.DataFrame({"order_id": ["a", "b"], "amount": [None, 2.0]}).lazy()
    _, october, september = money_months(rows(3.0, 5.0, 6.0, 1.0), refunds, None, {})
    assert (september.back, september.back_amount) == (1, None)
    assert (october.back, october.back_amount) == (1, 2.0)
