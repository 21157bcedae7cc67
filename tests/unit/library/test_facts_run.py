"""Facts of the shipped library give the rows a person works out by hand, in polars and in DuckDB."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit.library.bench import Bench, at, event, order, user


@pytest.mark.parametrize(
    ("platform", "minute", "sessions"),
    [("web", 30, 1), ("web", 31, 2), ("wechat", 30, 1), ("wechat", 31, 2), ("app", 5, 1), ("app", 6, 2)],
)
def test_a_session_ends_after_the_silence_of_its_platform(
    bench: Bench, platform: str, minute: int, sessions: int
) -> None:
    """R120: 30 min on the web, 5 min in the app; the boundary itself stays inside."""
    events = [event("v", f"2026-10-01 09:{m:02d}", platform=platform) for m in (0, minute)]
    found = bench.rows("d_sessions", events=events)
    assert len(found) == sessions
    assert sum(row["page_views"] for row in found) == 2
    assert {row["duration_s"] for row in found} == ({minute * 60.0} if sessions == 1 else {0.0})


def test_platforms_and_visitors_have_sessions_of_their_own(bench: Bench) -> None:
    events = [
        event("v", "2026-10-01 09:00"),
        event("v", "2026-10-01 09:01", platform="app"),
        event("w", "2026-10-01 09:01"),
    ]
    found = bench.rows("d_sessions", events=events)
    assert sorted((row["visitor_id"], row["platform"]) for row in found) == [("v", "app"), ("v", "web"), ("w", "web")]
    assert len({row["session_id"] for row in found}) == 3


def test_invalid_events_are_left_out_and_unchecked_ones_stay(bench: Bench) -> None:
    """R007: false is ignored; null has not been rejected."""
    events = [
        event("v", "2026-10-01 09:00", is_valid=None),
        event("v", "2026-10-01 09:20", is_valid=False),
        event("v", "2026-10-01 09:40", is_valid=True),
    ]
    assert len(bench.rows("d_sessions", events=events)) == 2, "the invalid event must not bridge the gap"


def test_bounce_and_exit_are_different_readings_of_one_data_set(bench: Bench) -> None:
    """R123: sessions A; A, B; B, A → bounce rate 1/3, exit rate of A 2/3."""
    views = [("s1", "A"), ("s2", "A"), ("s2", "B"), ("s3", "B"), ("s3", "A")]
    events = [event(v, f"2026-10-01 09:0{n}", page_id=page) for n, (v, page) in enumerate(views)]
    sessions = bench.rows("d_sessions", events=events)
    bounced = [s["visitor_id"] for s in sessions if s["page_views"] == 1]
    assert (bounced, len(sessions)) == (["s1"], 3)
    assert {(s["visitor_id"], s["landing_page"], s["exit_page"]) for s in sessions} == {
        ("s1", "A", "A"),
        ("s2", "A", "B"),
        ("s3", "B", "A"),
    }
    steps = [s for s in bench.rows("d_page_steps", events=events) if s["page_id"] == "A"]
    assert (sum(s["is_exit"] for s in steps), len(steps)) == (2, 3)
    only = next(s for s in steps if s["visitor_id"] == "s1")
    assert only["is_landing"] and only["is_exit"], "a bounce is always an exit of its landing page"


def _lives() -> dict[str, list[dict[str, Any]]]:
    """Users on 2026-10-31, the last day of the period; days inactive in the comments."""
    days = {
        "new": ["2026-10-06"],
        "loyal": ["2026-08-15", "2026-09-15", "2026-10-15"],
        "active": ["2026-09-15", "2026-10-15"],
        "returning": ["2026-01-10", "2026-10-10"],
        "silent": ["2026-09-20"],  # 41
        "sleeping": ["2026-08-20"],  # 72
        "churned": ["2026-07-20"],  # 103: 90 were full on 2026-10-18
        "dead": ["2026-01-05"],  # 299
    }
    begun = {"new": "2026-10-05", "never90": "2026-08-02", "never89": "2026-08-03", "tomorrow": "2026-11-01"}
    names = [*days, *[name for name in begun if name not in days]]
    events = [event(name, f"{day} 12:00", "read", user_id=name) for name, seen in days.items() for day in seen]
    return {
        "users": [user(name, begun.get(name, "2026-01-01")) for name in names],
        "events": events,
        "orders": [order("o1", "returning", "2026-10-10 13:00"), order("o2", "stranger", "2026-10-10")],
    }


def test_states_and_stages_part_all_registered_users(bench: Bench) -> None:
    """R018, R117: every user registered before the period end has exactly one of each."""
    rows = {row["user_id"]: row for row in bench.rows("d_user_state", "2026-10", **_lives())}
    assert {name: (row["state"], row["stage"]) for name, row in rows.items()} == {
        "new": ("new", "active"),
        "loyal": ("loyal", "active"),
        "active": ("active", "active"),
        "returning": ("returning", "active"),
        "silent": ("inactive", "silent"),
        "sleeping": ("inactive", "sleeping"),
        "churned": ("churned", "churned"),
        "dead": ("churned", "dead"),
        "never90": ("churned", "churned"),
        "never89": ("inactive", "sleeping"),
    }
    assert {name: row["days_inactive"] for name, row in rows.items() if name in ("silent", "never90", "never89")} == {
        "silent": 41,
        "never90": 90,
        "never89": 89,
    }


def test_churn_warning_and_win_back_flags(bench: Bench) -> None:
    rows = bench.rows("d_user_state", "2026-10", **_lives())

    def marked(flag: str) -> set[str]:
        return {row["user_id"] for row in rows if row[flag]}

    assert marked("churned_now") == {"churned", "never90"}, "the dead crossed the limit long ago"
    assert marked("pre_churn") == {"sleeping", "never89"}
    # On 2026-09-30: returning 263 days, churned 72, dead 268; never90 and never89 only 59 and 58.
    assert marked("at_risk_before") == {"returning", "churned", "dead"}
    assert marked("recovered") == marked("recovered_bought") == {"returning"}


def test_states_of_several_periods_are_independent(bench: Bench) -> None:
    alone = bench.rows("d_user_state", "2026-10", **_lives())
    both = bench.rows("d_user_state", "2026-08", "2026-10", **_lives())
    october = [row for row in both if row["period"] == date(2026, 10, 1)]
    key = str
    assert sorted(map(key, alone)) == sorted(map(key, october))
    assert {row["user_id"] for row in both if row["period"] == date(2026, 8, 1)} >= {"never90", "sleeping"}


def test_cohort_days_count_from_registration_and_always_hold_day_0(bench: Bench) -> None:
    """R126: active on day 6 and 8 only is not in day 7; R116: an order alone is activity."""
    found = bench.rows(
        "d_cohort_days",
        users=[user("ann", "2026-09-28 23:50"), user("bo", "2026-09-28 08:00")],
        events=[event("x", f"2026-10-{day} 00:10", user_id="ann") for day in ("04", "06")],
        orders=[order("o", "bo", "2026-09-29 07:00")],
    )
    assert sorted((row["user_id"], row["offset_days"]) for row in found) == [
        ("ann", 0),
        ("ann", 6),
        ("ann", 8),
        ("bo", 0),
        ("bo", 1),
    ]


def _touched(bench: Bench, orders: list[dict[str, Any]], events: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    found = bench.rows("d_attributed_orders", orders=orders, events=events, users=[user("ann", "2026-01-01")])
    return sorted((row["order_id"], row["touch"], row["touch_id"]) for row in found)


def test_orders_without_a_number_or_with_the_same_one_are_credited_each_by_itself(bench: Bench) -> None:
    """R110: an order number that is missing or stands twice neither loses nor lends a touch."""
    events = [
        event("v", "2026-10-01 09:00", url="https://shop.cn/?source=weibo", user_id="ann"),
        event("v", "2026-10-03 09:00", url="https://shop.cn/?source=weixin", user_id="ann"),
    ]
    moments = ("2026-10-02 10:00", "2026-10-04 10:00")
    for number in ("twice", None):
        orders = [order("", "ann", moment) | {"order_id": number} for moment in moments]
        found = bench.rows("d_attributed_orders", orders=orders, events=events, users=[user("ann", "2026-01-01")])
        assert sorted((row["paid_at"], row["touch_id"]) for row in found) == [
            (at(moments[0]), "weibo"),
            (at(moments[1]), "weixin"),
        ]


def test_the_last_touch_before_an_order_earns_it(bench: Bench) -> None:
    """R110: two ads before one order, the later one gets it; a touch after it or too old does not."""
    events = [
        event("v", "2026-10-01 09:00", url="https://shop.cn/?source=weibo", user_id="ann"),
        event("v", "2026-10-02 09:00", url="https://shop.cn/p?a=1&source=weixin#top", user_id="ann"),
        event("v", "2026-10-05 09:00", "read", content_id="c7", user_id="ann"),
    ]
    orders = [
        order("early", "ann", "2026-09-30 10:00"),
        order("second ad", "ann", "2026-10-04 10:00"),
        order("content", "ann", "2026-10-06 10:00"),
        order("seven days", "ann", "2026-10-12 09:00"),
        order("too late", "ann", "2026-10-12 09:01"),
    ]
    assert _touched(bench, orders, events) == [
        ("content", "content", "c7"),
        ("second ad", "ad", "weixin"),
        ("seven days", "content", "c7"),
    ]


def test_the_id_on_the_order_wins_over_touches(bench: Bench) -> None:
    events = [event("v", "2026-10-01 09:00", "read", content_id="c7", user_id="ann")]
    orders = [order("o", "ann", "2026-10-01 10:00", channel_id="baidu")]
    assert _touched(bench, orders, events) == [("o", "ad", "baidu")]


def test_paid_orders_are_counted_per_buyer_from_the_first_ever(bench: Bench) -> None:
    """Two orders on one day do not make a buyer "bought before" (buyback_rate_day)."""
    orders = [
        order("a1", "ann", "2026-09-30 10:00"),
        order("a2", "ann", "2026-09-30 11:00"),
        order("a3", "ann", "2026-10-02 09:00"),
        order("b1", "bo", "2026-10-02 09:00"),
        order("unpaid", "ann", "2026-01-01", paid_at=None),
    ]
    found = {
        row["order_id"]: (row["paid_seq"], row["bought_earlier_day"])
        for row in bench.rows("d_paid_orders", orders=orders)
    }
    assert found == {"a1": (1, False), "a2": (2, False), "a3": (3, True), "b1": (1, False)}
    buyers = {row["user_id"]: row for row in bench.rows("d_buyers", orders=orders)}
    assert (buyers["ann"]["days_to_second"], buyers["ann"]["days_to_third"]) == (0, 2)
    assert (buyers["bo"]["first_paid_at"], buyers["bo"]["days_to_second"]) == (at("2026-10-02 09:00"), None)


def test_lapsed_buyers_bought_last_churn_days_before_the_period_end(bench: Bench) -> None:
    orders = [
        order("1", "lapsed", "2026-08-02"),  # 90 days before 2026-10-31
        order("2", "kept", "2026-08-03"),
        order("3", "back", "2026-01-01"),
        order("4", "back", "2026-10-31 23:59"),
        order("5", "later", "2026-01-01"),
        order("6", "later", "2026-11-01"),  # after the end: not known then
    ]
    found = bench.rows("d_lapsed_buyers", "2026-10", orders=orders)
    assert {row["user_id"] for row in found} == {"lapsed", "later"}


def test_the_invitation_tree_counts_levels_and_survives_circles(bench: Bench) -> None:
    users = [
        user("seed", "2026-10-01"),
        user("a", "2026-10-03", inviter_id="seed"),
        user("b", "2026-10-08", inviter_id="a"),
        user("x", "2026-10-01", inviter_id="y"),
        user("y", "2026-10-01", inviter_id="x"),
        user("self", "2026-10-01", inviter_id="self"),
    ]
    found = {row["user_id"]: row for row in bench.rows("d_invite_tree", users=users)}
    assert {name: row["depth"] for name, row in found.items()} == {"a": 1, "b": 2, "x": 8, "y": 8}
    assert (found["b"]["root_id"], found["b"]["generation_days"]) == ("seed", 5)


def test_campaign_links_are_parsed_and_keep_leading_zeros(bench: Bench) -> None:
    """R144: source, content, inviter, timestamp; missing parameters are null."""
    url = "https://shop.cn/c?source=weixin&content=h9j76g&inviter=00001&timestamp=1790000000"
    events = [
        event("v", "2026-10-01 09:00", url=url),
        event("v", "2026-10-01 09:01", url="https://shop.cn/c", campaign_id="c1"),
        event("v", "2026-10-01 09:02", url="https://shop.cn/c?xsource=no"),
    ]
    names = ("source", "content", "inviter", "share_ts", "campaign_id")
    found = sorted(bench.rows("d_link_hits", events=events), key=lambda row: row["ts"])
    assert [tuple(row[name] for name in names) for row in found] == [
        ("weixin", "h9j76g", "00001", "1790000000", None),
        (None, None, None, None, "c1"),
    ]


def test_relations_with_guides_hold_until_the_day_they_end(bench: Bench) -> None:
    """A snapshot reads rows that began before the period end and had not ended by then."""

    def relation(name: str, added: str, deleted: str | None = None) -> dict[str, Any]:
        ends = at(deleted) if deleted else None
        met = {"exposed_at": at(added), "added_at": at(added), "deleted_at": ends}
        return {"guide_id": "g", "user_id": name, "touchpoint": "wecom"} | met

    rows = bench.rows(
        "d_guide_period",
        "2026-10",
        guide_customers=[
            relation("old", "2026-01-01"),
            relation("new", "2026-10-31 23:00"),
            relation("lost", "2026-01-01", "2026-10-15"),
            relation("gone", "2026-01-01", "2026-09-30"),
            relation("next", "2026-11-01"),
        ],
    )
    assert {(row["user_id"], row["at_start"], row["at_end"]) for row in rows} == {
        ("old", True, True),
        ("new", False, True),
        ("lost", True, False),
    }
