"""Rows that come late, rows of the future, cohorts and periods that are not complete (R002, R004)."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason, relative_change
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users, views

PAID = orders(
    ("o1", "ann", "2026-09-01 10:00:00", 100),
    ("o2", "bob", "2026-09-30 10:00:00", 50),
    ("o3", "ann", "2026-10-05 10:00:00", 10),
    ("o4", "bob", "2026-10-15 23:59:59", 20),
)
LATER = orders(("o5", "cat", "2026-10-16 00:00:00", 400), ("o6", "dan", "2026-11-20 10:00:00", 800))


@pytest.fixture
def halfway(shop: Shop) -> Shop:
    """Orders of September to November, looked at on 15 October."""
    return shop.says(as_of="2026-10-15").has("orders", PAID + LATER)


def test_a_row_that_arrives_late_changes_its_old_period(shop: Shop) -> None:
    book = shop.has("orders", PAID).book()
    before = book.numbers.values(["paid_amount"], Period.parse("2026-09"))[0].value
    book._engine.flush()
    shop.has("orders", [*PAID, *orders(("late", "eve", "2026-09-10 10:00:00", 7))])
    assert (before, shop.value("paid_amount", "2026-09").value) == (150, 157)


def test_rows_after_the_as_of_day_are_not_counted_in_the_running_period(halfway: Shop) -> None:
    for period in ("2026-10", "2026-Q4", "2026-W42"):
        value = halfway.value("paid_amount", period)
        assert (value.value, value.partial) == (20 if period == "2026-W42" else 30, True), period
    assert halfway.value("active_trading_users", "2026-10").value == 2


def test_a_period_wholly_after_the_as_of_day_has_no_number(halfway: Shop) -> None:
    value = halfway.value("paid_amount", "2026-11")
    assert (value.value, value.reason) == (None, Reason.NO_DATA)


def test_future_rows_change_no_number_of_a_period_that_is_over(halfway: Shop) -> None:
    metrics = ["paid_amount", "repurchase_rate_buyers", "churned_buyers", "aov", "first_order_users"]
    with_future = halfway.book().numbers.values(metrics, Period.parse("2026-09"))
    without = halfway.has("orders", PAID).book().numbers.values(metrics, Period.parse("2026-09"))
    assert [v.value for v in with_future] == [v.value for v in without]


def test_to_date_figures_of_the_running_period_end_at_the_as_of_day(halfway: Shop) -> None:
    assert halfway.value("repurchase_rate_buyers", "2026-10").value == 1.0  # ann and bob twice; cat is not known yet


def test_the_stages_of_the_running_month_are_those_of_the_as_of_day(shop: Shop) -> None:
    """A user last seen 29 days before 15 October is not silent yet, though he would be by the 31st."""
    ever = {"complete_until": "2026-12-31"}
    shop.has("users", users(("ann", "2026-09-01 08:00:00"), ("bob", "2026-09-01 08:00:00")), **ever)
    seen = (
        ("ann", "2026-09-16 10:00:00", "/"),
        ("bob", "2026-09-15 10:00:00", "/"),
        ("ann", "2026-10-20 10:00:00", "/"),
    )
    shop.has("events", views(*seen), **ever).has("orders", PAID[:1], **ever).says(as_of="2026-10-15")
    assert shop.value("silent_users", "2026-10").value == 1  # bob: 30 days; ann's 20 October lies ahead


def test_an_open_task_is_late_only_once_its_day_is_over(shop: Shop) -> None:
    tasks: list[Row] = [
        {"item_id": f"t{day}", "kind": "task", "owner_id": "s1", "due_on": f"2026-10-{day}", "done_on": None}
        for day in ("01", "10", "25")
    ]
    shop.says(as_of="2026-10-15").has("work_items", tasks)
    assert shop.value("late_items", "2026-10").value == 2
    assert shop.value("delay_days", "2026-10").value == 15 + 6  # to the end of 15 October


def test_without_an_as_of_day_the_last_day_with_data_counts(shop: Shop) -> None:
    book = shop.has("orders", PAID).book()
    assert book.as_of().isoformat() == "2026-10-15"
    assert book.numbers.values(["paid_amount"], Period.parse("2026-10"))[0].partial


def test_a_mis_dated_row_far_in_the_future_does_not_move_the_as_of_day(shop: Shop) -> None:
    """A typing error in a year makes no month of silence a 0; tables that lie wholly ahead are taken as they are."""
    wrong = orders(("typo", "eve", "2206-10-10 10:00:00", 9))
    book = shop.has("orders", [*PAID, *wrong]).book()
    assert book.as_of().isoformat() == "2026-10-15"
    later = book.numbers.values(["paid_amount"], Period.parse("2026-12"))[0]
    assert (later.value, later.reason) == (None, Reason.NO_DATA)
    assert any("after today" in note for note in book.data.profiles()["orders"].notes)
    zero = orders(("zero", "eve", "1970-01-01 00:00:00", 9))  # a row of long ago is no rhythm for the one to come
    assert shop.has("orders", [*PAID, *zero, *wrong]).book().as_of().isoformat() == "2026-10-15"
    ahead = orders(("o1", "ann", "2206-10-01 10:00:00", 1), ("o2", "ann", "2206-10-20 10:00:00", 1))
    assert shop.has("orders", ahead).book().as_of().isoformat() == "2206-10-20"


def test_what_began_before_any_row_of_its_table_counts_to_date(shop: Shop) -> None:
    """A member since 2024 whose account was registered in 2026 is a member in 2026."""
    members: list[Row] = [
        {**row, "member_since": since}
        for row, since in zip(
            users(("ann", "2026-09-01 08:00:00"), ("bob", "2026-09-02 08:00:00")),
            ("2024-05-01 08:00:00", "2026-09-03 08:00:00"),
            strict=True,
        )
    ]
    shop.has("users", members).has(
        "events", views(("ann", "2026-09-01 09:00:00", "/"), ("bob", "2026-09-30 9:00", "/"))
    )
    value = shop.has("orders", PAID).value("member_active_rate", "2026-09")
    assert (value.value, value.measures["member_count"]) == (1.0, 2)


def test_a_partial_period_is_marked_and_never_compared(halfway: Shop) -> None:
    book = halfway.book()
    before, now = book.numbers.values(["paid_amount"], Period.parse("2026-10"), last=2)
    assert (before.partial, now.partial) == (False, True)
    assert relative_change(before, now) is None
    growth = book.numbers.values(["paid_amount.growth"], Period.parse("2026-10"))[0]
    assert (growth.value, growth.reason) == (None, Reason.PENDING)


def test_a_first_period_that_the_data_cover_in_part_is_partial_too(shop: Shop) -> None:
    rows = orders(("o1", "ann", "2026-08-20 10:00:00", 5), ("o2", "ann", "2026-09-30 10:00:00", 5))
    august, september = shop.has("orders", rows).book().numbers.values(["paid_amount"], Period.parse("2026-09"), last=2)
    assert (august.partial, september.partial) == (True, False)


@pytest.mark.parametrize(
    ("metric", "day_before", "known_on"),
    [
        ("d1_retention", "2026-09-30", "2026-10-01"),
        ("d7_retention", "2026-10-06", "2026-10-07"),
        ("d30_retention", "2026-10-29", "2026-10-30"),
    ],
)
def test_a_cohort_is_pending_until_its_members_had_the_days(
    shop: Shop, metric: str, day_before: str, known_on: str
) -> None:
    """The cohort of 30 September: day n is known when n days have passed."""
    ever = {"complete_until": "2026-12-31"}
    seen = [("ann", f"2026-10-{day:02d} 10:00:00", "/") for day in (1, 7, 30)]
    shop.has("users", users(("ann", "2026-09-30 08:00:00")), **ever)
    shop.has("events", views(("ann", "2026-09-30 09:00:00", "/"), *seen), **ever).has("orders", PAID, **ever)
    early = shop.says(as_of=day_before).value(metric, "2026-09-30")
    assert (early.value, early.reason) == (None, Reason.PENDING)
    assert known_on in early.detail
    assert shop.says(as_of=known_on).value(metric, "2026-09-30").value == 1.0
