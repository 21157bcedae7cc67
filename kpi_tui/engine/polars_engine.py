"""polars answers the queries of a plan: lazily, facts shared.

Many rows are streamed; over few the plain engine runs, which adds up in the same order every time.

Facts that do not depend on the periods asked for are computed once and kept; facts per period are
computed once per run. All queries of a run are collected together.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kpi_tui.definitions.issue import EngineError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import MADE, Lineage
from kpi_tui.engine.made_frames import frame_of
from kpi_tui.engine.query import period_relations as relations
from kpi_tui.engine.query.joins.join_budget import JoinBudget
from kpi_tui.engine.query.plan import Query, QueryRow
from kpi_tui.engine.query.relation_store import (
    Partitioning,
    StoredRelation,
    in_memory,
    on_disk,
    partition,
    partitioning_for,
    stored,
)
from kpi_tui.sql import guard
from kpi_tui.tables.polars_sql import execute, why_failed

FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, guard.FragmentError, OSError)
"""How polars fails; a panic is a BaseException and must not pass as one. OSError: rows on disk that are gone."""


class PolarsEngine:
    """Speaks polars SQL; returns plain rows."""

    dialect = "polars"

    def __init__(self, data: Data, lineage: Lineage, budget: JoinBudget) -> None:
        self._data = data
        self._lineage = lineage
        self._budget = budget
        self._kept: dict[str, StoredRelation] = {}

    def run(self, queries: Sequence[Query], asked: Sequence[Period], first: date) -> list[list[QueryRow]]:
        """Rows of every query: w_period, [segment], m0…, [r0…]. EngineError names the query that failed."""
        run = _Run(self._data, self._lineage, self._budget, self._kept, asked)
        frames = []
        try:
            for done, query in enumerate(queries):
                self._data.report(query.table, done, len(queries))
                frames.append(_guarded(query, lambda q=query: run.select(q, first)))
            return _collect(queries, frames, streaming=run.has_many)
        finally:
            run.forget()


class _Run:
    """The relations of one run: prepared tables, kept facts, and facts for these periods."""

    def __init__(
        self,
        data: Data,
        lineage: Lineage,
        budget: JoinBudget,
        kept: dict[str, StoredRelation],
        asked: Sequence[Period],
    ) -> None:
        self._data = data
        self._lineage = lineage
        self._budget = budget
        self._kept = kept
        self._asked = asked
        self._own: dict[str, StoredRelation] = {}
        self._windows: dict[str, pl.LazyFrame] = {}
        self._folders: list[Path] = []  # of facts for these periods
        self.has_many = False  # whether any relation read so far is large

    def select(self, query: Query, first: date) -> pl.LazyFrame:
        """The lazy answer of a query."""
        context: dict[str, pl.LazyFrame] = {}
        for name in guard.relations(query.sql):
            if name == "w":
                if query.window not in self._windows:
                    self._windows[query.window] = self._window(query, first)
                context[name] = self._windows[query.window]
            else:
                relation = self.relation(name)
                self.has_many = self.has_many or relation.size > self._data.many
                context[name] = relation.rows
        if why := self._budget.exceeded_inside(query.sql, context):
            raise guard.FragmentError(why)
        if query.window not in ("", "own"):
            context[query.table] = _as_days(context[query.table], query.time)
        return execute(query.sql, context)

    def relation(self, name: str) -> StoredRelation:
        """A prepared table, a made relation, or a fact (computed at most once)."""
        store = self._store(name)
        if name not in store:
            store[name] = self._computed(name)
        return store[name]

    def _computed(self, name: str) -> StoredRelation:
        if name in MADE:
            return stored(self._made(name))
        if name not in self._lineage.facts:
            return stored(self._data.frame(name))
        shape = self._lineage.shape(name)
        reads = {read: self.relation(read) for read in shape.reads}
        self._data.report(name, 0, 1)
        if why := self._budget.exceeded(shape.sql, {read: relation.rows for read, relation in reads.items()}):
            raise guard.FragmentError(why)
        large = [relation for relation in reads.values() if relation.size > self._data.many]
        folder = self._data.scratch() if large else None
        if folder is None:
            return in_memory(shape, reads)
        if self._store(name) is self._own:
            self._folders.append(folder)
        shares = partitioning_for(shape, large, self._lineage.shares_by(name), self._data.many)
        try:
            return on_disk(shape, self._partitioned(dict(reads), shares) if shares else reads, shares, folder)
        except (pl.exceptions.PolarsError, OSError):  # a full disk; where the SQL is at fault, memory says so too
            shutil.rmtree(folder, ignore_errors=True)
            return in_memory(shape, reads)

    def forget(self) -> None:
        """Facts for these periods are not asked for again: make room on the disk."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _partitioned(self, reads: dict[str, StoredRelation], shares: Partitioning) -> dict[str, StoredRelation]:
        """Large tables are partitioned once for all facts that want the same shares."""
        for name, relation in reads.items():
            large = relation.size > self._data.many
            if large and relation.shares != shares and (folder := self._data.scratch()):
                reads[name] = partition(relation, shares, self._lineage.columns_of_windows(name), folder)
                self._store(name)[name] = reads[name]
        return reads

    def _store(self, name: str) -> dict[str, StoredRelation]:
        """Where a relation is kept: for this run, or for all."""
        return self._own if name in MADE or self._lineage.is_per_period(name) else self._kept

    def _made(self, name: str) -> pl.LazyFrame:
        if name == "calendar":
            first = self._data.days.first_day() or self._asked[0].start
            last = max([self._data.days.as_of(), *(p.end for p in self._asked)])
            return frame_of(relations.calendar(min([first, *(p.start for p in self._asked)]), last))
        relation = relations.periods if name == "periods" else relations.period_days
        return frame_of(relation(self._asked, self._data.days.cutoff()))

    def _window(self, query: Query, first: date) -> pl.LazyFrame:
        if query.window == "to_date":
            return frame_of(relations.window_to_date(self._asked, first, self._data.days.cutoff()))
        if query.window.startswith("trailing:"):
            return frame_of(
                relations.window_trailing(self._asked, int(query.window.split(":")[1]), self._data.days.cutoff())
            )
        return frame_of(relations.window_of_period(self._asked, self._data.days.cutoff()))


def _as_days(frame: pl.LazyFrame, time: str) -> pl.LazyFrame:
    """Make the column a query joins on a day: a fact may offer only the moment."""
    schema = frame.collect_schema()
    if time in schema:
        return frame if schema[time] == pl.Date else frame.with_columns(pl.col(time).cast(pl.Date))
    moment = time.removesuffix("_day")
    return frame.with_columns(pl.col(moment).cast(pl.Date).alias(time))


def _guarded(query: Query, make: Any) -> pl.LazyFrame:
    try:
        frame = make()
    except FAILURES as error:
        raise EngineError(_sentence(query, error), why_failed(error)) from error
    assert isinstance(frame, pl.LazyFrame)
    return frame


def _collect(queries: Sequence[Query], frames: list[pl.LazyFrame], *, streaming: bool) -> list[list[QueryRow]]:
    try:
        return [f.to_dicts() for f in pl.collect_all(frames, engine="streaming" if streaming else "in-memory")]
    except FAILURES as error:
        raise EngineError(_sentence(queries[0], error), why_failed(error)) from error


def _sentence(query: Query, error: BaseException) -> str:
    names = ", ".join(measure.id for measure in query.measures)
    return say("{names} on {table}: {first}", names=names, table=query.table, first=why_failed(error))
