"""Letters without a partner, texts of small numbers, numbers too large for their type, escaped patterns: as DuckDB."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from kpi_tui.sql import guard
from kpi_tui.sql.dialects.dialect import Unsaid
from kpi_tui.sql.dialects.polars_failures import in_words
from kpi_tui.tables.polars_sql import execute

ROWS = pl.DataFrame(
    {
        "s": ["ß", "Straße", "İzmir", "ΟΔΟΣ ΑΣ", "a%b", "a_b", "a.b", "A%B\nc", "a\\b", None, "", "10% off"],
        "f": [1e-7, 1.5e-5, 1e-5, 0.0001, -2.25e-5, -1e-10, 1e-300, 0.0, None, 9.9999e-5, 123456.5, 1e16],
        "i": [300, -1, 127, 128, 255, -129, 32768, 65536, 2147483648, None, 0, 4294967296],
    }
)

EQUAL = [
    "select upper(s) as x from t",
    "select lower(s) as x from t",
    "select upper(lower(trim(s))) || '!' as x from t",
    "select length(upper(s)) as x, length(lower(s)) as y from t",
    "select cast(f as varchar) as x from t",
    "select f::text as x from t",
    "select f || ' CNY' as x, concat('n', f, i) as y from t",
    "select concat_ws('/', f, s) as x from t",
    "select cast(f * 10 as varchar) as x from t",
    "select left(cast(f as varchar), 3) as x from t",
    "select try_cast(i as tinyint) as x from t",
    "select try_cast(i as smallint) as x, try_cast(i as integer) as y, try_cast(i as int) as z from t",
    "select try_cast(i as utinyint) as x, try_cast(i as usmallint) as y, try_cast(i as uinteger) as z from t",
    "select try_cast('300' as tinyint) as x, try_cast('12.5' as tinyint) as y from t",
    "select try_cast(i * 1.5e0 as smallint) as x from t",
    "select cast(i % 100 as tinyint) + 20 as x from t",
    "select sum(try_cast(i as smallint)) as x from t",
    *(
        f"select s {like} '{pattern}' escape '{sign}' as x from t"
        for like in ("like", "not like", "ilike", "not ilike")
        for pattern, sign in (
            ("a\\%%", "\\"), ("%\\%%", "\\"), ("a\\_b", "\\"), ("a!%b", "!"), ("a.b", "!"), ("a\\\\b", "\\"),
            ("10#% %", "#"), ("", "\\"), ("%", "\\"), ("a%b%c", "!"), ("_!%b%", "!"),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("sql", EQUAL)
def test_it_is_what_duckdb_makes_of_it(sql: str) -> None:
    connection = duckdb.connect()
    connection.register("t", ROWS.to_arrow())
    guard.query(sql)
    assert execute(sql, {"t": ROWS.lazy()}).collect().rows() == connection.sql(sql).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "cast(300 as tinyint)", "cast(i as tinyint)", "i::smallint", "cast(i as integer)", "cast(i as uinteger)",
        "cast('300' as tinyint)", "cast(i * 0.5 as utinyint)", "cast(i * 1.5e0 as int)",
    ],
)  # fmt: skip
def test_a_number_too_large_for_its_type_fails_in_both(sql: str) -> None:
    connection = duckdb.connect()
    connection.register("t", ROWS.to_arrow())
    with pytest.raises(duckdb.ConversionException):
        connection.sql(f"select {sql} as x from t").fetchall()
    with pytest.raises(pl.exceptions.PolarsError) as error:
        execute(f"select {sql} as x from t", {"t": ROWS.lazy()}).collect()
    assert "cast to bigint" in in_words(str(error.value).splitlines()[0])


@pytest.mark.parametrize("written", ["s like 'a!' escape '!'", "s like '!ab' escape '!'", "s like s escape '!'",
                                     "s like 'a%' escape '!!'"])  # fmt: skip
def test_an_escape_that_escapes_nothing_is_refused(written: str) -> None:
    with pytest.raises(Unsaid, match=r"escape|written out"):
        execute(f"select {written} as x from t", {"t": ROWS.lazy()}).collect()
