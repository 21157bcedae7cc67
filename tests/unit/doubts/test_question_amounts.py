"""What the condition of a question asks of amounts is told as if each measure asked it (R002, R172)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.unit.doubts.test_amounts_inside import shop as with_sub_query
from tests.workspaces import Row, Shop, orders, users

LAST = "2026-03-31"
AMOUNTS = (100.0, 260.0, 15.0, None)
OUT = "paid_order_count: 1 row lacks the amount that is asked for (paid_amount > 20), and does not count"


def bought(**columns: tuple[Any, ...]) -> list[Row]:
    """Four orders of March; the last one's amount is not known unless `paid_amount` says so."""
    rows = orders(*((f"o{n}", f"u{n}", f"2026-03-0{n} 10:00", amount or 0) for n, amount in enumerate(AMOUNTS, 1)))
    more = {"paid_amount": AMOUNTS, **columns}
    return [row | {name: cells[n] for name, cells in more.items()} for n, row in enumerate(rows)]


def asked(root: Path, rows: list[Row], where: str, metric: str = "paid_orders", **question: Any) -> list[Value]:
    shop = Shop(root / "ws").has("orders", rows, complete_until=LAST).says(as_of=LAST)
    came = users(*((f"u{n}", "2026-02-01 09:00") for n in (1, 2, 3, 4)))
    shop.has("users", [{**row, "side": "seller" if row["user_id"] == "u4" else "buyer"} for row in came])
    return shop.book().numbers.values([metric], Period.parse("2026-03"), where=where, **question)


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        ("paid_amount > 20", 2, True),
        ("orders.paid_amount > 20", 2, True),
        ("paid_amount > 20 and domain = 'public'", 2, True),
        ("paid_amount > 20 and user_id = 'u1'", 1, False),  # the unknown one is of u4: out, whatever its amount
        ("paid_amount > 20 and users.side = 'buyer'", 2, False),
        ("paid_amount > 20 or user_id = 'u4'", 3, False),
        ("coalesce(paid_amount, 0) > 20", 2, False),
        ("paid_amount is null or paid_amount > 20", 3, False),
        ("user_id > 'u1'", 3, False),
    ],
)
def test_rows_whose_amount_is_not_known_are_counted_where_a_question_asks_for_it(
    where: str, value: float, told: bool, tmp_path: Path
) -> None:
    """100 and 260 are above 20, 15 is not, and of one nobody knows."""
    (found,) = asked(tmp_path, bought(), where)
    assert (found.value, found.notes) == (value, (OUT,) if told else ())


def test_a_sum_says_so_too_and_a_total_without_the_condition_lacks_the_amount(tmp_path: Path) -> None:
    (found,) = asked(tmp_path, bought(), "paid_amount > 20", "paid_amount")
    assert (found.value, found.notes) == (360, (OUT.replace("order_count", "amount_sum"),))


def test_every_segment_is_told_of_its_own_rows_and_those_without_any_are_none(tmp_path: Path) -> None:
    """tb has 100, wx 260 and an unknown one, jd nothing above 20, dy nothing but an unknown one."""
    for cells, parts in (
        (("tb", "wx", "jd", "wx"), {None: 2, "tb": 1, "wx": 1}),
        (("tb", "wx", "jd", "dy"), {None: 2, "tb": 1, "wx": 1, "dy": 0}),
    ):
        rows = bought(channel_id=cells)
        found = asked(tmp_path / cells[-1], rows, "paid_amount > 20", by="channel_id")
        assert {one.segment: one.value for one in found} == parts
        assert {one.segment for one in found if one.notes == (OUT,)} == {None, cells[-1]}


def test_a_measure_beside_a_sub_query_says_what_a_question_cannot_ask(tmp_path: Path) -> None:
    """Ann paid 150, Bob 50 and what nobody knows; of both it is asked who paid more than 10."""
    made = with_sub_query(tmp_path, "user_id in (select user_id from orders where order_id in ('o1', 'o2'))")
    found = made.value("own", "2026-03", where="paid_amount > 10")
    said = "1 of 4 rows of orders lacks the amount that its condition asks for (paid_amount), on whatever day"
    assert found.value == 2 and any(said in note for note in found.notes), found.notes
    assert not made.value("own", "2026-03", where="domain = 'public'").notes


BACK = [("r1", "o1"), ("r2", "o2"), ("r3", "o3"), ("r4", "o4"), ("r5", "gone")]


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        ("orders.paid_amount > 20", 2, 2),  # of r4 and r5 nobody knows what was paid
        ("paid_amount > 20 and refund_id < 'r5'", 2, 1),
        ("orders.paid_amount > 20 and kind = 'x'", 2, 2),
        ("orders.paid_amount > 20 and refund_id = 'r4'", 0, 1),
        ("orders.paid_amount > 20 OR refund_id = 'r5'", 3, 1),
        ("coalesce(orders.paid_amount, 0) > 20", 2, 0),
        ("orders.paid_amount is null", 2, 0),
        ("orders.domain = 'public'", 4, 0),
    ],
)
def test_amounts_of_a_table_that_a_key_leads_to_are_told_alike(
    where: str, value: float, told: int, tmp_path: Path
) -> None:
    """Refunds of 1, 2, 3, 4 and 5: of orders of 100, 260, 15, an unknown amount, and of one in no file."""
    back = [
        {"refund_id": one, "order_id": of, "user_id": "u", "refunded_at": "2026-03-20 10:00", "amount": n, "kind": "x"}
        for n, (one, of) in enumerate(BACK, 1)
    ]
    shop = Shop(tmp_path / "ws").has("orders", bought(), complete_until=LAST).says(as_of=LAST)
    shop.has("refunds", back, complete_until=LAST).defines("metrics/own.toml", COUNTED)
    found = shop.value("own_back", "2026-03", where=where)
    said = [note for note in found.notes if "that is asked for" in note]
    rows = "2 rows lack" if told == 2 else "1 row lacks"
    whose = where.split(" and ")[0]
    count = "do not count" if told == 2 else "does not count"
    assert (found.value, said) == (
        value,
        [f"m_back: {rows} the amount that is asked for ({whose}), and {count}"][:told],
    )


