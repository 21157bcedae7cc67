"""2.000 of a column that writes 1.234.567 somewhere is two thousand in a table of any size: it is never read as 2."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from kpi_tui.tables.file_rows import file_rows
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.row_store import RowStore
from kpi_tui.tables.source.raw_rows import ROW
from tests.table_kit import ORDERS, TODAY, TableSource, column, counts

THREE = "2.000"
EVIDENCE = ["1.234.567", "1.234,50", "12,50"]


def read(folder: Path, cells: list[str], many: int, suffix: str = "csv", files: int = 1, sql: str = "") -> Prepared:
    """Orders of these amounts, in some files, `many` rows at a time (0: at once)."""
    number = pl.int_range(len(cells), eager=True)
    rows = pl.DataFrame({"order_id": "o" + number.cast(pl.String), "paid_amount": cells}).with_columns(
        user_id=pl.lit("ann"), created_at=pl.lit("2026-10-05 10:00:00")
    )
    for at in range(files):
        some, path = rows.slice(at * len(cells) // files, len(cells) // files), folder / f"orders{at}.{suffix}"
        if suffix == "csv":
            some.write_csv(path)
        else:
            some.write_parquet(path)
    source = TableSource("orders", (f"orders*.{suffix}",), columns={"paid_amount": sql} if sql else {})
    store = RowStore(folder / "rows")
    keep = (lambda parts, judge: store.keep("orders", "stamp", parts, judge)) if many else None
    return prepare(source, ORDERS, data=folder, roots=(folder,), timezone="UTC", today=TODAY, keep=keep, many=many or 5)


@pytest.mark.parametrize("evidence", EVIDENCE)
@pytest.mark.parametrize("at", [0, 11, 23])
@pytest.mark.parametrize("many", [0, 4, 9])
def test_where_the_cell_stands_that_says_so_is_no_matter(tmp_path: Path, many: int, at: int, evidence: str) -> None:
    """Of 24 amounts four are 2.000, and one shows what the points mean: 19 sevens are read, however many at a time."""
    cells = ["7"] * 24
    cells[3] = cells[9] = cells[15] = cells[20] = THREE
    cells[at] = evidence
    made = read(tmp_path, cells, many)
    assert (column(made, "paid_amount"), counts(made)) == ([7.0] * 19, {"paid_amount: no number": 5})


@pytest.mark.parametrize(
    ("suffix", "files", "sql"), [("parquet", 1, ""), ("csv", 2, ""), ("csv", 1, "trim(paid_amount)")]
)
def test_it_holds_for_all_files_of_a_source_and_what_a_mapping_makes(
    tmp_path: Path, suffix: str, files: int, sql: str
) -> None:
    cells = ["7", THREE, *["8"] * 20, "1.234.567", "9"]
    made = read(tmp_path, cells, 4, suffix, files, sql)
    assert sum(column(made, "paid_amount")) == 7 + 20 * 8 + 9
    assert made.profile.rejected[0].count == 2


def test_where_no_cell_says_so_the_points_are_decimal(tmp_path: Path) -> None:
    """2 + 1.5 + 22 × 7 = 157.5, in parts and at once."""
    cells = [THREE, "1.5", *["7"] * 22]
    for many in (0, 5):
        folder = tmp_path / str(many)
        folder.mkdir()
        assert sum(column(read(folder, cells, many), "paid_amount")) == 157.5


def test_the_rows_that_are_shown_as_left_out_are_these(tmp_path: Path) -> None:
    """Rows 2 and 23 of the file, counted with its header: 3 and 24."""
    cells = ["7", THREE, *["8"] * 20, "1.234.567", "9"]
    read(tmp_path, cells, 4)
    source = TableSource("orders", ("orders*.csv",))
    again = file_rows(source, ORDERS, data=tmp_path, roots=(tmp_path,), timezone="UTC", settings={}, many=4)
    lost = [row for part in again for _why, rows in part.refused for row in rows[ROW]]
    assert lost == [3, 24]
