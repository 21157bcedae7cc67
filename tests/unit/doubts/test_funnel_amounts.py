"""A step of a funnel asks for an amount that rows lack: whether their people took it is not known, and it is told."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users, views

ROWS: list[Row] = [
    *orders(("o1", "u1", "2026-10-02 10:00:00", 100.0), ("o2", "u2", "2026-10-03 10:00:00", 50.0)),
    *orders(("o3", "u3", "2026-10-04 10:00:00", None), ("o4", "u4", "2026-09-04 10:00:00", None)),  # type: ignore[arg-type]
    *[{**row, "paid_at": None} for row in orders(("o5", "u5", "2026-10-04 10:00:00", None))],  # type: ignore[arg-type]
]
"""Of October one paid order has no amount, and one was never paid: it takes no step whatever it is worth."""
LAST = "2026-10-31"
SAID = "funnel big, big: 1 row of orders lacks the amount that is asked for ({where}), and does not count"
INSIDE = "paid_amount is not null and user_id in (select user_id from orders where paid_amount > 60)"


def told(shop: Shop, where: str, period: str = "2026-10") -> tuple[list[float | None], list[str]]:
    """The people of every step, and what is said of it."""
    shop.has("events", views(*[(f"u{n}", "2026-10-01 10:00:00", "p") for n in range(1, 6)]), complete_until=LAST)
    shop.has("orders", ROWS, complete_until=LAST).says(as_of=LAST)
    shop.defines(
        "funnels.toml",
        f"""
[funnels.big]
name = "Big"
window_days = 20
steps = [
 {{ name = "view", table = "events", where = "event = 'page_view'", time = "ts" }},
 {{ name = "big", table = "orders", where = "{where}", time = "paid_at" }},
]
""",
    )
    book = shop.book()
    found = book.funnels.of("big", Period.parse(period)).steps
    return [step.of and step.of.value for step in found], [str(note) for note in (found[1].of or found[0].of).notes]  # type: ignore[union-attr]


@pytest.mark.parametrize("where", ["paid_amount > 60", "user_id <> 'u9' and paid_amount between 60 and 200"])
def test_rows_of_the_period_that_lack_the_amount_are_told(where: str, shop: Shop) -> None:
    """u1 alone is known to have spent more than 60; u3 may have."""
    people, said = told(shop, where)
    assert people == [5, 1] and said == [SAID.format(where=where)]


@pytest.mark.parametrize("where", ["paid_at is not null", "paid_amount > 60 and user_id <> 'u3'"])
def test_nothing_is_said_where_no_amount_decides(where: str, shop: Shop) -> None:
    assert told(shop, where)[1] == []


def test_amounts_that_a_sub_query_asks_for_are_told_as_at_measures(shop: Shop) -> None:
    people, said = told(shop, INSIDE)
    assert people == [5, 1] and any("that a sub-query of its condition asks for (paid_amount)" in one for one in said)


def test_amounts_that_rows_lack_are_told_at_the_people_whose_rows_they_are(shop: Shop) -> None:
    """u1, u2 and u4 came by tb; u3, whose order has no amount, and u5 by wx."""
    told(shop, "paid_amount > 60")
    came = users(*((f"u{n}", "2026-09-01 10:00:00") for n in range(1, 6)))
    channels = zip(came, ("tb", "tb", "wx", "tb", "wx"), strict=True)
    shop.has("users", [row | {"channel_id": one} for row, one in channels], complete_until=LAST)
    found = shop.book().funnels.by("big", Period.parse("2026-10"), "channel_id")
    said = SAID.format(where="paid_amount > 60")
    people = {name: [step.of.value for step in part.steps if step.of] for name, part in found.parts}
    noted = {name for name, part in found.parts if any(said in step.of.notes for step in part.steps if step.of)}
    assert (people, noted) == ({None: [5, 1], "tb": [3, 1], "wx": [2, 0]}, {None, "wx"})
