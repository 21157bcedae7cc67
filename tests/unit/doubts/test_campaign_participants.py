"""Who took part in a campaign is told by events: where these are not there, or were rejected, its sales are no 0."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users, views

DONE = "2026-06-30"
JOINS: list[Row] = [
    {**row, "event_id": f"j{row['user_id']}", "event": "campaign_join", "campaign_id": "c1"}
    for row in views(("u1", "2026-06-10 10:00", "home"), ("u2", "2026-06-11 10:00", "home"))
]

SPENT = """
[metrics.spent]
name = { en = "Spent", zh = "Spent" }
definition = { en = "Cost of campaigns", zh = "Cost of campaigns" }
category = "revenue"
kind = "absolute"
formula = "campaign_cost_sum"
unit = "currency"
better = "lower"
grain = "day"
priority = 2
"""


def sold(shop: Shop, events: list[Row]) -> Value:
    """What the participants of 10 to 12 June paid: u1 10 on the 11th, u2 10 on the 12th."""
    days = range(1, 31)
    shop.has("orders", orders(*[(f"o{n}", f"u{n % 5}", f"2026-06-{n:02d} 12:00", 10.0) for n in days]))
    shop.has("users", users(*[(f"u{n}", "2026-03-01 10:00") for n in range(5)]))
    shop.has("campaigns", [{"campaign_id": "c1", "starts_at": "2026-06-10 00:00", "ends_at": "2026-06-12 23:00"}])
    book = shop.has("events", events, complete_until=DONE).says(as_of=DONE).book()
    (found,) = book.numbers.values(["paid_amount"], book.numbers.campaign_period("c1"), campaign="c1")
    return found


def seen(first: int) -> list[Row]:
    return views(*[(f"u{n % 5}", f"2026-06-{n:02d} 09:00", "home") for n in range(first, 31)])


def test_participants_are_those_that_events_name(shop: Shop) -> None:
    found = sold(shop, [*seen(1), *JOINS])
    assert (found.value, found.left_out, found.notes) == (20, {}, ())


def test_participants_that_could_not_be_read_are_told(shop: Shop) -> None:
    found = sold(shop, [*seen(1), *({**row, "is_valid": "maybe"} for row in JOINS)])
    assert (found.value, found.left_out) == (0, {"events": 2})


@pytest.mark.parametrize(
    ("first", "reason", "said"),
    [(13, Reason.NO_DATA, "the data of events cover 2026-06-13 … 2026-06-30"), (11, None, "")],
)
def test_a_campaign_before_the_events_begin_has_no_number(
    first: int, reason: Reason | None, said: str, shop: Shop
) -> None:
    """From the 11th on u2 is known, who paid on the 12th; of the 10th nothing is."""
    found = sold(shop, seen(first) if reason else [*seen(first), JOINS[1]])
    if reason:
        assert (found.value, found.reason, found.detail) == (None, reason, said)
    else:
        assert (found.value, "events: the data begin on 2026-06-11" in found.notes) == (10, True)


def test_what_participants_did_before_needs_no_events_of_those_days(shop: Shop) -> None:
    """Events begin with the campaign; u1 and u2 paid 10 each on the 6th and 7th, 20 in the three days from the 6th."""
    sold(shop, [*seen(10), *JOINS])
    book = shop.book()
    before = Period.parse("2026-06-06/2026-06-08")
    (found,) = book.numbers.values(["paid_amount"], before, campaign="c1")
    assert (found.value, found.reason) == (20, None)


def of_campaign(shop: Shop, campaign: str, metric: str = "paid_amount") -> Value:
    book = shop.book()
    (found,) = book.numbers.values([metric], book.numbers.campaign_period(campaign), campaign=campaign)
    return found


def test_a_campaign_that_nobody_joined_says_so(shop: Shop) -> None:
    """c1 has two participants, c2 none: the sales of its participants are 0 because nobody took part."""
    sold(shop, [*seen(1), *JOINS])
    dates = {"starts_at": "2026-06-10 00:00", "ends_at": "2026-06-12 23:00"}
    shop.has("campaigns", [{"campaign_id": name, **dates} for name in ("c1", "c2")])
    said = "campaign c2: none of 2 rows of d_campaign_joins is of it"
    for metric, number in (("paid_amount", 0), ("active_users", 0), ("aov", None)):
        found = of_campaign(shop, "c2", metric)
        assert (found.value, said in found.notes) == (number, True), metric
    assert of_campaign(shop, "c1").notes == ()
    explained = shop.book().numbers.explain("paid_amount", found.period, campaign="c2")
    assert said in explained.value.notes


def test_a_campaign_without_any_event_of_joining_names_the_word(shop: Shop) -> None:
    found = sold(shop, seen(1))
    assert (found.value, found.notes) == (0, ("events.event: no row has 'campaign_join'",))


def test_participants_none_of_whom_is_in_the_measured_table_are_told(shop: Shop) -> None:
    """The events write people as m1, m2, the orders as u1, u2: 0 of 30 orders is of a participant."""
    found = sold(shop, [*seen(1), *({**row, "user_id": row["event_id"]} for row in JOINS)])
    assert (found.value, "campaign c1: none of 30 rows of orders is of its participants" in found.notes) == (0, True)


def test_participants_who_bought_on_other_days_are_a_plain_0(shop: Shop) -> None:
    """u4 joined and pays on the 4th, 9th, 14th …: nothing from the 10th to the 12th, which is no doubt."""
    found = sold(shop, [*seen(1), {**JOINS[0], "user_id": "u4"}])
    assert (found.value, found.notes) == (0, ())


def test_rows_noted_for_a_campaign_that_are_none_are_told(shop: Shop) -> None:
    """Costs name their campaign themselves: all are of c1."""
    sold(shop, [*seen(1), *JOINS])
    dates = {"starts_at": "2026-06-10 00:00", "ends_at": "2026-06-12 23:00"}
    shop.has("campaigns", [{"campaign_id": name, **dates} for name in ("c1", "c2")])
    cost = {"cost_id": "k1", "day": "2026-06-10", "cost_type": "campaign", "amount": 5, "campaign_id": "c1"}
    shop.has("costs", [cost], complete_until=DONE)
    shop.defines("metrics/own.toml", SPENT)
    one = of_campaign(shop, "c1", "spent")
    assert (one.value, one.detail) == (5, "")
    found = of_campaign(shop, "c2", "spent")
    assert (found.value, "campaign c2: the only row of costs is not of it" in found.notes) == (0, True)


def nameless(row: Row) -> Row:
    return {**row, "event_id": f"{row['event_id']}x", "user_id": None}


@pytest.mark.parametrize("metric", ["paid_amount", "active_users", "aov", "paid_orders"])
def test_a_campaign_whose_joins_name_nobody_has_no_number(metric: str, shop: Shop) -> None:
    """Two joined c1, and nobody knows who: what they paid is no 0. c2 has its known ones: u1 paid 10 on the 11th."""
    other = {**JOINS[0], "event_id": "c2", "campaign_id": "c2"}
    sold(shop, [*seen(1), *map(nameless, JOINS), other])
    dates = {"starts_at": "2026-06-10 00:00", "ends_at": "2026-06-12 23:00"}
    shop.has("campaigns", [{"campaign_id": name, **dates} for name in ("c1", "c2")])
    found = of_campaign(shop, "c1", metric)
    said = "campaign c1: 2 of 2 rows that tell who took part name nobody"
    assert (found.value, found.reason, found.detail) == (None, Reason.UNKNOWN, said)
    known = of_campaign(shop, "c2", "paid_amount")
    assert (known.value, known.notes) == (10, ())


def test_joins_that_name_nobody_beside_known_ones_are_told(shop: Shop) -> None:
    """u1 and u2 paid 20 as before; who the third one is, and what they paid, nobody knows."""
    found = sold(shop, [*seen(1), *JOINS, nameless(JOINS[0])])
    said = "campaign c1: 1 of 3 rows that tell who took part names nobody"
    assert (found.value, found.notes) == (20, (said,))
    explained = shop.book().numbers.explain("paid_amount", found.period, campaign="c1")
    assert (explained.value.value, said in explained.value.notes) == (20, True)
