"""Whatever the csv module writes is read back cell by cell; whatever is broken adds up to every line."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi_tui.definitions.library.table import TableSource
from kpi_tui.tables.source.reader import read_file
from tests.examples import examples

# one table has at most one cell of several lines a row, so that no line inside a cell looks like a row of its own
CELL = st.text(alphabet=st.sampled_from(list("ab1 ,;\"'北京é|\t")), max_size=8)
LINES = st.text(alphabet=st.sampled_from(list('xy"\n')), max_size=6)


def tidy(cell: str) -> str | None:
    """What a cell is without what exports put around it; nothing left is an empty cell."""
    cell = cell.strip(" \t\n")
    if cell.startswith("'") and "'" not in cell[1:]:
        cell = cell[1:].strip(" \t\n")
    return cell or None


def read(content: bytes) -> tuple[list[tuple[str | None, ...]], int, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(content)
        raw = read_file(path, TableSource("t", ("t.csv",), delimiter=","))
    rejected = sum(item.count for item in raw.rejected)
    return raw.frame.select(raw.columns).rows(), raw.rows_read, rejected


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.tuples(CELL, CELL, LINES), max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans())
@example([("", "", ""), ("", ";", ""), ("", "1", "")], "\n", False)  # two records like a header of two rows
def test_tables_written_by_the_csv_module_are_read_back(
    table: list[tuple[str, str, str]], line_end: str, quote_all: bool
) -> None:
    rows = [("k" + first, second, third) for first, second, third in table]
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out := io.StringIO(), lineterminator=line_end, quoting=quoting)
    writer.writerows([("a", "b", "c"), *rows])
    found, rows_read, rejected = read(out.getvalue().encode())
    assert found == [tuple(tidy(cell) for cell in row) for row in rows]
    assert (rows_read, rejected) == (len(rows), 0)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from(list('a,"1')), min_size=1, max_size=8), min_size=1, max_size=15))
def test_no_line_of_a_broken_file_disappears(lines: list[str]) -> None:
    found, rows_read, rejected = read(("h1,h2\n" + "\n".join(lines) + "\n").encode())
    records = list(csv.reader(f"{line}\n" for line in lines))  # a quoted line break makes one record of two lines
    assert len(found) + rejected == rows_read
    assert rows_read == len(records) or rejected > 0
