"""Rows that sum up others without the word total: of a section, a day, of all; they count, and every value says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspaces import Shop

LAST = "2026-03-31"
ORDERS = "order_id,user_id,created_at,paid_at,order_amount,paid_amount"
SPENT = "day,channel_id,spend,clicks"


def shop(root: Path, table: str, lines: list[str], **source: object) -> Shop:
    made = Shop(root / "ws")
    (made.root / f"{table}.csv").write_text("\n".join([ORDERS if table == "orders" else SPENT, *lines, ""]), "utf-8")
    return made.maps(table, {"path": f"{table}.csv", "complete_until": LAST, **source}).says(as_of=LAST)


def order(id_: str, day: int, amount: float) -> str:
    who = "ann" if id_.startswith("o") else ""
    return f"{id_},{who},2026-03-0{day} 10:00,2026-03-0{day} 10:00,{amount},{amount}"


SECTIONS = [order("o1", 1, 10), order("o2", 2, 20), order("", 2, 30)]
SECTIONS += [order("o3", 3, 30), order("o4", 4, 40), order("", 4, 70), order("", 4, 100)]
THREE = [order("o1", 1, 10), order("o2", 2, 20), order("o3", 3, 30)]
DAYS = ["2026-03-01,a,10,1", "2026-03-01,b,20,2", "2026-03-02,a,30,3", "2026-03-02,b,40,5"]


@pytest.mark.parametrize(
    ("table", "lines", "count", "right", "write"),
    [
        ("orders", SECTIONS, 3, 100, "order_id is not null"),
        ("orders", [*THREE, order("-", 3, 60)], 1, 60, "coalesce(order_id, '') not in ('-')"),
        ("orders", [*THREE, order("3", 3, 60)], 1, 60, "coalesce(order_id, '') not in ('3')"),
        ("orders", [*THREE, order("", 3, 20)], 1, 60, "order_id is not null"),  # their mean
        ("channel_daily", [*DAYS, "2026-03-02,全部,100,11"], 1, 100, "coalesce(channel_id, '') not in ('全部')"),
        (
            "channel_daily",
            [*DAYS, "2026-03-01,all,30,3", "2026-03-02,all,70,8"],
            2,
            100,
            "coalesce(channel_id, '') not in ('all')",
        ),
        (
            "channel_daily",
            [*DAYS[:2], "2026-03-01,,30,3", *DAYS[2:], "2026-03-02,,70,8"],
            2,
            100,
            "channel_id is not null",
        ),
    ],
)
def test_they_are_told_where_the_numbers_stand_and_the_line_settles_it(
    table: str, lines: list[str], count: int, right: float, write: str, tmp_path: Path
) -> None:
    metric = "paid_amount" if table == "orders" else "marketing_spend"
    made = shop(tmp_path / "as it is", table, lines)
    value = made.value(metric, "2026-03")
    (issue,) = [one for one in made.book().data.check() if one.code == "row-of-sums"]
    assert value.value != right and any("or " in note and "their mean" in note for note in value.notes), value.notes
    assert ("row " if count == 1 else f"{count} rows sum up others") in issue.message
    assert issue.hint == f'to leave it out write where = "{write}"'
    settled = shop(tmp_path / "settled", table, lines, where=write)
    assert settled.value(metric, "2026-03").value == right
    assert not [one for one in settled.book().data.check() if one.code == "row-of-sums"]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("orders", [*THREE, order("", 3, 15)]),
        ("orders", [*THREE, order("o9", 3, 60)]),
        ("channel_daily", [*DAYS, "2026-03-02,,100,12"]),  # clicks are none's sum
        ("channel_daily", [DAYS[0], "2026-03-01,,10,1"]),  # of one row alone
    ],
)
def test_rows_that_lack_an_id_and_sum_nothing_up_are_not(table: str, lines: list[str], tmp_path: Path) -> None:
    made = shop(tmp_path, table, lines)
    assert not [one for one in made.book().data.check() if one.code == "row-of-sums"]
