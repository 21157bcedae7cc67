"""Measures → queries: one query per (table, time column, window, filter with a sub-query).

Rows are placed in periods by the window relation, whose `w_period` is the place of a period among those of the
run: days, weeks and months, this period and the one before, are read in one pass. Facts computed per period have
a query per grain, because their own `period` is its first day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.windows import relation_of
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind

QueryRow = dict[str, object]
"""A row of an answer: w_period, [segment], m0…, [r0…]."""


@dataclass(frozen=True)
class PlacedMeasure:
    """A measure at the periods whose days feed it.

    `currency`: the column whose values must be one, "" for none; `currency_where`: in those of its rows, "" in all.
    """

    measure: Measure
    anchors: frozenset[Period]
    currency: str = ""
    currency_where: str = ""


@dataclass(frozen=True)
class ReachedAmounts:
    """What the condition of a cut asks of amounts of joined tables, as written and in SQL; `unknown`: that one is not
    known. `mixed`: the first of these tables whose amounts are in several currencies and held against a number, and
    `currency` what tells them apart in the rows of the query, where anything does."""

    written: str
    sql: str
    unknown: str
    mixed: str = ""
    currency: str = ""


@dataclass
class Query:
    """One SELECT that answers several measures at once."""

    table: str
    time: str
    window: str  # "" (none), "own" (the fact's period), "period", "to_date", "trailing:N"
    condition: str
    cut: Cut
    asks: list[PlacedMeasure] = field(default_factory=list)
    sql: str = ""
    lacks: str = ""  # the column that nobody supplies, in words
    notes: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()  # whose columns the condition of the cut names, in words
    whose: dict[str, str] = field(default_factory=dict)  # column of the cut -> table and column it was found in
    reached: set[str] = field(default_factory=set)  # tables and facts joined for the cut
    cut_by: set[str] = field(default_factory=set)  # own columns the cut asks for, or by whose values it reaches others
    cut_on: set[tuple[str, str]] = field(default_factory=set)  # table or fact, and column of it, that the cut reads
    joined: dict[str, str] = field(default_factory=dict)  # name in the SQL -> column of the cut as written
    campaign_in: str = ""  # table or fact whose rows say what belongs to the campaign of the cut
    held: str = ""  # what the condition of the cut asks of own amounts: each measure holds it itself
    reaching: ReachedAmounts | None = None  # what it asks of amounts of joined tables
    mixed: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """Raw tables and columns whose amounts are in several currencies -> whether each row still says its own."""

    @property
    def measures(self) -> list[Measure]:
        """The measures answered, in the order of the aggregates."""
        return [ask.measure for ask in self.asks]

    @property
    def anchors(self) -> frozenset[Period]:
        """Every period some measure is read at."""
        return frozenset(period for ask in self.asks for period in ask.anchors)

    def in_words(self, why: str) -> str:
        """What an engine says, with the columns of the cut as they were written; translated where it is a sentence."""
        if isinstance(why, Message):
            return why.with_values({name: self._as_written(value) for name, value in why.values.items()})
        return str(self._as_written(why))

    def _as_written(self, value: object) -> object:
        if isinstance(value, str) and not isinstance(value, Message):
            for name, written in self.joined.items():
                value = value.replace(name, written)
        return value


@dataclass(frozen=True)
class Run:
    """Queries that are answered together, for one list of periods."""

    asked: tuple[Period, ...]
    queries: tuple[Query, ...]

    def keys(self, query: Query) -> dict[Period, object]:
        """How the rows of each period are marked in the column w_period of a query's answer."""
        if query.window == "own":
            return {period: period.start for period in self.asked}
        return {period: 0 if query.window == "" else place for place, period in enumerate(self.asked)}


def runs(asks: Iterable[PlacedMeasure], cut: Cut, workspace: Workspace, lineage: Lineage) -> list[Run]:
    """Group measures that can share one pass over a table; `statement.write` writes the SQL."""
    together: dict[tuple[Period, ...], list[Query]] = defaultdict(list)
    windowed: list[Query] = []
    for (*_, batch), query in _families(asks, cut, workspace, lineage).items():
        (together[tuple(sorted(query.anchors))] if batch else windowed).append(query)
    if windowed:
        everything = {period for query in windowed for period in query.anchors}
        together[tuple(sorted(everything, key=lambda period: (period.grain, period)))] += windowed
    return [Run(asked, tuple(queries)) for asked, queries in together.items()]


def _families(
    asks: Iterable[PlacedMeasure], cut: Cut, workspace: Workspace, lineage: Lineage
) -> dict[tuple[str, ...], Query]:
    """One query per table, time column, window and filter; per batch too, where facts per period are read."""
    found: dict[tuple[str, ...], Query] = {}
    for ask in asks:
        where = bind(ask.measure.where, workspace.settings)
        below = guard.predicate(where).tables if where else ()
        shared = where if below else ""
        window = relation_of(ask.measure, workspace.settings, lineage.is_per_period(ask.measure.table))
        daily = "daily" if ask.measure.agg.traits.by_day else ""
        time = "" if window in ("", "own") else f"{ask.measure.time}_day"
        reads = (ask.measure.table, *below, *(guard.predicate(cut.where).tables if cut.where else ()))
        for batch, anchors in _batches(ask, any(map(lineage.is_per_period, reads))).items():
            key = (ask.measure.table, time, window, shared, daily, batch)
            query = found.setdefault(key, Query(ask.measure.table, time, window, shared, cut))
            query.asks.append(replace(ask, anchors=anchors))
    return found


def _batches(ask: PlacedMeasure, per_period: bool) -> dict[str, frozenset[Period]]:
    """Periods that a fact per period can be computed for at once: no two of a batch have the same start."""
    if not per_period:
        return {"": ask.anchors}
    batches: dict[str, set[Period]] = defaultdict(set)
    for period in ask.anchors:
        batches[f"{period.grain} {period.days}" if period.grain.is_span else period.grain].add(period)
    return {batch: frozenset(periods) for batch, periods in batches.items()}
