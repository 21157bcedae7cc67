"""Relations between numbers that hold in every shop (R004, R018, R117, R130, R148)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.unit.properties.small_shops import Rows, quick, shops

OWN = """
[metrics.people_with_a_state]
name = "People with a state"
category = "churn"
kind = "absolute"
formula = "state_user_count"
unit = "count"
better = "higher"
grain = "week"
grains = ["week", "month"]
rollup = "last"
"""
ADDITIVE = ("pv", "content_reads", "paid_amount", "gmv", "new_users", "sessions")
Folders = pytest.TempPathFactory
DATES = ("refund", "payment")
"""What the setting refund_date may say."""


def opened(rows: Rows, folders: Folders) -> Book:
    return rows.founded(folders.mktemp("shop") / "a").defines("metrics/own.toml", OWN).book()


def number(book: Book, metric: str, period: str) -> float | None:
    return book.numbers.values([metric], Period.parse(period))[0].value


@quick
@given(rows=shops(), month=st.sampled_from(["2026-02", "2026-03", "2026-W06", "2026-W10"]))
def test_retention_and_churn_add_up_to_one_r130(rows: Rows, month: str, tmp_path_factory: Folders) -> None:
    book = opened(rows, tmp_path_factory)
    kept = number(book, "active_user_retention", month)
    lost = number(book, "churn_rate", month) if "W" not in month else None
    assert kept is None or 0 <= kept <= 1
    if "W" not in month:
        assert (kept is None) == (lost is None)
        assert kept is None or lost is None or kept + lost == pytest.approx(1, rel=1e-15)


@quick
@given(rows=shops(), period=st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-W02", "2026-W09"]))
def test_stages_and_states_each_hold_every_user_once_r018_r117(
    rows: Rows, period: str, tmp_path_factory: Folders
) -> None:
    book, when = opened(rows, tmp_path_factory), Period.parse(period)
    registered = sum(date.fromisoformat(row["registered_at"][:10]) < when.end for row in rows.tables["users"])
    for by, allowed in (
        ("stage", {"active", "silent", "sleeping", "churned", "dead"}),
        ("state", {"new", "active", "loyal", "inactive", "churned", "returning"}),
    ):
        total, *parts = book.numbers.values(["people_with_a_state"], when, by=by)
        assert total.value == registered
        assert sum(part.value or 0 for part in parts) == registered
        assert {part.segment for part in parts} <= allowed


@quick
@given(rows=shops())
def test_gmv_is_at_least_paid_is_at_least_net_for_the_same_orders_r148(rows: Rows, tmp_path_factory: Folders) -> None:
    placed, kept = opened(rows, tmp_path_factory).numbers.values(
        ["order_payment_rate", "refund_rate"], Period.parse("2026-Q1")
    )
    assert placed.measures["gmv_sum"] >= placed.measures["paid_of_created_sum"] >= 0  # type: ignore[operator]
    paid, refunded = kept.measures["paid_amount_sum"], kept.measures["refund_of_paid_sum"]
    assert paid is not None and refunded is not None
    assert paid >= paid - refunded


@quick
@given(rows=shops(), period=st.sampled_from(["2026-01", "2026-02", "2026-Q1", "2026-W06"]), by=st.sampled_from(DATES))
def test_net_sales_paid_amount_and_refund_rate_close_r148(
    rows: Rows, period: str, by: str, tmp_path_factory: Folders
) -> None:
    """Net = paid × (1 − refund rate), by the date of the refund and by that of the payment."""
    book = rows.founded(tmp_path_factory.mktemp("shop") / "a").says(settings={"refund_date": by}).book()
    asked = ["net_sales_revenue", "paid_amount", "refund_rate"]
    net, paid, rate = (value.value for value in book.numbers.values(asked, Period.parse(period)))
    assert net is not None and paid is not None
    assert (rate is None) == (paid == 0)
    assert rate is None or net == pytest.approx(paid * (1 - rate), abs=1e-6)


@quick
@given(rows=shops(), period=st.sampled_from(["2026-01", "2026-02", "2026-W05", "2026-01-01"]))
def test_shares_lie_between_nothing_and_everything(rows: Rows, period: str, tmp_path_factory: Folders) -> None:
    shares = """d1_retention d7_retention stickiness interaction_rate check_in_rate bounce_rate order_payment_rate
        refund_rate active_to_trading_ratio buyback_rate_day repurchase_rate_window second_purchase_rate""".split()
    found = opened(rows, tmp_path_factory).numbers.values(shares, Period.parse(period))
    assert [(v.metric, v.value) for v in found if v.value is not None and not 0 <= v.value <= 1] == []


@quick
@given(rows=shops(), month=st.sampled_from(["2026-01", "2026-02", "2026-Q1"]))
def test_segments_of_additive_figures_add_up_to_the_total(rows: Rows, month: str, tmp_path_factory: Folders) -> None:
    book = opened(rows, tmp_path_factory)
    for metric, by in (("pv", "platform"), ("paid_amount", "domain"), ("gmv", "user_id"), ("new_users", "channel_id")):
        total, *parts = book.numbers.values([metric], Period.parse(month), by=by)
        assert sum(part.value or 0 for part in parts) == pytest.approx(total.value), (metric, by)


@quick
@given(rows=shops())
def test_days_tile_weeks_and_months_and_these_the_quarter(rows: Rows, tmp_path_factory: Folders) -> None:
    """Additive figures: 90 days, 13 full weeks and two rests, three months, one quarter; none left out, none twice."""
    book = opened(rows, tmp_path_factory)

    def added(last: str, count: int) -> list[float]:
        rows_ = book.numbers.values(list(ADDITIVE), Period.parse(last), last=count)
        return [sum(v.value or 0 for v in rows_ if v.metric == metric) for metric in ADDITIVE]

    quarter = added("2026-Q1", 1)
    assert added("2026-03-31", 90) == pytest.approx(quarter)
    assert added("2026-03", 3) == pytest.approx(quarter)
    assert added("2026-W14", 14) == pytest.approx(quarter)  # W01 begins in December, W14 ends in April: no rows there


@given(year=st.integers(1901, 2198))
def test_the_weeks_of_a_year_tile_it(year: int) -> None:
    """52 or 53 ISO weeks from the Monday of W01 to the day before the next W01, none of them twice."""
    first, end = date.fromisocalendar(year, 1, 1), date.fromisocalendar(year + 1, 1, 1)
    weeks = [
        Period.containing(first + timedelta(days=n), Period.parse("2026-W01").grain) for n in range((end - first).days)
    ]
    tiles = list(dict.fromkeys(weeks))
    assert [tile.start for tile in tiles[1:]] == [tile.end for tile in tiles[:-1]]
    assert (tiles[0].start, tiles[-1].end) == (first, end)
    assert [tile.id for tile in tiles] == [f"{year}-W{n:02d}" for n in range(1, len(tiles) + 1)]
    assert all(Period.parse(tile.id) == tile for tile in tiles)
