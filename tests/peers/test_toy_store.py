"""Maven Fuzzy Factory: our numbers equal the published ones (answers.json names the notebooks)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from tests.peers.shops import DATA, Shop, exactly, open_shop

MONTHS = 37
LAST = "2015-03"
SPAN = "2012-03-19/2015-03-19"
VIEWS = "website_pageviews_first50000.parquet"


@pytest.mark.parametrize(
    ("metric", "column", "decimals"), [("active_trading_users", "buyers", 0), ("paid_amount", "revenue", 2)]
)
def test_every_month_equals_the_published_one(toy_store: Shop, metric: str, column: str, decimals: int) -> None:
    ours = toy_store.series(metric, LAST, MONTHS)
    assert ours == {m: exactly(row[column], decimals) for m, row in toy_store.answers["monthly"].items()}


def test_orders_of_every_month(toy_store: Shop) -> None:
    values = toy_store.book.numbers.values(["aov"], toy_store.book.period(LAST), last=MONTHS)
    ours = {value.period.id: value.measures["paid_order_count"] for value in values}
    assert ours == {month: row["orders"] for month, row in toy_store.answers["monthly"].items()}


def test_every_quarter_equals_the_published_one(toy_store: Shop) -> None:
    for name, row in toy_store.answers["quarterly"].items():
        quarter = name.replace("Q", "-Q")
        assert toy_store.value("aov", quarter) == exactly(row["AOV"]), quarter
        assert toy_store.parts("aov", quarter)["paid_order_count"] == row["orders"], quarter


@pytest.mark.parametrize(
    ("metric", "name", "decimals"),
    [
        ("paid_amount", "revenue", 2),
        ("active_trading_users", "buyers", 0),
        ("aov", "AOV", 6),
        ("arppu", "ARPPU", 6),
        ("items_per_order", "units_per_order", 6),
    ],
)
def test_whole_span_equals_the_published_totals(toy_store: Shop, metric: str, name: str, decimals: int) -> None:
    assert toy_store.value(metric, SPAN) == exactly(toy_store.answers["orders"][name], decimals)


def test_refunds_per_dollar_and_per_item(toy_store: Shop) -> None:
    published = toy_store.answers["refunds"]
    assert toy_store.value("refund_rate", SPAN) == exactly(published["value_refund_rate"])
    later = "2012-03-19/2015-04-01"  # the last refund was paid two weeks after the last order
    assert toy_store.value("return_rate", later) == exactly(published["item_refund_rate"])
    assert toy_store.parts("net_sales_revenue", later)["refund_sum"] == exactly(published["amount"], 2)


def test_people_who_bought_twice(toy_store: Shop) -> None:
    published = toy_store.answers["repurchase"]
    assert toy_store.value("repurchase_rate_buyers", LAST) == exactly(published["rate"])
    assert toy_store.parts("repurchase_rate_buyers", LAST)["repeat_buyers_to_date"] == published["ge2"]


def test_refunded_items_of_every_product_equal_the_published_ones(toy_store: Shop) -> None:
    """Each refund names its item: spread over the order, 5.1 % of Mr. Fuzzy were 4.8 %."""
    later = "2012-03-19/2015-04-01"
    ours = toy_store.by("return_rate", later, "product_name")
    assert ours == {name: exactly(row["rate"]) for name, row in toy_store.answers["refund_by_product"].items()}


def test_units_sold_per_product(toy_store: Shop) -> None:
    ours = toy_store.by("product_units_sold", SPAN, "sku_id")
    published = [row["sold"] for row in toy_store.answers["refund_by_product"].values()]
    assert sorted(ours.values(), key=lambda units: -(units or 0)) == sorted(published, reverse=True)


def test_margin_of_every_month(toy_store: Shop) -> None:
    ours = toy_store.series("product_profit", LAST, MONTHS)
    assert ours == {m: exactly(row["margin"], 2) for m, row in toy_store.answers["monthly"].items()}
    assert toy_store.value("product_profit", SPAN) == exactly(toy_store.answers["orders"]["margin"], 2)


@pytest.fixture(scope="module")
def until_august_30(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The shop with the page views its publishers had: a session that crosses midnight of the 30th ends there."""
    if not (DATA / "toy_store" / "answers.json").exists():
        pytest.skip(f"the public data set toy_store is not at {DATA}")
    folder = tmp_path_factory.mktemp("toy_store")
    views = pl.read_parquet(DATA / "toy_store" / VIEWS)
    views.filter(pl.col("created_at") < datetime(2012, 8, 31)).write_parquet(folder / VIEWS)
    return open_shop("toy_store", tmp_path_factory.mktemp("cache"), folder)


