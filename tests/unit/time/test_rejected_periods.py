"""A period whose rows were all rejected is not known: neither 0, nor a period without data."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

JANUARY = orders(("o1", "ann", "2026-01-01 10:00:00", 100), ("o2", "bob", "2026-01-20 10:00:00", 200))
FEBRUARY = orders(*((f"f{day}", "ann", f"2026-02-{day:02d} 10:00:00", 60) for day in range(1, 15)))
MARCH = orders(("m1", "ann", "2026-03-02 10:00:00", 10), ("m2", "bob", "2026-03-20 10:00:00", 20))


def spoilt(column: str, cell: str) -> list[Row]:
    """February with a cell nobody can read in every row."""
    return [{**row, column: cell} for row in FEBRUARY]


def asked(shop: Shop, metric: str, period: str, **question: Any) -> tuple[float | None, Reason | None, str, int]:
    value = shop.value(metric, period, **question)
    return value.value, value.reason, value.detail, sum(value.left_out.values())


@pytest.mark.parametrize("metric", ["paid_amount", "paid_orders", "buyers", "aov"])
@pytest.mark.parametrize("more", [MARCH, []])
def test_a_month_of_rejected_rows_is_unknown_with_their_reason(metric: str, more: list[Row], shop: Shop) -> None:
    """14 orders of February say "sixty": February was no month without sales, whether March follows or not."""
    shop.has("orders", JANUARY + spoilt("paid_amount", "sixty") + more)
    why = "all 14 rows of orders in this period were rejected: paid_amount: no number"
    assert asked(shop, metric, "2026-02") == (None, Reason.UNKNOWN, why, 14)
    assert asked(shop, metric, "2026-02") == (None, Reason.UNKNOWN, why, 14)  # of a later start, from the cache
    why = "the only row of orders in this period was rejected: paid_amount: no number"
    assert asked(shop, "paid_amount", "2026-02-05") == (None, Reason.UNKNOWN, why, 14)


def test_what_could_be_read_of_a_month_stands_marked(shop: Shop) -> None:
    """One order of 60 could be read of 14: 60, and 13 left out; a week of rejected ones alone has no number."""
    rows = [*spoilt("paid_amount", "sixty")[1:], FEBRUARY[0]]
    shop.has("orders", JANUARY + rows + MARCH)
    assert asked(shop, "paid_amount", "2026-02") == (60, None, "", 13)
    assert asked(shop, "paid_amount", "2026-W06")[:2] == (None, Reason.UNKNOWN)
    assert asked(shop, "paid_amount", "2026-03") == (30, None, "", 13)


def test_a_cell_of_another_column_and_a_grouped_table_are_dated_too(shop: Shop) -> None:
    """The lines of an order are grouped; no amount of February's can be read."""
    shop.has(
        "orders",
        JANUARY + spoilt("paid_amount", "sixty") + MARCH,
        group_by=["order_id"],
        columns={name: f"any_value({name})" for name in JANUARY[0] if name not in ("order_id", "paid_amount")}
        | {"order_id": "order_id", "paid_amount": "sum(paid_amount)"},
    )
    why = "all 14 rows of orders in this period were rejected: paid_amount: no number"
    assert asked(shop, "paid_amount", "2026-02") == (None, Reason.UNKNOWN, why, 14)


def test_rows_of_unknown_day_may_lie_in_a_silent_month(shop: Shop) -> None:
    """February's times are of another form: between January and March there is no row, and 14 were rejected."""
    shop.has("orders", JANUARY + spoilt("created_at", "Feb. 26") + MARCH)
    why = "orders has no row in this period, and 14 rows without a readable time were rejected"
    assert asked(shop, "paid_amount", "2026-02") == (None, Reason.UNKNOWN, why, 14)
    assert asked(shop, "paid_amount", "2026-01")[0] == 300


def test_after_the_last_row_the_sentence_names_the_rejected_ones(shop: Shop) -> None:
    shop.has("orders", JANUARY + spoilt("created_at", "Feb. 26"))
    why = "the data of orders cover 2026-01-01 … 2026-01-20; 14 rows without a readable time were rejected"
    assert asked(shop, "paid_amount", "2026-02") == (None, Reason.NO_DATA, why, 14)


def test_a_silent_day_of_a_sparse_table_stays_zero(shop: Shop) -> None:
    """One row of unknown day makes no week-long rhythm doubtful: nobody bought on 8 January, marked as left out."""
    odd = {**JANUARY[0], "order_id": "odd", "created_at": "soon"}
    rows = orders(*((f"o{n}", "ann", f"2026-01-{n:02d} 10:00:00", 10) for n in (1, 7, 13, 19, 25, 31)))
    shop.has("orders", [*rows, odd])
    assert asked(shop, "paid_amount", "2026-01-08") == (0, None, "", 1)


def test_a_segment_of_the_month_is_not_known_either(shop: Shop) -> None:
    shop.has("orders", JANUARY + spoilt("paid_amount", "sixty") + MARCH)
    assert asked(shop, "paid_amount", "2026-02", where="domain = 'public'")[:2] == (None, Reason.UNKNOWN)
    (only,) = shop.book().numbers.values(["paid_amount"], Period.parse("2026-02"), by="domain")
    assert (only.segment, only.reason) == (None, Reason.UNKNOWN)


@pytest.mark.parametrize("metric", ["refund_amount", "net_sales_revenue", "refund_rate"])
def test_refunds_of_orders_that_were_all_rejected_are_unknown_too(metric: str, shop: Shop) -> None:
    """Refunds name their orders, which end in January as far as they could be read: the others are no days to come."""
    back = [{"refund_id": "r", "order_id": "f3", "refunded_at": "2026-02-09 10:00:00", "amount": 5}]
    shop.has("orders", JANUARY + spoilt("paid_amount", "sixty")).has("refunds", back, complete_until="2026-02-28")
    why = "all 14 rows of orders in this period were rejected: paid_amount: no number"
    assert asked(shop, metric, "2026-02") == (None, Reason.UNKNOWN, why, 14)
    assert asked(shop, metric, "2026-03")[1] is Reason.NO_DATA
