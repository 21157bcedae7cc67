"""A table of several sources: each is mapped by itself, the rows are put together, `source` says whose each is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import TextCell
from kpi_tui.views.data.table_json import table_data
from kpi_tui.views.data.table_page import table
from tests.workspaces import Row, Shop, orders

OCTOBER = Period.parse("2026-10")
AMOUNTS = ("paid_amount", "order_amount", "list_amount", "paid_from_balance")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop").says(as_of="2026-10-31", currency="CNY")


def closed(shop: Shop, table: str = "orders") -> Book:
    """The table is complete: what is not there was not sold."""
    return shop.says_of(table, complete_until="2026-10-31").book()


def by_source(book: Book, metric: str) -> dict[str | None, float | None]:
    """The total (None) and the number of every source."""
    return {value.segment: value.value for value in book.numbers.values([metric], OCTOBER, by="source")}


def total(book: Book, metric: str, **question: Any) -> float | None:
    return book.numbers.values([metric], OCTOBER, **question)[-1].value


def said(book: Book, code: str) -> list[Issue]:
    return [issue for issue in book.data.check() if issue.code == code]


def renamed(rows: list[Row], **names: str) -> list[Row]:
    return [{names.get(key, key): cell for key, cell in row.items()} for row in rows]


def two_shops(shop: Shop) -> Shop:
    """Taobao 100 + 50 of ann and bob in its own words; Shopify 30 of cat, an hour before midnight in London."""
    taobao = orders(("t1", "ann", "2026-10-01 10:00:00", 100), ("t2", "bob", "2026-10-02 10:00:00", 50))
    shopify = orders(("s1", "cat", "2026-10-31 15:00:00", 30), ("s2", "cat", "2026-10-31 17:00:00", 7))
    shop.has_source(
        "orders",
        "taobao",
        renamed(taobao, order_id="订单编号"),
        columns={"order_id": "订单编号"},
        where="paid_amount < 1000",
    )
    return shop.has_source("orders", "shopify", shopify, timezone="UTC")


def test_rows_add_up_and_each_source_keeps_its_own_zone(shop: Shop) -> None:
    """In Shanghai 15:00Z of the 31st is 23:00 of the 31st, 17:00Z is November: October is 100 + 50 + 30 = 180."""
    book = closed(two_shops(shop))
    assert by_source(book, "paid_amount") == {None: 180, "taobao": 150, "shopify": 30}
    assert by_source(book, "paid_orders") == {None: 3, "taobao": 2, "shopify": 1}
    assert total(book, "paid_amount", where="source = 'taobao'") == 150
    assert total(book, "buyers", where="orders.source <> 'taobao'") == 1


def test_the_profile_sums_up_and_tells_each_source(shop: Shop) -> None:
    """Taobao reads 2 + a row without an amount and one of 5000 that its `where` drops; Shopify reads 2."""
    two_shops(shop)
    with (shop.root / "orders-taobao.csv").open("a", encoding="utf-8") as file:
        file.write("t3,ann,2026-10-03 10:00:00,2026-10-03 10:00:00,1,1,much,0,public\n")
        file.write("t4,ann,2026-10-03 10:00:00,2026-10-03 10:00:00,1,1,5000,0,public\n")
    book = closed(shop)
    profile = book.data.profiles()["orders"]
    assert (profile.rows_read, profile.rows_kept, profile.filtered) == (6, 4, 1)
    assert [(part.table, part.rows_read, part.rows_kept) for part in profile.sources.values()] == [
        ("orders.sources.taobao", 4, 2),
        ("orders.sources.shopify", 2, 2),
    ]
    (lost,) = said(book, "rejected")
    assert (lost.file, lost.line) == ("orders-taobao.csv", 4)
    assert lost.message.startswith("orders.sources.taobao: 1 row left out: ")
    assert profile.rejected[0].examples[0][1].startswith("taobao: ")
    value = book.numbers.values(["paid_amount"], OCTOBER)[0]
    assert (value.value, value.left_out) == (180, {"orders": 1})


def test_a_column_that_one_source_lacks_is_empty_there(shop: Shop) -> None:
    """Only Taobao says scenes; two columns of nobody's are missing."""
    taobao = orders(("t1", "ann", "2026-10-01 10:00:00", 100), scene="live")
    shop.has_source("orders", "taobao", taobao)
    shop.has_source("orders", "shopify", orders(("s1", "cat", "2026-10-02 15:00:00", 30)))
    book = closed(shop)
    values = book.numbers.values(["paid_amount"], OCTOBER, by="scene")
    assert {value.segment: value.value for value in values} == {None: 130, "live": 100, "(none)": 30}
    assert "scene" not in book.data.profiles()["orders"].missing_columns
    assert "seller_id" in book.data.profiles()["orders"].missing_columns
    told = [issue.message for issue in said(book, "no-column")]
    assert told == ["orders.sources.shopify: shopify has no column scene"] and not said(book, "note")
    assert [bool(value.notes) for value in values] == [False, True, True]  # in the parts alone


