"""SQL fragments are judged before any engine sees them."""

from __future__ import annotations

import time

import duckdb
import pytest

from kpi_tui.sql import guard
from kpi_tui.sql.guard import FragmentError
from kpi_tui.sql.other_names import renamed

FINE = [
    "Quantity * UnitPrice",
    "sum(Quantity * UnitPrice)",
    "count(distinct user_id)",
    "strptime(min(InvoiceDate), '%Y-%m-%d %H:%M:%S')",
    "case when qty > 0 then qty else 0 end",
    "date_part('epoch', ts) / 86400",
    "user_id || '-' || platform",
    "coalesce(nullif(trim(name), ''), '?')",
]
HOSTILE = [
    "read_csv('/etc/passwd')",
    "(select password from users)",
    "1; drop table orders",
    "cast(" * 22 + "a",
    "+".join("a" * 6000),
    "(" * 500 + "a" + ")" * 500,
    "a" * 10_000,
    "getenv('HOME')",
    "a from orders",
    "",
    "a, b",
    "a -- b",
    "a /* b */",
    "a between 1 and 2 " * 2000,
]


@pytest.mark.parametrize("sql", FINE)
def test_ordinary_expressions_pass(sql: str) -> None:
    assert guard.expression(sql).sql == sql


@pytest.mark.parametrize("sql", HOSTILE)
def test_hostile_expressions_are_refused_at_once(sql: str) -> None:
    started = time.thread_time()
    with pytest.raises(FragmentError):
        guard.expression(sql)
    assert time.thread_time() - started < 5, "a refusal must not hang"


@pytest.mark.parametrize(
    "sql",
    [
        "delete from orders",
        "copy orders to '/tmp/x'",
        "select * from read_parquet('x')",
        "select * from main.orders",
        "attach 'x'",
        "create table x as select 1",
        "select 1; select 2",
        "with recursive r as (select 1 as n union all select n + 1 from r) select n from r",
    ],
)
def test_only_plain_selects_are_queries(sql: str) -> None:
    with pytest.raises(FragmentError):
        guard.query(sql)


def test_a_query_tells_its_tables_without_its_own_names() -> None:
    fragment = guard.query("with a as (select * from events) select * from a join periods p on a.ts_day < p.period_end")
    assert set(fragment.tables) == {"events", "periods"}


def test_conditions_end_where_they_end() -> None:
    assert guard.predicate("a > 1 and b in (select b from d_x)").tables == ("d_x",)
    for hostile in ("1 = 1 order by 2", "true union select 1", "a = 1 limit 3", "true -- x"):
        with pytest.raises(FragmentError):
            guard.predicate(hostile)


@pytest.mark.parametrize("sql", ["substr(s, 2, select 2) = '1'", "coalesce(select 1, 2) > 0"])
def test_a_select_without_brackets_is_refused(sql: str) -> None:
    """The parser takes it, and writes it so that nobody can read it again."""
    with pytest.raises(guard.FragmentError, match="stands in brackets"):
        guard.predicate(sql)


@pytest.mark.parametrize(
    "where",
    [
        "(paid_amount > 1 dear) and channel_id = 'a'",
        "(not paid_amount > 1 as dear)",
        "substr(a and b, 2, 2) = '12'",
        "substr(order_id in (), 2, 2) = '12'",
        "abs(date('week', paid_at) >= date '2026-10-05') and paid_amount > 1",
        "length(a, b) > 1 and paid_amount > 1",
    ],
)
def test_a_condition_that_cannot_be_read_once_it_is_written_out_is_refused(where: str) -> None:
    """sqlglot reads more than SQL: an engine is given the parts of a condition, and DuckDB refuses each of these."""
    with pytest.raises(guard.FragmentError, match=r"not allowed|out of place"):
        guard.row_condition(where)
    with pytest.raises(duckdb.Error):
        duckdb.sql(
            "select 1 from (select 1 as paid_amount, 'a' as channel_id, 'o' as order_id, 'a' as a, 'b' as b, "
            f"timestamp '2026-10-05' as paid_at) where {where}"
        ).fetchall()


@pytest.mark.parametrize("name", ["comment", "call", "kill", "copy", "load", "show", "use", "set", "cache", "merge"])
def test_a_column_called_like_a_statement_is_renamed_as_any_other(name: str) -> None:
    """`--where "comment = 'x'"` was read as the statement COMMENT: no such column was found, or a traceback."""
    assert renamed(f"{name} = 'x' and b > 1", {name: "t0.c", "b": "t1.b"}) == "t0.c = 'x' AND t1.b > 1"


def test_a_comma_or_semicolon_behind_a_condition_is_left_out_when_it_is_renamed() -> None:
    assert renamed("a > 1,", {"a": "t.a"}) == renamed("a > 1;", {"a": "t.a"}) == "t.a > 1"
