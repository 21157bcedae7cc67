"""Rows of one source that could not be read are told where they would count, and nowhere else."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

MAY, JUNE = Period.parse("2026-05"), Period.parse("2026-06")
DONE = "2026-06-30"
LOST = "all 31 rows of orders.sources.west in this period were rejected: paid_amount: no number"


def month(source: str, which: str, days: int, *, broken: bool = False) -> list[Row]:
    """An order of 10 a day, whose amount cannot be read where it is broken."""
    made = orders(*[(f"{source}{which}{n}", "ann", f"{which}-{n:02d} 10:00", 10.0) for n in range(1, days + 1)])
    return [row | {"paid_amount": "x"} if broken else row for row in made]


@pytest.fixture
def shop(shop: Shop) -> Shop:
    both = [*month("e", "2026-05", 31), *month("e", "2026-06", 30)]
    return shop.says(as_of=DONE).has_source("orders", "east", both, complete_until=DONE)


def parts(shop: Shop, period: Period) -> dict[str | None, Value]:
    return {one.segment: one for one in shop.book().numbers.values(["paid_amount"], period, by="source")}


@pytest.mark.parametrize("until", [{}, {"complete_until": DONE}])
def test_a_month_of_a_source_that_was_all_rejected_is_unknown(until: dict[str, str], shop: Shop) -> None:
    """West's May cannot be read: nobody knows what it sold, however whole somebody says its days are."""
    west = [*month("w", "2026-04", 30), *month("w", "2026-05", 31, broken=True), *month("w", "2026-06", 30)]
    shop.has_source("orders", "west", west, **until)
    found = parts(shop, MAY)
    asked = shop.value("paid_amount", "2026-05", where="source = 'west'")
    for lost in (found["west"], asked):
        assert (lost.value, lost.reason, lost.detail) == (None, Reason.UNKNOWN, LOST)
    if until:  # of the whole its other rows are known, with the mark
        assert (found[None].value, found[None].left_out, found[None].notes) == (310, {"orders": 31}, (LOST,))
    else:
        assert (found[None].value, found[None].reason, found[None].detail) == (None, Reason.UNKNOWN, LOST)
    assert (found["east"].value, found["east"].left_out, found["east"].notes) == (310, {}, ())


def test_rows_left_out_of_one_source_are_no_matter_of_the_other(shop: Shop) -> None:
    """One order of West cannot be read: 300 of East's 30 orders, 290 of West's."""
    west = [*month("w", "2026-05", 31), *month("w", "2026-06", 29), *month("w", "2026-06", 1, broken=True)]
    west[-1] |= {"order_id": "w30", "created_at": "2026-06-30 10:00", "paid_at": "2026-06-30 10:00"}
    shop.has_source("orders", "west", west, complete_until=DONE)
    found = parts(shop, JUNE)
    assert {name: (one.value, one.left_out) for name, one in found.items()} == {
        None: (590, {"orders": 1}), "east": (300, {}), "west": (290, {"orders": 1}),
    }  # fmt: skip
    only = shop.value("paid_amount", "2026-06", where="source = 'east'")
    assert (only.value, only.left_out) == (300, {})


def test_what_is_doubtful_about_one_source_is_no_matter_of_the_other(shop: Shop) -> None:
    """Two rows of one order number in West, with other amounts: both count, in West and in the whole."""
    west = [*month("w", "2026-05", 31), *month("w", "2026-06", 30)]
    west.append(west[-1] | {"paid_amount": 5})
    found = parts(shop.has_source("orders", "west", west, complete_until=DONE), JUNE)
    assert {name: (one.value, len(one.notes)) for name, one in found.items()} == {
        None: (605, 1), "east": (300, 0), "west": (305, 1),
    }  # fmt: skip