def test_an_order_number_that_two_shops_have_is_two_orders(shop: Shop) -> None:
    """1001 stands in both with other values: 100 + 30 in two orders. 1002 is the same row in both: 50, once."""
    same = ("1002", "bob", "2026-10-02 10:00:00", 50.0)
    shop.has_source("orders", "east", orders(("1001", "ann", "2026-10-01 10:00:00", 100), same))
    shop.has_source("orders", "west", orders(("1001", "cat", "2026-10-03 10:00:00", 30), same))
    book = closed(shop)
    assert by_source(book, "paid_amount") == {None: 180, "east": 150, "west": 30}
    assert total(book, "paid_orders") == 3
    (shared,) = said(book, "shared-key")
    assert "1 row has the order_id of a row in another source (east, west: '1001')" in shared.message
    assert "[tables.orders.sources.west.columns] order_id = \"'west:' || order_id\"" in shared.hint
    assert not said(book, "duplicate-key")
    profile = book.data.profiles()["orders"]
    assert (profile.rows_read, profile.rows_kept, profile.repeated) == (4, 3, 1)


def test_equal_rows_of_one_source_are_met_one_by_one(shop: Shop) -> None:
    """In the east 1001 stands twice, told apart by a column that nobody maps: two; the west once, a copy: 200."""
    row = orders(("1001", "ann", "2026-10-01 10:00:00", 100))[0]
    shop.has_source("orders", "east", [row | {"remark": "a"}, row | {"remark": "b"}])
    shop.has_source("orders", "west", [row])
    assert by_source(closed(shop), "paid_amount") == {None: 200, "east": 200}


def test_a_user_of_two_sources_is_one_user_of_the_first_day(shop: Shop) -> None:
    """`repeated = "first"` holds for the whole table: ann registered in the west on the 2nd, not in the east."""
    person = {"acquisition_type": "organic", "side": "buyer"}
    shop.has_source("users", "east", [{"user_id": "ann", "registered_at": "2026-10-05 10:00:00", **person}])
    shop.has_source("users", "west", [{"user_id": "ann", "registered_at": "2026-10-02 10:00:00", **person}])
    assert by_source(closed(shop, "users"), "new_users") == {None: 1, "west": 1}


@pytest.mark.parametrize("said_by", ["column", "key"])
def test_sources_of_two_currencies_are_never_added(shop: Shop, said_by: str) -> None:
    """Taobao says none, so it is the workspace's CNY; Shopify is in USD, by its file or by tables.toml."""
    column = {"Currency": "USD"} if said_by == "column" else {}
    key = {"currency": "usd"} if said_by == "key" else {}
    shop.has_source("orders", "taobao", orders(("t1", "ann", "2026-10-01 10:00:00", 100)))
    shop.has_source("orders", "shopify", orders(("s1", "cat", "2026-10-02 15:00:00", 30), **column), **key)
    book = closed(shop)
    value = book.numbers.values(["paid_amount"], OCTOBER)[0]
    assert (value.value, value.reason) == (None, Reason.UNKNOWN)
    assert "CNY (1) and USD (1)" in value.detail
    assert by_source(book, "paid_amount") == {None: None, "taobao": 100, "shopify": 30}
    assert total(book, "paid_orders") == 2
    (asked,) = said(book, "currencies")
    assert "currency = CNY (1), USD (1)" in asked.message
    assert "--by source" in asked.hint


def test_amounts_turned_into_one_currency_are_added(shop: Shop) -> None:
    """30 USD at 7 are 210 yuan, 310 in all; the mapping reads the currency, and what it makes is the workspace's."""
    rate = {name: f"cast({name} as double) * case when Currency = 'USD' then 7 else 1 end" for name in AMOUNTS}
    sold = orders(("s1", "cat", "2026-10-02 15:00:00", 30), Currency="USD")
    shop.has_source("orders", "taobao", orders(("t1", "ann", "2026-10-01 10:00:00", 100)))
    shop.has_source("orders", "shopify", sold, columns=rate)
    assert total(closed(shop), "paid_amount") == 310


def test_a_changed_file_of_any_source_is_read_again(shop: Shop) -> None:
    """100 + 30, then the second shop sells 5 more."""
    shop.has_source("orders", "taobao", orders(("t1", "ann", "2026-10-01 10:00:00", 100)))
    shop.has_source("orders", "shopify", orders(("s1", "cat", "2026-10-02 15:00:00", 30)))
    assert total(closed(shop), "paid_amount") == 130
    rows = orders(("s1", "cat", "2026-10-02 15:00:00", 30), ("s2", "cat", "2026-10-02 16:00:00", 5))
    shop.has_source("orders", "shopify", rows)
    assert total(closed(shop), "paid_amount") == 135


