"""SQL people write in tables.toml means in polars what it means in DuckDB, or is refused with what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.sql import guard
from kpi_tui.sql.guard import FragmentError
from tests.table_kit import column, counts, read

ROWS = """order_id,user_id,created_at,paid_at,price,units,status,phone
A-0-1,u1,2026-01-04 10:00:00,2026-01-05 00:30:00,12.50,2,paid,138 0000
B-002,u2,2026-02-07 23:59:59,,-2.5,3,cancelled,
C-003,u2,2024-12-30 08:00:00,2025-01-02 07:00:00,0.125,,paid,0 7
"""
TYPED = """create table file as select * replace (created_at::timestamp as created_at, paid_at::timestamp as paid_at,
    price::double as price, units::bigint as units) from read_csv($1, all_varchar = true)"""

SAME = [
    (ColumnType.STR, "case when price > 10 then 'big' when units is null then 'none' else 'small' end"),
    (ColumnType.STR, "order_id || '/' || split_part(order_id, '-', 2)"),
    (ColumnType.STR, "regexp_replace(order_id, '-', '')"),
    (ColumnType.STR, "regexp_replace(order_id, '-', '', 'g')"),
    (ColumnType.STR, "lpad(units::varchar, 4, '0')"),
    (ColumnType.STR, "lpad(order_id, 3, '0')"),
    (ColumnType.STR, "reverse(order_id)"),
    (ColumnType.BOOL, "regexp_matches(order_id, '^[AB]')"),
    (ColumnType.BOOL, "contains(order_id, '-0')"),
    (ColumnType.BOOL, "price between -3 and 1 and status in ('paid', 'cancelled')"),
    (ColumnType.INT, "dayofweek(created_at)"),
    (ColumnType.INT, "isodow(created_at)"),
    (ColumnType.INT, "weekofyear(created_at)"),
    (ColumnType.INT, "epoch(created_at)"),
    (ColumnType.INT, "date_diff('day', created_at, paid_at)"),
    (ColumnType.INT, "datediff('hour', created_at, paid_at)"),
    (ColumnType.INT, "date_diff('month', created_at, paid_at)"),
    (ColumnType.INT, "date_diff('year', created_at, paid_at)"),
    (ColumnType.INT, "round(price)"),
    (ColumnType.FLOAT, "round(price, 2)"),
    (ColumnType.FLOAT, "round(price * units, 1)"),
    (ColumnType.FLOAT, "trunc(price)"),
    (ColumnType.FLOAT, "log(abs(price))"),
    (ColumnType.FLOAT, "log10(abs(price))"),
    (ColumnType.INT, "count(*) over (partition by user_id)"),
    (ColumnType.DATETIME, "created_at + interval 8 hour"),
    (ColumnType.DATETIME, "date_add(created_at, interval 1 day)"),
]


def in_duckdb(path: Path, sql: str, rest: str = "") -> list[Any]:
    with duckdb.connect() as connection:
        connection.execute(TYPED, [str(path)])
        return [row[0] for row in connection.execute(f"select {sql} from file {rest}").fetchall()]


@pytest.mark.parametrize(("kind", "sql"), SAME, ids=[sql for _, sql in SAME])
def test_an_expression_means_what_it_means_in_duckdb(tmp_path: Path, kind: ColumnType, sql: str) -> None:
    made = read(tmp_path, ROWS, columns={"paid_amount": "0", "x": sql}, types={"x": kind}, timezone="UTC")
    expected = in_duckdb(tmp_path / "orders.csv", sql, "order by order_id")
    assert column(made, "x") == [pytest.approx(value) if isinstance(value, float) else value for value in expected]


@pytest.mark.parametrize(
    "sql",
    [
        "count(*) * 2",
        "sum(price) / count(*)",
        "sum(units) filter (where units > 2)",
        "count(*) filter (where status = 'paid')",
        "case when bool_or(status = 'paid') then 1 else 0 end",
        "count_if(units > 2)",
        "any_value(length(user_id))",
    ],
)
def test_an_aggregate_means_what_it_means_in_duckdb(tmp_path: Path, sql: str) -> None:
    columns = {"paid_amount": sql, "created_at": "min(created_at)", "order_id": "min(order_id)"}
    made = read(tmp_path, ROWS, group_by=("user_id",), columns=columns, timezone="UTC")
    assert column(made, "paid_amount") == in_duckdb(
        tmp_path / "orders.csv", sql, "group by user_id order by min(order_id)"
    )


def test_unix_time_may_be_written_as_to_timestamp(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,user_id,t,paid_amount\n1,u,0,1\n", columns={"created_at": "to_timestamp(t)"})
    assert str(column(made, "created_at")[0]) == "1970-01-01 08:00:00"


def test_try_cast_makes_a_cell_empty_and_keeps_its_row(tmp_path: Path) -> None:
    """As in every SQL: without it the row is rejected and counted."""
    content = "order_id,user_id,created_at,amount\n1,u,2026-01-01,5\n2,u,2026-01-01,n/a\n"
    made = read(tmp_path, content, columns={"paid_amount": "coalesce(try_cast(amount as double), 0)"})
    assert (column(made, "paid_amount"), counts(made)) == ([5.0, 0.0], {})
    strict = read(tmp_path, content, columns={"paid_amount": "cast(amount as double)"})
    assert counts(strict) == {"amount: no number": 1}


def test_an_own_column_cast_to_a_decimal_is_a_number_like_any_other(tmp_path: Path) -> None:
    """Such a column stopped the reading of the whole workspace (decimal less float where footers are looked for)."""
    own = {"paid_amount": "price", "vat": "cast(price as decimal(10, 1))"}
    made = read(tmp_path, ROWS, columns=own)
    assert column(made, "vat") == [12.5, -2.5, 0.1]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("regexp_extract(a, 'x')", r"regexp_extract\(\) is not allowed; write split_part\(\) or substring\(\)"),
        ("to_date(a)", r"to_date\(\) is not allowed; write strptime"),
        ("first(a)", r"first\(\) is not allowed; write min\(\)"),
        ("coalesc(a, 1)", r"coalesc\(\) is not allowed; write coalesce\(\)"),
        ("a at time zone 'UTC'", "a time zone belongs into the table"),
    ],
)
def test_what_is_refused_comes_with_what_to_write(sql: str, said: str) -> None:
    with pytest.raises(FragmentError, match=said):
        guard.expression(sql)


def test_a_star_stands_in_count_only() -> None:
    assert guard.expression("sum(a) / count(*)").columns == ("a",)
    with pytest.raises(FragmentError, match="may not read a table"):
        guard.expression("max(*)")


def test_a_mapping_that_cannot_be_computed_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"orders\.x: .*cannot be computed"):
        read(tmp_path, ROWS, columns={"paid_amount": "0", "x": "order_id similar to 'A.*'"})
