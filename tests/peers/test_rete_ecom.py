"""retentioneering's clickstream: our numbers equal the published ones (answers.json)."""

from __future__ import annotations

from datetime import date, timedelta

from kpi_tui.definitions.period import Period
from tests.peers.shops import Shop, exactly

SPAN = "2024-01-04/2024-06-29"
MONTHS = 6


def test_sessions_cut_after_30_minutes(rete_ecom: Shop) -> None:
    assert rete_ecom.value("sessions", SPAN) == rete_ecom.answers["sessions_30min(gap>30m)"]


def test_mean_session_duration(rete_ecom: Shop) -> None:
    assert rete_ecom.value("avg_session_duration", SPAN) == exactly(rete_ecom.answers["mean_session_s"])


def test_monthly_active_users(rete_ecom: Shop) -> None:
    assert rete_ecom.series("mau", "2024-06", MONTHS) == rete_ecom.answers["MAU"]


def test_daily_active_users_their_mean_and_maximum(rete_ecom: Shop) -> None:
    days = rete_ecom.series("dau", "2024-06-29", 178)
    active = [count for count in days.values() if count]
    assert len(active) == rete_ecom.answers["days"]
    assert max(active) == rete_ecom.answers["DAU_max"]
    assert sum(active) / len(active) == exactly(rete_ecom.answers["DAU_mean_active_days"])


def test_exact_day_retention(rete_ecom: Shop) -> None:
    published = rete_ecom.answers["retention_exact_day(eligible=enough observation)"]
    for days, row in published.items():
        watched = f"2024-01-04/{date(2024, 6, 29) - timedelta(days=int(days))}"  # users seen for that many days
        parts = rete_ecom.parts(f"d{days}_retention", watched)
        assert parts["cohort_size"] == row["eligible"], days
        assert parts[f"cohort_active_{days}"] == row["returned"], days


def test_cohorts_not_watched_long_enough_are_pending(rete_ecom: Shop) -> None:
    (found,) = rete_ecom.book.numbers.values(["d30_retention"], rete_ecom.book.period("2024-06"))
    assert (found.value, found.reason) == (None, "pending")


def test_users_by_channel(rete_ecom: Shop) -> None:
    assert rete_ecom.by("new_users", SPAN, "channel_id") == rete_ecom.answers["by_channel_users"]


def test_purchases_are_orders_and_their_buyers_are_the_published_ones(rete_ecom: Shop) -> None:
    assert rete_ecom.book.data.profiles()["orders"].rows_kept == rete_ecom.answers["events"]["purchase"]
    reached = rete_ecom.answers["funnel_user"]["any_order_users_with_event"]
    assert rete_ecom.value("active_trading_users", SPAN) == reached["purchase"]
    assert rete_ecom.value("new_users", SPAN) == rete_ecom.answers["users"]


def test_money_is_unknown_and_says_so(rete_ecom: Shop) -> None:
    (found,) = rete_ecom.book.numbers.values(["paid_amount"], rete_ecom.book.period("2024-05"))
    assert found.value is None
    assert found.reason == "no_column"
    assert "paid_amount" in found.detail


def test_views_and_visitors_of_every_page(rete_ecom: Shop) -> None:
    seen = rete_ecom.by("pv", SPAN, "step")
    views = {page: count for page, count in seen.items() if count}
    assert len(views) == 11
    assert views == {page: rete_ecom.answers["events"][page] for page in views}
    reached = rete_ecom.answers["funnel_user"]["any_order_users_with_event"]
    visitors = rete_ecom.by("uv", SPAN, "step")
    assert {step: visitors[step] for step in reached} == reached


def test_users_with_a_filled_cart_and_those_who_bought(rete_ecom: Shop) -> None:
    reached = rete_ecom.answers["funnel_user"]["any_order_users_with_event"]
    assert rete_ecom.parts("cart_to_purchase_rate", SPAN)["cart_user_count"] == reached["add_to_cart"]


def test_the_ordered_funnel_of_users(rete_ecom: Shop) -> None:
    """R171: home, catalog, cart … purchase one after the other, by user."""
    people = rete_ecom.by("step_converted_users", SPAN, "step")
    assert {step.split(". ")[1]: count for step, count in people.items()} == rete_ecom.answers["funnel_user"]["ordered"]


def test_the_page_of_funnels_shows_the_ordered_funnel_and_its_channels_add_up(rete_ecom: Shop) -> None:
    found = {one.section.id: one.found for one in rete_ecom.book.pages.of("funnel", Period.parse(SPAN)).sections}
    steps = {step.name: step.people for step in found["shop"].steps}
    assert steps == rete_ecom.answers["funnel_user"]["ordered"]
    channels = [one for segment, one in found["shop_by"].parts if segment is not None]
    assert len(channels) == len(rete_ecom.answers["by_channel_users"])
    for place, name in enumerate(steps):
        assert sum(one.steps[place].people for one in channels) == steps[name], name


def test_the_steps_of_the_funnel_multiply_to_the_whole(rete_ecom: Shop) -> None:
    published = rete_ecom.answers["funnel_user"]["ordered"]
    rates = rete_ecom.by("step_conversion_rate", SPAN, "step")
    whole = 1.0
    for rate in rates.values():
        assert rate is not None
        whole *= rate
    assert whole == exactly(published["purchase"] / published["home"], 9)
