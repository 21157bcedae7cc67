"""Rows that sum up others and do not call themselves totals: of a section, of a day, of all rows above them.

Such a row lacks what tells others apart, or says a word for all of them (`all`, `-`, 全部), and its numbers are theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import says
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.convert import Converted
from kpi_tui.tables.source.raw_rows import FILE, ROW
from kpi_tui.tables.total_rows import leave_out

_WORDS = tuple("all any - -- — / * 全部 所有 全渠道 全店 整体 汇总".split())
_LEAST = 2  # rows that a sum is of
_ODD, _BLOCK, _PLAIN, _LAST = "kpi:odd", "kpi:block", "kpi:plain", "kpi:last"
_OF = {"block": [FILE, _BLOCK], "day": [FILE, "kpi:day"]}


def rows_of_sums(
    made: Converted, source: TableSource, schema: TableSchema, files: Sequence[str], *, footers: bool
) -> list[FileDoubt]:
    """A doubt for each file with such rows; `footers`: last rows that sum up all others are told already."""
    rows = made.frame
    texts = [name for name, kind in rows.schema.items() if kind == pl.String and name in made.mapped]
    ids = [name for name in schema.key if name in texts] or texts
    numbers = [name for name, kind in rows.schema.items() if kind.is_numeric() and name in made.mapped]
    if source.group_by or not ids or not numbers:
        return []
    rows = rows.with_columns(_odd(name).alias(f"{_ODD} {name}") for name in ids)
    rows = rows.with_columns(pl.any_horizontal(pl.col(f"{_ODD} {name}") for name in ids).alias(_ODD))
    if not 0 < rows[_ODD].sum() <= rows.height / 2:  # where most rows lack it, it tells nothing
        return []
    found = _summing(rows, numbers, schema.time)
    found = found.filter(~pl.col(_LAST)) if footers else found
    return [_doubt(one, ids, numbers, source, files) for one in found.partition_by(FILE, maintain_order=True)]


def _odd(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars().str.to_lowercase().fill_null("")
    above = pl.int_range(pl.len()).over(FILE)  # a footer that counts: 3 orders
    counts = (text == above.cast(pl.String)) & (above == pl.len().over(FILE) - 1) & (above > _LEAST)
    return (text == "") | text.is_in(_WORDS) | counts


def _summing(rows: pl.DataFrame, numbers: Sequence[str], time: str) -> pl.DataFrame:
    """Odd rows whose numbers are sums of ordinary ones: half of those that are not 0, and no single one of several."""
    day = pl.col(time).cast(pl.Date) if time in rows.columns else pl.lit(None, pl.Date)
    block = pl.col(_ODD).cast(pl.Int64).cum_sum().shift(1, fill_value=0).over(FILE)
    rows = rows.with_columns(block.alias(_BLOCK), day.alias("kpi:day"), (~pl.col(_ODD)).alias(_PLAIN))
    rows = rows.with_columns((pl.int_range(pl.len()).over(FILE) == pl.len().over(FILE) - 1).alias(_LAST))
    held = pl.sum_horizontal((pl.col(name).fill_null(0) != 0).cast(pl.Int64) for name in numbers)
    fits = pl.any_horizontal(_fits(how, numbers, held) for how in (*_OF, "above", "mean"))
    return rows.filter(pl.col(_ODD) & (held > 0) & fits)


def _fits(how: str, numbers: Sequence[str], held: pl.Expr) -> pl.Expr:
    matches, many = [], _over(how, pl.col(_PLAIN).cast(pl.Int64))
    for name in numbers:
        value = pl.col(name).fill_null(0).cast(pl.Float64)
        total = _over(how, pl.when(_PLAIN).then(value).otherwise(0.0))
        total = total / many if how == "mean" else total
        near = (value - total).abs() <= 1e-9 * pl.max_horizontal(value.abs(), pl.lit(1.0))
        if how == "mean":  # of equal numbers each is the mean
            others = pl.when(_PLAIN).then(value)
            near &= others.min().over(FILE) != others.max().over(FILE)
        matches.append((near & (value != 0)).cast(pl.Int64))
    same = pl.sum_horizontal(matches)
    last = pl.col(_LAST) if how == "mean" else pl.lit(True)
    return last & (many >= _LEAST) & (same * 2 >= held) & ((same > 1) | (held == 1))


def _over(how: str, value: pl.Expr) -> pl.Expr:
    return value.sum().over(_OF[how]) if how in _OF else value.cum_sum().over(FILE)


def _doubt(
    rows: pl.DataFrame, ids: Sequence[str], numbers: Sequence[str], source: TableSource, files: Sequence[str]
) -> FileDoubt:
    first = rows.row(0, named=True)
    column = next(name for name in numbers if first[name])
    said = says(
        "{file}: row {row} sums up others, or is their mean ({column} {value}), and it counts",
        "{file}: {count:,} rows sum up others, or are their mean, e.g. row {row} ({column} {value}), and they count",
        rows.height,
        file=files[first[FILE]],
        row=first[ROW],
        column=column,
        value=format(first[column], ".12g"),
    )
    parts = [f"({source.where})"] if source.where else []
    return FileDoubt("row-of-sums", said, leave_out(" and ".join([*parts, *_conditions(rows, ids, source)])))


def _conditions(rows: pl.DataFrame, ids: Sequence[str], source: TableSource) -> Iterator[str]:
    """What keeps such rows out: that the id is there, and is none of the words."""
    for name in ids:
        words = rows.filter(pl.col(f"{_ODD} {name}")).get_column(name)
        sql = source.columns.get(name, name).replace('"', '\\"')
        known = words.drop_nulls().unique(maintain_order=True)
        known = known.filter(known.str.strip_chars() != "")
        if len(known):
            yield f"coalesce({sql}, '') not in ({', '.join(map(quoted_text, known))})"
        elif len(words):
            yield f"{sql} is not null"
