"""The rows behind a number: exactly those that were counted, whatever the measure, window or condition (R172)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.rows.counted_rows import CountedRows, RowsWish
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.engine.row_pages import asked_columns
from kpi_tui.text.phrase import translate
from kpi_tui.views.counted_rows import counted_rows
from tests.workspaces import Shop, orders, users

JANUARY = Period.parse("2026-01")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Four orders of January, one of them never paid, one of another channel; one of February."""
    sold = orders(
        ("o1", "ann", "2026-01-03 10:00:00", 30.0),
        ("o2", "bob", "2026-01-05 11:00:00", 20.0),
        ("o3", "ann", "2026-01-31 23:59:59", 50.5),
        ("o4", "eve", "2026-01-09 08:00:00", 70.0),
        ("o5", "bob", "2026-02-01 00:00:00", 99.0),
    )
    sold[3]["paid_at"] = None
    sold[1]["domain"] = "private"
    own = Shop(tmp_path / "shop").has("orders", sold, complete_until="2026-02-28")
    return own.has("users", users(("ann", "2025-12-01 00:00:00"), ("bob", "2026-01-02 00:00:00")))


def cells(found: CountedRows, column: str) -> list[object]:
    place = [one.name for one in found.columns].index(column)
    return [row[place] for row in found.rows]


def test_a_sum_has_its_rows_by_time_with_the_columns_of_their_table(shop: Shop) -> None:
    found = shop.book().rows.of("paid_amount", JANUARY)
    assert cells(found, "order_id") == ["o1", "o2", "o3"]  # o4 was never paid, o5 is of February
    assert cells(found, "paid_amount") == [30.0, 20.0, 50.5]
    assert cells(found, "paid_at")[-1] == datetime(2026, 1, 31, 23, 59, 59)
    assert (found.total, found.measure.number.value, found.without) == (3, 100.5, 0)
    assert [one.name for one in found.columns if one.counted] == ["paid_amount"]
    assert not {"kpi_currency", "paid_at_day"} & {one.name for one in found.columns}


def test_a_condition_of_the_question_reaches_the_rows(shop: Shop) -> None:
    found = shop.book().rows.of("paid_amount", JANUARY, where="domain = 'private'")
    assert (cells(found, "order_id"), found.measure.number.value) == (["o2"], 20.0)
    of_users = shop.book().rows.of("paid_amount", JANUARY, where="users.registered_at < '2026-01-01'")
    assert cells(of_users, "order_id") == ["o1", "o3"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("paid_amount > 25", ["o1", "o3"]),
        ("domain is not null and user_id = ' bob '", ["o2"]),
        ("ANN", ["o1", "o3"]),  # stands in a cell, however it is written
        ("it's", []),
        ("2026-01-05", ["o2"]),
        ("o1 or o2", []),  # a text
    ],
)
def test_rows_are_kept_by_a_text_or_a_condition(shop: Shop, typed: str, kept: list[str]) -> None:
    found = shop.book().rows.of("paid_amount", JANUARY, wish=RowsWish(only=typed))
    assert cells(found, "order_id") == kept
    assert found.total == len(kept)
    assert found.measure.number.value == 100.5  # the number stays that of all its rows


@pytest.mark.parametrize(
    "typed", ["paid_amount >", "nobody = 1", "1 = (select max(x) from users)", "max(paid_amount) > 1"]
)
def test_a_condition_that_may_not_run_is_refused(shop: Shop, typed: str) -> None:
    with pytest.raises(UsageError):
        shop.book().rows.of("paid_amount", JANUARY, wish=RowsWish(only=typed))


def test_rows_come_page_by_page_in_the_order_asked_for(shop: Shop) -> None:
    rows = shop.book().rows
    first = rows.of("paid_amount", JANUARY, wish=RowsWish("paid_amount", descending=True, most=2))
    then = rows.of("paid_amount", JANUARY, wish=RowsWish("paid_amount", descending=True, first=2, most=2))
    assert cells(first, "order_id") + cells(then, "order_id") == ["o3", "o1", "o2"]
    assert (first.total, then.total) == (3, 3)
    by_user = rows.of("paid_amount", JANUARY, wish=RowsWish("user_id"))
    assert cells(by_user, "order_id") == ["o1", "o3", "o2"]
    with pytest.raises(UsageError, match="did you mean paid_amount"):
        rows.of("paid_amount", JANUARY, wish=RowsWish("paid_amout"))


