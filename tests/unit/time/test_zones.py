"""Which day an instant belongs to: three zones, both clock changes of New York (R004)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders, views

ZONES = ("Asia/Shanghai", "UTC", "America/New_York")
DAYS = ("2026-01-15", "2026-03-08", "2026-03-09", "2026-07-01", "2026-11-01", "2026-11-02", "2026-12-31")
"""8 March has 23 hours in New York, 1 November has 25."""


def instant(text: str, zone: str) -> str:
    """A local moment as the UTC text a server would write."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat()


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_begins_at_local_midnight(shop: Shop, zone: str) -> None:
    rows = []
    for number, day in enumerate(DAYS):
        midnight = datetime.fromisoformat(instant(f"{day}T00:00:00", zone))
        for side, moment in (("last", midnight - timedelta(seconds=1)), ("first", midnight)):
            rows += orders((f"{side}{number}", f"{side}{number}", moment.isoformat(), 1))
    shop.says(timezone=zone).has("orders", rows)
    book = shop.book()
    for day in DAYS:
        own = Period.parse(day)
        counted = {v.period.id: v.value for v in book.numbers.values(["paid_amount"], own, last=2)}
        before = own.previous().id
        assert counted[day] == 1 + (own.next().id in DAYS), day
        assert counted[before] == 1 + (before in DAYS), day


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("UTC", {"2026-10-31": 1, "2026-11-01": 2}),
        ("Asia/Shanghai", {"2026-11-01": 2, "2026-11-02": 1}),
        ("America/New_York", {"2026-10-31": 2, "2026-11-01": 1}),
    ],
)
def test_the_same_instants_lie_on_other_days_in_another_zone(shop: Shop, zone: str, days: dict[str, int]) -> None:
    moments = ("2026-10-31T23:30:00Z", "2026-11-01T00:30:00Z", "2026-11-01T20:00:00Z")
    shop.says(timezone=zone).has("events", views(*((f"v{n}", at, "/") for n, at in enumerate(moments))))
    book = shop.book()
    assert {day: book.numbers.values(["pv"], Period.parse(day))[0].value for day in days} == days


def test_both_passes_of_the_repeated_hour_belong_to_their_day_and_stay_two_events(shop: Shop) -> None:
    """01:30 happens twice in New York on 2026-11-01: at 05:30 and at 06:30 UTC."""
    rows = views(("ann", "2026-11-01T05:30:00Z", "/a"), ("ann", "2026-11-01T06:30:00Z", "/b"))
    shop.says(timezone="America/New_York").has("events", rows)
    assert shop.value("pv", "2026-11-01").value == 2
    assert shop.value("uv", "2026-11-01").value == 1


def test_the_moments_around_the_missing_hour_are_one_second_of_one_day(shop: Shop) -> None:
    """On 2026-03-08 New York's clocks go from 01:59:59 (06:59:59 UTC) to 03:00:00."""
    rows = views(("ann", "2026-03-08T06:59:59Z", "/a"), ("ann", "2026-03-08T07:00:00Z", "/b"))
    shop.says(timezone="America/New_York").has("events", rows)
    assert shop.value("pv", "2026-03-08").value == 2


def test_a_stamp_without_zone_is_read_in_the_zone_of_its_file(shop: Shop) -> None:
    """20:30 in New York is already the next day in Shanghai; 2026-03-08 02:30 does not exist there: left out, told."""
    rows = views(
        ("ann", "2026-03-07 20:30:00", "/"), ("bob", "2026-03-08 02:30:00", "/"), ("cat", "2026-03-08 10:59:59", "/")
    )
    shop.says(timezone="Asia/Shanghai").has("events", rows, timezone="America/New_York")
    found = shop.value("pv", "2026-03-08")
    assert (found.value, found.left_out) == (2, {"events": 1})


def test_a_day_of_25_hours_counts_as_one_day_of_a_mean(shop: Shop) -> None:
    hours = [datetime(2026, 11, 1, 4, tzinfo=UTC) + timedelta(hours=n) for n in range(25)]
    rows = views(*((f"v{n}", at.isoformat(), "/") for n, at in enumerate(hours)))
    rows += views(("z", "2026-11-02T05:00:00Z", "/"), event_id="last")
    shop.says(timezone="America/New_York").has("events", rows)
    assert shop.value("uv", "2026-11-01").value == 25
    assert shop.value("uv", "2026-11-02").value == 1
