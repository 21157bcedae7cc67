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


def told(made: Shop) -> list[str]:
    return [f"{one.message}; {one.hint}" for one in made.book().data.check() if one.code == "row-of-sums"]


def month(*lines: str) -> list[str]:
    """The lines of each day of March; `{n}` is a number that differs by day."""
    return [f"2026-03-{day:02},{line.format(n=day)}" for day in range(1, 32) for line in lines]


COSTS = "day,cost_type,team,amount"
BUDGETS = "day,channel_id,campaign_id,spend"
REPORT = "day,channel_id,campaign_id,impressions,clicks,spend"
OWN_WORD = [f"2026-03-{n:02},{of}" for n in range(1, 32) for of in (f"a,c1,{n}", f"a,c2,{n}0", f"b,,{11 * n}")]
BY_CHANCE = [
    f"2026-03-{day:02},{word},{n}" for day in range(1, 31) for word, n in (("c1", 2), ("c2", 3), ("-", day % 6))
]


@pytest.mark.parametrize(
    ("table", "head", "lines"),
    [
        ("channel_daily", BUDGETS, month("search,c1,50", "search,c2,50", "social,,100")),
        ("channel_daily", BUDGETS, OWN_WORD),
        ("channel_daily", BUDGETS, month("search,c1,50", "search,c2,50", "search,,100")),  # 100 again and again
        ("channel_daily", REPORT, month("search,c1,300,2,3", "search,c2,700,4,5", "direct,-,0,6,0")),
        ("channel_daily", "day,campaign_id,clicks", BY_CHANCE),  # 5 of 25 that are not 0
        ("costs", COSTS, month("operation,a,500", "operation,b,500", "other,,1000")),
        ("costs", COSTS, [*month("operation,a,1{n}", "operation,b,200"), "2026-03-31,other,,331"]),
    ],
)
def test_numbers_that_are_sums_by_chance_are_not_told(table: str, head: str, lines: list[str], tmp_path: Path) -> None:
    made = shop(tmp_path, table, [])
    (made.root / f"{table}.csv").write_text("\n".join([head, *lines, ""]), "utf-8")
    assert told(made) == []


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        # months: 1 + 2 + 4 + … is no chance twice
        (["2026-02-01,s,c,210", "2026-02-02,s,c,525", "2026-02-02,,,735", *month("s,c,{n}"), "2026-03-31,,,496"], 2),
        # every day the same, but it says that it is of all
        (month("s,c1,50", "s,c2,50", "all,all,100"), 31),
    ],
)
def test_sums_of_one_number_are_told_where_chance_does_not_make_them(
    lines: list[str], count: int, tmp_path: Path
) -> None:
    made = shop(tmp_path, "channel_daily", [])
    (made.root / "channel_daily.csv").write_text("\n".join([BUDGETS, *lines, ""]), "utf-8")
    (said,) = told(made)
    assert f"{count} rows sum up others" in said and "to leave it out write where" in said


def test_no_line_is_offered_that_leaves_out_rows_which_are_no_sums(tmp_path: Path) -> None:
    """Of three rows without a channel one is the sum of its day, 1,234 = 1,000 + 234 with 57 = 40 + 17 clicks."""
    lines = ["2026-03-01,a,1000,40", "2026-03-01,b,234,17", "2026-03-01,,1234,57", *DAYS[2:], "2026-03-02,,12,3"]
    (said,) = told(shop(tmp_path, "channel_daily", [*lines, "2026-03-03,,7,2", "2026-03-03,a,8,9"]))
    assert "row 4 sums up others" in said and "where =" not in said
    assert "take these rows out of the file" in said
