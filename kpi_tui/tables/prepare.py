"""Files and a mapping into one prepared table (docs/architecture.md, What a prepared table promises)."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import Repeated, TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.progress import Progress
from kpi_tui.tables.convert import COUNT, DTYPES, Converted, convert
from kpi_tui.tables.copied_lines import lines_are_compared
from kpi_tui.tables.doubts.files_alike import rows_in_two_files, same_bytes, same_rows, twice_read
from kpi_tui.tables.doubts.joins_apart import never_found
from kpi_tui.tables.doubts.lines_alike import lines_alike
from kpi_tui.tables.doubts.mapped_words import mapped_words
from kpi_tui.tables.doubts.orders_again import orders_again
from kpi_tui.tables.doubts.pasted_sections import MOMENT, pasted_sections
from kpi_tui.tables.doubts.versions import versions
from kpi_tui.tables.ids import IdForm, unlike
from kpi_tui.tables.joins import Lookup, looked_up, read_lookups
from kpi_tui.tables.mapping.bound_settings import bound
from kpi_tui.tables.mapping.compared_cells import comparable
from kpi_tui.tables.mapping.typed_columns import Pointed, points_in
from kpi_tui.tables.polars_sql import why_failed
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.profile import profile
from kpi_tui.tables.profile import together as joined
from kpi_tui.tables.repeated_keys import (
    LINE,
    RepeatedKeys,
    copies_are_found,
    repeated_keys,
    without,
)
from kpi_tui.tables.row_store import Judge
from kpi_tui.tables.several_sources import put_together
from kpi_tui.tables.source.changed_files import fingerprint
from kpi_tui.tables.source.files import fail, issue, of_each, resolve, unreadable_told
from kpi_tui.tables.source.parts import Parts
from kpi_tui.tables.source.raw_rows import FILE, ROW, Raw
from kpi_tui.tables.source.readable_in_parts import parts_of
from kpi_tui.tables.source.several_files import together
from kpi_tui.tables.table_files import TableFiles, read_all, zones_of

Keep = Callable[[Iterable[pl.DataFrame], Judge], pl.LazyFrame]
"""Takes the prepared parts of a large table one by one to where they stay, without the rows that do not count."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows as the schema wants them, without the hidden columns, and what became of the others."""

    frame: pl.DataFrame
    profile: Profile
    mapped: frozenset[str]
    read_as: Mapping[str, pl.DataType]
    ids: Mapping[str, IdForm]
    loose: pl.DataFrame  # FILE, ROW and MOMENT of rows that no whole key tells apart


