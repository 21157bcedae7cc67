"""Rows whose key stands twice: copies count once, versions by the rule of their table, lines always."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.library.table import ColumnType, Repeated, SchemaColumn, TableSchema, TableSource
from kpi_tui.definitions.text import Text
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.row_store import RowStore
from tests.table_kit import TODAY, balanced, column

FILE = """user_id,at,city,remark
ann,2026-01-02 10:00:00,Oslo,
bob,2026-01-03 10:00:00,Bonn,
ann,2026-01-02 10:00:00,Oslo,
ann,2026-01-01 10:00:00,Rome,
bob,2026-01-03 10:00:00,Bonn,again
,2026-01-04 10:00:00,Nice,
,2026-01-04 10:00:00,Nice,
"""


COLUMNS = (
    SchemaColumn("user_id", ColumnType.STR, nullable=True),
    SchemaColumn("at", ColumnType.DATETIME),
    SchemaColumn("city", ColumnType.STR),
)


def read(tmp_path: Path, repeated: Repeated, many: int = 0) -> Prepared:
    """The file at once, or `many` rows at a time on the disk; the column `remark` is not mapped."""
    (tmp_path / "users.csv").write_text(FILE, encoding="utf-8")
    store = RowStore(tmp_path / "rows")
    wanted = TableSchema("users", Text("Users"), {c.name: c for c in COLUMNS}, "at", ("user_id",), repeated)
    return prepare(
        TableSource("users", ("users.csv",)),
        wanted,
        data=tmp_path,
        roots=(tmp_path,),
        timezone="UTC",
        today=TODAY,
        keep=(lambda parts, judge: store.keep("users", "stamp", parts, judge)) if many else None,
        many=many,
    )


@pytest.mark.parametrize("many", [0, 2], ids=["whole", "in parts"])
@pytest.mark.parametrize(
    ("repeated", "cities", "gone", "left"),
    [
        (Repeated.ALL, ["Oslo", "Bonn", "Rome", "Bonn", "Nice", "Nice"], 1, 2),
        (Repeated.FIRST, ["Bonn", "Rome", "Nice", "Nice"], 3, 0),
        (Repeated.LAST, ["Oslo", "Bonn", "Nice", "Nice"], 3, 0),
        (Repeated.LINES, ["Oslo", "Bonn", "Oslo", "Rome", "Bonn", "Nice", "Nice"], 0, 0),
    ],
)
def test_what_counts_of_rows_with_one_key(
    tmp_path: Path, repeated: Repeated, cities: list[str], gone: int, left: int, many: int
) -> None:
    """Line 4 is a copy of line 2; line 5 is an earlier row of ann; line 6 differs from line 3 in its remark alone."""
    prepared = read(tmp_path, repeated, many)
    assert bool(list(tmp_path.rglob("*.parquet"))) == bool(many)
    assert column(prepared, "city") == cities
    assert (prepared.profile.repeated, prepared.profile.duplicate_keys, balanced(prepared)) == (gone, left, True)


def test_the_rule_is_told(tmp_path: Path) -> None:
    assert [str(note) for note in read(tmp_path, Repeated.FIRST).profile.notes] == [
        "1 row is a copy of another: each counts once",
        "2 rows repeat user_id with other values: the earliest row counts",
    ]