def test_an_extra_column_of_two_kinds_is_refused_until_types_says_one(shop: Shop) -> None:
    """`size` is a number in one file and a word in the other."""
    for name, size in (("taobao", 38), ("shopify", "M")):
        made = orders((name, "ann", "2026-10-01 10:00:00", 10), size=size)
        shop.has_source("orders", name, made, columns={"size": "size + 1" if name == "taobao" else "size"})
    (error,) = closed(shop).data.unreadable().values()
    assert "size is of another kind in each source: taobao (" in str(error)
    assert '[tables.orders.types] size = "str"' in str(error)
    book = shop.says_of("orders", types={"size": "str"}).book()
    values = book.numbers.values(["paid_amount"], OCTOBER, by="size")
    assert {value.segment: value.value for value in values} == {None: 20, "39": 10, "M": 10}


def test_what_is_wrong_with_a_source_is_told_with_its_line(shop: Shop) -> None:
    """A path of the table, one that is missing, a near miss, broken SQL, a sentence to confirm."""
    shop.defines(
        "tables.toml",
        """[tables.orders]
path = "orders.csv"
[tables.orders.sources.taobao]
path = "a.csv"
where = "paid_amount >"
confirm = "all are paid"
[tables.orders.sources.shopify]
[tables.orders.sources.shopify.columns]
order_idd = "Name"
source = "Name"
""",
    )
    shop.defines("workspace.toml", 'name = "Shop"\nextends = "standard"\ntimezone = "Asia/Shanghai"\n')
    found = {(issue.line, issue.code): issue.message for issue in Book.open(shop.root).data.check() if issue.line}
    assert found[2, "unknown-key"] == "'path' is said by each source of the table"
    assert found[5, "sql"].startswith("table orders.sources.taobao: where = 'paid_amount >': ")
    assert found[6, "confirm"] == "table orders.sources.taobao: to be confirmed: all are paid"
    assert found[7, "missing-key"] == "'path' is missing"
    assert found[8, "twice"] == "the column 'source' holds the id of the source"
    assert found[8, "column"].startswith("table orders.sources.shopify: 'order_idd' is an extra column")


def test_the_problems_of_all_sources_are_told_at_once(shop: Shop) -> None:
    """Neither file is there."""
    for name in ("taobao", "shopify"):
        shop.has_source("orders", name, orders((name, "ann", "2026-10-01 10:00:00", 10)))
        (shop.root / f"orders-{name}.csv").unlink()
    errors = [issue.message for issue in shop.book().data.check() if issue.severity is Severity.ERROR]
    assert [error.split(":")[0] for error in errors] == [
        f"table orders.sources.{name}" for name in ("taobao", "shopify")
    ]


def test_a_source_that_stops_ends_the_table(shop: Shop) -> None:
    """The east sells every day of October, the west on the first 20: from the 21st on nobody knows its sales.

    October is 31 + 20 days at 10, in part; the 25th has no number at all, unless the west is declared complete.
    """
    days = [f"2026-10-{day:02d} 10:00:00" for day in range(1, 32)]
    shop.has_source("orders", "east", orders(*((f"e{day}", "ann", day, 10) for day in days)))
    shop.has_source("orders", "west", orders(*((f"w{day}", "bob", day, 10) for day in days[:20])))
    book = shop.book()
    month, day = (book.numbers.values(["paid_amount"], Period.parse(text))[0] for text in ("2026-10", "2026-10-25"))
    assert (month.value, month.partial) == (510, True)
    assert "orders.sources.west: no rows since 2026-10-20" in month.notes
    assert (day.value, day.reason) == (None, Reason.NO_DATA)
    assert day.detail == "the data of orders.sources.west cover 2026-10-01 … 2026-10-20"
    assert [issue.key for issue in said(book, "stale")] == ["orders.sources.west"]
    rows = orders(*((f"w{day}", "bob", day, 10) for day in days[:20]))
    book = shop.has_source("orders", "west", rows, complete_until="as_of").book()
    month, day = (book.numbers.values(["paid_amount"], Period.parse(text))[0] for text in ("2026-10", "2026-10-25"))
    assert (month.value, month.partial, day.value) == (510, False, 10)
    assert not said(book, "stale")


def test_the_page_of_a_table_has_a_line_for_each_source(shop: Shop) -> None:
    """Two rows each; the zone of Shopify moves its last order into November."""
    profile = closed(two_shops(shop)).data.profiles()["orders"]
    shown = table(profile, None, date(2026, 10, 31))
    lines = [[translate(cell.word) for cell in row.cells if isinstance(cell, TextCell)] for row in shown.sheets[0].rows]
    assert ["shopify", "2 of 2 · 2026-10-31 … 2026-11-01 · orders-shopify.csv"] in lines
    data = table_data(profile, None, date(2026, 10, 31))
    assert [data["sources"][name]["rows_kept"] for name in ("taobao", "shopify")] == [2, 2]