class _PartsDiffer(Exception):
    """Parts of one table were read differently: `wide` cells hold fractions in some, whole numbers in others."""

    def __init__(self, wide: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.wide = wide


def prepare(
    source: TableSource,
    schema: TableSchema,
    *,
    data: Path,
    roots: Sequence[Path],
    timezone: str,
    progress: Progress | None = None,
    today: date | None = None,
    settings: Mapping[str, object] | None = None,
    keep: Keep | None = None,
    many: int = 0,
    currency: str = "",
) -> Prepared:
    """Read, map and judge the rows of one table. TableError carries every issue found.

    `settings` stand for `:name` in the source's SQL;
    `today` (default: now in `timezone`) is the day after which rows are noted as lying in the future;
    with `keep`, a table of more than `many` rows is prepared `many` at a time, so that memory does not grow with it.
    Of a table of several sources each is prepared by itself and as a whole; `currency` is that of one that says none.
    """
    if source.sources:
        stamp = fingerprint(source, data, roots, settings)
        each = partial(prepare, schema=schema, data=data, roots=roots, timezone=timezone)
        parts = of_each(source, partial(each, progress=progress, today=today, settings=settings))
        return put_together(source, schema, parts, stamp, currency)
    stamp = fingerprint(source, data, roots, settings)  # before reading: a file changed meanwhile is read again
    source = bound(source, settings or {})
    paths = resolve(source, data, roots)
    job = TableFiles(
        source, schema, zones_of(source, timezone), paths, today or datetime.now(ZoneInfo(timezone)).date()
    )
    whole = lines_are_compared(source, schema) and len(paths) > 1  # lines of one file are looked for in the others
    with unreadable_told(source):
        many_rows = parts_of(source, paths, many) if keep and not whole else None
    if many_rows is not None and keep is not None:
        with contextlib.suppress(_PartsDiffer, TableError, OSError):  # the whole says what is the matter, or has room
            return _in_parts(job, many_rows, keep, progress, stamp)
    raws = read_all(source, paths, progress)
    return _whole(job, raws, read_lookups(source, data, roots, job.zones), stamp)


def _whole(job: TableFiles, raws: Sequence[Raw], lookups: Sequence[Lookup], stamp: str) -> Prepared:
    """All rows at once, so that those of one file are looked for in the others."""
    source, schema = job.source, job.schema
    raw = together(raws, job.names)
    lines = comparable(raw, job.zones)
    same = same_rows(lines) if len(raws) > 1 else []
    raw = looked_up(raw, lookups, source)
    one = _part(job, raw)
    if not source.distinct and one.loose.height:
        loose = lines.join(one.loose, on=[FILE, ROW], maintain_order="left")
        once = lines_are_compared(source, schema)  # what another file has too
        twofold = [] if once else rows_in_two_files(job.names, loose.drop(MOMENT), same, source)
        told = (*twofold, *pasted_sections(job.names, loose, source))
        one = dataclasses.replace(one, profile=dataclasses.replace(one.profile, doubts=(*one.profile.doubts, *told)))
    if again := orders_again(lines, job.names, source, schema):
        one = dataclasses.replace(one, profile=dataclasses.replace(one.profile, doubts=(*one.profile.doubts, *again)))
    frame = one.frame.lazy()
    twice = repeated_keys(frame, schema, one.mapped, lambda keys: _lines(job, [raw], keys))
    return _prepared(job, without(frame, twice.gone) if twice else frame, [one], twice, stamp, same)


def _in_parts(job: TableFiles, parts: Parts, keep: Keep, progress: Progress | None, stamp: str) -> Prepared:
    """Part after part; only what is said about them is kept in memory."""
    try:
        return _kept(job, parts, keep, progress, stamp)
    except _PartsDiffer as unlike:
        if not unlike.wide:
            raise
        return _kept(job, parts, keep, progress, stamp, unlike.wide)


def _kept(
    job: TableFiles, parts: Parts, keep: Keep, progress: Progress | None, stamp: str, wide: frozenset[str] = frozenset()
) -> Prepared:
    done: list[_Part] = []
    twice: list[RepeatedKeys | None] = []

    def judge(rows: pl.LazyFrame) -> pl.Series:
        numeric, pointed = lru_cache(maxsize=None)(parts.is_numeric), points_in(parts, job.source)
        lines = partial(_lines, job, parts, numeric=numeric, wide=wide, pointed=pointed)
        twice.append(found := repeated_keys(rows, job.schema, done[0].mapped, lines))
        return found.gone if found else pl.Series(dtype=pl.UInt32)

    frame = keep(_made(job, parts, done, progress, wide), judge)
    return _prepared(job, frame, done, twice[0], stamp, same_bytes(job.paths))


def _made(
    job: TableFiles, parts: Parts, done: list[_Part], progress: Progress | None, wide: frozenset[str] = frozenset()
) -> Iterator[pl.DataFrame]:
    """The rows of every part; what is said about each goes to `done`. _Unlike when parts do not fit together."""
    numeric, pointed = lru_cache(maxsize=None)(parts.is_numeric), points_in(parts, job.source)
    found: set[str] = set()
    for number, raw in enumerate(parts):
        if progress:
            progress(job.source.id, number, parts.count)
        one = _part(job, raw, numeric, wide, pointed)
        found |= _widened(one.read_as, done[0].read_as if done else one.read_as)
        done.append(dataclasses.replace(one, frame=one.frame.clear()))
        if any(unlike(part.ids[name] for part in done) for name in one.ids):
            raise _PartsDiffer
        if not found:
            if one.frame.schema != done[0].frame.schema:
                raise _PartsDiffer
            yield one.frame
    if found:
        raise _PartsDiffer(frozenset(found))


def _widened(one: Mapping[str, pl.DataType], other: Mapping[str, pl.DataType]) -> set[str]:
    """Cells that are whole numbers in one part and not in the other. _Unlike for any other difference."""
    apart = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
    if any({one.get(name), other.get(name)} != {pl.Int64(), pl.Float64()} for name in apart):
        raise _PartsDiffer
    return apart


def _part(
    job: TableFiles,
    raw: Raw,
    numeric: Callable[[str], bool] | None = None,
    wide: frozenset[str] = frozenset(),
    pointed: Pointed | None = None,
) -> _Part:
    """Convert rows, finish their columns, say what was read."""
    try:
        made = convert(raw, job.source, job.schema, job.zones, job.names, numeric, wide, pointed=pointed)
        frame = _finished(made, job.schema, job.source)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise fail(
            [issue(job.source, "", say("cannot be read as it is mapped: {why}", why=why_failed(error)))]
        ) from None
    said = profile(job.source, job.schema, job.paths, raw, made, frame, job.today)
    if numeric is None:  # the whole: of a part nobody knows which words stand in the others
        said = dataclasses.replace(said, doubts=(*said.doubts, *mapped_words(raw, made, job.source)))
    mapped = made.mapped - never_found(raw, job.source)
    loose = _loose(job, made, frame) if numeric is None else pl.DataFrame()
    return _Part(frame.drop(ROW, FILE, COUNT), said, mapped, made.read_as, made.ids, loose)


def _loose(job: TableFiles, made: Converted, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of the files that no whole key tells apart, with their moment; that of lines is what they are of."""
    schema = job.schema
    if job.source.group_by:
        return made.kept.select(FILE, ROW, pl.struct(pl.exclude(FILE, ROW)).hash().alias(MOMENT))
    if copies_are_found(schema, made.mapped) and not lines_are_compared(job.source, schema):
        needed = (schema.time,) if schema.by_day else schema.key
        frame = frame.filter(pl.any_horizontal(pl.col(needed).is_null()))
    of = schema.key[0] if schema.repeated is Repeated.LINES else schema.time
    return frame.select(FILE, ROW, (pl.col(of) if of else pl.lit(0)).alias(MOMENT))


def _lines(
    job: TableFiles,
    raws: Iterable[Raw],
    keys: pl.DataFrame,
    numeric: Callable[[str], bool] | None = None,
    wide: frozenset[str] = frozenset(),
    pointed: Pointed | None = None,
) -> pl.DataFrame:
    """For every row with one of the keys, in order: LINE, the same for equal lines of the files, and FILE."""
    found = []
    for raw in raws:
        made = convert(raw, job.source, job.schema, job.zones, job.names, numeric, wide, pointed=pointed)
        same = made.frame.join(keys, on=keys.columns, how="semi", nulls_equal=True, maintain_order="left")
        rows = same.select(FILE, ROW)
        hashes = raw.frame.select(FILE, ROW, comparable(raw, job.zones).drop(FILE, ROW).hash_rows().alias(LINE))
        found.append(rows.join(hashes, on=[FILE, ROW], how="left", maintain_order="left").select(LINE, FILE))
    return pl.concat(found)


def _prepared(
    job: TableFiles,
    frame: pl.LazyFrame,
    parts: Sequence[_Part],
    twice: RepeatedKeys | None,
    stamp: str,
    same: Sequence[tuple[int, int]],
) -> Prepared:
    """The table with the profile of all its parts."""
    said = joined([part.profile for part in parts])
    if same:
        whole = job.schema.by_day or not said.null_keys
        once = (whole and copies_are_found(job.schema, parts[0].mapped)) or lines_are_compared(job.source, job.schema)
        said = dataclasses.replace(said, doubts=(*said.doubts, *twice_read(job.names, same, job.source, once=once)))
    if twice:
        said = dataclasses.replace(
            said,
            rows_kept=said.rows_kept - len(twice.gone),
            repeated=said.repeated + len(twice.gone),
            duplicate_keys=twice.left,
            doubled_key=twice.example,
            notes=(*said.notes, *twice.notes),
            doubts=(
                *said.doubts,
                *lines_alike(twice.alike, said.rows_kept, job.source, job.schema),
                *versions(twice.replaced, twice.differ, twice.of, job.source, job.schema),
            ),
        )
    missing = frozenset({*job.schema.columns, *job.source.columns} - parts[0].mapped)
    return Prepared(frame, said, missing, stamp)


def _finished(made: Converted, schema: TableSchema, source: TableSource) -> pl.DataFrame:
    """Canonical columns first, absent ones as typed nulls, then extras, then the local days."""
    frame = made.frame
    kinds = {**source.types, **{name: column.type for name, column in schema.columns.items()}}
    absent = [pl.lit(None, dtype=DTYPES[kind]).alias(n) for n, kind in kinds.items() if n not in frame.columns]
    frame = frame.with_columns(absent)
    order = [*schema.columns, *(name for name in frame.columns if name not in schema.columns)]
    stamps = [name for name in order if frame.schema[name] == pl.Date or isinstance(frame.schema[name], pl.Datetime)]
    return frame.select(order).with_columns(pl.col(name).cast(pl.Date).alias(f"{name}_day") for name in stamps)
