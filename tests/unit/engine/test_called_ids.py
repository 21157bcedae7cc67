"""Products, SKUs and campaigns are shown by their names, with the id behind them; the data keep the id."""

from __future__ import annotations

import csv
import io
import json
import pickle

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import translate
from kpi_tui.views.causes.segments import segments
from kpi_tui.views.goods.top import top
from kpi_tui.views.library.values import values
from kpi_tui.views.names import column_name
from tests.workspaces import Shop, orders, users, views

JANUARY = Period.parse("2026-01")
PRODUCTS = (
    ("P1-S", "P1", "Green tea Small"),
    ("P1-L", "P1", "Green tea Large"),
    ("P2", "P2", "Mug"),
    ("P3", "P3", None),
)


@pytest.fixture
def goods(shop: Shop) -> Shop:
    """Three units of P1 (two SKUs), two of the mug, one of a product without a name, in two orders of a campaign."""
    rows = orders(("o1", "ann", "2026-01-01 10:00:00", 60), ("o2", "bob", "2026-01-06 10:00:00", 30), campaign_id="c1")
    lines = (("o1", "P1-S", 1), ("o1", "P1-L", 2), ("o2", "P2", 2), ("o2", "P3", 1))
    shop.has("users", users(("ann", "2026-01-01 08:00:00"), ("bob", "2026-01-02 08:00:00"))).has("orders", rows)
    shop.has("order_items", [{"order_id": o, "sku_id": s, "qty": q, "unit_price": 10.0} for o, s, q in lines])
    products = [
        {"sku_id": sku, "product_id": product, "category_id": "x", "list_price": 10.0, "carried": True, "title": name}
        for sku, product, name in PRODUCTS
    ]
    shop.has("products", products, columns={"product_name": "title"})
    drive = {
        "campaign_id": "c1",
        "kind": "coupon",
        "starts_at": "2026-01-01",
        "ends_at": "2026-01-31",
        "said": "Spring",
    }
    return shop.has("campaigns", [drive], columns={"campaign_name": "said"}).says(as_of="2026-01-31")


def _by(shop: Shop, metric: str, by: str, form: str) -> str:
    book = shop.book()
    found = book.numbers.values([metric], JANUARY, by=by)
    with speaking("en"):
        return render(values(found, book.workspace, by=by), form)


def test_a_sku_is_shown_by_its_name_and_one_without_by_its_id(goods: Shop) -> None:
    shown = _by(goods, "product_units_sold", "sku_id", "table")
    assert "Green tea Small · P1-S" in shown and "Mug · P2" in shown
    assert "P3  " in shown and "None" not in shown


def test_a_product_of_several_skus_is_called_by_what_their_names_share(goods: Shop) -> None:
    shown = _by(goods, "product_units_sold", "product_id", "table")
    assert "Green tea · P1 " in shown and "Small" not in shown


def test_json_and_csv_keep_the_ids(goods: Shop) -> None:
    told = json.loads(_by(goods, "product_units_sold", "product_id", "json"))
    assert {one["segment"] for one in told} == {None, "P1", "P2", "P3"}
    rows = csv.DictReader(io.StringIO(_by(goods, "product_units_sold", "product_id", "csv").lstrip("\ufeff")))
    assert {row["segment"] for row in rows} == {"", "P1", "P2", "P3"}


def test_the_hot_list_says_names(goods: Shop) -> None:
    book = goods.book()
    with speaking("en"):
        shown = render(top(book.goods.top("units", JANUARY), book.workspace), "table")
    assert "Green tea · P1" in shown and "Mug · P2" in shown


def test_the_sentence_and_the_way_to_a_campaign_say_its_name(goods: Shop) -> None:
    book = goods.book()
    found = book.segments.of("paid_amount", JANUARY, by="domain", path=(("campaign_id", "c1"),))
    with speaking("en"):
        assert "Campaign Spring · c1" in render(segments(found, book.workspace), "table")
    whole = book.segments.of("paid_amount", JANUARY, by="campaign_id")
    assert [str.__str__(one.name) for one in whole.segments] == ["c1"]
    assert pickle.loads(pickle.dumps(whole)).segments[0].name.name.en == "Spring · c1"


def test_without_a_column_of_names_ids_stand_as_ever(goods: Shop) -> None:
    goods.says_of("products", columns={"other": "title"})
    assert "Green tea" not in _by(goods, "product_units_sold", "sku_id", "table")


def _words(shop: Shop, metric: str, by: str) -> str:
    sold = (("o0", "ann", "2025-12-01 10:00:00", 20), ("o1", "ann", "2026-01-31 10:00:00", 60))
    book = shop.has("orders", orders(*sold, domain="private")).book()
    found = book.segments.of(metric, JANUARY, by=by)
    with speaking("zh"):
        return render(segments(found, book.workspace), "table")


def test_a_word_of_the_data_is_said_in_the_language(shop: Shop) -> None:
    shown = _words(shop, "paid_amount", "domain")
    assert "影响最大的是私域" in shown and "private" not in shown


def test_so_are_words_that_a_fact_makes_and_its_columns(shop: Shop) -> None:
    shop.has("users", users(("ann", "2026-01-01 08:00:00"))).says(as_of="2026-01-31")
    shop.has("events", views(("ann", "2026-01-01 09:00:00", "home")))
    shown = _words(shop, "registered_users", "state")
    assert "状态" in shown and "新用户" in shown and "new" not in shown.split()


def test_every_column_that_a_number_is_taken_apart_by_has_a_name(demo: Book) -> None:
    space = demo.workspace
    offered = {(column, metric) for metric in ("paid_amount", "new_users", "campaign_sales") for column in
               demo.segments.columns(metric)}  # fmt: skip
    own = {"nickname", "users.nickname"}  # a column that the demo alone maps
    with speaking("zh"):
        unnamed = {column for column, _metric in offered if translate(column_name(space, column)) == column}
    assert offered and unnamed <= own
