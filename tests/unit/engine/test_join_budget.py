"""How many rows a join makes is known before it is made; every expected count is worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine.query.joins import join_budget
from kpi_tui.engine.query.joins.join_budget import JoinBudget
from tests.workspaces import Shop

ORDERS, USERS, EVENTS = 60, 20, 90
FRAMES = {
    "orders": pl.LazyFrame({"order_id": range(ORDERS), "user_id": [n % USERS for n in range(ORDERS)]}),
    "users": pl.LazyFrame({"user_id": range(USERS)}),
    "events": pl.LazyFrame({"user_id": [n % 3 for n in range(EVENTS)], "event": ["view", "pay", "view"] * 30}),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Shop(tmp_path_factory.mktemp("shop") / "shop").has("orders", []).book().workspace


def exceeded(workspace: Workspace, most: int, sql: str, frames: Mapping[str, pl.LazyFrame] = FRAMES) -> str:
    settings: dict[str, Setting] = {**workspace.settings, "most_joined_rows": most}
    return str(JoinBudget(replace(workspace, settings=settings)).exceeded(sql, frames))


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select o.order_id from orders o cross join orders p", "3,600"),
        ("select o.order_id from orders o, orders p", "3,600"),
        ("select o.order_id from orders o join orders p on true", "3,600"),
        ("select o.order_id from orders o join orders p on o.order_id < p.order_id", "3,600"),
        ("select o.order_id from orders o cross join users u cross join users v", "24,000"),
        # 20 users of 3 orders each: 20 x 9
        ("select o.order_id from orders o join orders p on o.user_id = p.user_id", "180"),
        ("select o.order_id from orders o join orders p using (user_id)", "180"),
        ("select o.order_id from orders o, orders p where o.user_id = p.user_id", "180"),
        ("select x.order_id from (select o.order_id from orders o join orders p using (user_id)) x", "180"),
        ("with x as (select o.order_id from orders o join orders p using (user_id)) select order_id from x", "180"),
        # three times in a row: 20 x 27
        (
            "select o.order_id from orders o join orders p on o.user_id = p.user_id"
            " join orders q on q.user_id = o.user_id",
            "540",
        ),
        # sub-queries and CTEs are counted as tables are
        (
            "select a.order_id from (select *, 1 as k from orders) a"
            " join (select *, 1 as k from orders) b on a.k = b.k",
            "3,600",
        ),
        (
            "with x as (select order_id, user_id from orders)"
            " select a.order_id from x a join x b on a.user_id = b.user_id",
            "180",
        ),
        (
            "with x as (select order_id, 1 as k from orders), y as (select a.order_id from x a join x b on a.k = b.k)"
            " select order_id from y",
            "3,600",
        ),
        ("select o.order_id from orders o cross join (select user_id from events) e", "5,400"),
        (
            "select o.order_id from orders o join (select * from orders) p on o.user_id + 0 = p.user_id + 0",
            "180",
        ),
        (
            "with d as (select distinct user_id, event from events)"
            " select o.order_id from orders o join d on o.order_id < d.user_id",
            "5,400",
        ),
        # a key that stands several times in groups or beside windows: 20 users of 3 orders each, 20 x 9
        (
            "select o.order_id from orders o join (select user_id, row_number() over (order by order_id) n"
            " from orders) a on a.user_id = o.user_id",
            "180",
        ),
        (
            "select o.order_id from orders o join (select *, count(*) over () n from orders) a using (user_id)",
            "180",
        ),
        (
            "select o.order_id from orders o join (select user_id, order_id, count(*) n from orders"
            " group by user_id, order_id having count(*) > 0) a on a.user_id = o.user_id",
            "180",
        ),
        (
            "select o.order_id from orders o join (select distinct user_id, order_id from orders) a"
            " on a.user_id = o.user_id",
            "180",
        ),
        (
            "with a as (select *, row_number() over (order by order_id) n from orders), b as (select * from a)"
            " select o.order_id from orders o join b on b.user_id = o.user_id",
            "180",
        ),
        # users 0, 1, 2 have 30 events and 3 orders each: 3 x 90
        ("select o.order_id from orders o join events e on e.user_id = o.user_id", "270"),
    ],
)
def test_rows_that_a_join_makes_are_counted_before(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, sql: str, rows: str
) -> None:
    monkeypatch.setattr(join_budget, "_FEW", 50)
    said = exceeded(workspace, 100, sql)
    assert f"makes too many rows, about {rows} (setting most_joined_rows: 100)" in said
    assert exceeded(workspace, 25_000, sql) == ""


@pytest.mark.parametrize(
    "sql",
    [
        "select order_id from orders",
        "select o.order_id from orders o join users u on u.user_id = o.user_id",  # a key of users: no row more
        "select o.order_id from users u left join orders o on u.user_id = o.user_id",
        "select e.user_id from events e join users u using (user_id)",
        # 3 users, but only those of `pay` (user 1): 30 of them meet 3 orders
        "select o.order_id from orders o join events e on e.user_id = o.user_id where e.event = 'pay'",
        "select o.order_id from orders o join events e on e.user_id = o.user_id and e.event = 'pay'",
        # a sub-query has one row a key where it groups by it, or hands the key of its table on
        "select o.order_id from orders o join (select user_id, count(*) n from events group by user_id) e"
        " on e.user_id = o.user_id",
        "select o.order_id from orders o join (select distinct user_id from events) e using (user_id)",
        "with u as (select user_id as buyer from users) select o.order_id from orders o join u on u.buyer = o.user_id",
        "with x as (select o.order_id from orders o join users u using (user_id))"
        " select a.order_id from x a join x b on a.order_id = b.order_id",
        "select o.order_id from orders o left join (select distinct user_id as buyer from events) e"
        " on coalesce(o.user_id, 0) = e.buyer",
        # the first of each key: how many rows a window keeps is not counted
        "select o.order_id from orders o join (select *, row_number() over (partition by user_id order by order_id) n"
        " from orders) a on a.user_id = o.user_id where a.n = 1",
        "select o.order_id from orders o join (select *, row_number() over (partition by user_id order by order_id) n"
        " from orders) a on a.user_id = o.user_id and n = 1",
        "with a as (select *, row_number() over (partition by user_id order by order_id) n from orders),"
        " b as (select user_id, order_id, n + 1 as m from a where n = 1)"
        " select o.order_id from orders o join b on b.user_id = o.user_id",
        "with a as (select *, row_number() over (partition by user_id order by order_id) n from orders),"
        " b as (select user_id, n + 1 as m from a)"
        " select o.order_id from orders o join b on b.user_id = o.user_id where b.m = 2",
        "select o.order_id from orders o cross join (select max(event) as last from events) e",
        "select o.order_id from orders o cross join (select event from events limit 1) e",
    ],
)
def test_joins_in_a_key_and_few_rows_may_run(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    monkeypatch.setattr(join_budget, "_FEW", 50)
    assert exceeded(workspace, 95, sql) == ""


def test_unions_of_unions_are_counted(workspace: Workspace) -> None:
    """60 orders, doubled ten times: 61,440 rows of 60."""
    doubled = "".join(f", x{n} as (select * from x{n - 1} union all select * from x{n - 1})" for n in range(1, 11))
    sql = f"with x0 as (select order_id from orders){doubled} select order_id from x10"
    said = exceeded(workspace, 1_000, sql)
    assert said == "its UNION makes too many rows, about 1,920 (setting most_joined_rows: 1,000)"
    assert exceeded(workspace, 70_000, sql) == ""


FACT = """\
[facts.pairs]
name = "pairs"
time = "created_at_day"
key = ["order_id"]
sql = "select o.order_id, o.created_at_day from orders o cross join orders p"
"""
MEASURE = """\
[measures.m_pairs]
table = "pairs"
agg = "count"
time = "created_at_day"
window = "period"
about = "pairs"