COUNTED = """
[measures.m_back]
table = "refunds"
agg = "count"
[metrics.own_back]
name = "x"
category = "revenue"
kind = "absolute"
formula = "m_back"
unit = "count"
"""
MONEY = ("CNY", "USD", "CNY", "CNY")


@pytest.mark.parametrize("metric", ["paid_orders", "buyers"])
def test_amounts_of_several_currencies_are_not_held_against_one_number(metric: str, tmp_path: Path) -> None:
    """260 dollars and 100 yuan: above 20 of what?"""
    rows = bought(currency=MONEY, paid_amount=(100.0, 260.0, 15.0, 30.0))
    (found,) = asked(tmp_path / "a", rows, "paid_amount > 20", metric)
    assert (found.value, found.reason) == (None, Reason.UNKNOWN)
    assert "amounts of orders in CNY (3) and USD (1) are never held against one number" in (found.detail or "")
    for n, (where, value) in enumerate({"paid_amount > 0": 4, "paid_amount > 20 and user_id <> 'u2'": 2}.items()):
        (found,) = asked(tmp_path / f"b{n}", rows, where, metric)
        assert (found.value, found.reason) == (value, None)


def test_parts_of_one_currency_have_their_number_and_one_of_two_has_none(tmp_path: Path) -> None:
    """tb: 100 yuan; wx: 260 dollars; jd: 15 dollars and 15 yuan, both below 20, of what?; dy: 5 yuan, which is none."""
    rows = bought(paid_amount=(100.0, 260.0, 15.0, 15.0), currency=("CNY", "USD", "CNY", "USD"))
    rows += [{**rows[0], "order_id": "o5", "paid_amount": 5.0}]
    rows = [{**row, "channel_id": name} for row, name in zip(rows, ("tb", "wx", "jd", "jd", "dy"), strict=True)]
    found = asked(tmp_path, rows, "paid_amount > 20", by="channel_id")
    assert {one.segment: one.value for one in found} == {None: None, "tb": 1, "wx": 1, "jd": None}


OF_ORDERS = "amounts of orders in CNY (3) and USD (1) are never held against one number (orders.paid_amount > 20)"


def with_refunds(root: Path, orders_of: list[Row], **more: Any) -> Shop:
    """Refunds of 1, 2, 3, 4 of the four orders, and one of an order in no file."""
    back = [
        {"refund_id": one, "order_id": of, "user_id": "u", "refunded_at": "2026-03-20 10:00", "amount": n, "kind": kind}
        for n, ((one, of), kind) in enumerate(zip(BACK, "xyxxz", strict=True), 1)
    ]
    shop = Shop(root / "ws").has("orders", orders_of, complete_until=LAST, **more).says(as_of=LAST)
    return shop.has("refunds", back, complete_until=LAST).defines("metrics/own.toml", COUNTED)


def test_amounts_of_a_related_table_in_several_currencies_are_not_held_against_one_number(tmp_path: Path) -> None:
    """o1 100 yuan, o2 260 dollars, o3 15 and o4 30 yuan: above 20 of what?"""
    rows = bought(currency=MONEY, paid_amount=(100.0, 260.0, 15.0, 30.0))
    mapped = {"columns": {"currency": "currency"}}
    shop = with_refunds(tmp_path, rows, **mapped)
    found = shop.value("own_back", "2026-03", where="orders.paid_amount > 20")
    assert (found.value, found.reason) == (None, Reason.UNKNOWN)
    assert (found.detail or "").startswith(OF_ORDERS)
    for where, value in {
        "orders.paid_amount > 0": 4,
        "orders.paid_amount > 20 and orders.currency = 'CNY'": 2,
        "orders.paid_amount > 20 and kind = 'x'": 2,  # o1, o3, o4: yuan
        "orders.paid_amount > 20 and kind = 'y'": 1,  # o2: dollars
        "orders.currency = 'USD'": 1,
    }.items():
        found = shop.value("own_back", "2026-03", where=where)
        assert (found.value, found.reason) == (value, None), where


def test_parts_by_a_condition_on_amounts_of_a_related_table_are_of_one_currency_each(tmp_path: Path) -> None:
    """x: 100, 15, 30 yuan; y: 260 dollars; z: an order in no file, whose amount nobody knows."""
    rows = bought(currency=MONEY, paid_amount=(100.0, 260.0, 15.0, 30.0))
    book = with_refunds(tmp_path, rows).book()
    values = book.numbers.values(["own_back"], Period.parse("2026-03"), by="kind", where="orders.paid_amount > 20")
    assert {one.segment: (one.value, one.reason) for one in values} == {
        None: (None, Reason.UNKNOWN),
        "x": (2, None),
        "y": (1, None),
        "z": (0, None),
    }