def test_from_behind_the_last_row_on_there_is_none(shop: Shop) -> None:
    space, wish = shop.book().workspace, RowsWish(first=9, most=2)
    shown = counted_rows(shop.book().rows.of("paid_amount", JANUARY, wish=wish), space)
    assert "3 rows · none from row 10 on" in [translate(one.word) for one in shown.sentences]


def test_a_metric_of_two_measures_has_the_rows_of_either(shop: Shop) -> None:
    book = shop.book()
    found = book.rows.of("aov", JANUARY)
    assert [one.id for one in found.measures] == ["paid_amount_sum", "paid_order_count"]
    assert book.rows.of("aov", JANUARY, "paid_order_count").measure.number.value == 3
    with pytest.raises(UsageError, match="paid_amount_sum, paid_order_count"):
        book.rows.of("aov", JANUARY, "dau_count")


def test_rows_without_a_value_do_not_count_and_it_is_said(tmp_path: Path) -> None:
    sold = orders(("o1", "ann", "2026-01-03 10:00:00", 30.0), ("o2", "", "2026-01-04 10:00:00", 5.0))
    shop = Shop(tmp_path / "shop").has("orders", sold, complete_until="2026-01-31")
    found = shop.book().rows.of("buyers", JANUARY)
    assert (cells(found, "order_id"), found.total, found.without) == (["o1"], 1, 1)


def test_columns_offered_for_a_drill_are_those_of_all_rows_behind_the_metric(shop: Shop) -> None:
    book = shop.book()
    asked = ("domain", "users.acquisition_type", "pricing_model", "nothing")
    assert book.numbers.cut_by("aov", asked) == ("domain", "users.acquisition_type")
    for column in book.segments.columns("order_payment_rate"):
        book.segments.of("order_payment_rate", JANUARY, by=column)  # none of them is refused


def test_what_cannot_be_read_has_no_rows_and_its_reason(shop: Shop) -> None:
    found = shop.book().rows.of("refund_rate", JANUARY)
    assert (found.rows, found.total) == ((), 0)
    assert found.measure.number.reason == "no_table"


def test_more_rows_than_one_answer_holds_are_a_sentence(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows behind a number of years would be laid out in memory, kilobytes each."""
    monkeypatch.setattr(asked_columns, "MOST_AT_ONCE", 2)
    rows = shop.book().rows
    with pytest.raises(UsageError, match=r"^more rows than one answer has: 3 \(2 at most\); keep fewer by a filter"):
        rows.of("paid_amount", JANUARY, wish=RowsWish(most=None))
    assert rows.of("paid_amount", JANUARY, wish=RowsWish(most=None, only="ann")).total == 2
    assert rows.of("paid_amount", JANUARY, wish=RowsWish(most=1)).total == 3


def test_rows_that_were_refused_are_no_more_than_one_answer_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_columns, "MOST_AT_ONCE", 2)
    sold = orders(*((f"o{n}", "ann", "no day", 1.0) for n in range(3)), ("o9", "ann", "2026-01-03 10:00:00", 1.0))
    rows = Shop(tmp_path / "shop").has("orders", sold).book().rows
    with pytest.raises(UsageError, match="more rows than one answer has: 3"):
        rows.refused("orders", wish=RowsWish(most=None))
    assert len(rows.refused("orders", wish=RowsWish(most=2)).rows) == 2


def test_the_joins_of_a_condition_are_counted_before_its_rows_are_read(shop: Shop) -> None:
    """Behind a number that was refused there are no rows either: 5 orders by 2 users, by 5 orders."""
    where = "user_id in (select a.user_id from orders a cross join users u cross join orders b)"
    shop.says(settings={"most_joined_rows": 10}).defines("metrics/own.toml", MEASURE.format(where=where))
    found = shop.book().rows.of("m_own", JANUARY)
    assert (found.rows, found.measure.number.value) == ((), None)
    assert "makes too many rows, about 50 (setting most_joined_rows: 10)" in found.measure.number.detail


MEASURE = """[measures.m_own]
table = "orders"
agg = "sum"
column = "paid_amount"
time = "paid_at"
about = "own"
where = "{where}"
"""