def days_of(name: str, buyer: str, last: int, amount: float) -> list[Row]:
    return orders(*((f"{name}{day}", buyer, f"2026-10-{day:02} 10:00:00", amount) for day in range(1, last + 1)))


ENDED = "orders.sources.west: no rows since 2026-10-20"


OF_ONE = """
[measures.of_{name}]
table = "orders"
agg = "sum"
column = "paid_amount"
time = "created_at"
where = "source = '{name}'"
about = "{name}"
[metrics.m_{name}]
name = "{name}"
category = "revenue"
kind = "ratio"
formula = "of_{name}"
unit = "ratio"
better = "higher"
grains = ["week"]
"""


@pytest.fixture
def one_ends_early(shop: Shop) -> Book:
    """East sells 10 on each of 31 days, west 1 on each of the first 20."""
    shop.has_source("orders", "east", days_of("e", "ann", 31, 10)).has_source(
        "orders", "west", days_of("w", "bob", 20, 1)
    )
    return shop.book()


@pytest.mark.parametrize("by", ["source", "orders.source"])
def test_a_source_that_is_complete_bears_no_mark_of_another(by: str, one_ends_early: Book) -> None:
    found = one_ends_early.numbers.values(["paid_amount"], OCTOBER, by=by)
    assert {one.segment: (one.value, one.partial, one.notes) for one in found} == {
        None: (330, True, (ENDED,)), "east": (310, False, ()), "west": (20, True, (ENDED,)),
    }  # fmt: skip


def test_a_source_has_its_number_after_another_ended(one_ends_early: Book) -> None:
    """19–25 October: west ends on the second day. 26 October on: there is no total, but what east sold is known."""
    week, day = (
        one_ends_early.numbers.values(["paid_amount"], Period.parse(text), by="source")
        for text in ("2026-W43", "2026-10-26")
    )
    assert {one.segment: (one.value, one.partial) for one in week} == {
        None: (72, True), "east": (70, False), "west": (2, True),
    }  # fmt: skip
    assert {one.segment: (one.value, one.reason) for one in day} == {
        None: (None, Reason.NO_DATA), "east": (10, None), "west": (None, Reason.NO_DATA),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("where", "value", "notes"),
    [
        ("source = 'east'", 310, ()),
        ("source in ('east') and paid_amount > 1", 310, ()),
        ("source = 'west'", 20, (ENDED,)),
        ("source <> 'west'", 310, (ENDED,)),
    ],
)
def test_a_condition_that_names_a_source_is_judged_by_its_days(
    where: str, value: float, notes: tuple[str, ...], one_ends_early: Book
) -> None:
    """What is not named one by one is judged by all, with the source that ends."""
    (found,) = one_ends_early.numbers.values(["paid_amount"], OCTOBER, where=where)
    assert (found.value, found.partial, found.notes) == (value, bool(notes), notes)


def test_a_measure_that_names_a_source_is_judged_by_its_days(shop: Shop, one_ends_early: Book) -> None:
    """East sells 10 on each day of 19–25 October; west, which ends on the 20th, is not asked about."""
    for name in ("east", "west"):
        shop.defines(f"metrics/{name}.toml", OF_ONE.format(name=name))
    week, later = Period.parse("2026-W43"), Period.parse("2026-W44")
    found = shop.book().numbers.values(["m_east", "m_west"], week)
    assert [(one.value, one.partial, one.notes) for one in found] == [(70, False, ()), (2, True, (ENDED,))]
    (none,) = shop.book().numbers.values(["m_west"], later)
    assert (none.value, none.reason) == (None, Reason.NO_DATA)


def test_any_other_segment_says_which_source_ends(one_ends_early: Book) -> None:
    """Ann buys in the east only, but who knows what she bought in the west after the 20th."""
    found = one_ends_early.numbers.values(["paid_amount"], OCTOBER, by="user_id")
    assert [(one.segment, one.partial, one.notes) for one in found[1:]] == [
        ("ann", True, (ENDED,)), ("bob", True, (ENDED,)),
    ]  # fmt: skip


def test_an_order_number_of_two_sources_is_told_at_the_value_too(shop: Shop) -> None:
    """Order 1 of east is 100, order 1 of west 40: both count, and whoever reads 140 is told."""
    for name, amount in (("east", 100.0), ("west", 40.0)):
        shop.has_source("orders", name, orders(("1", "u1", "2026-10-01 10:00:00", amount)), complete_until="2026-10-31")
    value = shop.says(as_of="2026-10-31").value("paid_amount", "2026-10")
    assert value.value == 140
    assert any("order_id of a row in another source" in note for note in value.notes), value.notes
