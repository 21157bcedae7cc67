"""A step of an own funnel that asks for a word no row has is said by `check`, with the nearest word there is."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

FUNNEL = """
[funnels.typo]
name = "Typo"
window_days = 10
steps = [
 { name = "view", table = "events", where = "event = 'pageview'", user = "user_id", time = "ts" },
 { name = "pay", table = "orders", where = "paid_at is not null", time = "paid_at" },
]
"""


def view(event: str, user: str) -> Row:
    """A page view."""
    at = {"ts": "2026-10-01 10:00:00", "visitor_id": user, "user_id": user}
    return {"event_id": event, "event": "page_view", "platform": "web", **at}


def said(shop: Shop) -> list[str]:
    return [f"{issue.message} {issue.hint}" for issue in shop.book().data.check()]


def test_a_misspelt_word_of_a_step_is_named_with_the_nearest(shop: Shop) -> None:
    shop.has("events", [view("e1", "u1"), view("e2", "u2")])
    shop.has("orders", orders(("o1", "u1", "2026-10-03 10:00:00", 10.0)))
    shop.defines("funnels.toml", FUNNEL)
    assert any("'pageview'" in text and "page_view" in text for text in said(shop))
    shop.defines("funnels.toml", FUNNEL.replace("pageview", "page_view"))
    assert not any("pageview" in text for text in said(shop))


def test_a_step_that_nobody_can_take_is_told_at_the_values(shop: Shop) -> None:
    """Two see a page, one pays; the shipped funnel asks for a word between that no row has: 0 and 0, and the word."""
    shop.has("events", [view("e1", "u1"), view("e2", "u2")])
    shop.has("orders", orders(("o1", "u1", "2026-10-03 10:00:00", 10.0))).says(as_of="2026-10-31")
    shop.says_of("events", complete_until="as_of").says_of("orders", complete_until="as_of")
    book = shop.book()
    found = book.numbers.values(["step_converted_users"], Period.parse("2026-10"), by="step")[1:]
    assert [value.value for value in found] == [2, 0, 0]
    said = "funnel purchase, cart: events.event: no row has 'add_to_cart'"
    assert all(said in [str(note) for note in value.notes] for value in found)
    assert any(
        step.of is not None and said in [str(note) for note in step.of.notes]
        for step in book.funnels.of("purchase", Period.parse("2026-10")).steps
    )
    shop.defines("funnels.toml", FUNNEL.replace("pageview", "page_view"))
    sound = shop.book().numbers.values(["step_converted_users"], Period.parse("2026-10"), by="step")[1:]
    assert [value.value for value in sound] == [2, 1]
    assert not any("no row" in str(note) for value in sound for note in value.notes)
