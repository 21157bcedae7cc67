"""Acquisition, price models and spread to the own site: R107, R108, R111–R115, R119, on rows written down here."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kpi_tui.definitions.period import Period
from tests.unit.library.example_shops import people
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Row, Shop, orders, users, views

APRIL = "2026-04"


def ads(**more: object) -> Row:
    """A line of the daily channel report."""
    blank = dict.fromkeys(("impressions", "reach", "clicks", "landing_visitors", "actions", "downloads"), 0)
    blank |= dict.fromkeys(("registrations", "orders", "order_amount", "spend"), 0)
    known = {"day": "2026-04-10", "channel_id": "weixin", "campaign_id": "c1", "pricing_model": "cpc"}
    return {**known, **blank, **more}


def cost(amount: float, direct: bool) -> Row:
    return {"day": "2026-04-10", "cost_type": "other", "direct_acquisition": str(direct).lower(), "amount": amount}


def april(shop: Shop) -> Shop:
    """Ten new users in April; 300 spent on ads and 200 on gifts for them."""
    shop.has("users", users(*((who, "2026-04-10 09:00:00") for who in people(10))), complete_until="2026-04-30")
    shop.has("channel_daily", [ads(spend=300)], complete_until="2026-04-30")
    return shop.has("costs", [cost(200, True)], complete_until="2026-04-30").says(as_of="2026-04-30")


@pytest.mark.parametrize(
    ("funnel", "steps"),
    [
        ("acquisition", {"channel_reach": 8000, "ad_clicks": 400, "app_downloads": 100, "new_users": 20}),
        ("business", {"channel_reach": 8000, "app_downloads": 100, "active_users": 4, "active_trading_users": 1}),
    ],
)
def test_r107_r108_funnels_of_metrics_show_their_step_rates_and_the_weakest_step(
    written: Written, shop: Shop, run: Run, funnel: str, steps: dict[str, float]
) -> None:
    """April has half of March's clicks and a quarter of its buyers; everything else is as it was."""
    gone = [f"2026-{month}-{day:02d} 10:00:00" for month in ("03", "04") for day in range(1, 31)]
    shop.has("channel_daily", [ads(day=f"2026-{m}-10", reach=8000, clicks=c) for m, c in (("03", 800), ("04", 400))])
    shop.has("downloads", [
        {"day_id": n, "downloaded_at": f"2026-{m}-10 09:00:00", "channel_id": "store", "device_id": f"{m}-{n}"}
        for m in ("03", "04") for n in range(100)
    ], complete_until="2026-04-30")  # fmt: skip
    joined = [(f"{m}-{n}", f"2026-{m}-10 09:00:00") for m in ("03", "04") for n in range(20)]
    shop.has("users", users(*joined), complete_until="2026-04-30")
    shop.has(
        "events",
        views(*((who, at, "/") for at in gone for who in ("03-0", "03-1", "03-2", "03-3"))),
        complete_until="2026-04-30",
    )
    bought = [(f"o{n}", f"03-{n}", "2026-03-10 12:00:00", 10.0) for n in range(4)]
    bought.append(("late", "03-0", "2026-04-10 12:00:00", 10.0))
    shop.has("orders", orders(*bought), complete_until="2026-04-30").says(as_of="2026-04-30")
    shop.says(settings={"funnel_baseline_periods": 1})
    written()
    answer = run("-w", shop.root, "funnel", funnel, "--period", APRIL).json
    assert {step["step"]: step["people"] for step in answer["steps"]} == steps
    counts = list(steps.values())
    assert [step["rate"] for step in answer["steps"][1:]] == [
        pytest.approx(after / before) for before, after in pairwise(counts)
    ]
    assert answer["weakest"] == ("ad_clicks" if funnel == "acquisition" else "active_trading_users")


