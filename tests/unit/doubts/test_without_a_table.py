"""What a number lacks because a table is not here that it can do without stands at the number (R116)."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.answers.value import Value
from tests.workspaces import Shop

ORDERS = [
    {"order_id": "1", "user_id": "u1", "created_at": "2026-10-05", "order_amount": 10, "paid_amount": 10},
    {"order_id": "2", "user_id": "u2", "created_at": "2026-10-05", "order_amount": 10, "paid_amount": 10},
]
EVENTS = [{"event_id": "e1", "user_id": "u3", "visitor_id": "v3", "ts": "2026-10-05 08:00", "event": "page_view"}]
LACKS = "no such table: only those who ordered count as active"


def of_day(shop: Shop, metric: str) -> Value:
    return shop.says(as_of="2026-10-05").value(metric, "2026-10-05")


def lacks(value: Value) -> bool:
    return any(LACKS in str(note) for note in value.notes)


def test_active_users_of_orders_alone_say_that_those_who_only_looked_are_missing(tmp_path: Path) -> None:
    """Two ordered on the day; a third only looked, and is counted where events are."""
    alone = of_day(Shop(tmp_path / "a").has("orders", ORDERS), "dau")
    assert (alone.value, lacks(alone)) == (2, True)
    both = of_day(Shop(tmp_path / "b").has("orders", ORDERS).has("events", EVENTS), "dau")
    assert (both.value, lacks(both)) == (3, False)


def test_it_stands_at_a_mean_of_days_and_at_no_number_that_rests_on_orders_alone(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "a").has("orders", ORDERS).says(as_of="2026-10-31")
    assert lacks(shop.value("dau", "2026-10"))
    assert not lacks(shop.value("paid_orders", "2026-10"))


def test_a_table_that_a_fact_does_not_do_without_is_refused_with_its_line(tmp_path: Path) -> None:
    """A word written wrong was a note at every value of the fact."""
    shop = Shop(tmp_path / "a").has("orders", ORDERS)
    shop.defines(
        "facts.toml",
        '[facts.mine]\nname = "Mine"\ntime = "created_at"\nkey = ["order_id"]\noptional = ["events"]\n'
        'without = { evnts = "none" }\nsql = "select order_id, created_at, created_at_day from orders"\n',
    )
    (issue,) = (one for one in shop.book().issues if one.severity == "error")
    assert (issue.file, issue.key) == ("facts.toml", "facts.mine.without") and issue.line > 0
    assert "unknown optional table 'evnts'" in issue.message and "events" in issue.hint
