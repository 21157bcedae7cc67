"""Orders paid at a time that nobody says: told at the values they may belong to, once, where they matter."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

PAID = orders(*((f"o{day}", f"u{day % 5}", f"2026-01-{day:02d} 10:00:00", 100) for day in range(1, 32)))
NOBODY_BEFORE = "orders: history begins on 2026-01-01; whoever came before that counts as new"


def unpaid(day: int, amount: float = 100) -> Row:
    (row,) = orders((f"x{day}", "ann", f"2026-01-{day:02d} 12:00:00", amount))
    return row | {"paid_at": None}


def said(count: int, amount: str, days: str) -> str:
    rows, do = ("row", "has no paid_at, and does") if count == 1 else ("rows", "have no paid_at, and do")
    return f"orders: {count} {rows} of {amount} {do} not count (created_at {days})"


@pytest.mark.parametrize("metric", ["paid_amount", "paid_orders", "buyers", "aov", "new_buyer_amount"])
def test_it_stands_at_every_value_told_by_that_time_of_the_days_they_may_be_of(metric: str, shop: Shop) -> None:
    """Two orders of 100 of the 5th and 6th say no time of payment; those of the 9th and 10th were never paid."""
    shop.has("orders", [*PAID, unpaid(5), unpaid(6), unpaid(9, 0), unpaid(10, 0)])
    note = said(2, "200.00", "2026-01-05 … 2026-01-06")
    for period, told in (("2026-01", True), ("2026-W02", True), ("2026-W04", False)):
        notes = [one for one in shop.value(metric, period).notes if one != NOBODY_BEFORE]
        assert notes == ([note] if told else []), period
    assert shop.value("paid_amount", "2026-01").value == 3100


def test_a_number_told_by_another_time_asks_for_none(shop: Shop) -> None:
    """GMV is of all orders as placed: 31 of 100 and one of 100."""
    value = shop.has("orders", [*PAID, unpaid(5)]).value("gmv", "2026-01")
    assert (value.value, value.notes) == (3200, ())


def test_what_hardly_moves_a_period_is_left_to_check(shop: Shop) -> None:
    """One order of 20 beside 3,100 is less than a hundredth of January, and a thirty-sixth of its week."""
    shop.has("orders", [*PAID, unpaid(6, 20), unpaid(9, 0)])
    assert shop.value("paid_amount", "2026-01").notes == ()
    assert shop.value("paid_amount", "2026-W02").notes == (said(1, "20.00", "2026-01-06 … 2026-01-06"),)
    assert [one for one in shop.book().data.check() if "without a time of payment" in one.message]


def test_an_export_that_writes_what_is_to_be_paid_marks_nothing(shop: Shop) -> None:
    """Every order that was not paid has its amount, and they are a fifth of all: nobody forgot their times."""
    shop.has("orders", [*PAID, *map(unpaid, range(2, 10))])
    assert shop.value("paid_amount", "2026-01").notes == ()


def test_a_mean_over_days_says_it_once(shop: Shop) -> None:
    shop.defines(
        "metrics/own.toml",
        '[metrics.daily_paid]\nname = "Daily sales"\nunit = "currency"\ngrain = "day"\nrollup = "mean"\n'
        'formula = "paid_amount_sum"\ncategory = "revenue"\nkind = "absolute"\nbetter = "higher"\n',
    )
    shop.has("orders", [*PAID, unpaid(5), unpaid(6), unpaid(9, 0)])
    (value,) = shop.book().numbers.values(["daily_paid"], Period.parse("2026-01"))
    assert value.notes == (said(2, "200.00", "2026-01-05 … 2026-01-06"),)


def question(**lacking: str) -> str:
    asked = ", ".join(f'{key} = "{name}"' for key, name in lacking.items())
    return (
        '[doubts.amounts_without_payment]\ntable = "orders"\nwhere = "paid_at is null and paid_amount > 0"\n'
        f'example = "order_id"\nwithout_time = {{ {asked} }}\nabout = "unpaid"\nwrite = "nothing"\n'
    )


@pytest.mark.parametrize(
    ("lacking", "message", "hint"),
    [
        (
            {"time": "paid_at", "instead": "creatd_at", "amount": "paid_amount"},
            "unknown time 'creatd_at'",
            "created_at",
        ),
        ({"time": "order_id", "instead": "created_at", "amount": "paid_amount"}, "unknown time 'order_id'", ""),
        (
            {"time": "paid_at", "instead": "created_at", "amount": "paid_amout"},
            "unknown column 'paid_amout'",
            "paid_amount",
        ),
    ],
)
def test_a_column_that_the_table_has_not_is_refused_with_its_line(
    lacking: dict[str, str], message: str, hint: str, shop: Shop
) -> None:
    """The values of the table ended in words of the engine."""
    shop.has("orders", PAID).defines("doubts.toml", question(**lacking))
    (issue,) = (one for one in shop.book().issues if one.severity == "error")
    assert issue.file == "doubts.toml" and issue.line > 0
    assert message in issue.message and hint in issue.hint
    assert shop.value("paid_amount", "2026-01").value == 3100


def test_other_columns_are_other_numbers_also_where_something_is_kept(shop: Shop) -> None:
    """An order of 100 of which 60 were paid: what was kept of one column is not told of another."""
    rows = [row | {"order_amount": 100} for row in [*PAID, unpaid(5, 60), unpaid(9, 0)]]
    shop.has("orders", rows)
    for amount, told in (("paid_amount", "60.00"), ("order_amount", "100.00")):
        shop.defines("doubts.toml", question(time="paid_at", instead="created_at", amount=amount))
        notes = [str(note) for note in shop.value("paid_amount", "2026-01").notes]
        assert any(f"of {told} ha" in note for note in notes), notes
