"""CDNOW: our numbers equal the published ones (answers.json; monthly repurchase as in the literature)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_tui.definitions.library.analysis_parts import CohortPart
from kpi_tui.definitions.period import Period
from tests.peers.shops import Shop, exactly, page_part

MONTHS = 18
LAST = "1998-06"
SPAN = "1997-01-01/1998-06-30"


@pytest.mark.parametrize(
    ("metric", "column", "decimals"), [("active_trading_users", "MAU", 0), ("paid_amount", "revenue", 2)]
)
def test_every_month_equals_the_published_one(cdnow: Shop, metric: str, column: str, decimals: int) -> None:
    ours = cdnow.series(metric, LAST, MONTHS)
    assert ours == {m: exactly(row[column], decimals) for m, row in cdnow.answers["monthly"].items()}


def test_every_row_is_a_purchase_the_255_duplicates_too(cdnow: Shop) -> None:
    values = cdnow.book.numbers.values(["aov"], cdnow.book.period(LAST), last=MONTHS)
    ours = {value.period.id: value.measures["paid_order_count"] for value in values}
    assert ours == {month: row["orders"] for month, row in cdnow.answers["monthly"].items()}
    assert cdnow.parts("aov", SPAN)["paid_order_count"] == cdnow.answers["raw"]["rows"]


def test_whole_span_equals_the_published_totals(cdnow: Shop) -> None:
    raw = cdnow.answers["raw"]
    assert cdnow.value("paid_amount", SPAN) == exactly(raw["revenue"], 2)
    assert cdnow.value("active_trading_users", SPAN) == raw["customers"]
    assert cdnow.value("aov", SPAN) == exactly(raw["mean_value_per_row(AOV)"])
    assert cdnow.value("arppu", SPAN) == exactly(raw["value_per_customer"])


def test_monthly_repurchase_rate(cdnow: Shop) -> None:
    published = cdnow.answers["monthly_repurchase_rate(>=2 rows in month / buyers in month)"]
    ours = cdnow.series("repurchase_rate_window", LAST, MONTHS)
    assert ours == {month: exactly(row["rate"]) for month, row in published.items()}


def test_monthly_buyback_rate_is_read_in_the_month_after(cdnow: Shop) -> None:
    published = cdnow.answers["monthly_buyback_rate(buyers in m who buy in m+1)"]
    ours = list(cdnow.series("buyback_rate_window", LAST, MONTHS - 1).values())
    assert ours == [exactly(row["rate"]) for row in published.values()]


def test_people_with_two_purchases_among_all_buyers(cdnow: Shop) -> None:
    assert cdnow.value("repurchase_rate_buyers", LAST) == exactly(cdnow.answers["repurchase"]["rate_rows>=2"])


def test_first_order_users_are_the_new_ones_of_the_published_status_table(cdnow: Shop) -> None:
    published = cdnow.answers["monthly_user_status"]
    ours = cdnow.series("first_order_users", LAST, MONTHS)
    assert ours == {month: row["new"] for month, row in published.items()}


def test_buyers_kept_are_the_active_ones_of_the_published_status_table(cdnow: Shop) -> None:
    published = cdnow.answers["monthly_user_status"]
    for month in list(published)[1:]:
        assert cdnow.parts("buyback_rate_window", month)["kept_buyer_count"] == published[month]["active"], month


@pytest.mark.parametrize("month", ["1997-02", "1997-03", "1997-12", "1998-06"])
def test_the_page_of_the_life_cycle_shows_the_published_states(cdnow: Shop, month: str) -> None:
    """Their active bought in this and the last month (our active and loyal); unactive is inactive and churned."""
    published = cdnow.answers["monthly_user_status"][month]
    rows = cdnow.book.pages.of("life", Period.parse(month)).section("states").found.rows
    ours = {row.segment: row.cells["users"].value for row in rows}
    assert ours["new"] == published["new"]
    assert ours["active"] + ours["loyal"] == published["active"]
    assert ours["returning"] == published["return"]
    assert ours["inactive"] + ours["churned"] == published["unactive"]


def test_the_page_of_retention_shows_the_published_triangle(cdnow: Shop) -> None:
    published = cdnow.answers["cohort_triangle_counts"]
    part = replace(page_part(cdnow, "retention", "buyers", CohortPart), last=MONTHS)
    found = cdnow.book.cohorts.of(part, Period.parse(LAST))
    for row in found.rows[: len(published)]:
        known = [None if kept is None else round(kept * row.size) for kept in row.kept]
        assert known[: len(published[row.period.id])] == published[row.period.id], row.period.id
        assert set(known[len(published[row.period.id]) :]) <= {None}


def test_every_cohort_in_every_month_equals_the_published_triangle(cdnow: Shop) -> None:
    triangle = cdnow.answers["cohort_triangle_counts"]
    months = list(cdnow.answers["monthly"])
    for offset, month in enumerate(months):
        published = {
            cohort: row[offset - start] for start, (cohort, row) in enumerate(triangle.items()) if offset >= start
        }
        assert cdnow.by("active_trading_users", month, "cohort") == published, month


def test_revenue_per_customer_of_each_cohort(cdnow: Shop) -> None:
    published = cdnow.answers["LTV_realised_by_cohort"]
    ours = cdnow.by("arppu", SPAN, "cohort")
    assert ours == {cohort: exactly(row["ltv"], 4) for cohort, row in published.items()}


def test_life_time_value_to_date_of_each_monthly_cohort(cdnow: Shop) -> None:
    published = cdnow.answers["LTV_realised_by_cohort"]
    ours = cdnow.series("ltv_to_date", "1997-03", 3)
    assert ours == {month: exactly(row["ltv"], 4) for month, row in published.items()}
