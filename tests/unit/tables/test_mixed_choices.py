"""A mapping that gives a number here and a text there is refused, as a measure is (DuckDB: no such choice either)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from kpi_tui.definitions.issue import Issue
from tests.workspaces import Shop, orders

ROWS = [
    {**row, "fee": fee, "state": state}
    for row, fee, state in zip(
        orders(("o1", "ann", "2026-03-01 10:00", 100.0), ("o2", "bob", "2026-03-02 10:00", 50.0)),
        (1.5, None),
        ("new", "paid"),
        strict=True,
    )
]


def issues(shop: Shop, column: str) -> list[Issue]:
    return [
        one for one in shop.book().data.check() if one.severity.value == "error" and f"orders.{column}:" in one.message
    ]


def mapped(root: Path, column: str, sql: str, kind: str) -> Shop:
    made = Shop(root / "ws").has("orders", ROWS, columns={column: sql})
    if kind == "parquet":
        frame = pl.DataFrame(ROWS)
        frame.write_parquet(made.root / "orders.parquet")
        made.maps("orders", {"path": "orders.parquet", "columns": {column: sql}})
    return made


MIXED = {
    "case when state = 'new' then 1 else 'x' end": "'x' is a text, and",
    "coalesce(fee, 'none')": "'none' is a text, and",
    "least(fee, 'x')": "'x' is a text, and",
    "case when state = 'new' then fee else state end": "state is a text, and",
    "greatest(fee * 2, state)": "state is a text, and",
    "case when state = 'new' then (case when fee > 2 then 2 else 'y' end) end": "'y' is a text, and",
}


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("sql", list(MIXED))
def test_an_own_column_of_numbers_and_texts_is_refused_with_its_place(sql: str, kind: str, tmp_path: Path) -> None:
    (found,) = issues(mapped(tmp_path, "own", sql, kind), "own")
    assert MIXED[sql] in found.message and "gives a number otherwise" in found.message, found.message
    assert (found.file, found.key) == ("tables.toml", "tables.orders.columns") and found.line and "cast(" in found.hint


@pytest.mark.parametrize("sql", list(MIXED))
def test_duckdb_refuses_them_too(sql: str) -> None:
    """The rows of the file, whose numbers are numbers."""
    duckdb.sql("create or replace temp table f as select * from (values (1.5, 'new'), (null, 'paid')) t(fee, state)")
    with pytest.raises(duckdb.Error):
        duckdb.sql(f"select {sql} from f").fetchall()


@pytest.mark.parametrize("sql", ["coalesce(fee, 'none')", "case when state = 'new' then fee else 'none' end"])
def test_an_amount_of_ours_is_refused_in_both_kinds_of_files(sql: str, tmp_path: Path) -> None:
    """A word can be no amount: the rows without one were rejected, all others counted."""
    for kind in ("csv", "parquet"):
        assert issues(mapped(tmp_path / kind, "paid_amount", sql, kind), "paid_amount")


@pytest.mark.parametrize(
    ("column", "sql"),
    [
        ("own", "coalesce(fee, '0')"),
        ("own", "coalesce(fee, 0)"),
        ("own", "case when state = 'new' then 'a' else state end"),
        ("own", "coalesce(cast(fee as varchar), 'none')"),
        ("own", "case when state = 'new' then fee else try_cast(state as double) end"),
        ("own", "case when coalesce(state, 'none') = 'new' then 1 else 0 end"),
        ("user_id", "coalesce(user_id, 0)"),
        ("paid_amount", "case when state = 'new' then 0 else replace(paid_amount, '¥', '') end"),
        ("paid_amount", "coalesce(paid_amount, '')"),
    ],
)
def test_choices_of_one_kind_are_not(column: str, sql: str, tmp_path: Path) -> None:
    assert not issues(mapped(tmp_path, column, sql, "csv"), column)
