"""A cut takes its column from one table for all sides of a metric, or the metric has no number and says why (R002)."""

from __future__ import annotations

import random
from pathlib import Path

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders, users, views

MONTH = Period.parse("2026-10")


def shop_of_two_channels(root: Path) -> Shop:
    """Four buyers registered through `ads`; in September one of their orders came through `ads`, three through `web`.

    In October all four buy again: of the four buyers of September who came through ads, four are kept.
    """
    bought = [
        *((f"s{n}", f"u{n}", "2026-09-10 10:00", 10.0) for n in range(4)),
        *((f"o{n}", f"u{n}", "2026-10-10 10:00", 10.0) for n in range(4)),
    ]
    rows = orders(*bought)
    through = ["ads", "web", "web", "web", "web", "web", "web", "web"]
    shop = Shop(root / "ws").has("orders", [{**r, "channel_id": c} for r, c in zip(rows, through, strict=True)])
    registered = users(*((f"u{n}", "2026-08-01 10:00") for n in range(4)))
    shop.has("users", [{**row, "channel_id": "ads"} for row in registered], complete_until="2026-10-31")
    told = {"feedback_id": "f1", "user_id": "u1", "ts": "2026-10-11", "kind": "complaint"}
    shop.has("feedback", [told], complete_until="2026-10-31")
    return shop.says(as_of="2026-10-31")


def parts(shop: Shop, metric: str, by: str = "channel_id") -> dict[str | None, Value]:
    return {value.segment: value for value in shop.book().numbers.values([metric], MONTH, by=by)}


def test_both_sides_of_a_share_take_the_channel_of_one_table(tmp_path: Path) -> None:
    found = parts(shop_of_two_channels(tmp_path), "buyback_rate_window")
    assert {name: one.value for name, one in found.items()} == {None: 1.0, "ads": 1.0}  # 4 of 4; it was 4 of 1
    assert found["ads"].segment_of == "users.channel_id"
    said = "channel_id is users.channel_id on every side of buyback_rate_window; orders.channel_id is another"
    assert found["ads"].asked_of == (said,)


def test_a_condition_does_so_too(tmp_path: Path) -> None:
    (value,) = (
        shop_of_two_channels(tmp_path).book().numbers.values(["buyback_rate_window"], MONTH, where="channel_id = 'ads'")
    )
    assert (value.value, value.measures) == (1.0, {"kept_buyer_count": 4, "prev_buyer_count": 4})


def test_a_fact_that_copies_the_column_of_another_table_is_no_owner_of_its_own(tmp_path: Path) -> None:
    """Four users of ads pay 40 in October; d_user_period has the channel of the registration beside its people."""
    found = parts(shop_of_two_channels(tmp_path), "arpu")
    assert {name: one.value for name, one in found.items()} == {None: 10.0, "ads": 10.0}


def test_an_amount_alone_is_still_of_the_orders_own_channel(tmp_path: Path) -> None:
    found = parts(shop_of_two_channels(tmp_path), "paid_amount")
    assert {name: one.value for name, one in found.items()} == {None: 40.0, "web": 40.0}


def test_no_number_where_no_table_has_the_column_for_both_sides(tmp_path: Path) -> None:
    """`kind` of a complaint is none of the kinds of campaign that an order's key leads to."""
    shop = shop_of_two_channels(tmp_path)
    shop.has("campaigns", [{"campaign_id": "c1", "name": "c1", "kind": "sale", "starts_on": "2026-10-01",
                            "ends_on": "2026-10-31"}])  # fmt: skip
    rows = orders(*((f"o{n}", f"u{n}", "2026-10-10 10:00", 10.0) for n in range(4)), campaign_id="c1")
    found = parts(shop.has("orders", rows), "complaint_rate", "kind")
    assert (found[None].value, found["(none)"].value) == (0.25, None)
    assert found["(none)"].reason is Reason.NO_COLUMN
    assert found["(none)"].detail == "kind is feedback.kind of complainant_count, campaigns.kind of buyer_count"


def test_a_table_that_leads_to_no_person_stands_beside_either(tmp_path: Path) -> None:
    """Spend per channel by people registered through it: 60 for four users of ads."""
    spend = {"day": "2026-08-01", "channel_id": "ads", "pricing_model": "cpc", "spend": 60, "clicks": 1}
    shop = shop_of_two_channels(tmp_path).has("channel_daily", [spend], complete_until="2026-10-31")
    values = shop.book().numbers.values(["cac"], Period.parse("2026-08"), by="channel_id")
    assert {value.segment: value.value for value in values} == {None: 15.0, "ads": 15.0}
    assert values[1].asked_of == (
        "channel_id is channel_daily.channel_id of ad_spend_sum, users.channel_id of new_user_count",
    )


def test_a_share_of_a_set_exceeds_no_whole_in_any_segment(tmp_path: Path) -> None:
    """Every metric in percent of the library by the channel of random people: 24 of them, whose orders say another."""
    dice = random.Random(1)
    channels = ["ads", "web", "shop"]
    people = [f"u{n}" for n in range(12)]
    bought = [
        (f"o{n:03d}", dice.choice(people), f"2026-{month}-1{n % 9} 10:00", 10.0)
        for n, month in enumerate([*["09"] * 20, *["10"] * 20])
    ]
    shop = Shop(tmp_path / "ws").says(as_of="2026-10-31")
    shop.has("orders", [{**row, "channel_id": dice.choice(channels)} for row in orders(*bought)])
    shop.has(
        "users",
        [{**row, "channel_id": dice.choice(channels)} for row in users(*((u, "2026-08-01 10:00") for u in people))],
    )
    shop.has("events", views(*((who, f"2026-10-{day:02d} 09:00:00", "home") for day in (3, 17) for who in people)))
    shop.has("feedback", [{"feedback_id": f"f{n}", "user_id": dice.choice(people), "ts": "2026-10-11",
                           "kind": "complaint"} for n in range(5)])  # fmt: skip
    book = shop.book()
    shares = [m.id for m in book.workspace.metrics.values() if m.unit == "percent" and not m.id.startswith("=")]
    for value in book.numbers.values(shares, MONTH, by="channel_id"):
        if value.segment is None:
            whole = value.value
        elif value.value is not None and whole is not None and whole <= 1:
            assert value.value <= 1, value
