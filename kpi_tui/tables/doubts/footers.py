"""The last row of a file whose numbers are the sums of all rows above it, and the line that leaves it out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import Message, say
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.convert import Converted
from kpi_tui.tables.doubts.chance_sums import proves_itself
from kpi_tui.tables.source.raw_rows import FILE, ROW
from kpi_tui.tables.total_rows import leave_out

_LEAST = 3  # rows of a file with a footer: what it sums up are at least two
_MANY = 5  # rows that a footer with all its ids must sum up, and its digits
_LONG, _FEW_DIGITS = 20, 3  # of so many rows no other is as large as all of them together: fewer digits prove it
_ROUNDED = 1000  # a whole number from which on the sum may be rounded to it
_TOGETHER = 3  # columns that a line to write may name


def footers(made: Converted, source: TableSource, schema: TableSchema, files: Sequence[str]) -> list[FileDoubt]:
    """One that lacks an id, or what all others have, is a footer if one number is the sum of all above it; else if all
    are."""
    rows = made.frame
    ids = [name for name in schema.key if name in made.mapped]
    ids = ids or [name for name, kind in rows.schema.items() if kind == pl.String and name in made.mapped]
    numbers = [name for name, kind in rows.schema.items() if kind.is_numeric() and name in made.mapped]
    if source.group_by or not numbers or rows.height < _LEAST:
        return []
    empty = [is_empty(rows, name) for name in ids]
    no_id = (pl.any_horizontal(empty) if schema.key else pl.all_horizontal(empty)) if ids else pl.lit(False)
    found: list[tuple[Mapping[str, object], str]] = []
    for last in rows.group_by(FILE, maintain_order=True).last().with_columns(no_id.alias("kpi:lacks")).to_dicts():
        above = rows.filter((pl.col(FILE) == last[FILE]) & (pl.col(ROW) != last[ROW]))
        sums = [name for name in numbers if last[name] and _is_sum(last[name], above[name])]
        if above.height < _LEAST - 1 or not sums:
            continue
        if last["kpi:lacks"] or _lacks_alone(last, above, made.mapped) or _all_are(sums, last, above.select(numbers)):
            found.append((last, sums[0]))
    if not found:
        return []
    writes = _write(rows, [last for last, _ in found], source, made.mapped)
    return [_footer(files[int(str(last[FILE]))], last, column, ids, writes) for last, column in found]


def is_empty(rows: pl.DataFrame, name: str) -> pl.Expr:
    """Whether a column has nothing in a row: no value, or nothing but blanks."""
    if rows.schema[name] != pl.String:
        return pl.col(name).is_null()
    return pl.col(name).fill_null("").str.strip_chars() == ""


def _lacks_alone(last: Mapping[str, object], above: pl.DataFrame, mapped: Collection[str]) -> bool:
    """Whether a row lacks what each of many above it has: a footer that writes its own word where ids stand (小结)."""
    texts = [name for name in mapped if above.schema.get(name) == pl.String and not str(last[name] or "").strip()]
    return above.height >= _MANY and any(not above.select(is_empty(above, name).any()).item() for name in texts)


def _all_are(sums: Sequence[str], last: Mapping[str, object], above: pl.DataFrame) -> bool:
    """Whether every number of a row is the sum of many above it, none of which is all of it, by more than chance."""
    held = [name for name in above.columns if last[name]]
    many = [name for name in sums if above.filter(pl.col(name) != 0).height >= _MANY]
    spread = [name for name in many if above[name].n_unique() > 1]
    values = [float(str(last[name])) for name in spread]
    digits = _FEW_DIGITS if above.height >= _LONG else _MANY
    return len(sums) == len(held) and len(many) == len(sums) and (proves_itself(values) or _digits(values) >= digits)


def _digits(values: Iterable[float]) -> int:
    return max((len(format(abs(one), ".12g").replace(".", "").strip("0")) for one in values), default=0)


def _write(
    rows: pl.DataFrame, found: Sequence[Mapping[str, object]], source: TableSource, mapped: Collection[str]
) -> Message:
    """The first line that leaves out these rows and no other."""
    places = pl.DataFrame([{FILE: one[FILE], ROW: one[ROW]} for one in found])
    these = rows.join(places.cast({name: rows.schema[name] for name in (FILE, ROW)}), on=[FILE, ROW], how="semi")
    for sql, left in _conditions(rows, these, source, [name for name in rows.columns if name in mapped]):
        if rows.filter(left).height == these.height == these.filter(left).height:
            return leave_out((f"({source.where}) and {sql}" if source.where else sql).replace('"', '\\"'))
    return say("take this row out of the file; no where tells it apart from the others")


def _conditions(
    rows: pl.DataFrame, these: pl.DataFrame, source: TableSource, mapped: Sequence[str]
) -> Iterator[tuple[str, pl.Expr]]:
    """SQL that keeps the others, and the rows it leaves out: by columns they lack, then by words only they say."""
    texts = [name for name in mapped if name in rows.columns and not rows.schema[name].is_numeric()]
    lacking = [name for name in texts if these.filter(is_empty(these, name)).height == these.height]
    for count in range(1, _TOGETHER + 1):
        for names in combinations(lacking, count):
            said = " or ".join(_has(these, name, source) for name in names)
            yield (f"({said})" if count > 1 else said), pl.all_horizontal(is_empty(rows, name) for name in names)
    for name in (name for name in texts if rows.schema[name] == pl.String and name not in lacking):
        words = these[name].drop_nulls().unique(maintain_order=True).to_list()
        if len(words) == 1 and not these[name].null_count():
            yield f"coalesce({_sql(name, source)}, '') <> {quoted_text(words[0])}", pl.col(name).eq_missing(words[0])


def _has(these: pl.DataFrame, name: str, source: TableSource) -> str:
    if these.schema[name] == pl.String and these[name].null_count() < these.height:
        return f"trim(coalesce({_sql(name, source)}, '')) <> ''"
    return f"{_sql(name, source)} is not null"


def _sql(name: str, source: TableSource) -> str:
    return source.columns.get(name, name)


def _footer(file: str, last: Mapping[str, object], column: str, ids: Sequence[str], write: Message) -> FileDoubt:
    lacking = next((name for name in ids if not str(last[name] or "").strip()), "")
    value = format(last[column], ".12g")
    if lacking:
        said = say(
            "{file}: row {row} has no {lacking}, and its {column} {value} is the sum of all rows above it",
            file=file,
            row=last[ROW],
            lacking=lacking,
            column=column,
            value=value,
        )
    else:
        said = say(
            "{file}: row {row} is the last, and its {column} {value} is the sum of all rows above it",
            file=file,
            row=last[ROW],
            column=column,
            value=value,
        )
    return FileDoubt("footer", said, write)


def _is_sum(value: float, above: pl.Series) -> bool:
    """Whether it is their sum, or the sum rounded: 7,884 of 7,883.68."""
    apart = abs(float(above.sum()) - value)
    rounded = abs(value) >= _ROUNDED and value == round(value) and apart <= 0.5 + 1e-9
    return rounded or apart <= 1e-9 * max(1.0, abs(value))
