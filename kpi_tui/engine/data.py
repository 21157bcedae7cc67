"""The data of a workspace as the engine sees it: prepared tables, facts, spans, as-of day.

Tables are read when first asked for, and what is known about them (profile, span) is remembered
by file fingerprint, so that a second start knows the as-of day without reading a row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import AS_OF, TableSource
from kpi_tui.definitions.message import say, several
from kpi_tui.definitions.progress import Progress, RowsNeeded
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.cache import Cache, digest, program
from kpi_tui.engine.days.days_covered import RowDays, Span, span
from kpi_tui.engine.days.gaps import REST_DAYS, Gaps, gaps_of
from kpi_tui.engine.home_currency import HomeCurrency
from kpi_tui.engine.table_summary import TableSummary, from_json, to_json
from kpi_tui.tables.source.large_table_size import PART_ROWS

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.tables.row_store import RowStore


class Data:
    """Prepared tables of one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        cache: Cache,
        progress: Progress | None = None,
        *,
        many: int = PART_ROWS,
        rows: bool = True,
    ) -> None:
        """Tables of more than `many` rows are prepared part by part, and kept on disk beside the cache.

        `rows` False: no row is read here; whoever needs one gets RowsNeeded.
        """
        self._workspace = workspace
        self._rows = rows
        self._cache = cache
        self._summaries: dict[str, TableSummary] = {}
        self._frames: dict[str, pl.LazyFrame] = {}
        self._fingerprints: dict[str, str] = {}
        self._lacking: Mapping[str, frozenset[str]] | None = None
        self._spans: dict[str, dict[str, Span]] = {}
        self._gaps: dict[str, Mapping[str, Gaps]] = {}
        self.errors = {table: TableError(said) for table, said in workspace.broken_tables.items()}
        self._home = HomeCurrency(workspace, self.frame)
        self.progress = progress
        self.many = many

    @property
    def tables(self) -> tuple[str, ...]:
        """Raw tables the workspace supplies and that can be read."""
        return tuple(name for name in self._workspace.tables if self.summary(name) is not None)

    def columns_lacking(self) -> Mapping[str, frozenset[str]]:
        """Readable raw tables → canonical columns they do not supply; the same mapping as long as nothing is learnt."""
        if self._lacking is None:
            self._lacking = {
                name: summary.lacking for name in self._workspace.tables if (summary := self.summary(name))
            }
        return self._lacking

    def has(self, table: str) -> bool:
        """Whether the workspace supplies a raw table, and it can be read."""
        return self.summary(table) is not None

    def summary(self, table: str) -> TableSummary | None:
        """Profile and span of a table; None when it cannot be read (see `errors`)."""
        if table in self.errors or table not in self._workspace.tables:
            return None
        if table not in self._summaries:
            try:
                self._learn(table, self._remembered(table) or self._read(table))
            except TableError as error:
                self.errors[table] = error
                if table in self._fingerprints:  # else its files are not there, as whoever asks next sees at once
                    self._cache.put_for_now(self._unreadable(table), error)
                return None
        return self._summaries[table]

    def _learn(self, table: str, summary: TableSummary) -> None:
        """Remember a table; what was worked out from all that was known is worked out again."""
        self._summaries[table] = summary
        self._lacking = None
        self._spans.clear()
        self._gaps.clear()

    def frame(self, table: str) -> pl.LazyFrame:
        """The prepared rows of a table, none for one that is not mapped. TableError when it cannot be read."""
        self.expect_rows()
        if table not in self._workspace.tables:
            from kpi_tui.engine.made_frames import empty

            return empty(self._workspace.schemas[table])
        if table not in self._frames and not self._rows_of_earlier_start(table):
            self._learn(table, self._read(table))
        return self._frames[table]

    def expect_rows(self) -> None:
        """RowsNeeded where no rows are read."""
        if not self._rows:
            raise RowsNeeded

    def texts(self, table: str) -> frozenset[str]:
        """Columns of a prepared table whose cells are texts. TableError when it cannot be read."""
        return frozenset(name for name, kind in self.frame(table).collect_schema().items() if str(kind) == "String")

    def scratch(self) -> Path | None:
        """A new folder for rows too many for memory, as long as this program runs; None where none can be made."""
        try:
            return self._store.scratch() if self._store else None
        except OSError:
            return None

    def load(self) -> None:
        """Learn about every table; progress is told table by table."""
        names = list(self._workspace.tables)
        for done, name in enumerate(names):
            self.report(name, done, len(names))
            self.summary(name)
        self.report("", len(names), len(names))

    def report(self, what: str, done: int, total: int) -> None:
        """Report progress; the callback may raise to cancel."""
        if self.progress is not None:
            self.progress(what, done, total)

    def as_of(self) -> date:
        """workspace.as_of, else the last day that has data or is declared complete. TableError for no day at all."""
        if self._workspace.as_of is not None:
            return self._workspace.as_of
        days = [self._summaries[name].profile.last_day for name in self.tables]
        parts = (part for name in self.tables for part in self._workspace.tables[name].parts())
        declared = [_declared(part.complete_until) for part in parts]
        last = max((day for day in (*days, *declared) if day is not None), default=None)
        if last is None:
            lost = (said for name in self.tables if (said := self._summaries[name].without_rows()))
            why = several([*map(str, self.errors.values()), *lost]) or say("check tables.toml and the data folder")
            issues = tuple(issue for error in self.errors.values() for issue in error.issues)
            raise TableError(say("no table has any dated row: {why}", why=why), issues)
        return last

    def cutoff(self) -> date | None:
        """The last day whose rows count when workspace.toml declares an as-of day.

        Without one nothing is cut: an order of the last day may be paid the day after.
        """
        return self._workspace.as_of

    def span(self, table: str, sources: Collection[str] = ()) -> Span | None:
        """Days a raw table covers (`days_covered`); None for a table without a time column.

        Of several sources (those named, else all) the one that ends first says how far the whole reaches.
        """
        parts = self.part_spans(table)
        spans = [span for part, span in parts.items() if part in sources] or list(parts.values())
        if not spans:
            return None
        shortest = min(spans, key=lambda own: (own.last, not own.open))
        return dataclasses.replace(shortest, first=min(own.first for own in spans))

    def part_spans(self, table: str) -> Mapping[str, Span]:
        """The days that each source of a table covers, or the table itself, by its id; none without a time column.

        Those read from the same files cover the same days.
        """
        if table not in self._spans:
            summary = self.summary(table)
            dated = summary.days if summary else {}
            parts = self._workspace.tables[table].parts() if dated else ()
            self._spans[table] = {part.id: self._of_family(table, part) for part in parts if part.id in dated}
        return self._spans[table]

    def gaps(self, table: str) -> Mapping[str, Gaps]:
        """Days without rows in a table that usually has some, by source; not those declared complete."""
        if table not in self._gaps:
            summary = self.summary(table)
            dated = summary.days if summary else {}
            parts = self._workspace.tables[table].parts() if dated else ()
            until = {part.id: self._complete_until(table, part) for part in parts if part.id in dated}
            rest = str(self._workspace.settings.get(REST_DAYS, ""))
            unread = {day for lost in (summary.profile.rejected if summary else ()) for day in lost.days}
            self._gaps[table] = {part: gaps_of(dated[part], day, rest, unread) for part, day in until.items()}
        return self._gaps[table]

    def _of_family(self, table: str, part: TableSource) -> Span:
        """As far as the rows of its files show; a table whose silence is no lack speaks for itself alone."""
        schemas = self._workspace.schemas
        known = [
            (self._own_span(days, day), max(days.last, day or days.last), days.usual)
            for name in self.tables
            for other in self._workspace.tables[name].parts()
            if other.id == part.id or not (schemas[table].complete_until or schemas[name].complete_until)
            if (days := self._summaries[name].days.get(other.id)) and set(other.paths) & set(part.paths)
            for day in (self._complete_until(name, other),)
        ]
        farthest, _reach, _usual = max(known, key=lambda one: (one[1], not one[0].open, -one[2]))
        return dataclasses.replace(farthest, first=min(own.first for own, _reach, _usual in known))

    def first_day(self) -> date | None:
        """The first day that has data in any table."""
        days = [summary.profile.first_day for name in self.tables if (summary := self._summaries[name])]
        return min((day for day in days if day is not None), default=None)

    def earliest(self) -> date | None:
        """The first day of any date in any table: where windows to date begin."""
        days = [summary.earliest for name in self.tables if (summary := self._summaries[name])]
        return min((day for day in days if day is not None), default=None)

    def _own_span(self, days: RowDays, until: date | None) -> Span:
        return span(days, self.first_day() or days.first, self.as_of(), until)

    def _complete_until(self, table: str, part: TableSource) -> date | None:
        """Up to which day a table or source misses nothing: as tables.toml says, else its schema."""
        return _declared(part.complete_until or self._workspace.schemas[table].complete_until, self.as_of())

    def remembered(self, key: str, make: Callable[[], Any]) -> Any:
        """A JSON value of the result cache, made now when it is not there; the key names all that it rests on."""
        stored = self._cache.get(key)
        if stored is None:
            self._cache.put(key, stored := make())
        return stored

    def _remembered(self, table: str) -> TableSummary | None:
        stored = self._cache.get(self._key(table))
        return None if stored is None else from_json(stored)

    def _key(self, table: str) -> str:
        return f"table:{table}:{self.fingerprint(table)}"

    def _unreadable(self, table: str) -> str:
        return f"unreadable:{self._key(table)}"

    def fingerprint(self, table: str) -> str:
        """What the rows of a table are made from: its files as they were before them, and how they are read."""
        known = self._fingerprints
        return known[table] if table in known else known.setdefault(table, self._fingerprint(table))

    def _fingerprint(self, table: str) -> str:
        from kpi_tui.tables.source.changed_files import fingerprint

        workspace = self._workspace
        files = fingerprint(workspace.tables[table], workspace.data, workspace.data_roots, workspace.settings)
        schema = [
            (c.name, c.type.value, c.nullable, c.money, repr(c.by_word))
            for c in workspace.schemas[table].columns.values()
        ]
        own = (files, workspace.timezone, workspace.currency, workspace.schemas[table].time, schema)
        return digest(*own, *self._home.fingerprint)

    @cached_property
    def _store(self) -> RowStore | None:
        """Where tables of many rows are kept; None for a workspace that keeps nothing on disk."""
        from kpi_tui.tables.row_store import RowStore

        return RowStore(self._cache.rows_folder) if self._cache.rows_folder else None

    def _stamp(self, table: str) -> str:
        return digest(self.fingerprint(table), program())

    def _rows_of_earlier_start(self, table: str) -> bool:
        """Take the rows an earlier start prepared, when what is known about them is known still."""
        kept = self._store if self._workspace.rates is None else None  # rows are kept as they were before rates
        rows = kept.rows(table, self._stamp(table)) if kept and self._remembered(table) else None
        if rows is None:
            return False
        self._frames[table] = rows
        return True

    def _read(self, table: str) -> TableSummary:
        if not self._rows and (known := self._cache.get(self._unreadable(table))):
            raise known
        self.expect_rows()
        from kpi_tui.engine.days.days_with_rows import days_of, days_of_sources, earliest_day
        from kpi_tui.tables.prepare import prepare

        workspace = self._workspace
        schema, source = workspace.schemas[table], workspace.tables[table]
        self._fingerprints.pop(table, None)
        key = self._key(table)
        prepared = prepare(
            source,
            schema,
            data=workspace.data,
            roots=workspace.data_roots,
            timezone=workspace.timezone,
            settings=workspace.settings,
            progress=self.report,
            keep=partial(self._store.keep, table, self._stamp(table)) if self._store else None,
            many=self.many,
            currency=workspace.currency,
        )
        prepared = self._home.counted(table, prepared, self.many)
        self._frames[table] = prepared.frame
        profile = prepared.profile
        days = days_of_sources(prepared.frame, source, schema.time, workspace.timezone) if schema.time else {}
        if days:
            first, last = min(one.first for one in days.values()), max(one.last for one in days.values())
            profile = dataclasses.replace(profile, first_day=first, last_day=last)
        rows = days_of(prepared.frame, schema.time) if profile.rejected and schema.time else ()
        summary = TableSummary(profile, prepared.missing, days, earliest_day(prepared.frame), rows)
        self._cache.put(key, to_json(summary))
        return summary


def _declared(until: str, as_of: date | None = None) -> date | None:
    """The day of a `complete_until`; "as_of" follows the as-of day."""
    if until == AS_OF:
        return as_of
    return date.fromisoformat(until) if until else None
