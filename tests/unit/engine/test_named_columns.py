"""A column of a cut may name its table: `users.channel_id`; what nobody has is refused with what is like it."""

from __future__ import annotations

import json

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.text.marks_behind_numbers import marks_of
from kpi_tui.views.library.explanation import explanation
from kpi_tui.views.library.values import values
from tests.unit.traps.trap_shop import people
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")
JUNE = Period.parse("2026-06")


@pytest.fixture
def book(shop: Shop) -> Book:
    """Ann came by app and bought 7 and 10 on the web; ben by sms, 50 in the app; cas, 3, is in no file of users."""
    rows = orders(
        ("o1", "ann", "2026-05-02 10:00:00", 7), ("o2", "ann", "2026-05-03 10:00:00", 10),
        ("o3", "ben", "2026-05-04 10:00:00", 50), ("o4", "cas", "2026-05-31 10:00:00", 3),
    )  # fmt: skip
    came = {"ann": "app", "ben": "sms"}
    bought = {"o1": "web", "o2": "web", "o3": "app", "o4": "app"}
    user = {"registered_at": "2026-01-01 08:00:00", "acquisition_type": "organic", "side": "buyer"}
    shop.says(as_of="2026-05-31")
    shop.has("users", [user | {"user_id": name, "channel_id": channel} for name, channel in came.items()])
    shop.has("orders", [row | {"channel_id": bought[row["order_id"]]} for row in rows])
    return shop.book()


def parts(book: Book, by: str, where: str | None = None) -> dict[str | None, float | None]:
    """Segment -> paid amount in May."""
    return {one.segment: one.value for one in book.numbers.values(["paid_amount"], MAY, by=by, where=where)}


def test_a_cut_is_of_the_table_it_names(book: Book) -> None:
    """By channel of the order: web 7 + 10, app 50 + 3; of the user: app 7 + 10, sms 50, unknown 3."""
    assert parts(book, "channel_id") == {None: 70, "app": 53, "web": 17}
    assert parts(book, "orders.channel_id") == {None: 70, "app": 53, "web": 17}
    assert parts(book, "users.channel_id") == {None: 70, "(none)": 3, "app": 17, "sms": 50}


def test_a_condition_may_name_the_tables_of_its_columns(book: Book) -> None:
    """Users by app bought on the web only (17); orders in the app, of users by sms: 50."""
    asked = {
        "users.channel_id = 'app'": 17,
        "orders.channel_id = 'app'": 53,
        "orders.channel_id = 'app' and users.channel_id = 'sms'": 50,
        "channel_id = 'app' or users.channel_id = 'app'": 70,
    }
    for where, right in asked.items():
        assert book.numbers.values(["paid_amount"], MAY, where=where)[0].value == right, where
    assert parts(book, "users.channel_id", "users.channel_id = 'app'") == {None: 17, "app": 17}


def test_the_heading_and_the_json_say_the_named_table(book: Book) -> None:
    found = book.numbers.values(["paid_amount"], MAY, by="users.channel_id")
    assert {one.segment_of for one in found[1:]} == {"users.channel_id"}
    assert not any(
        "reached by" in note for one in found[1:] for note in one.notes
    )  # who names the table need not be told which one it is


def test_a_condition_on_a_column_of_another_table_says_whose_it_is(shop: Shop) -> None:
    """Ann came by an ad: 7 of 9. That it is hers and not the order's is no doubt, and has no mark."""
    bought = orders(("o1", "ann", "2026-05-01 12:00:00", 7), ("o2", "bob", "2026-05-03 10:00:00", 2))
    shop.says(as_of="2026-05-31").has("orders", bought, complete_until="2026-05-31")
    who = people(("ann", "2026-05-01 10:00", "ad"), ("bob", "2026-05-01 10:00", "app"))
    who[1]["acquisition_type"] = "promoted"
    book = shop.has("users", who, complete_until="2026-05-31").book()
    said = "acquisition_type is users.acquisition_type, reached by user_id"
    found = book.numbers.values(["paid_amount"], MAY, where="acquisition_type = 'organic'")
    assert (found[0].value, found[0].asked_of, marks_of(found[0])) == (7, (said,), "")
    view = values(found, book.workspace)
    assert said in render(view, "table") and said in render(view, "csv")
    assert json.loads(render(view, "json"))[0]["notes"] == [said]
    told = explanation(book.numbers.explain("paid_amount", MAY, where="acquisition_type = 'organic'"), book.workspace)
    assert said in render(told, "table") and json.loads(render(told, "json"))["notes"] == [said]
    for own_or_named in ("domain = 'public'", "users.acquisition_type = 'organic'"):
        assert book.numbers.values(["paid_amount"], MAY, where=own_or_named)[0].asked_of == ()


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("users.chanel_id", "users has no column chanel_id; did you mean channel_id?"),
        ("chanel_id", "orders has no column chanel_id; did you mean channel_id"),
        ("user.channel_id", "orders leads to no user.channel_id; did you mean users"),
        ("refunds.amount", "orders leads to no refunds.amount; it leads to orders, users"),
        ("t.channel_id", "orders leads to no t.channel_id"),
        ("lower(user_id)", "orders has no column lower(user_id)"),
    ],
)
def test_an_unknown_column_is_refused_with_its_neighbours(book: Book, column: str, said: str) -> None:
    """In June there are no data: the question is wrong all the same."""
    for when in (MAY, JUNE):
        with pytest.raises(UsageError) as refused:
            book.numbers.values(["paid_amount"], when, by=column)
        assert said in str(refused.value)
    if "(" not in column:
        with pytest.raises(UsageError, match=r"did you mean|leads to"):
            book.numbers.explain("paid_amount", MAY, where=f"{column} = 'x'")


