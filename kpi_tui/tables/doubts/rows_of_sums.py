"""Rows that sum up others and do not call themselves totals: of a section, of a day, of all rows above them.

Such a row lacks what tells others apart, or says a word for all of them (`all`, `-`, 全部), and its numbers are theirs.
Numbers may be equal by chance: a row with a word of its own elsewhere, or of a file whose sums prove little, is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.definitions.written.total_words import TOTAL_WORDS
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.convert import Converted
from kpi_tui.tables.doubts.chance_sums import no_chance, proves_itself
from kpi_tui.tables.source.raw_rows import FILE, ROW
from kpi_tui.tables.total_rows import leave_out

_ALL = tuple("all any * 全部 所有 全渠道 全店 整体 汇总".split())
_WORDS = (*_ALL, *"- -- — /".split())
_LEAST = 2  # rows that a sum is of
_ODD, _BLOCK, _PLAIN, _LAST = "kpi:odd", "kpi:block", "kpi:plain", "kpi:last"
_OF = {"block": [FILE, _BLOCK], "day": [FILE, "kpi:day"]}
_HOW = (*_OF, "above", "mean")
_HELD, _MATCHED, _APART, _SAYS_ALL = "kpi:held", "kpi:matched", "kpi:apart", "kpi:all"


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
    rows = rows.with_columns(_odd(name).alias(f"{_ODD} {name}") for name in texts)
    rows = rows.with_columns(pl.any_horizontal(pl.col(f"{_ODD} {name}") for name in ids).alias(_ODD))
    if not 0 < rows[_ODD].sum() <= rows.height / 2:  # where most rows lack it, it tells nothing
        return []
    says_all = pl.any_horizontal(pl.col(name).str.strip_chars().str.to_lowercase().is_in(_ALL) for name in ids)
    rows = rows.with_columns(says_all.fill_null(False).alias(_SAYS_ALL))
    rows = _summing(rows, numbers, schema.time)
    if not rows.select(pl.any_horizontal(*_HOW).any()).item():
        return []
    odd = _weighed(rows, texts, numbers)
    sums = pl.concat([odd.clear(), *map(_told, odd.partition_by(FILE, maintain_order=True))])
    found = sums.filter(~pl.col(_LAST)) if footers else sums
    return [
        _doubt(one, _settling(sums, one, odd, ids, source), numbers, files)
        for one in found.partition_by(FILE, maintain_order=True)
    ]


def _odd(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars().str.to_lowercase().fill_null("")
    above = pl.int_range(pl.len()).over(FILE)  # a footer that counts: 3 orders
    counts = (text == above.cast(pl.String)) & (above == pl.len().over(FILE) - 1) & (above > _LEAST)
    return (text == "") | text.is_in(_WORDS) | counts


def _summing(rows: pl.DataFrame, numbers: Sequence[str], time: str) -> pl.DataFrame:
    """Which odd rows are sums of ordinary ones: half of their numbers that are not 0, and no single one of several."""
    day = pl.col(time).cast(pl.Date) if time in rows.columns else pl.lit(None, pl.Date)
    block = pl.col(_ODD).cast(pl.Int64).cum_sum().shift(1, fill_value=0).over(FILE)
    rows = rows.with_columns(block.alias(_BLOCK), day.alias("kpi:day"), (~pl.col(_ODD)).alias(_PLAIN))
    rows = rows.with_columns((pl.int_range(pl.len()).over(FILE) == pl.len().over(FILE) - 1).alias(_LAST))
    held = pl.sum_horizontal((pl.col(name).fill_null(0) != 0).cast(pl.Int64) for name in numbers)
    near = (_near(how, name).alias(f"{how} {name}") for how in _HOW for name in numbers)
    rows = rows.with_columns(held.alias(_HELD), *near)
    return rows.with_columns(_fits(how, numbers).alias(how) for how in _HOW)


def _weighed(rows: pl.DataFrame, texts: Sequence[str], numbers: Sequence[str]) -> pl.DataFrame:
    """The odd rows, with their numbers that are sums, and whether they say a word which those do not."""
    apart = [~pl.col(how) | _has_own_word(how, texts) for how in _HOW]
    values = [
        pl.when(pl.any_horizontal(pl.col(how) & pl.col(f"{how} {name}") for how in _HOW)).then(pl.col(name))
        for name in numbers
    ]
    matched = pl.concat_list(value.cast(pl.Float64) for value in values).list.drop_nulls().list.unique()
    marked = rows.with_columns(pl.all_horizontal(apart).alias(_APART), matched.alias(_MATCHED))
    return marked.filter(pl.col(_ODD))


def _near(how: str, name: str) -> pl.Expr:
    value = pl.col(name).fill_null(0).cast(pl.Float64)
    total = _over(how, pl.when(_PLAIN).then(value).otherwise(0.0))
    total = total / _over(how, pl.col(_PLAIN).cast(pl.Int64)) if how == "mean" else total
    near = (value - total).abs() <= 1e-9 * pl.max_horizontal(value.abs(), pl.lit(1.0))
    if how == "mean":  # of equal numbers each is the mean
        others = pl.when(_PLAIN).then(value)
        near &= others.min().over(FILE) != others.max().over(FILE)
    return near & (value != 0)


def _fits(how: str, numbers: Sequence[str]) -> pl.Expr:
    same = pl.sum_horizontal(pl.col(f"{how} {name}").cast(pl.Int64) for name in numbers)
    held, many = pl.col(_HELD), _over(how, pl.col(_PLAIN).cast(pl.Int64))
    last = pl.col(_LAST) if how == "mean" else pl.lit(True)
    return pl.col(_ODD) & last & (many >= _LEAST) & (same > 0) & (same * 2 >= held) & ((same > 1) | (held == 1))


def _has_own_word(how: str, texts: Sequence[str]) -> pl.Expr:
    """Whether a column of the row says a word that those which it would sum do not say (social, rent)."""
    own = [pl.lit(False)]
    for name in texts:
        words = ~pl.col(f"{_ODD} {name}") & ~pl.col(name).str.strip_chars().str.to_lowercase().is_in(TOTAL_WORDS)
        said = (pl.col(_PLAIN) & words).cast(pl.Int64)
        own.append(words & (said.sum().over(*_OF.get(how, [FILE]), name) == 0) & (_over(how, said) > 0))
    return pl.any_horizontal(own).fill_null(False)


def _over(how: str, value: pl.Expr) -> pl.Expr:
    return value.sum().over(_OF[how]) if how in _OF else value.cum_sum().over(FILE)


def _told(odd: pl.DataFrame) -> pl.DataFrame:
    """Those odd rows of a file that are sums by more than chance."""
    fitting = odd.filter(pl.any_horizontal(*_HOW))
    proved = pl.Series([proves_itself(one) for one in fitting[_MATCHED].to_list()], dtype=pl.Boolean)
    sums = fitting.filter(~fitting[_APART] | proved)
    of_all = bool(odd.height == 1 and odd[_LAST][0] and (odd["above"][0] or odd["mean"][0]))
    held = int((odd[_HELD] > 0).sum())
    if of_all or no_chance(sums[_MATCHED].to_list(), held, says_all=bool(sums[_SAYS_ALL].any())):
        return sums
    return fitting.filter(proved)


def _doubt(rows: pl.DataFrame, settling: str, numbers: Sequence[str], files: Sequence[str]) -> FileDoubt:
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
    return FileDoubt("row-of-sums", said, settling)


def _settling(
    sums: pl.DataFrame, told: pl.DataFrame, odd: pl.DataFrame, ids: Sequence[str], source: TableSource
) -> str:
    """The line that keeps the rows told out; none that would keep out rows which are no sums."""
    left, parts = pl.lit(False), [f"({source.where})"] if source.where else []
    for name in ids:
        words = told.filter(pl.col(f"{_ODD} {name}")).get_column(name)
        sql = source.columns.get(name, name).replace('"', '\\"')
        known = words.drop_nulls().unique(maintain_order=True)
        known = known.filter(known.str.strip_chars() != "")
        if len(known):
            parts.append(f"coalesce({sql}, '') not in ({', '.join(map(quoted_text, known))})")
            left |= pl.col(name).is_in(known.to_list()).fill_null(False)
        elif len(words):
            parts.append(f"{sql} is not null")
            left |= pl.col(name).is_null()
    if odd.filter(left).join(sums, on=[FILE, ROW], how="anti").height:
        return say("take these rows out of the file; others like them are no sums, so that no where tells them apart")
    return leave_out(" and ".join(parts))
