"""Break-downs: parts that do not add up say so, and a column of another table is named in the heading."""

from __future__ import annotations

import csv
import io

import pytest

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking
from kpi_tui.views.library.values import values
from tests.workspaces import Shop, orders, users

JANUARY = Period.parse("2026-01")
OWN = """
[measures.middle]
table = "orders"
agg = "median"
column = "paid_amount"
time = "paid_at"
[metrics.middle_order]
name = "Middle order"
category = "revenue"
kind = "absolute"
formula = "middle"
unit = "currency"
better = "higher"
grain = "month"
rollup = "recompute"
"""
SEVERAL = "user_id: some are counted in several segments; the parts add up to 3"


def bought(shop: Shop, *rows: tuple[str, str, str, float, str]) -> Shop:
    """Orders with a scene each, and who bought; every table is complete to the end of January."""
    sold = [row | {"scene": scene} for *one, scene in rows for row in orders(tuple(one))]  # type: ignore[arg-type]
    return shop.has("orders", sold, complete_until="2026-01-31").says(as_of="2026-01-31")


def asked(shop: Shop, metric: str, by: str = "scene") -> list[Value]:
    return shop.book().numbers.values([metric], JANUARY, by=by)


TWICE = (
    ("o1", "ann", "2026-01-01 10:00:00", 100, "live"),
    ("o2", "ann", "2026-01-06 10:00:00", 50, "group"),
    ("o3", "bob", "2026-01-07 10:00:00", 30, "live"),
)
"""Ann buys in two scenes: live has 2 buyers, group 1, together 2."""


def test_buyers_of_two_scenes_are_said_to_be_counted_in_both(shop: Shop) -> None:
    whole, *parts = asked(bought(shop, *TWICE), "active_trading_users")
    assert (whole.value, {part.segment: part.value for part in parts}) == (2, {"live": 2, "group": 1})
    assert [str(note) for note in whole.notes] == [SEVERAL]
    assert not any(part.notes for part in parts)


def test_buyers_of_one_scene_each_add_up_and_nothing_is_said(shop: Shop) -> None:
    whole, *parts = asked(bought(shop, TWICE[0], TWICE[2], ("o4", "cat", *TWICE[1][2:])), "active_trading_users")
    assert (whole.value, [part.value for part in parts], whole.notes) == (3, [1, 2], ())


@pytest.mark.parametrize("metric", ["paid_amount", "aov"])
def test_sums_add_up_and_shares_are_no_sums(shop: Shop, metric: str) -> None:
    """180 = 130 + 50; 60 a piece of 65 and 50: nobody adds these."""
    whole, *parts = asked(bought(shop, *TWICE), metric)
    told = {"paid_amount": (180, [50, 130]), "aov": (60, [50, 65])}[metric]
    assert (whole.value, [part.value for part in parts], whole.notes) == (*told, ())


def test_a_median_of_all_rows_is_no_sum_of_medians(shop: Shop) -> None:
    """30, 50 and 100: the middle is 50; of live (30, 100) it is 65, of group 50."""
    whole, *parts = asked(bought(shop, *TWICE).defines("metrics/own.toml", OWN), "middle_order")
    assert (whole.value, [part.value for part in parts]) == (50, [50, 65])
    assert [str(note) for note in whole.notes] == [
        "computed from all rows; the parts add up to 115, which means nothing"
    ]


def test_the_note_is_told_in_every_form_and_in_chinese(shop: Shop) -> None:
    book = bought(shop, *TWICE).book()
    found = book.numbers.values(["active_trading_users"], JANUARY, by="scene")
    view = values(found, book.workspace, "scene")
    assert f"⚠ {SEVERAL}" in render(view, "table")
    assert SEVERAL in render(view, "json")
    assert next(csv.DictReader(io.StringIO(render(view, "csv"))))["doubts"] == f"⚠ {SEVERAL}"
    with speaking("zh"):
        assert "user_id：有的计入了多个分段，各部分相加为 3" in render(view, "table")


@pytest.mark.parametrize(
    ("own", "column", "heading", "parts"),
    [
        (None, "users.channel_id", "Users · Channel", {"shop": 150, "(none)": 30}),  # the order's is in no file
        ("ad", "channel_id", "  Channel ", {"ad": 180}),  # it is: nothing is looked for elsewhere
    ],
)
def test_the_heading_names_the_table_a_column_was_found_in(
    shop: Shop, own: str | None, column: str, heading: str, parts: dict[str, float]
) -> None:
    sold = [row | ({"channel_id": own} if own else {}) for row in orders(*(one[:4] for one in TWICE))]
    shop.has("users", [row | {"channel_id": "shop"} for row in users(("ann", "2026-01-01 09:00:00"))])
    book = shop.has("orders", sold, complete_until="2026-01-31").says(as_of="2026-01-31").book()
    found = book.numbers.values(["paid_amount"], JANUARY, by="channel_id")
    assert {value.segment: value.value for value in found if value.segment} == parts
    assert {value.segment_of or "channel_id" for value in found if value.segment} == {column}
    view = values(found, book.workspace, "channel_id")
    assert heading in render(view, "table").splitlines()[0]
    assert render(view, "csv").splitlines()[0].split(",")[3] == "segment"
