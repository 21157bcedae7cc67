"""Which queries may be computed share by share of a key, and which look across keys."""

from __future__ import annotations

import pytest
import sqlglot

from kpi_tui.sql import partition_keys

COLUMNS = {
    "events": frozenset({"event_id", "visitor_id", "user_id", "ts", "platform"}),
    "users": frozenset({"user_id", "registered_at"}),
    "invites": frozenset({"inviter_id", "invitee_id"}),
    "periods": frozenset({"period", "period_end"}),
}


def keys(sql: str) -> tuple[str, ...]:
    return partition_keys.keys(sqlglot.parse_one(sql, read="duckdb"), lambda name: COLUMNS[name])


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select *, lag(ts) over (partition by visitor_id order by ts, event_id) as before from events", "visitor_id"),
        ("select user_id, count(*) as n from events group by user_id", "user_id"),
        ("select cast(user_id as varchar) as user_id, count(*) as n from events group by user_id", "user_id"),
        (
            "with s as (select user_id, ts from events union all select user_id, registered_at as ts from users) "
            "select user_id, row_number() over (partition by user_id order by ts) as n from s",
            "user_id",
        ),
        (
            "select e.user_id, count(*) as n from events e join users u on e.user_id = u.user_id "
            "join periods p on e.ts < p.period_end group by e.user_id, p.period",
            "user_id",
        ),
        (
            "with n as (select user_id, count(*) as n from events group by user_id) "
            "select u.user_id, n.n from users u left join n on u.user_id = n.user_id",
            "user_id",
        ),
    ],
)
def test_rows_of_one_key_kept_together_can_be_dealt_out(sql: str, expected: str) -> None:
    assert expected in keys(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select user_id, row_number() over (order by ts, event_id) as n from events",
        "select user_id, rank() over (partition by user_id order by ts) as n, count(*) over () as all_rows from events",
        "select count(*) as n from events",
        "select lower(user_id) as user_id, count(*) as n from events group by user_id",
        "with e as (select lower(user_id) as user_id from events) "
        "select user_id, count(*) as n from e group by user_id",
        "with n as (select user_id, count(*) as n from events group by user_id) select sum(n) as n from n",
        "select user_id, count(*) as n from events where ts > (select avg(ts) from events) group by user_id",
        "select user_id, count(*) as n from events where user_id in (select user_id from users) group by user_id",
        "select user_id, count(*) as n from events group by user_id limit 5",
        "select e.user_id, count(*) as n from events e join users u on e.ts = u.registered_at group by e.user_id",
        "select e.user_id, count(*) as n from events e join users u on e.visitor_id = u.user_id group by e.user_id",
        "with n as (select user_id, count(*) as n from events group by user_id) "
        "select p.period, n.user_id from periods p left join n on p.period < n.n",
        "with n as (select user_id, count(*) as n from events group by user_id) "
        "select u.user_id from users u full join n on u.user_id = n.user_id",
        "select i.user_id, count(*) as n from events e "
        "join (select inviter_id as user_id from invites) i on e.visitor_id = i.user_id group by i.user_id",
        "select visitor_id, count(*) as n from events group by visitor_id union select inviter_id, 1 from invites",
    ],
)
def test_a_query_that_looks_across_keys_is_never_dealt_out(sql: str) -> None:
    assert "user_id" not in keys(sql) and "visitor_id" not in keys(sql)
