"""Which days the tables of a workspace cover, and which are missing inside; the as-of day."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import AS_OF, Repeated, TableSource
from kpi_tui.definitions.message import say, several
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.days.days_covered import RowDays, Span, span
from kpi_tui.engine.days.gaps import REST_DAYS, Gaps, gaps_of


class DatedTable(Protocol):
    """What is known of the days of a table that was read."""

    @property
    def profile(self) -> Profile:
        """With its first and last day, and the rows that were rejected."""

    @property
    def days(self) -> Mapping[str, RowDays]:
        """The days that have rows, by the id of their source."""

    @property
    def earliest(self) -> date | None:
        """The first day of any of its dates."""

    def without_rows(self) -> str | None:
        """Why it has no row; None when it has some."""

    def empty_parts(self) -> Mapping[str, Profile]:
        """Its sources that have no row, or itself, by their ids."""


class KnownTables(Protocol):
    """What was learnt of the tables."""

    @property
    def summaries(self) -> Mapping[str, DatedTable]:
        """Of those that can be read."""

    @property
    def errors(self) -> Mapping[str, TableError]:
        """Of those that cannot."""

    def summary(self, table: str) -> DatedTable | None:
        """Of one; None when it cannot be read."""


class TableDays:
    """Worked out from what is known of every table; `forget` when something more was learnt."""

    def __init__(self, workspace: Workspace, data: KnownTables) -> None:
        self._workspace = workspace
        self._data = data
        self._spans: dict[str, dict[str, Span]] = {}
        self._gaps: dict[str, Mapping[str, Gaps]] = {}
        self.known: object = object()  # another one as soon as more is known

    def forget(self) -> None:
        """A table was read: spans rest on all of them."""
        self.known = object()
        self._spans.clear()
        self._gaps.clear()

    def as_of(self) -> date:
        """workspace.as_of, else the last day that has data or is declared complete. TableError for no day at all."""
        if self._workspace.as_of is not None:
            return self._workspace.as_of
        known = self._data.summaries
        days = [summary.profile.last_day for summary in known.values()]
        parts = (part for name in known for part in self._workspace.tables[name].parts())
        declared = [_declared(part.complete_until) for part in parts]
        last = max((day for day in (*days, *declared) if day is not None), default=None)
        if last is None:
            lost, errors = (said for summary in known.values() if (said := summary.without_rows())), self._data.errors
            why = several([*map(str, errors.values()), *lost]) or say("check tables.toml and the data folder")
            issues = tuple(issue for error in errors.values() for issue in error.issues)
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
            summary = self._data.summary(table)
            named = {*summary.days, *summary.empty_parts()} if summary and self._workspace.schemas[table].time else ()
            parts = [part for part in self._workspace.tables[table].parts() if part.id in named] if named else []
            spans = {part.id: self._of_family(table, part) or self._of_none(table, part) for part in parts}
            self._spans[table] = {part: span for part, span in spans.items() if span}
        return self._spans[table]

    def parts_unknown(self, table: str) -> tuple[str, ...]:
        """The sources of a table without a row, or the table itself, of which nothing says that there was none.

        A `complete_until` says so, a `where` that keeps none of some rows, and other rows of the same files.
        """
        summary = self._data.summary(table)
        if summary is None or not (empty := summary.empty_parts()):
            return ()
        known = {*self.part_spans(table), *(id_ for id_, profile in empty.items() if profile.keeps_nothing)}
        silent = (part for part in self._workspace.tables[table].parts() if part.id in empty and part.id not in known)
        return tuple(part.id for part in silent if not self._complete_until(table, part))

    def gaps(self, table: str) -> Mapping[str, Gaps]:
        """Days without rows in a table that usually has some, by source; not those declared complete."""
        if table not in self._gaps:
            summary = self._data.summary(table)
            dated = summary.days if summary else {}
            parts = self._workspace.tables[table].parts() if dated else ()
            rest = str(self._workspace.settings.get(REST_DAYS, ""))
            read = {part.table: part for part in (summary.profile.parts() if summary else ())}
            self._gaps[table] = {
                part.id: gaps_of(dated[part.id], self._complete_until(table, part), self._by_hand(part), rest, unread)
                for part in parts
                if part.id in dated
                for unread in ({day for lost in read[part.id].rejected for day in lost.days},)
            }
        return self._gaps[table]

    def _of_none(self, table: str, part: TableSource) -> Span | None:
        """The days of a part without a row, where something says that there was none."""
        summary = self._data.summary(table)
        until = self._complete_until(table, part)
        if until is None and summary and summary.empty_parts()[part.id].keeps_nothing:
            until = self.as_of()
        first = self.first_named(table) or self.first_day()
        return Span(min(first, until), min(until, self.as_of())) if first and until else None

    def _of_family(self, table: str, part: TableSource) -> Span | None:
        """As far as the rows of its files show; a table whose silence is no lack speaks for itself alone."""
        schemas = self._workspace.schemas
        known = [
            (self._own_span(name, days, day), max(days.last, day or days.last), days.usual)
            for name, summary in self._data.summaries.items()
            for other in self._workspace.tables[name].parts()
            if other.id == part.id or not (schemas[table].complete_until or schemas[name].complete_until)
            if (days := summary.days.get(other.id)) and set(other.paths) & set(part.paths)
            for day in (self._complete_until(name, other),)
        ]
        if not known:
            return None
        farthest, _reach, _usual = max(known, key=lambda one: (one[1], not one[0].open, -one[2]))
        return dataclasses.replace(farthest, first=min(own.first for own, _reach, _usual in known))

    def first_day(self) -> date | None:
        """The first day that has data in any table."""
        days = [summary.profile.first_day for summary in self._data.summaries.values()]
        return min((day for day in days if day is not None), default=None)

    def earliest(self) -> date | None:
        """The first day of any date in any table: where windows to date begin."""
        days = [summary.earliest for summary in self._data.summaries.values()]
        return min((day for day in days if day is not None), default=None)

    def first_named(self, table: str) -> date | None:
        """The first day of the tables of what happened (no customers, no staff) whose rows a table names."""
        schemas = self._workspace.schemas
        named = {column.references.partition(".")[0] for column in schemas[table].columns.values()} - {table}
        known = (self._data.summaries.get(name) for name in named if name and schemas[name].repeated is Repeated.ALL)
        return min((one.profile.first_day for one in known if one and one.profile.first_day), default=None)

    def _own_span(self, table: str, days: RowDays, until: date | None) -> Span:
        return span(days, self.first_named(table) or days.first, self.as_of(), until)

    def _complete_until(self, table: str, part: TableSource) -> date | None:
        """Up to which day a table or source misses nothing: as tables.toml says, else its schema."""
        return _declared(part.complete_until or self._workspace.schemas[table].complete_until, self.as_of())

    def _by_hand(self, part: TableSource) -> date | None:
        """The last day that a person said to be whole."""
        until = _declared(part.complete_until, self.as_of())
        return until and min(until, self.as_of())


def _declared(until: str, as_of: date | None = None) -> date | None:
    """The day of a `complete_until`; "as_of" follows the as-of day."""
    if until == AS_OF:
        return as_of
    return date.fromisoformat(until) if until else None