def test_a_benchmark_that_describes_a_trade_is_neither_reached_nor_missed(
    written: Written, shop: Shop, run: Run
) -> None:
    """R016: a follower costs 10 to 20 yuan, a user of a financial product a thousand; a CAC of 50 misses neither."""
    april(shop)
    written()
    marks = run("-w", shop.root, "explain", "cac", "--period", APRIL).json["benchmarks"]
    assert [(mark["value"], mark["describes"], mark["reached"]) for mark in marks] == [
        (10, True, None),
        (1000, True, None),
    ]
    shown = run("-w", shop.root, "explain", "cac", "--period", APRIL, "--format", "table").out
    assert "usual in a trade" in shown
    assert "missed" not in shown


def test_r111_spend_of_one_pricing_model_never_enters_the_price_of_another(shop: Shop) -> None:
    rows = {
        "cpm": ads(pricing_model="cpm", spend=100, impressions=50_000),
        "cpc": ads(pricing_model="cpc", spend=200, clicks=400),
        "cpa": ads(pricing_model="cpa", spend=300, actions=30),
        "cps": ads(pricing_model="cps", spend=400, orders=20),
        "cpd": ads(pricing_model="cpd", spend=500, downloads=100),
        "cpt": ads(pricing_model="cpt", spend=600, display_hours=12),
    }
    prices = {"cpm": 2.0, "cpc": 0.5, "cpa": 10.0, "cps": 20.0, "cpd": 5.0, "cpt": 50.0}
    shop.has("channel_daily", list(rows.values()), complete_until="2026-04-30").says(as_of="2026-04-30")
    values = shop.book().numbers.values(list(prices), Period.parse(APRIL))
    assert {value.metric: value.value for value in values} == prices


def test_r112_acquisition_roi_counts_registrations_when_a_setting_says_so_and_is_then_one_over_cac(shop: Shop) -> None:
    """Ten users won for 500: CAC 50, ROI 1 / 50 users per unit of money."""
    april(shop).says(settings={"acquisition_value": "registrations"})
    book = shop.book()
    roi, cac = book.numbers.values(["acquisition_roi", "cac"], Period.parse(APRIL))
    assert (roi.value, cac.value) == (10 / 500, 50)
    assert 1 / (roi.value or 0) == pytest.approx(cac.value)
    assert book.numbers.settings_of("acquisition_roi")["acquisition_value"] == "registrations"


def test_r112_by_default_acquisition_roi_counts_the_money_of_orders_credited_to_an_ad(shop: Shop) -> None:
    paid = orders(("o1", "u000001", "2026-04-12 10:00:00", 1000.0), channel_id="weixin")
    organic = orders(("o2", "u000002", "2026-04-12 10:00:00", 400.0))
    april(shop).has("orders", paid + organic, complete_until="2026-04-30")
    assert shop.value("acquisition_roi", APRIL).reason == "no_table", "nothing tells what people met before buying"
    shop.has("events", views(("u000003", "2026-04-10 10:00:00", "/"), url="https://shop.cn/"))
    assert shop.value("acquisition_roi", APRIL).value == 2.0, "who sends no messages is credited by visits alone"
    shop.has("messages", [_message("u000009")], complete_until="2026-04-30")
    assert shop.value("acquisition_roi", APRIL).value == 2.0


def _message(user: str) -> Row:
    told = {"message_id": "m1", "channel": "sms", "user_id": user, "sent_at": "2026-04-01 09:00:00"}
    return {**told, "delivered_at": None, "opened_at": None, "responded_at": None}


def test_r113_a_device_in_both_tables_counts_as_registered_and_the_unmatched_share_is_shown(
    written: Written, shop: Shop, run: Run
) -> None:
    """Four devices in the stores' lists, three of them registered; a registration elsewhere matches nothing."""
    loads = [
        {"downloaded_at": "2026-04-10 09:00:00", "channel_id": "store", "device_id": f"d{number}"}
        for number in range(4)
    ]
    joined = [
        {**users((f"u{number}", "2026-04-10 10:00:00"))[0], "device_id": device}
        for number, device in enumerate(("d0", "d1", "d2", "elsewhere"))
    ]
    shop.has("downloads", loads, complete_until="2026-04-30").has("users", joined, complete_until="2026-04-30")
    shop.says(as_of="2026-04-30")
    written()
    (value,) = run("-w", shop.root, "values", "download_to_registration_rate", "--period", "2026-04-10").json
    assert value["value"] == 0.75
    assert ["unmatched: 25.0 %" in signal["says"] for signal in value["signals"]] == [True]


