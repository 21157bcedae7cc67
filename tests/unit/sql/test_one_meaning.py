"""SQL means one thing: what the guard lets through runs on polars and is what DuckDB makes of it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache

import duckdb
import polars as pl
import pytest

from kpi_tui.sql import guard
from kpi_tui.sql.allowed_functions import ALLOWED_FUNCTIONS
from kpi_tui.sql.dialects.dialect import Unsaid
from kpi_tui.tables.polars_sql import execute
from tests.unit.sql.one_meaning import ROWS, queries, selects

SELECTS = selects()
BATCH = 25
FEWEST = 400


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.register("t", ROWS.to_arrow())
    return connection


def _plain(cell: object) -> object:
    """A value whatever an engine's type for it is; numbers to 12 digits, a day as the moment it begins."""
    if isinstance(cell, bool | int | float | Decimal):
        number = float(cell)
        return str(number) if math.isnan(number) or math.isinf(number) else float(f"{number:.12g}") + 0.0
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return cell


def _rows(rows: list[tuple[object, ...]], sql: str) -> list[tuple[object, ...]]:
    """Rows in an order of their own where the statement asks for none."""
    plain = [tuple(map(_plain, row)) for row in rows]
    outside = sql
    while (shorter := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = shorter
    return (
        plain if "order by" in outside else sorted(plain, key=lambda row: [(cell is None, str(cell)) for cell in row])
    )


def _answers(sql: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Ours and theirs."""
    assert guard.query(sql).tree is not None
    theirs = _duckdb().sql(sql).fetchall()
    return _rows(execute(sql, {"t": ROWS.lazy()}).collect().rows(), sql), _rows(theirs, sql)


def _batches() -> list[tuple[str, list[str]]]:
    return [
        (head, expressions[start : start + BATCH])
        for head, expressions in SELECTS.items()
        for start in range(0, len(expressions), BATCH)
    ]


@pytest.mark.parametrize(("head", "expressions"), _batches(), ids=lambda part: part if isinstance(part, str) else "")
def test_an_expression_means_what_duckdb_makes_of_it(head: str, expressions: list[str]) -> None:
    named = ", ".join(f"{expression} as v{place}" for place, expression in enumerate(expressions))
    ours, theirs = _answers(head.format(named))
    keys = len(ours[0]) - len(expressions)
    found = {
        expression: ([row[keys + place] for row in ours], [row[keys + place] for row in theirs])
        for place, expression in enumerate(expressions)
    }
    assert {expression: pair for expression, pair in found.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("sql", queries())
def test_a_query_means_what_duckdb_makes_of_it(sql: str) -> None:
    ours, theirs = _answers(sql)
    assert ours == theirs


def test_many_statements_are_compared() -> None:
    assert sum(map(len, SELECTS.values())) + len(queries()) >= FEWEST


# what a mapping, not a query, is asked for; and words that are no function by themselves
_NO_FUNCTIONS = "and or not in between is like ilike case timestamp date to_timestamp regexp_like iif".split()


def test_every_allowed_function_is_compared() -> None:
    written = " ".join([*queries(), *SELECTS, *(sql for some in SELECTS.values() for sql in some)])
    called = set(re.findall(r"(\w+)\(", written)) | set(re.findall(r"\w+", written))
    assert sorted(ALLOWED_FUNCTIONS - called - set(_NO_FUNCTIONS)) == []


REFUSED = {
    "approx_quantile(i, 0.5)": "write quantile_cont",
    "quantile(i, 0.5)": "write quantile_cont",
    "percentile_disc(0.5) within group (order by i)": "write quantile_cont",
    "f // 2": "trunc(a / b)",
    "round(f, i)": "written out",
    "ts - tu + 1": "not allowed on duration",
    "sum(ts - tu)": "datediff('second', a, b)",
    "cast(ts - tu as double)": "datediff('second', a, b)",
    "cast(ts as int)": "date_part('epoch', x)",
    "sum(d)": "date_part('epoch', x)",
    "cast(i as date)": "strptime",
    "cast(s as timestamp)": "strptime(x, '%Y-%m-%d %H:%M:%S')",
    "cast(s as boolean)": "x in ('true', '1')",
    "s = 3": "cast one of them",
    "i in ('a', 'b')": "cast one of them",
    "i = s": "cast one of them",
    "date_part('century', d)": "there is year",
    "date_part('day', ts - tu)": "datediff('day', a, b)",
    "hour(s)": "cast(x as date)",
    "datediff('decade', d, e)": "counts year",
    "ts + interval (i) day": "date + days",
    "strftime(ts, '%c')": "knows no %c",
    "strftime(ts, s)": "written out",
    "strptime(s, '%s')": "knows no %s",
    "strptime(s, '%H:%M')": "year",
    "strptime(ts, '%Y-%m-%d')": "reads a text",
    "to_timestamp(i)": "mapping",
    "substr(s, 2, -1)": "length of 0",
    "lpad(s, 8, 'ab')": "one character",
    "replace(s, u, '#')": "written out",
    "s like u": "contains(x, y)",
    "regexp_matches(s, u)": "written out",
    "s similar to 'a.*'": "regexp_matches",
    "s[1]": "substr(x, 1, 1)",
    "count(distinct (i, j))": "concat(a, '|', b)",
    "lag(i ignore nulls) over (order by id)": "where",
    "(i, j) in (select i, j from t)": "concat(a, '|', b)",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_what_polars_cannot_say_is_refused_with_what_to_write(sql: str) -> None:
    with pytest.raises((Unsaid, pl.exceptions.PolarsError), match=re.escape(REFUSED[sql])):
        execute(f"select {sql} as v from t", {"t": ROWS.lazy()}).collect()


@pytest.mark.parametrize("inner", ["round({}, 1)", "substr({}, i, j)", "strpos({}, u)", "({} / 7)", "right({}, i)"])
def test_nested_spellings_do_not_grow_without_end(inner: str) -> None:
    sql = "f" if inner.startswith(("round", "(")) else "s"
    for _ in range(20):
        sql = inner.replace("{}", sql)
    with pytest.raises((Unsaid, guard.FragmentError)):
        execute(guard.query(f"select {sql} as v from t").sql, {"t": ROWS.lazy()})