@pytest.mark.parametrize("before", ["2012-06-14", "2012-08-31"])
def test_bounce_rate_per_landing_page(until_august_30: Shop, before: str) -> None:
    shop, span = until_august_30, f"2012-03-19/{date.fromisoformat(before) - timedelta(days=1)}"
    published = shop.answers[f"bounce_by_landing_before_{before}"]
    for page, parts in shop.parts_by("bounce_rate", span, "landing_page").items():
        row = published[page]
        assert (parts["web_session_count"], parts["single_page_session_count"]) == (row["sessions"], row["bounced"])
    assert shop.by("bounce_rate", span, "landing_page") == {p: exactly(r["rate"]) for p, r in published.items()}


def test_a_session_across_midnight_is_one_visit_to_us(toy_store: Shop) -> None:
    ours = toy_store.parts_by("bounce_rate", "2012-03-19/2012-08-30", "landing_page")["/lander-1"]
    published = toy_store.answers["bounce_by_landing_before_2012-08-31"]["/lander-1"]
    views = pl.read_parquet(DATA / "toy_store" / VIEWS)
    views = views.with_columns(late=pl.col("created_at") >= datetime(2012, 8, 31))
    across = views.group_by("website_session_id").agg(pl.col("late").sum(), pl.len())
    cut_short = across.filter(pl.col("len") - pl.col("late") == 1, pl.col("late") > 0).height
    assert cut_short > 0
    assert ours["single_page_session_count"] == published["bounced"] - cut_short


def test_home_bounce_rate_is_the_published_59_18_percent(toy_store: Shop) -> None:
    assert toy_store.value("bounce_rate", "2012-03-19/2012-06-13") == exactly(0.5918, 4)


def test_sessions_by_entry_page(toy_store: Shop) -> None:
    published = toy_store.answers["entry_pages_before_2012-06-12"]
    assert toy_store.by("sessions", "2012-03-19/2012-06-11", "landing_page") == published


def test_exit_rate_per_page(until_august_30: Shop) -> None:
    shop = until_august_30
    published = shop.answers["exit_rate_before_2012-08-31(exits/pageviews)"]
    span = "2012-03-19/2012-08-30"
    assert shop.by("exit_rate", span, "page_id") == {page: exactly(row["rate"]) for page, row in published.items()}
    views = {page: parts["page_entry_count"] for page, parts in shop.parts_by("exit_rate", span, "page_id").items()}
    assert views == {page: row["views"] for page, row in published.items()}


def test_most_seen_pages(toy_store: Shop) -> None:
    published = toy_store.answers["top_pages_before_2012-06-09"]
    assert toy_store.by("pv", "2012-03-19/2012-06-08", "page_id") == published


def test_page_views_and_sessions_of_the_whole_file(toy_store: Shop) -> None:
    published = toy_store.answers["pageviews"]
    assert toy_store.value("pv", "2012-03-19/2012-09-01") == published["rows"]
    assert toy_store.value("sessions", "2012-03-19/2012-09-01") == published["sessions"]


@pytest.mark.parametrize("metric", ["dau", "mau", "stickiness", "sessions_per_active_user"])
def test_active_users_are_unknown_where_page_views_name_no_user(toy_store: Shop, metric: str) -> None:
    (found,) = toy_store.book.numbers.values([metric], toy_store.book.period("2012-05"))
    assert (found.value, found.reason) == (None, "no_column")
    assert "events.user_id" in found.detail


def test_the_ordered_funnel_of_website_sessions(toy_store: Shop) -> None:
    """R171: sessions that reach a page after the ones before it; the set's day ends at 2012-08-31 00:00."""
    people = toy_store.by("step_converted_users", "2012-03-19/2012-08-30", "step")
    published = toy_store.answers["ordered_funnel_before_2012-08-31"]
    assert {step.split(". ")[1]: count for step, count in people.items()} == published


def test_pairs_of_toys_in_one_order(toy_store: Shop) -> None:
    """R157: support, confidence and lift of every ordered pair, all years together."""
    span = "2012-03-19/2015-03-19"
    support, confidence = (toy_store.by(f"basket_{name}", span, "pair") for name in ("support", "confidence"))
    lift = toy_store.by("basket_lift", span, "pair")
    published = toy_store.answers["basket_pairs"]
    assert len(published) == len(support)
    for row in published:
        pair = f"{row['a']} → {row['b']}"
        found = (support[pair], confidence[pair], lift[pair])
        assert found == (exactly(row["support"]), exactly(row["conf"]), exactly(row["lift"])), pair
