"""Spread and campaigns: R140–R145 and R147, on rows written down here."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from tests.unit.library.example_shops import k_factor, people, viral_cycle_days
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Row, Shop, users, views

APRIL = Period.parse("2026-04")
SHARED = "…?source=weixin&content=h9j76g&inviter=00001&timestamp=1790000000".replace("…", "https://shop.cn/c")


def test_r140_1000_seeds_that_bring_1500_have_a_k_of_1_5_and_feed_themselves(
    written: Written, shop: Shop, run: Run
) -> None:
    k_factor(shop, {"inviting_base_count": 1000, "accepted_invite_count": 1500})
    written()
    (value,) = run("-w", shop.root, "values", "k_factor", "--period", "2026-04").json
    assert value["value"] == 1.5
    assert [signal["says"] for signal in value["signals"]] == ["the spread feeds itself"]


def test_r140_at_a_k_of_1_the_spread_does_not_feed_itself(shop: Shop) -> None:
    k_factor(shop, {"inviting_base_count": 10, "accepted_invite_count": 10})
    book = shop.book()
    values = book.numbers.values(["k_factor"], APRIL)
    assert (values[0].value, book.numbers.signals(values)) == (1.0, [()])


def viral_shop(shop: Shop) -> None:
    """A cycle of ten days, 1000 seeds and 1500 joined in April."""
    viral_cycle_days(shop, {"generation_days_mean": 10})
    seeds, joined = people(1000), people(1500, "new")
    came = users(*((who, "2026-03-01 09:00:00") for who in seeds))
    came += users(*((who, "2026-04-01 08:00:00") for who in "a"), *((who, "2026-04-11 08:00:00") for who in joined))
    shop.has("users", came, complete_until="2026-04-30")
    shop.has("events", views(*((who, "2026-04-01 10:00:00", "/") for who in seeds)), complete_until="2026-04-30")
    shop.has("orders", [{"order_id": "o", "user_id": "stranger", "created_at": "2026-03-01 10:00:00", "paid_at": None,
                         "paid_amount": 0}], complete_until="2026-04-30")  # fmt: skip
    shop.has("invites", [
        {"invite_id": f"i{who}", "inviter_id": "a", "invitee_id": who, "channel": "link",
         "sent_at": "2026-04-01 10:00:00", "accepted_at": "2026-04-11 08:00:00"} for who in joined
    ], complete_until="2026-04-30")  # fmt: skip


def test_r141_r142_three_cycles_of_ten_days_are_projected_and_no_more_and_not_for_planning(
    written: Written, shop: Shop, run: Run
) -> None:
    """1000 seeds, K 1.5: 1500 after 10 days, 2250 more after 20, total 4750 with the seeds; next 3375."""
    viral_shop(shop)
    written()
    asked = ("-w", shop.root, "projection", "viral", "--period", "2026-04")
    found = run(*asked).json
    assert [(row["days"], row["joined"]) for row in found["rows"]] == [(0, 1000), (10, 1500), (20, 2250), (30, 3375)]
    assert found["rows"][2]["total"] == 4750
    table = run(*asked, "--format", "table").out
    assert "not for planning" in table
    assert "two or three days" in table
    assert "At most 3 cycles" in table


def share(number: int, channel: str) -> Row:
    known = {"share_id": f"s{number}", "user_id": f"u{number:06d}", "shared_at": "2026-04-10 10:00:00"}
    return {**known, "channel": channel, "content_id": None, "campaign_id": None, "parent_share_id": None}


def test_r143_sharers_are_split_by_target_and_rewards_are_warned_of(written: Written, shop: Shop, run: Run) -> None:
    """Of ten active users two share in a chat, one in Moments, one on Weibo."""
    targets = ["wechat_chat", "wechat_chat", "wechat_moments", "weibo"]
    shop.has("shares", [share(n, target) for n, target in enumerate(targets)], complete_until="2026-04-30")
    shop.has("users", users(*((who, "2026-03-31 09:00:00") for who in people(10))), complete_until="2026-04-30")
    looks = [(who, f"2026-0{day} 09:00:00", "/") for day in ("3-31", "4-10") for who in people(10)]
    shop.has("events", views(*looks), complete_until="2026-04-30")
    shop.has("orders", [{"order_id": "o", "user_id": "x", "created_at": "2026-03-31 10:00:00", "paid_at": None,
                         "paid_amount": 0}], complete_until="2026-04-30")  # fmt: skip
    shop.says(as_of="2026-04-30")
    written()
    split = shop.book().numbers.values(["sharers"], APRIL, by="channel")
    assert {v.segment: v.value for v in split} == {None: 4, "wechat_chat": 2, "wechat_moments": 1, "weibo": 1}
    (rate,) = run("-w", shop.root, "values", "share_rate", "--period", "2026-04-10").json
    assert rate["value"] == 0.4
    assert "invite abuse" in rate["signals"][0]["says"]
    (spoken,) = run("-w", shop.root, "values", "share_rate", "--period", "2026-04-10", "--lang", "zh").json
    assert "滥用" in spoken["signals"][0]["says"]


def hits(*addresses: str) -> list[Row]:
    rows = views(*((f"v{n}", "2026-04-10 10:00:00", "/c") for n in range(len(addresses))))
    return [{**row, "url": url, "campaign_id": "c1"} for row, url in zip(rows, addresses, strict=True)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("source", "weixin"), ("content", "h9j76g"), ("inviter", "00001"), ("share_ts", "1790000000")],
)
def test_r144_the_address_of_a_campaign_page_is_parsed_and_all_its_views_are_kept(
    shop: Shop, column: str, value: str
) -> None:
    """The inviter keeps its leading zeros; a page without parameters has none."""
    shop.has("events", hits(SHARED, "https://shop.cn/c"), complete_until="2026-04-30").says(as_of="2026-04-30")
    values = shop.book().numbers.values(["campaign_views"], APRIL, by=column)
    assert {found.segment: found.value for found in values} == {None: 2, value: 1, "(none)": 1}


def test_r144_views_without_a_campaign_id_count_by_source_and_content(shop: Shop) -> None:
    """Two shared ones and a post without an inviter; not an advertisement, which says its source only."""
    addresses = (SHARED, SHARED, "https://shop.cn/c?source=weibo&content=h1", "https://shop.cn/?source=baidu")
    bare = [{**row, "campaign_id": None} for row in hits(*addresses)]
    shop.has("events", bare, complete_until="2026-04-30").says(as_of="2026-04-30")
    values = shop.book().numbers.values(["campaign_views"], APRIL, by="source")
    assert {found.segment: found.value for found in values} == {None: 3, "weixin": 2, "weibo": 1}
    assert shop.value("views_per_sharer", "2026-04").value == 2


def packet(number: int, variant: str, used: bool, worth: float, day: str = "2026-04-10") -> Row:
    known = {"coupon_id": f"p{number}", "kind": "red_packet", "variant": variant, "campaign_id": "c1", "user_id": "u"}
    at = f"{day} 10:00:00"
    return {**known, "claimed_at": at, "used_at": at if used else None, "order_id": None, "face_value": worth}


def test_r145_views_by_source_packets_by_type_with_cost_and_views_per_sharer(shop: Shop) -> None:
    """Two sharers, five views, three of them from Weixin; two kinds of packet, one of the big ones not used."""
    page = "https://shop.cn/c?source={}&inviter={}"
    looks = [
        page.format(*pair)
        for pair in (("weixin", "1"), ("weixin", "1"), ("weixin", "2"), ("weibo", "2"), ("weibo", "2"))
    ]
    shop.has("events", hits(*looks), complete_until="2026-04-30")
    packets = [packet(0, "big", True, 8.0), packet(1, "big", False, 8.0), packet(2, "small", True, 2.0)]
    shop.has("coupons", packets, complete_until="2026-04-30").says(as_of="2026-04-30")
    book = shop.book()

    def by(metric: str, column: str) -> dict[str | None, float | None]:
        return {value.segment: value.value for value in book.numbers.values([metric], APRIL, by=column)}

    assert by("campaign_views", "source") == {None: 5, "weixin": 3, "weibo": 2}
    assert by("red_packets_claimed", "variant") == {None: 3, "big": 2, "small": 1}
    assert by("red_packet_cost", "variant") == {None: 10, "big": 8, "small": 2}
    assert [value.value for value in book.numbers.values(["views_per_sharer"], APRIL)] == [2.5]


def campaign(name: str, permanent: str) -> Row:
    known = {"campaign_id": name, "kind": "red_packet", "starts_at": "2026-04-01 00:00:00"}
    return {**known, "ends_at": "2026-12-31 00:00:00", "audience_size": 10, "standing": permanent}


def test_r147_a_permanent_campaign_has_a_standing_daily_report(written: Written, shop: Shop, run: Run) -> None:
    """Today two packets of the permanent campaign are used and one user is won; the short campaign stays out."""
    marked = {"permanent": "standing = 'yes'"}
    shop.has("campaigns", [campaign("c1", "yes"), campaign("c2", "no")], columns=marked)
    packets = [packet(0, "a", True, 1), packet(1, "a", True, 1), packet(2, "a", True, 1, "2026-04-29")]
    packets = [{**row, "used_at": row["used_at"].replace("-10 ", "-30 ")} for row in packets]
    shop.has(
        "coupons", [*packets, {**packets[0], "coupon_id": "other", "campaign_id": "c2"}], complete_until="2026-04-30"
    )
    joins = views(("new", "2026-04-30 10:00:00", ""), ("old", "2026-04-30 10:00:00", ""), event="campaign_join")
    shop.has("events", [{**row, "campaign_id": "c1"} for row in joins], complete_until="2026-04-30")
    shop.has(
        "users", users(("old", "2026-01-01 09:00:00"), ("new", "2026-04-30 09:59:00")), complete_until="2026-04-30"
    )
    shop.says(as_of="2026-04-30")
    written()
    values = run("-w", shop.root, "report", "red_packets").json
    assert {(v["metric"], v["segment"]): v["value"] for v in values} == {
        ("red_packets_used", None): 2,
        ("red_packets_used", "c1"): 2,
        ("campaign_new_users", None): 1,
        ("campaign_new_users", "c1"): 1,
    }
    assert {v["period"] for v in values} == {"2026-04-30"}


def test_r147_a_workspace_keeps_reports_of_its_own_and_a_wrong_one_is_named(shop: Shop) -> None:
    wrong = '[reports.mine]\nname = "Mine"\nmetrics = ["gmvv"]\n[reports.good]\nname = "G"\nmetrics = ["gmv"]\n'
    book = shop.defines("reports.toml", wrong).book()
    assert set(book.workspace.reports) == {"red_packets", "good"}
    (issue,) = [issue for issue in book.issues if issue.file == "reports.toml"]
    assert "gmvv" in issue.message
    assert "gmv" in issue.hint
    with pytest.raises(UsageError, match="no report 'mine'; known: red_packets, good"):
        book.saved_reports.find("mine")
