"""The data of a workspace as the engine sees it: prepared tables, facts, spans, as-of day.

Tables are read when first asked for, and what is known about them (profile, span) is remembered
by file fingerprint, so that a second start knows the as-of day without reading a row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.progress import Progress, RowsNeeded
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.days.table_days import TableDays
from kpi_tui.engine.kept.cache import Cache, digest, program
from kpi_tui.engine.kept.table_summary import TableSummary, from_json, to_json
from kpi_tui.tables.home_currency import HomeCurrency
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
        self.errors = {table: TableError(said) for table, said in workspace.broken_tables.items()}
        self.days = TableDays(workspace, self)
        self._home = HomeCurrency(workspace, self.frame)
        self.progress = progress
        self.many = many

    @property
    def tables(self) -> tuple[str, ...]:
        """Raw tables the workspace supplies and that can be read."""
        return tuple(self.summaries)

    @property
    def summaries(self) -> dict[str, TableSummary]:
        """The same with what is known of each."""
        return {name: known for name in self._workspace.tables if (known := self.summary(name))}

    def columns_lacking(self) -> Mapping[str, frozenset[str]]:
        """Readable raw tables → canonical columns they do not supply; the same mapping as long as nothing is learnt."""
        if self._lacking is None:
            self._lacking = {name: summary.lacking for name, summary in self.summaries.items()}
        return self._lacking

    def lacking_in(self, sources: Collection[str]) -> dict[str, frozenset[str]]:
        """The same of some sources of tables: what none of them supplies."""
        found = dict(self.columns_lacking())
        for table in found:
            parts = [part for part in self._summaries[table].profile.parts() if part.table in sources]
            if parts:
                found[table] = frozenset.intersection(*(frozenset(part.missing_columns) for part in parts))
        return found

    def known_lacking(self) -> Mapping[str, frozenset[str]]:
        """The same of the tables of which it is known by now; no row is read for it."""
        for table in self._workspace.tables.keys() - self._summaries.keys() - self.errors.keys():
            if (known := self._remembered(table)) is not None:
                self._learn(table, known)
        return {table: summary.lacking for table, summary in self._summaries.items()}

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
                return None
        return self._summaries[table]

    def news(self) -> dict[str, Any]:
        """What was found out since this was asked last, for `know` of another process; of which files, or why not."""
        made_from = {table: self.fingerprint(table) for table in self._summaries}
        return {"results": self._cache.news(), "tables": made_from | self.errors}

    def know(self, news: Mapping[str, Any]) -> None:
        """Answer from what another process has found out, too.

        Its tables are those here, unless they were known here before: a file may change between two looks at it.
        """
        self._cache.take(news["results"])
        for table, found in news["tables"].items():
            if table not in self._summaries and table not in self.errors:
                if isinstance(found, TableError):
                    self.errors[table] = found
                else:
                    self._fingerprints[table] = found

    def _learn(self, table: str, summary: TableSummary) -> None:
        """Remember a table; what was worked out from all that was known is worked out again."""
        self._summaries[table] = summary
        self._lacking = None
        self.days.forget()

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
            self.reading(name)(name, done, len(names))
            self.summary(name)

    def report(self, what: str, done: int, total: int) -> None:
        """Tell progress with the table or fact whose rows are counted; the callback may raise to cancel."""
        if self.progress is not None:
            self.progress(say("counting {rows}", rows=self._called(what)), done, total)

    def reading(self, table: str) -> Progress:
        """The same while a table is read, of which part after part, or file after file, is named."""

        def tell(part: str, done: int, total: int) -> None:
            if self.progress is None:
                return
            called = self._called(table)
            if part == table or part.startswith(f"{table}.sources."):
                self.progress(say("reading {table}", table=called), done, total)
            else:
                self.progress(say("reading {table}, {part}", table=called, part=part), done, total)

        return tell

    def _called(self, what: str) -> Text | str:
        """As people read it."""
        named = self._workspace.schemas.get(what) or self._workspace.facts.get(what)
        return named.name if named and str(named.name) else what

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
        """Take the rows an earlier start or another Data prepared, when what is known about them is known still."""
        if not self._remembered(table):
            return False
        kept = self._store if self._workspace.rates is None else None  # rows are kept as they were before rates
        stamp, memory = self._stamp(table), self._cache.rows_in_memory
        rows = memory.get(stamp) if memory else None
        if rows is None and kept:
            rows = kept.rows(table, stamp)
        if rows is None:
            return False
        self._frames[table] = rows
        return True

    def _read(self, table: str) -> TableSummary:
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
            progress=self.reading(table),
            keep=partial(self._store.keep, table, self._stamp(table)) if self._store else None,
            many=self.many,
            currency=workspace.currency,
        )
        prepared = self._home.counted(table, prepared, self.many)
        self._frames[table] = prepared.frame
        if self._cache.rows_in_memory:
            self._cache.rows_in_memory.put(self._stamp(table), prepared.frame)
        profile = prepared.profile
        days = days_of_sources(prepared.frame, source, schema.time, workspace.timezone) if schema.time else {}
        if days:
            first, last = min(one.first for one in days.values()), max(one.last for one in days.values())
            profile = dataclasses.replace(profile, first_day=first, last_day=last)
        rows = days_of(prepared.frame, source, schema.time) if profile.rejected and schema.time else {}
        summary = TableSummary(profile, prepared.missing, days, earliest_day(prepared.frame), rows)
        self._cache.put(key, to_json(summary))
        return summary