def test_r114_only_cost_tied_to_new_users_enters_cac(shop: Shop) -> None:
    assert april(shop).value("cac", APRIL).value == 50
    shop.has("costs", [cost(200, True), cost(9000, False)], complete_until="2026-04-30")
    assert shop.value("cac", APRIL).value == 50


@pytest.mark.parametrize(
    ("moments", "counted"),
    [
        (["09:00:00", "09:02:00"], 1),  # one session of 120 s
        (["09:00:00", "09:02:01"], 0),  # 121 s
        (["09:00:00", "09:30:01"], 0),  # two sessions: more than 30 min between
    ],
)
def test_r115_a_user_with_one_session_of_120_seconds_counts(shop: Shop, moments: list[str], counted: int) -> None:
    shop.has("users", users(("ann", "2026-04-10 09:00:00")), complete_until="2026-04-30")
    shop.has("events", views(*(("ann", f"2026-04-10 {at}", "/") for at in moments)), complete_until="2026-04-30")
    shop.says(as_of="2026-04-30")
    assert shop.value("one_session_users", "2026-04-10").value == counted


def test_r115_one_session_users_are_shown_by_channel(shop: Shop) -> None:
    joined = [
        {**row, "channel_id": channel}
        for row, channel in zip(
            users(*((who, "2026-04-10 09:00:00") for who in "abcd")), ("good", "good", "bad", "bad"), strict=True
        )
    ]
    looks = [("a", "2026-04-10 09:00:00", "/"), ("a", "2026-04-11 09:00:00", "/")]
    looks += [(who, "2026-04-10 09:00:00", "/") for who in "bcd"]
    shop.has("users", joined, complete_until="2026-04-30").has("events", views(*looks), complete_until="2026-04-30")
    values = (
        shop.says(as_of="2026-04-30")
        .book()
        .numbers.values(["one_session_user_rate"], Period.parse("2026-04-10"), by="channel_id")
    )
    assert {value.segment: value.value for value in values} == {None: 0.75, "good": 0.5, "bad": 1.0}


def test_r119_who_a_visitor_is_follows_a_rule_per_platform_and_two_cookies_of_one_openid_count_once(shop: Shop) -> None:
    """The rule is the mapping of visitor_id: the openid inside WeChat, the cookie elsewhere."""
    looks = [
        {**views(("x", "2026-04-10 09:00:00", "/"))[0], "event_id": f"e{number}", "platform": platform,
         "cookie": cookie, "openid": openid}
        for number, (platform, cookie, openid) in enumerate(
            [("wechat", "k1", "ann"), ("wechat", "k2", "ann"), ("web", "k3", ""), ("web", "k4", "")]
        )
    ]  # fmt: skip
    rule = {"visitor_id": "case when platform = 'wechat' then openid else cookie end"}
    shop.has("events", looks, columns=rule, complete_until="2026-04-10").says(as_of="2026-04-10")
    values = shop.book().numbers.values(["uv"], Period.parse("2026-04-10"), by="platform")
    assert {value.segment: value.value for value in values} == {None: 3, "wechat": 1, "web": 2}


def test_r119_a_visitor_counts_once_a_day(shop: Shop) -> None:
    looks = [
        ("ann", "2026-04-10 09:00:00", "/"),
        ("ann", "2026-04-10 21:00:00", "/"),
        ("ann", "2026-04-11 09:00:00", "/"),
    ]
    shop.has("events", views(*looks), complete_until="2026-04-11").says(as_of="2026-04-11")
    days = shop.book().numbers.values(["uv"], Period.parse("2026-04-11"), last=2)
    assert [value.value for value in days] == [1, 1]
