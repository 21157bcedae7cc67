"""`check` says which conditions find nothing in the data: filters, words that no row has, tables that are not there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.definitions.issue import Issue, Severity, TableError
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders, users, views

OWN = """
[measures.carts]
table = "events"
agg = "count"
where = "event = 'add_to_cart' and coalesce(is_valid, true)"
[measures.big]
table = "orders"
agg = "count"
where = "paid_amount > 1000"
[measures.small]
table = "orders"
agg = "count"
where = "paid_amount > 1"
"""
BOUGHT = orders(("o1", "u1", "2026-03-01 10:00", 10.0), ("o2", "u2", "2026-03-02 10:00", 50.0))
VIEWED = views(("u1", "2026-03-01 10:00", "home"), ("u2", "2026-03-02 10:00", "home"))


def told(shop: Shop, code: str) -> list[Issue]:
    return [issue for issue in shop.book().data.check() if issue.code == code]


def test_a_word_that_no_row_has_is_named_with_the_nearest_there_is(tmp_path: Path) -> None:
    carted = [{**row, "event_id": f"c{n}", "event": "addToCart"} for n, row in enumerate(VIEWED)]
    shop = Shop(tmp_path / "ws").has("events", VIEWED + carted).defines("metrics/own.toml", OWN)
    (issue,) = [issue for issue in told(shop, "no-word") if issue.severity is Severity.WARNING]
    assert issue.message == "events.event: no row has 'add_to_cart', which carts counts by"
    head, line = issue.hint.split(": [tables.events.columns] ")
    assert head == "there is 'addToCart'"
    shop._tables["events"]["columns"] = tomllib.loads(line)
    assert [one for one in told(shop, "no-word") if "add_to_cart" in one.message] == []


def test_the_sql_of_conditions_and_facts_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop(tmp_path / "ws").has("events", VIEWED).defines("metrics/own.toml", OWN)
    once = told(shop, "no-word")
    monkeypatch.setattr("kpi_tui.engine.check.words_asked.compared", None)
    assert once and told(shop, "no-word") == once


def test_a_word_that_some_rows_write_in_another_case_is_told_with_the_line_that_counts_them(tmp_path: Path) -> None:
    """Two carts of four count: Add_To_Cart and ADD_TO_CART are other words; page_view has one form."""
    words = ("add_to_cart", "Add_To_Cart", "add_to_cart", "ADD_TO_CART")
    carted = [{**VIEWED[0], "event_id": f"c{n}", "event": word} for n, word in enumerate(words)]
    shop = Shop(tmp_path / "ws").has("events", VIEWED + carted).defines("metrics/own.toml", OWN)
    (issue,) = told(shop, "other-case")
    assert (issue.severity, issue.message) == (
        Severity.WARNING,
        "events.event: 2 rows have 'ADD_TO_CART', 'Add_To_Cart', and the condition says 'add_to_cart': "
        "the case of letters differs",
    )
    shop._tables["events"]["columns"] = tomllib.loads(issue.hint.removeprefix("[tables.events.columns] "))
    assert told(shop, "other-case") == []


def test_words_that_only_the_library_asks_for_are_one_hint_per_column(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("users", users(("u1", "2026-02-01 10:00"), ("u2", "2026-02-02 10:00")))
    (issue,) = [issue for issue in told(shop, "no-word") if issue.message.startswith("users.")]
    assert issue.severity is Severity.HINT
    assert issue.message == ("users.acquisition_type: no row has 'promoted', which measures of the library count by")
    assert issue.hint.startswith("there are 'organic';")


def test_a_condition_that_keeps_nothing_is_a_warning(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT).defines("metrics/own.toml", OWN)
    (issue,) = told(shop, "keeps-nothing")
    assert issue.message == "measure big: its `where` keeps none of 2 rows of orders"
    assert (issue.file, issue.hint) == ("metrics/own.toml", "paid_amount > 1000")


def test_a_table_whose_filter_keeps_nothing_is_a_warning(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, where="user_id = 'nobody'")
    (issue,) = told(shop, "keeps-nothing")
    assert issue.message == "orders: the `where` keeps none of 2 rows; orders.user_id: no row has 'nobody'"
    assert (issue.file, issue.key) == ("tables.toml", "tables.orders.where")


def test_no_refunds_in_a_file_whose_words_are_known_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    head = "订单号,商品ID,商品名称,订购数量,下单时间,京东价,订单金额,应付金额,订单状态,付款确认时间"
    path.write_text(f"{head}\n1,s,杯,1,2026-10-01 10:00:00,50,50,50,完成,2026-10-01 10:01:00\n", encoding="utf-8")
    proposal = book.propose([path], timezone="Asia/Shanghai")
    book.create_workspace(tmp_path / "ws", "shop", proposal, timezone="Asia/Shanghai")
    opened = Book.open(tmp_path / "ws", draft=False)
    assert opened.data.profiles()["refunds"].rows_kept == 0
    assert [issue for issue in opened.data.check() if issue.code == "keeps-nothing"] == []
    (net,) = opened.numbers.values(["net_sales_revenue"], opened.period("2026-10"))
    assert (net.value, [note for note in net.notes if "refunds" in str(note)]) == (50.0, [])


def test_a_report_whose_filter_keeps_nothing_is_a_warning(tmp_path: Path) -> None:
    report = '[reports.{0}]\nname = "r"\nmetrics = ["paid_amount"]\nwhere = "user_id = \'{0}\'"\n'
    shop = (
        Shop(tmp_path / "ws").has("orders", BOUGHT).defines("reports.toml", report.format("u1") + report.format("u9"))
    )
    (issue,) = told(shop, "keeps-nothing")
    assert issue.message == "report u9: its `where` keeps none of 2 rows of orders"
    assert (issue.file, issue.line) == ("reports.toml", 5)


def test_a_workspace_without_tables_is_warned_about(tmp_path: Path) -> None:
    (issue,) = told(Shop(tmp_path / "ws"), "no-tables")
    assert (issue.severity, issue.file) == (Severity.WARNING, "tables.toml")


def test_links_of_a_chain_that_rest_on_what_is_not_mapped_are_named(tmp_path: Path) -> None:
    chain = (
        '[chains.own]\nname = "Own"\n'
        '[[chains.own.links]]\nid = "A"\nname = "a"\nabsolute = "small"\n'
        '[[chains.own.links]]\nid = "B"\nname = "b"\nabsolute = "carts"\n'
    )
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT).defines("metrics/own.toml", OWN)
    found = [issue.message for issue in told(shop.defines("chains/own.toml", chain), "no-table")]
    assert "chain own: no number for 1 of 2 links: b (B) needs the table events" in found


def test_of_a_list_of_words_one_is_enough(tmp_path: Path) -> None:
    some = '[measures.{0}]\ntable = "events"\nagg = "count"\nwhere = "event in ({1})"\n'
    own = some.format("seen", "'page_view', 'screen_view'") + some.format("other", "'screen', 'screen_view'")
    shop = Shop(tmp_path / "ws").has("events", VIEWED).defines("metrics/own.toml", own)
    found = [issue.message for issue in told(shop, "no-word") if issue.severity is Severity.WARNING]
    assert found == [f"events.event: no row has {word!r}, which other counts by" for word in ("screen", "screen_view")]


def test_two_steps_of_a_funnel_that_one_row_satisfies_are_warned_about(tmp_path: Path) -> None:
    step = '{{ name = "{0}", table = "events", where = "{1}" }}'
    steps = [step.format("see", "event = 'page_view'"), step.format("look", "event in ('page_view', 'search')")]
    steps.append(step.format("seek", "event = 'search'"))
    funnel = f'[funnels.mine]\nname = "m"\nsteps = [{", ".join(steps)}]\n'
    searched = {**VIEWED[0], "event_id": "s1", "event": "search"}
    shop = Shop(tmp_path / "ws").has("events", [*VIEWED, searched]).defines("funnels.toml", funnel)
    assert [issue.message for issue in told(shop, "shared-rows")] == [
        "funnel mine: 2 rows of events are both 'see' and 'look': one row takes two steps",
        "funnel mine: 1 row of events is both 'look' and 'seek': one row takes two steps",
    ]


def test_a_step_on_a_column_that_no_file_supplies_is_warned_about(tmp_path: Path) -> None:
    """`feature` and `value` of events are in the schema, not in the file; refunds are no table of the workspace."""
    funnel = """[funnels.mine]
