"""What is doubtful about the columns and tables that say which rows are meant stands at a value cut by them (R002).

Twenty people buy for ten each on the days of October; those of an even number came by wx, the others by dy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users

PEOPLE = range(20)
OCTOBER = Period.parse("2026-10")
BY, WHERE = {"by": "users.channel_id"}, {"where": "users.channel_id = 'wx'"}


def came_by(number: int) -> str:
    return "dy" if number % 2 else "wx"


def bought() -> list[Row]:
    days = [(number, f"2026-10-{number + 1:02} 10:00:00") for number in PEOPLE]
    rows = orders(*((f"o{number}", f"u{number}", day, 10.0) for number, day in days))
    return [{**row, "channel_id": came_by(number)} for number, row in enumerate(rows)]


def registered(*, from_day: int = 1) -> list[Row]:
    rows = users(*((f"u{number}", f"2026-09-{number + from_day:02} 09:00:00") for number in PEOPLE))
    return [{**row, "channel_id": came_by(number)} for number, row in enumerate(rows)]


def shop_of(root: Path, theirs: list[Row], mine: list[Row] | None = None, **source: Any) -> Shop:
    shop = Shop(root / "ws").says(as_of="2026-10-31")
    shop.has("orders", mine or bought(), complete_until="2026-10-31", **source)
    return shop.has("users", theirs, complete_until="2026-10-31")


def paid(shop: Shop, **question: str) -> dict[str | None, Value]:
    return {one.segment: one for one in shop.book().numbers.values(["paid_amount"], OCTOBER, **question)}


def told(value: Value, words: str) -> bool:
    return any(words in str(note) for note in value.notes)


def test_nothing_is_told_where_nothing_is_doubtful(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, registered())
    cut = paid(shop, **BY) | paid(shop, **WHERE)
    assert {segment: value.value for segment, value in cut.items()} == {None: 100, "dy": 100, "wx": 100}
    assert not [value.notes for value in cut.values() if told(value, "users")]


def test_ids_that_lost_digits_are_told_where_people_are_looked_up_by_them(tmp_path: Path) -> None:
    """Nobody knows which of them bought: u0 and u1, of two channels, are both `1.03E+19`."""
    lost = {"u0": "1.03E+19", "u1": "1.03E+19"}
    theirs = [{**row, "user_id": lost.get(row["user_id"], row["user_id"])} for row in registered()]
    mine = [{**row, "user_id": lost.get(row["user_id"], row["user_id"])} for row in bought()]
    shop = shop_of(tmp_path, theirs, mine)
    assert not told(paid(shop)[None], "shortened"), "the total asks for no person"
    assert told(paid(shop, **WHERE)[None], "users: user_id: 1 id is a shortened number (1.03E+19), in 2 rows")
    assert all(told(paid(shop, **BY)[segment], "shortened") for segment in ("dy", "wx"))


def test_rows_left_out_of_the_table_that_is_reached_are_counted(tmp_path: Path) -> None:
    """u0 and u2 were not read, so that 20 of wx are missing."""
    theirs = [{**row, "registered_at": "2026-99-01"} if row["user_id"] in ("u0", "u2") else row for row in registered()]
    shop = shop_of(tmp_path, theirs)
    value = paid(shop, **WHERE)[None]
    assert (value.value, value.left_out) == (80, {"users": 2})
    assert {one.value: one.left_out for one in paid(shop, **BY).values()} == {
        200: {}, 20: {"users": 2}, 100: {"users": 2}, 80: {"users": 2},
    }  # fmt: skip


def test_a_share_of_two_metrics_counts_them_too(tmp_path: Path) -> None:
    theirs = [{**row, "registered_at": "2026-99-01"} if row["user_id"] == "u0" else row for row in registered()]
    (value,) = shop_of(tmp_path, theirs).book().numbers.values(["aov"], OCTOBER, **WHERE)
    assert (value.value, value.left_out) == (10, {"users": 1})


def test_a_reached_table_that_ends_before_the_period_is_told_where_people_lack(tmp_path: Path) -> None:
    """The export of people ends on 10-10; u15 … u19 registered later, and are of no channel: 50."""
    early = [row for row in registered() if int(row["user_id"][1:]) < 15]
    shop = Shop(tmp_path / "ws").says(as_of="2026-10-31").has("orders", bought(), complete_until="2026-10-31")
    shop.has("users", early, complete_until="2026-10-10")
    cut = paid(shop, **BY)
    assert {one: value.value for one, value in cut.items()} == {None: 200, "(none)": 50, "dy": 70, "wx": 80}
    assert all(told(cut[one], "users: no rows since 2026-10-10") for one in ("(none)", "dy", "wx"))
    assert not told(cut[None], "no rows since")
    whole = Shop(tmp_path / "whole").says(as_of="2026-10-31").has("orders", bought(), complete_until="2026-10-31")
    whole.has("users", registered(), complete_until="2026-10-10")
    assert not told(paid(whole, **BY)["wx"], "no rows since"), "everybody is found, so that nobody came later"


@pytest.mark.parametrize("question", [{"by": "channel_id"}, {"where": "channel_id = 'wechat'"}])
def test_what_is_said_of_a_column_stands_where_the_cut_is_by_it(tmp_path: Path, question: dict[str, str]) -> None:
    said = {"en": "channel_id is taken from the ad", "zh": "x", "of": ["channel_id"]}
    case = {"channel_id": "case when channel_id = 'wx' then 'wechat' end"}
    shop = shop_of(tmp_path, registered(), confirm=[said], columns=case)
    value = paid(shop, **question).get("wechat") or paid(shop, **question)[None]
    assert value.value == 100
    assert told(value, "channel_id is taken from the ad")
    assert told(value, "10 rows have 'dy', which the case of channel_id does not mention")
    assert not told(paid(shop)[None], "channel_id")


def test_what_a_person_has_confirmed_is_told_no_longer(tmp_path: Path) -> None:
    """No file changed, so that the number itself comes from the cache; what it says may not."""
    said = {"en": "channel_id is taken from the ad", "zh": "x", "of": ["channel_id"]}
    shop, kept = shop_of(tmp_path, registered()), {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}

    def value(confirm: list[dict[str, Any]]) -> Value:
        book = shop.says_of("users", confirm=confirm).book(environ=kept)
        return book.numbers.values(["paid_amount"], OCTOBER, **WHERE)[-1]

    assert told(value([said]), "users: not confirmed yet: channel_id is taken from the ad")
    assert not told(value([]), "not confirmed")
    assert told(value([said]), "not confirmed")
