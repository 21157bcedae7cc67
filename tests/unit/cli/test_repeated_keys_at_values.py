"""Rows that repeat a key with other values count, and every number that rests on them says so."""

from __future__ import annotations

import json
from pathlib import Path

from kpi_tui.definitions.period import Period
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders, users

LAST = "2026-03-31"
MARCH = Period.parse("2026-03")
BOUGHT = orders(
    ("1001", "ann", "2026-03-01 10:00", 10.0),
    ("1002", "bob", "2026-03-02 10:00", 50.0),
    ("1001", "ann", "2026-03-01 10:00", 12.0),
)
"""Order 1001 stands twice, for 10 and for 12: 72 in three orders."""
SAID = "orders: 1 row repeats the key of another with other values (order_id 1001); both count"


def sold(root: Path, rows: list[dict[str, object]]) -> Shop:
    return Shop(root / "ws").has("orders", rows, complete_until=LAST).says(as_of=LAST)


def test_the_value_says_that_a_key_is_repeated(tmp_path: Path) -> None:
    shop = sold(tmp_path, BOUGHT)
    for metric, number in (("paid_amount", 72), ("paid_orders", 3)):
        value = shop.value(metric, "2026-03")
        assert (value.value, value.notes) == (number, (SAID,))
    assert shop.value("paid_amount", "2026-03").notes == (SAID,)  # from the cache
    assert SAID in shop.book().numbers.explain("paid_amount", MARCH).value.notes


def test_several_are_counted_with_an_example(tmp_path: Path) -> None:
    more = orders(("1002", "bob", "2026-03-02 10:00", 51.0))
    (note,) = sold(tmp_path, [*BOUGHT, *more]).value("paid_amount", "2026-03").notes
    assert note == "orders: 2 rows repeat the key of another with other values (e.g. order_id 1001); all count"


def test_copies_carry_no_mark_and_other_tables_only_where_they_differ(tmp_path: Path) -> None:
    """An equal row counts once; of a user with two rows the first registration counts, and what differs is told."""
    shop = sold(tmp_path, [*BOUGHT[:2], BOUGHT[0]])
    shop.has("users", users(("ann", "2026-02-01 10:00"), ("ann", "2026-02-02 10:00")), complete_until=LAST)
    value = shop.value("paid_amount", "2026-03")
    assert (value.value, value.notes) == (60, ())
    (told,) = shop.value("new_users", "2026-02").notes  # where the number rests on what differs, the rule is told
    assert told.startswith("users: 1 row repeats user_id with another registered_at (user_id ann): the earliest row")


def test_a_scorecard_marks_the_line_and_check_names_the_key(tmp_path: Path, run: Run) -> None:
    role = '[roles.sales]\nname = "Sales"\nlines = [{ metric = "paid_amount", weight = 100 }]\n'
    shop = sold(tmp_path, BOUGHT).defines("roles/r.toml", role)
    (issue,) = [one for one in shop.book().data.check() if one.code == "duplicate-key"]
    assert (issue.message, issue.hint.split(";")[0]) == ("orders: 1 row repeats a key", "e.g. order_id 1001")
    asked = ("--period", "2026-03", "--format")
    line = json.loads(run("-w", shop.root, "score", "sales", *asked, "json").out)[0]["lines"][0]
    assert SAID in line["notes"]
    shown = SAID.replace("orders", "Orders")
    assert f"⚠ {shown}" in " ".join(run("-w", shop.root, "score", "sales", *asked, "table").out.split())