name = "m"
[[funnels.mine.steps]]
name = "see"
table = "events"
where = "event = 'page_view'"
[[funnels.mine.steps]]
name = "use"
table = "events"
where = "feature = 'search'"
value = "value"
[[funnels.mine.steps]]
name = "give back"
table = "refunds"
"""
    shop = Shop(tmp_path / "ws").has("events", VIEWED).defines("funnels.toml", funnel)
    found = [issue for issue in told(shop, "no-column") if "mine" in issue.message]
    assert [issue.message for issue in found] == [
        "funnel mine: no file supplies events.feature, events.value, which the step 'use' reads: "
        "the funnel has no numbers",
        "funnel mine: no file supplies refunds, which the step 'give back' reads: the funnel has no numbers",
    ]
    assert {(issue.severity, issue.file) for issue in found} == {(Severity.WARNING, "funnels.toml")}
    assert [issue.line for issue in found] == [7, 12]


MARCH = "2026-03"
BIG = """
[metrics.big]
name = "Big"
category = "revenue"
kind = "absolute"
formula = "big"
unit = "count"
better = "higher"
grain = "month"
"""
CARTS = BIG.replace("big", "carts")


def noted(shop: Shop, metric: str, **question: str) -> tuple[float | None, tuple[str, ...]]:
    value = shop.says(as_of="2026-03-31").value(metric, MARCH, **question)
    return value.value, value.notes


def test_a_zero_for_want_of_a_word_says_so_with_the_nearest_word(tmp_path: Path) -> None:
    """Two users filled a cart, but the file calls it addToCart: 0, and why."""
    carted = [{**row, "event_id": f"c{n}", "event": "add-to-cart"} for n, row in enumerate(VIEWED)]
    shop = Shop(tmp_path / "ws").has("events", VIEWED + carted, complete_until="2026-03-31")
    shop.defines("metrics/own.toml", OWN + CARTS)
    note = "events.event: no row has 'add_to_cart'; nearest: 'add-to-cart'"
    assert noted(shop, "carts") == (0, (note,))
    assert shop.value("carts", MARCH).notes == (note,)  # from the cache
    assert note in shop.book().numbers.explain("carts", Period.parse(MARCH)).value.notes


def test_a_zero_of_a_condition_that_keeps_nothing_says_so(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, complete_until="2026-03-31")
    shop.defines("metrics/own.toml", OWN + BIG)
    note = "measure big: its `where` keeps none of 2 rows of orders (paid_amount > 1000)"
    assert noted(shop, "big") == (0, (note,))


def test_a_quiet_month_is_a_plain_zero(tmp_path: Path) -> None:
    """Nobody bought for more than 1,000 in April, but somebody did in March."""
    rows = [*BOUGHT, *orders(("o3", "u3", "2026-03-03 10:00", 2000.0))]
    shop = Shop(tmp_path / "ws").has("orders", rows, complete_until="2026-04-30").says(as_of="2026-04-30")
    value = shop.defines("metrics/own.toml", OWN + BIG).value("big", "2026-04")
    assert (value.value, value.notes) == (0, ())


def test_a_mapping_that_finds_no_word_is_told_by_what_it_leaves_empty(tmp_path: Path) -> None:
    """No row says 'payed', so that no order was ever paid."""
    rows = [{**row, "status": "paid"} for row in BOUGHT]
    paid_at = {"paid_at": "case when status = 'payed' then created_at end"}
    shop = Shop(tmp_path / "ws").has("orders", rows, complete_until="2026-03-31", columns=paid_at)
    note = "measure paid_order_count: its `where` keeps none of 2 rows of orders (paid_at is not null)"
    value, notes = noted(shop, "paid_orders")
    assert (value, notes[0]) == (0, note)
    assert notes[1].startswith("orders: status: 2 rows have 'paid', which the case of paid_at does not mention")
    value, notes = noted(shop, "aov")  # ÷ 0: why there is nothing to divide by
    assert value is None and note in notes


def test_a_table_whose_filter_keeps_nothing_is_told_at_its_values(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, where="user_id = 'nobody'", complete_until="2026-03-31")
    said = "orders: the `where` keeps none of 2 rows; orders.user_id: no row has 'nobody'"
    assert noted(shop, "paid_amount") == (0, (said,))


@pytest.mark.parametrize("tables", [["orders"], ["orders", "users"]])
def test_the_word_that_keeps_nothing_is_named_with_the_nearest(tables: list[str], tmp_path: Path) -> None:
    """No order is `Paid`, they are `paid `: without another table there is no day, and the reason is the word."""
    rows = [{**row, "status": " paid"} for row in BOUGHT]
    shop = Shop(tmp_path / "ws").has("orders", rows, where="status in ('Paid', 'Done') and paid_amount > 0")
    if "users" in tables:
        shop.has("users", users(("u1", "2026-03-01 10:00")))
    said = "orders: the `where` keeps none of 2 rows; orders.status: no row has 'Paid'; nearest: 'paid'; "
    said += "orders.status: no row has 'Done'"
    assert [issue.message for issue in told(shop, "keeps-nothing")] == [said]
    if "users" in tables:
        assert shop.value("paid_amount", "2026-03").notes == (said,)
    else:
        with pytest.raises(TableError, match="no table has any dated row") as error:
            shop.value("paid_amount", "2026-03")
        assert str(error.value) == f"no table has any dated row: {said}"


def test_a_table_of_which_every_row_was_rejected_is_no_matter_of_tables_toml(tmp_path: Path) -> None:
    """One order cannot be read for its amount, the other for its list price."""
    rows = [{**BOUGHT[0], "paid_amount": "ten"}, {**BOUGHT[1], "list_amount": "fifty"}]
    with pytest.raises(TableError) as error:
        Shop(tmp_path / "ws").has("orders", rows).value("paid_amount", "2026-03")
    assert str(error.value).startswith("no table has any dated row: all 2 rows of orders were rejected: ")


def test_a_condition_of_the_question_that_keeps_nothing_is_told(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, complete_until="2026-03-31")
    assert noted(shop, "paid_orders", where="domain = 'publik'") == (
        0,
        ("orders.domain: no row has 'publik'; nearest: 'public'",),
    )
    assert noted(shop, "paid_orders", where="paid_amount > 99") == (
        0,
        ("paid_amount > 99 keeps none of 2 rows of orders",),
    )
    assert noted(shop, "paid_orders", where="paid_amount > 49") == (1, ())


@pytest.mark.parametrize("column", ["acquisition_type", "users.acquisition_type"])
def test_a_word_of_a_related_table_is_looked_for_there(column: str, tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, complete_until="2026-03-31")
    shop.has("users", users(("u1", "2026-02-01 10:00"), ("u2", "2026-02-02 10:00")), complete_until="2026-03-31")
    note = "users.acquisition_type: no row has 'organics'; nearest: 'organic'"
    assert noted(shop, "paid_orders", where=f"{column} = 'organics'") == (0, (note,))
    value, notes = noted(shop, "first_order_users", where="domain = 'publik'")  # of a fact over orders
    assert value == 0 and "orders.domain: no row has 'publik'; nearest: 'public'" in notes


def test_a_word_that_a_fact_asks_for_is_found_missing_as_well(tmp_path: Path) -> None:
    """Members fill carts in a fact of the workspace; no row has the word its own WHERE asks for."""
    fact = """[facts.d_carts]
