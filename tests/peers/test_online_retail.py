"""UCI Online Retail: our numbers equal the published ones (answers.json: pandas, DuckDB, named notebooks)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from kpi_tui.definitions.library.analysis_parts import CohortPart
from kpi_tui.definitions.period import Period
from tests.peers.shops import Shop, exactly, page_part

MONTHS = 13  # 2010-12 … 2011-12, the last one cut on the 9th
LAST = "2011-12"
SPAN = "2010-12-01/2011-12-09"


@pytest.mark.parametrize(
    ("metric", "column", "decimals"),
    [("active_trading_users", "MAU", 0), ("paid_amount", "revenue", 3), ("aov", "AOV", 4), ("arppu", "ARPPU", 4)],
)
def test_every_month_equals_the_published_one(online_retail: Shop, metric: str, column: str, decimals: int) -> None:
    ours = online_retail.series(metric, LAST, MONTHS)
    assert ours == {m: exactly(row[column], decimals) for m, row in online_retail.answers["monthly_A"].items()}


def test_orders_and_units_of_every_month_stand_behind_items_per_order(online_retail: Shop) -> None:
    for month, row in online_retail.answers["monthly_A"].items():
        parts = online_retail.parts("items_per_order", month)
        assert parts["paid_order_count"] == row["orders"], month
        assert parts["units_in_orders_sum"] == row["units"], month


@pytest.mark.parametrize(
    ("metric", "name", "decimals"),
    [
        ("paid_amount", "revenue", 3),
        ("active_trading_users", "customers", 0),
        ("aov", "AOV", 6),
        ("arppu", "ARPPU", 6),
        ("items_per_order", "units_per_order", 6),
    ],
)
def test_whole_span_equals_the_published_totals(online_retail: Shop, metric: str, name: str, decimals: int) -> None:
    assert online_retail.value(metric, SPAN) == exactly(online_retail.answers["clean_A_no_dedupe"][name], decimals)


def test_buyers_of_a_month_who_buy_in_the_next(online_retail: Shop) -> None:
    published = online_retail.answers["buyback_next_month_A"]
    ours = online_retail.series("buyback_rate_window", LAST, MONTHS - 1)
    rates = [row["rate"] for row in published.values()]  # of month m, which we report at m + 1
    assert list(ours.values()) == [exactly(rate) for rate in rates]


def test_buyers_kept_and_their_base_equal_the_published_counts(online_retail: Shop) -> None:
    months = [*online_retail.answers["buyback_next_month_A"], LAST]
    for before, month in pairwise(months):
        parts = online_retail.parts("buyback_rate_window", month)
        row = online_retail.answers["buyback_next_month_A"][before]
        assert (parts["prev_buyer_count"], parts["kept_buyer_count"]) == (row["base"], row["back"]), month


def test_people_with_two_invoices_among_all_buyers(online_retail: Shop) -> None:
    published = online_retail.answers["clean_A_no_dedupe"]
    assert online_retail.value("repurchase_rate_buyers", LAST) == exactly(
        published["repurchase_rate_by_orders(>=2 invoices)"]
    )
    assert (
        online_retail.parts("repurchase_rate_buyers", LAST)["repeat_buyers_to_date"]
        == published["customers_ge2_orders"]
    )


def test_first_order_users_of_every_month_are_the_published_cohort_sizes(online_retail: Shop) -> None:
    triangle = online_retail.answers["cohort_triangle_A_counts"]
    assert online_retail.series("first_order_users", LAST, MONTHS) == {m: row[0] for m, row in triangle.items()}


def test_the_page_of_retention_shows_the_published_triangle(online_retail: Shop) -> None:
    published = online_retail.answers["cohort_triangle_A_counts"]
    part = replace(page_part(online_retail, "retention", "buyers", CohortPart), last=MONTHS)
    found = online_retail.book.cohorts.of(part, Period.parse(LAST))
    for row in found.rows[: len(published)]:
        known = [None if kept is None else round(kept * row.size) for kept in row.kept]
        assert known[: len(published[row.period.id])] == published[row.period.id], row.period.id
        assert set(known[len(published[row.period.id]) :]) <= {None}


def test_every_cohort_in_every_month_equals_the_published_triangle(online_retail: Shop) -> None:
    triangle = online_retail.answers["cohort_triangle_A_counts"]
    months = list(triangle)
    for offset, month in enumerate(months):
        published = {cohort: triangle[cohort][offset - start] for start, cohort in enumerate(months[: offset + 1])}
        assert online_retail.by("active_trading_users", month, "cohort") == published, month


def test_cohort_of_december_2010_and_its_retention(online_retail: Shop) -> None:
    ours = [
        online_retail.by("active_trading_users", m, "cohort")["2010-12"] for m in online_retail.answers["monthly_A"]
    ]
    shares = [100 * (count or 0) / (ours[0] or 1) for count in ours]
    assert shares == [exactly(p, 2) for p in online_retail.answers["cohort_retention_A_pct"]["2010-12"]]


def test_top_countries_by_revenue(online_retail: Shop) -> None:
    ours = online_retail.by("paid_amount", SPAN, "country")
    top = sorted(ours.items(), key=lambda item: -(item[1] or 0))[:10]
    assert [name for name, _ in top] == [name for name, _ in online_retail.answers["top10_countries_by_revenue_A"]]
    assert [money for _, money in top] == [
        exactly(m, 3) for _, m in online_retail.answers["top10_countries_by_revenue_A"]
    ]


def test_top_products_by_units(online_retail: Shop) -> None:
    ours = online_retail.by("product_units_sold", SPAN, "sku_id")
    top = sorted(ours.items(), key=lambda item: -(item[1] or 0))[:10]
    assert top == [(code, units) for code, _, units in online_retail.answers["top10_products_by_units_A"]]


def test_busiest_day(online_retail: Shop) -> None:
    published = online_retail.answers["DAU_buyers_A"]
    days = online_retail.series("active_trading_users", "2011-12-09", 374)
    busiest = max(days, key=lambda day: days[day] or 0)
    assert (busiest, days[busiest]) == (published["max_day"], published["max"])
    assert sum(1 for count in days.values() if count) == published["days_with_sales"]


def test_cancelled_value_is_what_net_sales_takes_off(online_retail: Shop) -> None:
    parts = online_retail.parts("net_sales_revenue", SPAN)
    assert parts["refund_sum"] == exactly(online_retail.answers["returns_all_rows"]["cancelled_value"], 2)


def test_rows_read_and_kept_equal_the_published_counts(online_retail: Shop) -> None:
    profiles = online_retail.book.data.profiles()
    raw, clean = online_retail.answers["raw"], online_retail.answers["clean_A_no_dedupe"]
    assert {table: profile.rows_read for table, profile in profiles.items()} == dict.fromkeys(profiles, raw["rows"])
    kept = {table: profiles[table].rows_kept for table in ("orders", "order_items", "users", "refunds")}
    assert kept == {**dict.fromkeys(("orders", "order_items", "users"), clean["rows"]), "refunds": raw["cancel_rows"]}
    assert online_retail.parts("aov", SPAN)["paid_order_count"] == clean["orders"]


def test_buyers_gone_for_90_days_at_the_end(online_retail: Shop) -> None:
    published = online_retail.answers["churn_90d_at_2011-12-10"]
    assert online_retail.value("churned_buyers", SPAN) == published["churned"]


def test_credit_notes_without_an_order_count_in_the_refund_rate_and_check_says_so(online_retail: Shop) -> None:
    cancelled = online_retail.answers["returns_all_rows"]["cancelled_value"]
    revenue = online_retail.answers["clean_A_no_dedupe"]["revenue"]
    assert online_retail.value("refund_rate", SPAN) == exactly(cancelled / revenue, 9)
    (told,) = (issue for issue in online_retail.book.data.check() if issue.key == "tables.refunds")
    rows = f"{online_retail.answers['raw']['cancel_invoices']:,}"
    assert told.message.startswith(
        f"refunds: {rows} of {rows} rows: a refund of an order that is in no file; it counts"
    )


def test_recency_and_money_quintiles_of_rfm(online_retail: Shop) -> None:
    """R138: pandas.qcut of recency and money; frequency ties broken by row there, never here."""
    period = online_retail.book.period("2011-12")
    for axis in "rm":
        parts = online_retail.book.numbers.values(["churn_index"], period, by=axis)[1:]
        counts = {str(int(float(str(part.segment)))): part.measures["churn_user_count"] for part in parts}
        assert counts == online_retail.answers["RFM_A"][f"{axis.upper()}_score_counts"], axis
