"""`check` says which conditions find nothing in the data: filters, words that no row has, tables that are not there."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kpi_tui.definitions.issue import Issue, Severity
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
    assert issue.message == "orders: the `where` keeps none of 2 rows"
    assert (issue.file, issue.key) == ("tables.toml", "tables.orders.where")


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
    assert "chain own: 1 of 2 links have no number: B needs the table events" in found


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
        "funnel mine: 1 rows of events are both 'look' and 'seek': one row takes two steps",
    ]
