"""What a page makes of doubtful numbers is as doubtful: its break-downs, their formulas, what stands by the day."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_tui.definitions.answers.page import BreakdownFound, QuadrantsFound
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.views.funnel import funnel_view
from kpi_tui.views.page.page import page, page_data
from tests.workspaces import Shop, orders, views

JANUARY = Period.parse("2026-01")
PAGE = """
[pages.own]
name = "Own"
[[pages.own.sections]]
id = "each"
kind = "breakdown"
by = "domain"
columns = [
  { id = "sales", measure = "paid_amount_sum", unit = "currency" },
  { id = "buyers", measure = "buyer_count", unit = "count" },
  { id = "each", formula = "sales / buyers", unit = "currency" },
  { id = "twice", formula = "each * 2", unit = "currency" },
]
[[pages.own.sections]]
id = "usual"
kind = "baseline"
metrics = ["paid_amount"]
[[pages.own.sections]]
id = "values"
kind = "metrics"
metrics = ["paid_orders"]
[[pages.own.sections]]
id = "fields"
kind = "quadrants"
by = "domain"
x = "paid_amount"
y = "paid_orders"
"""
SOLD = orders(
    ("o1", "ann", "2026-01-01 10:00:00", 100),
    ("o2", "bob", "2026-01-02 10:00:00", 200),
    ("o3", "ann", "2026-01-03 10:00:00", 60),
)
SOLD[2] |= {"paid_amount": None, "domain": "private"}
SOLD[1] |= {"domain": "private"}
LACKS = "paid_amount_sum: 1 of 2 rows has no amount; paid_amount_sum is understated"


def opened(shop: Shop, *more: dict[str, Any]) -> Any:
    shop.has("orders", [*SOLD, *more], complete_until="2026-01-31").says(as_of="2026-01-31")
    return shop.defines("pages/own.toml", PAGE).book()


def test_a_formula_column_carries_the_notes_of_its_parts(shop: Shop) -> None:
    """Public: 100 of one buyer, all known. Private: 200 of Bob and Ann, who paid what nobody knows: 100 each."""
    book = opened(shop)
    answer = book.pages.of("own", JANUARY)
    found = answer.sections[0].found
    assert isinstance(found, BreakdownFound)
    rows = {row.segment: row.cells for row in found.rows}
    assert (rows["public"]["each"].value, rows["public"]["each"].notes) == (100, ())
    assert (rows["private"]["each"].value, rows["private"]["each"].notes) == (100, (LACKS,))
    assert (rows["private"]["twice"].value, rows["private"]["twice"].notes) == (200, (LACKS,))
    data = {row["domain"]: row for row in page_data(answer, book.workspace)["sections"][0]["data"]}
    assert (data["private"]["notes"], data["public"]["notes"]) == ([LACKS], [])
    shown = render(page(answer, book.workspace), "table", width=120)
    assert LACKS.replace("paid_amount_sum", "amount really paid") in " ".join(shown.split())


def test_rows_left_out_stand_at_every_number_of_a_page(shop: Shop) -> None:
    """An order of no readable time is left out: of the sums, of what is made of them, of the quadrants."""
    answer = opened(shop, {**SOLD[0], "order_id": "o9", "created_at": "soon"}).pages.of("own", JANUARY)
    cuts, *_, fields = (section.found for section in answer.sections)
    assert isinstance(cuts, BreakdownFound) and isinstance(fields, QuadrantsFound)
    assert {dict(row.cells["each"].left_out)["orders"] for row in cuts.rows} == {1}
    book = shop.book()
    data = page_data(answer, book.workspace)["sections"]
    assert {row["left_out"] for row in data[0]["data"]} == {1}
    assert data[3]["data"]["left_out"] == 1
    lines = render(page(book.pages.of("own", JANUARY), book.workspace), "csv").splitlines()
    numbers = [
        line for line in lines if line.startswith(("total,", "public,", "private,", "paid_amount,", ",paid_", "Paid"))
    ]
    assert len(numbers) == 7 and all("1 row left out: orders 1" in line for line in numbers)


def test_a_month_that_is_not_over_is_marked_in_a_formula_too(shop: Shop) -> None:
    shop.has("orders", SOLD).says(as_of="2026-01-15")
    found = shop.defines("pages/own.toml", PAGE).book().pages.of("own", JANUARY).sections[0].found
    assert isinstance(found, BreakdownFound)
    assert [row.cells["each"].partial for row in found.rows] == [True, True, True]


QUOTIENTS = """
[pages.own]
name = "Own"
[[pages.own.sections]]
id = "each"
kind = "breakdown"
by = "domain"
columns = [
  { id = "sales", measure = "paid_amount_sum", unit = "currency" },
  { id = "paid", metric = "paid_orders" },
  { id = "each", formula = "sales / paid", unit = "currency" },
  { id = "tenth", formula = "each / 10", unit = "currency" },
  { id = "all_paid", measure = "paid_order_count", whole = true },
  { id = "of_all", formula = "sales / all_paid", unit = "currency" },
]
"""


def test_a_formula_column_leaves_rows_of_unknown_amount_out_on_both_sides(shop: Shop) -> None:
    """Private: 200 and what nobody knows, in two orders: 200 an order, as `aov` says, never 100. Public: 100 of one.

    Of all: 300 of the two that are known is 150. A column of the whole is of other rows, and only marked: 200 ÷ 3.
    """
    shop.has("orders", SOLD, complete_until="2026-01-31").says(as_of="2026-01-31")
    book = shop.defines("pages/own.toml", QUOTIENTS).book()
    found = book.pages.of("own", JANUARY).sections[0].found
    assert isinstance(found, BreakdownFound)
    rows = {row.segment: row.cells for row in found.rows}
    aov = {value.segment: value.value for value in book.numbers.values(["aov"], JANUARY, by="domain")}
    each = {name: cells["each"].value for name, cells in rows.items()}
    assert each == aov == {None: 150, "public": 100, "private": 200}
    assert {name: cells["tenth"].value for name, cells in rows.items()} == {None: 15, "public": 10, "private": 20}
    assert rows["private"]["each"].notes == (
        "paid_amount_sum: 1 of 2 rows has no amount; left out on both sides of paid_amount_sum / paid_order_count",
    )
    assert rows["public"]["each"].notes == ()
    assert rows["private"]["of_all"].value == pytest.approx(200 / 3)
    assert any("paid_amount_sum: 1 of 2 rows has no amount" in note for note in rows["private"]["of_all"].notes)


FUNNEL = """
[funnels.mine]
name = "Mine"
window_days = 2
steps = [
  { name = "see", table = "events", where = "event = 'page_view'" },
  { name = "look", table = "events", where = "event in ('page_view', 'search')" },
]
[funnels.other]
name = "Other"
window_days = 2
steps = [
  { name = "see", table = "events", where = "event = 'page_view'" },
  { name = "seek", table = "events", where = "event = 'search'" },
]
"""
SHARED = "funnel mine: 2 rows of events are both 'see' and 'look': one row takes two steps"


def seen(shop: Shop) -> Any:
    """Two people see a page; one of them searches a minute later."""
    rows = views(("u1", "2026-01-01 10:00:00", "home"), ("u2", "2026-01-02 10:00:00", "home"))
    rows.append({**rows[0], "event_id": "s1", "event": "search", "ts": "2026-01-01 10:01:00"})
    shop.has("events", rows, complete_until="2026-01-31").says(as_of="2026-01-31")
    return shop.defines("funnels.toml", FUNNEL).book()


def test_a_funnel_of_which_a_row_takes_two_steps_says_so(shop: Shop) -> None:
    """Both who saw a page are counted as having looked as well: 2 of 2. Of the other funnel one of two sought."""
    book = seen(shop)
    mine, other = (book.funnels.of(name, JANUARY) for name in ("mine", "other"))
    assert [step.people for step in mine.steps] == [2, 2]
    assert [step.people for step in other.steps] == [2, 1]
    data = funnel_view(mine, book.workspace).data
    assert isinstance(data, dict) and [step["notes"] for step in data["steps"]] == [[SHARED], [SHARED]]
    shown = SHARED.replace("events", "Events")
    assert shown in " ".join(render(funnel_view(mine, book.workspace), "table", width=120).split())
    assert SHARED not in render(funnel_view(other, book.workspace), "json")


def test_the_values_of_such_a_funnel_carry_the_note(shop: Shop) -> None:
    book = seen(shop)
    by_step = book.numbers.values(["step_converted_users"], JANUARY, by="step")[1:]
    assert {value.segment: value.notes for value in by_step} == {
        "mine 1. see": (SHARED,),
        "mine 2. look": (SHARED,),
        "other 1. see": (),
        "other 2. seek": (),
    }
    (named,) = book.numbers.values(["step_converted_users"], JANUARY, where="funnel = 'other'")
    assert SHARED not in named.notes
    told = book.numbers.explain("step_converted_users", JANUARY, where="step = 'mine 2. look'").value
    assert (told.value, told.notes) == (2, (SHARED,))


def test_steps_of_a_running_month_are_marked(shop: Shop) -> None:
    seen(shop)
    shop.says_of("events", complete_until="2026-01-02").says(as_of="2026-01-02")
    book = shop.book()
    view = funnel_view(book.funnels.of("other", JANUARY), book.workspace)
    assert isinstance(view.data, dict) and [step["partial"] for step in view.data["steps"]] == [True, True]
    assert "periods that are not over" in render(view, "table", width=120)
