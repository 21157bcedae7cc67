"""Files of one table that have rows in common: all of them, or some that no key tells apart."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.tables.source.raw_rows import FILE, ROW

T = TypeVar("T")
_LEAST_ROWS, _LEAST_SHARE = 2, 0.05
"""A few equal lines of large files may be as many things."""


def twice_read(
    names: Sequence[str], same: Iterable[tuple[int, int]], source: TableSource, *, once: bool
) -> list[FileDoubt]:
    """Two files with the same rows, and what that does to the numbers; `once`: each row counts once."""
    found = []
    for first, other in same:
        said = say("{file} has the same rows as {other}", file=names[other], other=names[first])
        kept = _without(names, other, source)
        counts_once = say("each row counts once; leave one file out: path = [{kept}]", kept=kept)
        counts_twice = say("every row counts twice; leave one file out: path = [{kept}]", kept=kept)
        found.append(FileDoubt("same-file", said, counts_once if once else counts_twice, counts=not once))
    return found


def rows_in_two_files(
    names: Sequence[str], lines: pl.DataFrame, same: Iterable[tuple[int, int]], source: TableSource
) -> list[FileDoubt]:
    """Rows of a file that an earlier one has too, and that count twice: no key tells them apart.

    Files that have the `same` rows are told already.
    """
    rows = lines.select(FILE, lines.drop(FILE, ROW).select(pl.all().cast(pl.String)).hash_rows().alias("line"))
    each = rows.unique()
    first = each.with_columns(pl.col(FILE).min().over("line").alias("first")).filter(pl.col(FILE) > pl.col("first"))
    counts = first.group_by("first", FILE).len("rows").sort(FILE, "first")
    sizes = dict(each.group_by(FILE).len().iter_rows())
    told = {*same}
    found = []
    for one, other, count in counts.iter_rows():
        few = count < _LEAST_ROWS or count < _LEAST_SHARE * min(sizes[one], sizes[other])
        if not few and (one, other) not in told:
            said = says(
                "{file}: {count:,} row stands in {other} too",
                "{file}: {count:,} rows stand in {other} too",
                count,
                file=names[other],
                other=names[one],
            )
            kept = _without(names, other, source)
            write = say(
                "each counts twice; write distinct = true in [tables.{table}], or leave the file out: path = [{kept}]",
                table=source.id,
                kept=kept,
            )
            if single := rows.height - each.height:
                write = says(
                    "each counts twice; take them out of one of the files (distinct = true would leave out {count:,} "
                    "row that stands twice in one, too)",
                    "each counts twice; take them out of one of the files (distinct = true would leave out {count:,} "
                    "rows that stand twice in one, too)",
                    single,
                )
            found.append(FileDoubt("rows-in-two-files", said, write))
    return found


def _without(names: Sequence[str], place: int, source: TableSource) -> str:
    folder = "/".join([*source.paths[0].split("/")[:-1], ""])
    return ", ".join(f'"{name if "/" in name else folder + name}"' for name in names if name != names[place])


def same_rows(lines: pl.DataFrame) -> list[tuple[int, int]]:
    """Files whose rows are the same, in whatever order: (the first, another)."""
    files = lines.partition_by(FILE, maintain_order=True)
    places = [int(rows[FILE][0]) for rows in files]
    return [(places[one], places[two]) for one, two in _alike(files, lambda rows: rows.height, _rows_digest)]


def same_bytes(paths: Sequence[Path]) -> list[tuple[int, int]]:
    """Files of the same bytes: (the first, another)."""
    return _alike(paths, lambda path: path.stat().st_size, _bytes_digest)


def _alike(items: Sequence[T], size: Callable[[T], int], digest: Callable[[T], object]) -> list[tuple[int, int]]:
    """Items of one size and digest; what is the only one of its size is not read."""
    sizes = [size(item) for item in items]
    first: dict[object, int] = {}
    found = []
    for place, item in enumerate(items):
        if sizes[place] and sizes.count(sizes[place]) > 1:
            known = first.setdefault((sizes[place], digest(item)), place)
            found += [(known, place)] if known != place else []
    return found


def _rows_digest(rows: pl.DataFrame) -> object:
    return rows.drop(FILE, ROW).select(pl.all().cast(pl.String)).hash_rows().sum()


def _bytes_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