def test_a_named_column_that_no_file_supplies_gives_no_number(shop: Shop) -> None:
    shop.says(as_of="2026-05-31").has("orders", orders(("o1", "ann", "2026-05-02 10:00:00", 7)))
    book = shop.book()
    for by, said in (("orders.channel_id", "of orders"), ("users.channel_id", "of users")):
        none = book.numbers.values(["paid_amount"], MAY, by=by)[1]
        assert (none.value, none.reason) == (None, Reason.NO_COLUMN)
        assert f"no file supplies channel_id {said}" == none.detail


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("paid_amount > 'x'", "a number and a text are compared in \"paid_amount > 'x'\""),
        ("users.channel_id = 3", "a number and a text are compared in 'users.channel_id = 3'"),
        ("paid_at > 5", "a time and a number are compared in 'paid_at > 5'"),
        ("paid_amount", "a condition must be true or false, and this is a number"),
        ("sum(paid_amount) > 3", "a condition is asked of every row"),
        ("row_number() over (order by order_id) = 1", "a condition is asked of every row"),
    ],
)
def test_a_condition_that_cannot_run_is_a_wrong_question(book: Book, where: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        book.numbers.values(["paid_amount", "aov"], MAY, where=where)
    assert said in str(refused.value)
    assert f"--where {where!r}" in str(refused.value)


def test_a_fact_is_cut_by_the_columns_it_passes_on(shop: Shop) -> None:
    """The fact copies orders.channel_id and works out its own `kind`; 7 + 10 of the web, 50 of the app."""
    shop.defines(
        "facts.toml",
        """[facts.d_own]
sql = "select o.order_id, o.user_id, o.paid_at, o.paid_amount, o.channel_id, upper(o.domain) as domain from orders o"
""",
    ).defines(
        "metrics/own.toml",
        """[measures.own_sum]
table = "d_own"
agg = "sum"
column = "paid_amount"
time = "paid_at"
[metrics.own]
name = "Own"
category = "revenue"
kind = "absolute"
formula = "own_sum"
unit = "currency"
""",
    )
    rows = orders(
        ("o1", "ann", "2026-05-02 10:00:00", 7),
        ("o2", "ann", "2026-05-03 10:00:00", 10),
        ("o3", "ben", "2026-05-31 10:00:00", 50),
    )
    shop.says(as_of="2026-05-31")
    shop.has("orders", [r | {"channel_id": "web" if r["user_id"] == "ann" else "app"} for r in rows])
    numbers = shop.book().numbers
    found = {one.segment: one.value for one in numbers.values(["own"], MAY, by="orders.channel_id")}
    assert found == {None: 67, "app": 50, "web": 17}
    assert numbers.values(["own"], MAY, where="d_own.domain = 'PUBLIC'")[0].value == 67
    with pytest.raises(UsageError, match="d_own leads to no refunds"):
        numbers.values(["own"], MAY, by="refunds.amount")


def test_check_names_a_column_of_a_report_that_nobody_has(shop: Shop) -> None:
    shop.says(as_of="2026-05-31").has("orders", orders(("o1", "ann", "2026-05-02 10:00:00", 7)))
    shop.defines(
        "reports.toml",
        """[reports.good]
name = "Good"
metrics = ["paid_amount"]
by = "users.channel_id"
where = "orders.domain = 'public'"
[reports.bad]
name = "Bad"
metrics = ["paid_amount"]
by = "users.chanel_id"
""",
    )
    (issue,) = [one for one in shop.book().issues if "reports" in one.file]
    assert "unknown column 'users.chanel_id'" in issue.message
    assert issue.hint == "did you mean 'users.channel_id'?"
    assert (issue.line, issue.key) == (9, "reports.bad.by")


@pytest.mark.parametrize("column", ["sku_id", "order_items.sku_id", "category_id", "products.category_id"])
def test_an_order_has_several_of_what_its_lines_say_and_it_is_said_what_to_ask(column: str, shop: Shop) -> None:
    """One order of two lines, of tea and of a cup: it is in no part, and no file lacks the column."""
    lines = [
        {"order_id": "o1", "sku_id": sku, "qty": 1, "unit_price": price, "unit_cost": 1}
        for sku, price in (("tea", 5), ("cup", 2))
    ]
    goods = [{"sku_id": sku, "category_id": kind} for sku, kind in (("tea", "food"), ("cup", "ware"))]
    shop.says(as_of="2026-05-31").has("orders", orders(("o1", "ann", "2026-05-02 10:00:00", 7)))
    book = shop.has("order_items", lines).has("products", goods).book()
    said = f"{column.partition('.')[2] or column} is told by rows of order_items, and one of orders may have several"
    (_, part) = book.numbers.values(["paid_orders"], MAY, by=column)
    (some,) = book.numbers.values(["paid_orders"], MAY, where=f"{column} is not null")
    for found in (part, some):
        assert (found.value, found.reason) == (None, Reason.NO_COLUMN)
        assert said in found.detail and "ask it of" in found.detail and "items_sold" in found.detail
    parts = {one.segment: one.value for one in book.numbers.values(["items_sold"], MAY, by=column)}
    assert sorted(parts.values()) == [1, 1, 2]
