"""A column that one file or source of a table has and another lacks: what is asked of it is told, and no silent 0."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

JUNE = Period.parse("2026-06")
DONE = "2026-06-30"
TOLD = (
    "{name} has no column {columns}; its rows are in no part and under no condition of it: map what says the same there"
)
WEST = f"orders.sources.west: {TOLD.format(name='west', columns='domain, channel_id')}"
LACKS = "no file supplies {column} of orders.sources.west"


def sold(first: str, **columns: Any) -> list[Row]:
    """An order of 10 a day in June; a column that is None is not there."""
    made = orders(*[(f"{first}{day}", "ann", f"2026-06-{day:02d} 10:00", 10.0) for day in range(1, 31)])
    return [{name: cell for name, cell in (row | columns).items() if cell is not None} for row in made]


@pytest.fixture
def both(shop: Shop) -> Shop:
    """East says domain and channel, West neither."""
    shop.says(as_of=DONE).has_source("orders", "east", sold("e", domain="private", channel_id="web"))
    return shop.has_source("orders", "west", sold("w", domain=None))


def asked(shop: Shop, metric: str, **question: Any) -> dict[str | None, Value]:
    return {one.segment: one for one in shop.book().numbers.values([metric], JUNE, **question)}


@pytest.mark.parametrize(
    ("where", "value"),
    [("channel_id = 'web'", 300), ("channel_id <> 'web'", 0), ("channel_id is null", 300)],
)
def test_a_condition_on_a_column_that_a_source_lacks_is_told(where: str, value: float, both: Shop) -> None:
    """300 of East by web; of West nobody knows by what."""
    found = asked(both, "paid_amount", where=where)[None]
    assert (found.value, WEST in found.notes) == (value, True)


def test_of_the_source_itself_there_is_no_number(both: Shop) -> None:
    said = LACKS.format(column="channel_id")
    for question in (
        {"where": "source = 'west' and channel_id <> 'web'"},
        {"where": "source = 'west'", "by": "channel_id"},
        {"where": "channel_id = 'web'", "by": "source"},
    ):
        found = asked(both, "paid_amount", **question)
        lost = found.get("west") or found.get("(none)") or found[None]
        assert (lost.value, lost.reason, lost.detail) == (None, Reason.NO_COLUMN, said), question
    assert (found["east"].value, found["east"].notes) == (300, ())


def test_a_measure_that_asks_for_the_column_is_told_and_has_no_number_of_the_source(both: Shop) -> None:
    """Private sales: 300 of East; West does not say of what domain its orders are."""
    found = asked(both, "private_domain_sales", by="source")
    assert {name: one.value for name, one in found.items()} == {None: 300, "east": 300, "west": None}
    assert (found["west"].reason, found["west"].detail) == (Reason.NO_COLUMN, LACKS.format(column="domain"))
    assert (WEST in found[None].notes, found["east"].notes) == (True, ())


def test_what_asks_for_no_such_column_says_nothing(both: Shop) -> None:
    found = asked(both, "paid_amount", by="source")
    assert {name: (one.value, one.notes) for name, one in found.items()} == {
        None: (600, ()), "east": (300, ()), "west": (300, ()),
    }  # fmt: skip


def test_a_file_of_a_table_that_lacks_the_column_is_told_too(shop: Shop) -> None:
    """May's file says the channel, called `way` there; June's does not."""
    may = [row | {"way": "web", "created_at": "2026-05-31 10:00", "paid_at": "2026-05-31 10:00"} for row in sold("m")]
    for name, rows in (("orders-1.csv", may), ("orders-2.csv", sold("j"))):
        with (shop.root / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    shop.says(as_of=DONE).maps("orders", {"path": "orders-*.csv", "columns": {"channel_id": "upper(way)"}})
    said = f"orders: {TOLD.format(name='orders-2.csv', columns='way')}"
    found = asked(shop, "paid_amount", where="channel_id = 'WEB'")[None]
    assert (found.value, said in found.notes) == (0, True)
    assert asked(shop, "paid_amount")[None].notes == ()
