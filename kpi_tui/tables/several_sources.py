"""The sources of one table put together: whose each row is, which of them share a key, the currency of each."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt, Profile
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, SOURCE, Repeated, TableSchema, TableSource
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.tables.currencies.currency_of_row import OF_SOURCES
from kpi_tui.tables.doubts.amounts_in_cents import amounts_in_cents
from kpi_tui.tables.doubts.columns_apart import at_their_sources
from kpi_tui.tables.doubts.versions import versions
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.profile import by_count, together
from kpi_tui.tables.repeated_keys import LINE, RepeatedKeys, repeated_keys, without
from kpi_tui.tables.source.files import fail, issue
from kpi_tui.tables.source.raw_rows import FILE, merged

Words = Mapping[str, Mapping[str, int]]
"""Source -> currency -> rows of it."""
UNKNOWN = "?"
"""The currency of a source that says none, in a workspace that says none either."""
_NTH = "kpi:nth"


def put_together(
    source: TableSource, schema: TableSchema, parts: Mapping[str, Prepared], stamp: str, currency: str
) -> Prepared:
    """The rows of all parts with the id of theirs in `source`; a column that a part lacks is empty there.

    `currency` is that of a part which says none, where another does. TableError for a column of two kinds.
    """
    words = _words(parts, currency)
    frames = [
        part.frame.collect().with_columns(pl.lit(name).alias(SOURCE), *_currency_of_row(part.profile, words.get(name)))
        for name, part in parts.items()
    ]
    _expect_alike(source, dict(zip(parts, frames, strict=True)), schema)
    rows = pl.concat(frames, how="diagonal_relaxed")
    missing = frozenset.intersection(*(part.missing for part in parts.values()))
    twice = repeated_keys(rows.lazy(), schema, schema.columns.keys() - missing, lambda keys: _lines(rows, keys))
    rows = without(rows.lazy(), twice.gone).collect() if twice else rows
    profile = _profile(source, schema, {name: part.profile for name, part in parts.items()}, words)
    profile = _judged(profile, source, schema, rows, twice)
    if len({currency for counts in words.values() for currency in counts}) < 2:
        cents = amounts_in_cents(rows, SOURCE, {name: name for name in parts}, source, schema)
        profile = dataclasses.replace(profile, doubts=(*profile.doubts, *cents))
    return Prepared(rows.lazy(), profile, missing, stamp)


def _expect_alike(source: TableSource, frames: Mapping[str, pl.DataFrame], schema: TableSchema) -> None:
    """An extra column that is text here and a number there has no kind of its own until `types` says one."""
    for name in dict.fromkeys(name for frame in frames.values() for name in frame.columns):
        kinds = {of: frame.schema[name] for of, frame in frames.items() if frame.schema.get(name, pl.Null) != pl.Null}
        one = set(kinds.values())
        alike = len(one) < 2 or all(kind.is_numeric() for kind in one) or all(kind.is_temporal() for kind in one)
        if alike or name in schema.columns:
            continue
        where = listed(f"{of} ({kind})" for of, kind in kinds.items())
        said = say("{column} is of another kind in each source: {where}", column=name, where=where)
        hint = say('say which: [tables.{table}.types] {column} = "str"', table=source.id, column=name)
        raise fail([issue(source, "sources", said, hint)])


def _lines(rows: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """For every row with one of the keys: LINE, the same in two sources for rows that are equal; FILE, its source.

    The second of two equal rows of one source, which are no copies there, is equal to the second of another source.
    """
    names = [name for name in rows.columns if name != SOURCE]
    found = rows.join(keys, on=keys.columns, how="semi", nulls_equal=True, maintain_order="left")
    found = found.select(SOURCE, found.select(names).hash_rows().alias("line"))
    nth = found.with_columns(pl.int_range(pl.len()).over(SOURCE, "line").alias(_NTH))
    return nth.select(nth.select("line", _NTH).hash_rows().alias(LINE), pl.col(SOURCE).alias(FILE))


def _judged(
    profile: Profile, source: TableSource, schema: TableSchema, rows: pl.DataFrame, twice: RepeatedKeys | None
) -> Profile:
    """The profile with what became of keys that two sources share."""
    if twice is None:
        return profile
    shared = twice.left - profile.duplicate_keys
    return dataclasses.replace(
        profile,
        rows_kept=profile.rows_kept - len(twice.gone),
        repeated=profile.repeated + len(twice.gone),
        notes=(*twice.notes, *profile.notes),
        doubts=(
            *((_shared(source, schema, rows, shared),) if shared and schema.repeated is Repeated.ALL else ()),
            *versions(twice.replaced, twice.differ, twice.of, source, schema),
        ),
    )


def _shared(source: TableSource, schema: TableSchema, rows: pl.DataFrame, count: int) -> FileDoubt:
    """Rows of different sources with one key and other values: as many things as rows."""
    keys = list(schema.key)
    owners = rows.drop_nulls(keys).group_by(keys, maintain_order=True).agg(pl.col(SOURCE).unique(maintain_order=True))
    first = owners.filter(pl.col(SOURCE).list.len() > 1).row(0, named=True)
    column = next((key for key in reversed(keys) if rows.schema[key] == pl.String), keys[-1])
    part = source.sources[first[SOURCE][-1]]
    said = says(
        "{count} row has the {key} of a row in another source ({sources}: {example!r}) and other values: each counts",
        "{count} rows have the {key} of a row in another source ({sources}: {example!r}) and other values: each counts",
        count,
        key=listed(keys),
        sources=listed(first[SOURCE]),
        example=str(first[column]),
    )
    sql = f"'{first[SOURCE][-1]}:' || {part.columns.get(column, column)}".replace('"', '\\"')
    write = say(
        "if they are not one, tell them apart in every table that names them: [tables.{table}.columns] "
        '{column} = "{sql}"',
        table=part.id,
        column=column,
        sql=sql,
    )
    return FileDoubt("shared-key", said, write)


# --- currencies ----------------------------------------------------------------------------------------
def _words(parts: Mapping[str, Prepared], currency: str) -> dict[str, dict[str, int]]:
    """The currencies of each source; of one that says none, that of the workspace. None where no source says any."""
    said = {name: dict(next(iter(part.profile.currencies.values()), {})) for name, part in parts.items()}
    if not any(said.values()):
        return {}
    return {name: words or {currency or UNKNOWN: parts[name].profile.rows_kept} for name, words in said.items()}


def _currency_of_row(profile: Profile, words: Mapping[str, int] | None) -> Sequence[pl.Expr]:
    """The one currency of a source, where no column of it tells its rows apart."""
    if words is None or (len(words) > 1 and profile.currencies_apart):
        return []
    return [pl.lit(next(iter(words), None), pl.String).alias(CURRENCY_OF_ROW)]


# --- what is said ----------------------------------------------------------------------------------------
def _profile(source: TableSource, schema: TableSchema, parts: Mapping[str, Profile], words: Words) -> Profile:
    """The sums of all sources; what is said of one only stands at it, in `sources`."""
    rows = sum((Counter(found) for found in words.values()), Counter())
    missing = [set(part.missing_columns) for part in parts.values()]
    parts, notes = at_their_sources(parts, schema)
    return dataclasses.replace(
        together(list(parts.values())),
        table=source.id,
        files=tuple(dict.fromkeys(file for part in parts.values() for file in part.files)),
        rejected=by_count([merged((part.rejected, name) for name, part in parts.items())]),
        repeated=sum(part.repeated for part in parts.values()),
        duplicate_keys=sum(part.duplicate_keys for part in parts.values()),
        encoding=", ".join(dict.fromkeys(part.encoding for part in parts.values() if part.encoding)),
        missing_columns=tuple(name for name in schema.columns if all(name in lacks for lacks in missing)),
        notes=tuple(notes),
        doubts=(),
        currencies={OF_SOURCES: dict(rows.most_common())} if rows else {},
        currencies_apart=all(len(found) < 2 or parts[name].currencies_apart for name, found in words.items()),
        sources=parts,
    )