[metrics.pairs]
name = "pairs"
category = "revenue"
subcategory = "value"
aarrr = "revenue"
dimension = "aarrr"
kind = "absolute"
formula = "m_pairs"
unit = "count"
better = "higher"
grain = "month"
grains = ["month"]
rollup = "recompute"
definition = "pairs"
"""


def test_check_names_the_line_and_a_value_its_reason(tmp_path: Path) -> None:
    rows = [
        {
            "order_id": f"o{n}",
            "user_id": "u",
            "created_at": "2026-10-01 10:00:00",
            "paid_at": "2026-10-01 10:05:00",
            "paid_amount": "1",
        }
        for n in range(30)
    ]
    shop = Shop(tmp_path / "shop").has("orders", rows).says(settings={"most_joined_rows": 500})
    book = shop.defines("facts.toml", FACT).defines("metrics/own.toml", MEASURE).book()
    (error,) = [issue for issue in book.data.check() if issue.severity is Severity.ERROR]
    assert (error.file, error.line, error.key) == ("facts.toml", 1, "facts.pairs.sql")
    assert "joining orders, orders makes too many rows, about 900 (setting most_joined_rows: 500)" in error.message
    pairs, paid = book.numbers.values(["pairs", "paid_amount"], Period.parse("2026-10"))
    assert (pairs.value, pairs.reason) == (None, Reason.ERROR)
    assert "about 900" in pairs.detail
    assert paid.value == 30


@pytest.mark.parametrize(
    "condition",
    [
        "order_id in (select p.order_id from orders o cross join orders p)",
        "order_id in (select x.order_id from (select p.order_id from orders o cross join orders p) x)",
        "exists (select 1 from orders o, orders p)",
        "paid_amount <= (select count(*) from orders o join orders p on o.user_id = p.user_id)",
        "order_id in (select order_id from orders where paid_amount in (select 1 from orders o, orders p))",
    ],
)
def test_a_condition_of_a_measure_counts_what_it_reads(tmp_path: Path, condition: str) -> None:
    """The joins of a fact were counted, the same ones in a condition took 2.7 GB and the process."""
    row = {"user_id": "u", "created_at": "2026-10-01 10:00:00", "paid_at": "2026-10-01 10:05:00", "paid_amount": "1"}
    rows = [{"order_id": f"o{n}", **row} for n in range(30)]
    shop = Shop(tmp_path / "shop").has("orders", rows).says(settings={"most_joined_rows": 500})
    measure = MEASURE.replace('table = "pairs"', 'table = "orders"').replace(
        'agg = "count"\n', f'agg = "count"\nwhere = "{condition}"\n'
    )
    pairs, paid = (
        shop.defines("metrics/own.toml", measure)
        .book()
        .numbers.values(["pairs", "paid_amount"], Period.parse("2026-10"))
    )
    assert (pairs.value, pairs.reason) == (None, Reason.ERROR)
    assert "joining orders, orders makes too many rows, about 900" in pairs.detail
    assert paid.value == 30
