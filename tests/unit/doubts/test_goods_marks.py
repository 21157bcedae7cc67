"""What is doubtful about lines of orders stands at the lists and rules made of them (R156, R157; docs/data.md)."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.text.phrase import translate
from kpi_tui.views.goods.rules import rules
from kpi_tui.views.goods.top import top
from kpi_tui.views.page.one_sheet import one_sheet
from kpi_tui.views.page.page import page, page_data
from tests.workspaces import Row, Shop, orders

MAY, END = Period.parse("2026-05"), "2026-05-31"
BASKETS = ("tea cup", "tea cup", "tea", "pot", "pot odd")
"""Sold for 10 each: tea costs 4, a cup 1, of a pot nobody knows; what is odd belongs to no product."""
COSTS = {"tea": 4, "cup": 1, "pot": None, "odd": 2}


def shop_of(shop: Shop, **orders_row: Any) -> Book:
    paid: list[Row] = orders(*((f"o{n}", "ann", f"2026-05-0{n + 1} 10:00:00", 10.0) for n in range(len(BASKETS))))
    lines = [
        {"order_id": f"o{n}", "sku_id": sku, "qty": 1, "unit_price": 10, "unit_cost": COSTS.get(sku)}
        for n, basket in enumerate(BASKETS)
        for sku in basket.split()
    ]
    goods = [
        {"sku_id": sku, "product_id": sku if sku != "odd" else None, "category_id": "all", "carried": "true"}
        for sku in COSTS
    ]
    paid[0] |= orders_row
    shop.has("orders", paid, complete_until=END).has("order_items", lines).has("products", goods)
    return shop.says(as_of=END).book()


LACKS = "sku_profit: 2 of 8 rows have no amount; product_profit is understated"
NO_PRODUCT = "basket_products: 1 row is left out: lines without a product"


def test_a_product_of_unknown_profit_is_listed_last_with_the_reason(shop: Shop) -> None:
    """Tea earns 3 × 6, cups 2 × 9; nobody knows what pots earn, nor what they would be first of."""
    book = shop_of(shop)
    found = book.goods.top("profit", MAY)
    assert [(row.place, row.product, row.value.value) for row in found.rows] == [
        (1, "cup", 18), (2, "tea", 18), (None, "pot", None),
    ]  # fmt: skip
    shown = render(top(found, book.workspace), "table", width=140)
    assert "pot" in shown and "— " in shown and "none of 2 rows of Items with their cost has an amount" in shown
    assert LACKS.replace("sku_profit", "profit of the product").split(";")[0] in shown
    assert shown.count("have no amount") == 1, "of all products, not of each"
    data = top(found, book.workspace).data
    assert data["rows"][-1] | {"place": None, "value": None, "reason": "unknown"} == data["rows"][-1]
    assert data["notes"] == [LACKS, NO_PRODUCT]


def test_more_unknown_ones_than_the_list_is_long_are_counted(shop: Shop) -> None:
    """Of units nothing is unknown: a place each. A list of one has tea alone, and says nothing of pots."""
    book = shop_of(shop)
    assert [(row.place, row.product) for row in book.goods.top("units", MAY, 1).rows] == [(1, "tea")]
    only = book.goods.top("profit", MAY, 1)
    assert [row.product for row in only.rows] == ["cup", "pot"] and only.unknown == 0


@pytest.mark.parametrize("spoilt", [{"created_at": "soon"}, {"paid_at": "2026-05-99 10:00:00"}])
def test_rows_left_out_stand_at_rules_lists_and_their_sections(spoilt: Row, shop: Shop) -> None:
    """The first order could not be read: its tea and cup are in no basket."""
    book = shop_of(shop, **spoilt)
    found = book.goods.rules("product", 0, 0, MAY)
    assert {rule.baskets for rule in found.rows} == {4} and [dict(one.left_out) for one in found.rests_on] == [
        {"orders": 1}
    ]
    lines = "the order_id of 2 of 8 rows is not in"
    for view in (rules(found, book.workspace), top(book.goods.top("units", MAY), book.workspace)):
        shown = " ".join(render(view, "table", width=200).split())
        assert "1 row left out: Orders 1" in shown and (lines in shown or "4 of 5 ids" in shown)
        assert "1 row left out: orders 1" in render(view, "csv")
    (first, *_) = rules(found, book.workspace).data
    assert first["left_out"] == 1 and NO_PRODUCT in first["notes"]
    answer = book.pages.of("basket", MAY)
    told = {one["id"]: one["data"] for one in page_data(answer, book.workspace)["sections"]}
    assert [told[name]["left_out"] for name in ("hot", "profit", "pulls", "rules", "classes")] == [1] * 5
    view = page(answer, book.workspace)
    below = [one.key for one in view.sheets for note in one.notes if "left out: Orders" in translate(note.word)]
    assert below == ["rates", "hot"]  # below the first list of the page for all of them; of the rates for who asks
    lines = [translate(row.heading) for row in one_sheet(view).rows if row.kind == "heading"]
    assert sum("1 row left out: Orders 1" in line for line in lines) == 1


def test_lists_of_whole_data_have_no_mark(shop: Shop) -> None:
    book = shop_of(shop)
    first_days = Period.parse("2026-05-01/2026-05-03")
    found = book.goods.top("units", first_days)
    assert [row.value.notes for row in found.rows] == [(), ()]
    assert "⚠" not in render(rules(book.goods.rules("product", 0, 0, first_days), book.workspace), "table")
