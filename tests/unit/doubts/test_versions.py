"""What `check` tells of versions of a product stands at the values that rest on the columns in which they differ."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

DONE = "2026-03-31"
SKUS: list[Row] = [
    {"sku_id": "A", "product_id": "P", "category_id": "tea", "list_price": 10, "unit_cost": 4},
    {"sku_id": "A", "product_id": "P", "category_id": "tea", "list_price": 10, "unit_cost": 6},
    {"sku_id": "B", "product_id": "Q", "category_id": "pot", "list_price": 20, "unit_cost": 5},
]
SAID = "products: 1 row repeats sku_id with another unit_cost (sku_id A): the latest row counts; "


def sold(shop: Shop, skus: list[Row], metric: str, **question: str) -> list[Value]:
    """2 of A at 10 and 1 of B at 20."""
    lines = [{"order_id": "o1", "sku_id": "A", "qty": 2, "unit_price": 10}]
    lines += [{"order_id": "o1", "sku_id": "B", "qty": 1, "unit_price": 20}]
    shop.has("orders", orders(("o1", "ann", "2026-03-01 10:00", 40.0)), complete_until=DONE).says(as_of=DONE)
    book = shop.has("order_items", lines).has("products", skus).book()
    return book.numbers.values([metric], Period.parse("2026-03"), **question)  # type: ignore[arg-type]


def test_a_number_that_rests_on_the_cost_says_that_a_sku_has_two(shop: Shop) -> None:
    """40 sold, 2 × 6 + 5 = 17 of cost: the latest row of A says 6."""
    (found,) = sold(shop, SKUS, "gross_profit")
    assert (found.value, [note[: len(SAID)] for note in found.notes]) == (23, [SAID])
    assert sold(shop, [SKUS[1], SKUS[2]], "gross_profit")[0].notes == ()


def test_a_number_of_other_columns_says_nothing_of_it(shop: Shop) -> None:
    assert sold(shop, SKUS, "items_sold")[0].notes == ()
    assert sold(shop, SKUS, "items_sold", by="category_id")[1].notes == ()


def test_a_cut_by_the_column_in_which_they_differ_says_it(shop: Shop) -> None:
    skus = [SKUS[0], {**SKUS[1], "unit_cost": 4, "category_id": "pot"}, SKUS[2]]
    values = sold(shop, skus, "items_sold", by="category_id")
    said = SAID.replace("unit_cost", "category_id")
    assert {one.segment: (one.value, [n[: len(said)] for n in one.notes]) for one in values} == {
        None: (3, []),
        "pot": (3, [said]),
    }