time = "ts"
sql = "select user_id, ts, ts_day from events where event = 'add_to_cart'"
"""
    own = '[measures.carts]\ntable = "d_carts"\nagg = "count"\ntime = "ts"\n'
    shop = Shop(tmp_path / "ws").has("events", VIEWED, complete_until="2026-03-31")
    shop.defines("facts.toml", fact).defines("metrics/own.toml", own + CARTS)
    assert noted(shop, "carts") == (0, ("events.event: no row has 'add_to_cart'",))


def test_nothing_is_asked_where_something_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_tui.engine.check.row_counts import RowCounts

    shop = Shop(tmp_path / "ws").has("orders", BOUGHT, complete_until="2026-03-31")
    monkeypatch.setattr(RowCounts, "_rows", lambda *_: pytest.fail("a pass over the rows"))
    assert noted(shop, "paid_orders") == (2, ())


def test_blanks_around_a_word_of_a_measure_or_a_step_mean_nothing(tmp_path: Path) -> None:
    """A cell is tidy, and so is the word it is compared with: two page views, one of them searched for."""
    words = "event in ('page_view ', ' screen') or event = '\u3000search'"
    own = f'[measures.carts]\ntable = "events"\nagg = "count"\nwhere = "{words}"\n' + CARTS
    searched = {**VIEWED[0], "event_id": "s1", "event": "search"}
    shop = Shop(tmp_path / "ws").has("events", [*VIEWED, searched], complete_until="2026-03-31")
    steps = """[funnels.way]
name = "Way"
window_days = 2
steps = [
  { name = "see", table = "events", where = "event = 'page_view '" },
  { name = "seek", table = "events", where = "event = 'search '" },
]
"""
    shop.defines("funnels.toml", steps).defines("metrics/own.toml", own)
    assert noted(shop, "carts") == (3, ())
    assert [step.people for step in shop.book().funnels.of("way", Period.parse(MARCH)).steps] == [2, 1]
