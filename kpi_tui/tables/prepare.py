"""Files and a mapping into one prepared table (docs/architecture.md, What a prepared table promises)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.table import TableSchema, TableSource
from kpi_tui.definitions.value import Profile
from kpi_tui.tables.bind import bound
from kpi_tui.tables.convert import COUNT, DTYPES, Converted, convert
from kpi_tui.tables.files import fail, issue, resolve
from kpi_tui.tables.fingerprint import fingerprint
from kpi_tui.tables.profile import profile
from kpi_tui.tables.raw import FILE, ROW, Raw, together
from kpi_tui.tables.reader import read_file
from kpi_tui.tables.runner import first_line
from kpi_tui.tables.stamps import Zones

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table ready for facts and measures; `missing` are canonical columns that are all null."""

    frame: pl.LazyFrame
    profile: Profile
    missing: frozenset[str]
    fingerprint: str


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
) -> Prepared:
    """Read, map and judge the rows of one table. TableError carries every issue found.

    `settings` stand for `:name` in the source's SQL;
    `today` (default: now in `timezone`) is the day after which rows are noted as lying in the future.
    """
    stamp = fingerprint(source, data, roots, settings)  # before reading: a file changed meanwhile is read again
    source = bound(source, settings or {})
    paths = resolve(source, data, roots)
    zones = _zones(source, timezone)
    names = [path.name for path in paths]
    raw = together(_read_all(source, paths, progress), names)
    try:
        made = convert(raw, source, schema, zones, names)
        frame = _finished(made, schema, source)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise fail([issue(source, "", say("cannot be read as it is mapped: {why}", why=first_line(error)))]) from None
    missing = frozenset(name for name in schema.columns if name not in made.mapped)
    day = today or datetime.now(ZoneInfo(timezone)).date()
    said = profile(source, schema, paths, raw, made, frame, day)
    return Prepared(frame.drop(ROW, FILE, COUNT).lazy(), said, missing, stamp)


def _zones(source: TableSource, timezone: str) -> Zones:
    for zone in filter(None, (timezone, source.timezone)):
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            hint = say("write a name such as Asia/Shanghai, America/New_York or UTC")
            raise fail([issue(source, "timezone", say("unknown time zone {name!r}", name=zone), hint)]) from None
    return Zones(source.timezone, timezone)


def _read_all(source: TableSource, paths: Sequence[Path], progress: Progress | None) -> list[Raw]:
    """Every file; the problems of all of them are raised together."""
    parts: list[Raw] = []
    issues = []
    for done, path in enumerate(paths):
        if progress:
            progress(f"{source.id}: {path.name}", done, len(paths))
        try:
            parts.append(read_file(path, source))
        except TableError as error:
            issues.append(issue(source, "path", str(error)))
        except OSError as error:
            issues.append(issue(source, "path", say("{path}: cannot be read: {why}", path=path, why=error.strerror)))
    if issues:
        raise fail(issues)
    return parts


def _finished(made: Converted, schema: TableSchema, source: TableSource) -> pl.DataFrame:
    """Canonical columns first, absent ones as typed nulls, then extras, then the local days."""
    frame = made.frame
    kinds = {**source.types, **{name: column.type for name, column in schema.columns.items()}}
    absent = [pl.lit(None, dtype=DTYPES[kind]).alias(n) for n, kind in kinds.items() if n not in frame.columns]
    frame = frame.with_columns(absent)
    order = [*schema.columns, *(name for name in frame.columns if name not in schema.columns)]
    stamps = [name for name in order if frame.schema[name] == pl.Date or isinstance(frame.schema[name], pl.Datetime)]
    return frame.select(order).with_columns(pl.col(name).cast(pl.Date).alias(f"{name}_day") for name in stamps)
