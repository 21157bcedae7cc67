"""Lines that have no day but that of their order: since when orders have none, and days whose lines were rejected."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kpi_tui.definitions.answers.key_overlap import MissingLines
from kpi_tui.definitions.library.table import SOURCE
from kpi_tui.definitions.message import Message, says
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.doubts.related_keys import KeyReference, RelatedKeys
from kpi_tui.engine.kept.cache import digest

if TYPE_CHECKING:
    import polars as pl

LEAST = 5
"""So many orders in a row without a line are looked at."""
BY_CHANCE = 0.001
"""Below this probability, by the share of earlier orders without lines, the lines have ended."""
ORDINARY = 0.5
"""From this probability on, by the share of other orders without lines, it is ordinary that some orders have none."""


class DayOfOrders(NamedTuple):
    """How many orders a source has on a day (ISO), and how many of them have lines."""

    source: str
    day: str
    rows: int
    told: int


class OrderLines:
    """Answers for the tables of one workspace that have no time, and whose key names rows of one that has."""

    def __init__(self, workspace: Workspace, data: Data, keys: RelatedKeys) -> None:
        self._workspace = workspace
        self._data = data
        self._keys = keys
        self._days: dict[tuple[KeyReference, str], tuple[DayOfOrders, ...]] = {}

    def ended(self, tables: Collection[str]) -> tuple[MissingLines, ...]:
        """Of tables among some: since when the rows of another, or of one of its sources, have no lines."""
        found: list[MissingLines] = []
        for one in self._relations(tables):
            days = self._by_day(one, self._workspace.schemas[one.other].time)
            if any(day.told for day in days):  # else no id meets at all, or there are no lines: told elsewhere
                found += _ended(days, one)
        return tuple(found)

    def rejected(self, tables: Collection[str], time: str, first: date, last: date) -> Message | None:
        """That no order of some days has a line that could be read, where rejected lines may be theirs.

        `time`: the column by which orders are counted. None where it is ordinary that orders have no lines, or where
        the rejected ones are fewer than half of what such orders usually have.
        """
        for one in self._relations(tables):
            if (summary := self._data.summary(one.table)) and summary.unread:
                own = self._workspace.schemas[one.other]
                days = self._by_day(one, time if time in own.columns else own.time)
                lost = sum(part.count for part in summary.unread)
                if _may_be_lost(days, (first.isoformat(), last.isoformat()), lost, summary.profile.rows_kept):
                    return says(
                        "{table} tells nothing of any row of {other} in this period, and {count:,} row of it was "
                        "rejected: {why}",
                        "{table} tells nothing of any row of {other} in this period, and {count:,} rows of it were "
                        "rejected: {why}",
                        lost,
                        table=one.table,
                        other=one.other,
                        why=summary.unread[0].reason,
                    )
        return None

    def never_dated(self, tables: Collection[str]) -> Message | None:
        """That no line at all says an order that is there: all are of no day."""
        found = self._keys.never_dated(tables)
        if found is None:
            return None
        return found.without_key() if found.blank else found.undated()

    def _relations(self, tables: Collection[str]) -> Iterator[KeyReference]:
        key_of = self._workspace.key_of
        return (one for one in self._keys.dated(tables) if one.column in key_of(one.table))

    def _by_day(self, relation: KeyReference, time: str) -> tuple[DayOfOrders, ...]:
        if (relation, time) not in self._days:
            prints = [self._data.fingerprint(table) for table in (relation.table, relation.other)]
            key = "lines:" + digest(dataclasses.astuple(relation), time, prints)
            stored = self._data.remembered(key, lambda: _counted(self._data, relation, time))
            self._days[relation, time] = tuple(DayOfOrders(*one) for one in stored)
        return self._days[relation, time]


def _counted(data: Data, relation: KeyReference, time: str) -> list[list[object]]:
    """The `DayOfOrders` of a relation, in the order of sources and days, as JSON."""
    import polars as pl

    frame = data.frame(relation.other)
    several = SOURCE in frame.collect_schema().names()
    named = data.frame(relation.table).select(_text(relation.column).alias("id")).drop_nulls().unique()
    rows = frame.select(
        _text(relation.target).alias("id"),
        _text(f"{time}_day").alias("day"),
        _text(SOURCE) if several else pl.lit("").alias(SOURCE),
    ).drop_nulls(("id", "day"))
    told = rows.join(named.with_columns(pl.lit(1).alias("told")), on="id", how="left")
    counts = told.group_by(SOURCE, "day").agg(pl.len().alias("rows"), pl.col("told").sum())
    return [list(row) for row in counts.sort(SOURCE, "day").collect(engine="streaming").rows()]


def _text(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.String)


def _ended(days: Iterable[DayOfOrders], relation: KeyReference) -> Iterator[MissingLines]:
    """By source where the other table has several."""
    for source, some in groupby(days, key=lambda one: one.source):
        other = f"{relation.other}.sources.{source}" if source else relation.other
        if found := _ended_in(tuple(some), relation.table, other):
            yield found


def _ended_in(days: tuple[DayOfOrders, ...], table: str, other: str) -> MissingLines | None:
    every = sum(one.rows for one in days)
    last = max((one.day for one in days if one.told), default="")
    if not last:
        return MissingLines(table, other, every) if every >= LEAST else None
    after = sum(one.rows for one in days if one.day > last)
    before = every - after
    without = before - sum(one.told for one in days)
    if after < LEAST or ((without + 1) / (before + 2)) ** after >= BY_CHANCE:
        return None
    return MissingLines(table, other, after, last)


def _may_be_lost(days: Collection[DayOfOrders], within: tuple[str, str], rejected: int, kept: int) -> bool:
    """Whether the lines of all orders of some days may be among the rejected ones, and hardly have never been."""
    low, high = within
    inside = [one for one in days if low <= one.day <= high]
    orders, told = (sum(one.rows for one in days if one not in inside), sum(one.told for one in days))
    asked = sum(one.rows for one in inside)
    if not asked or any(one.told for one in inside):
        return False
    if not told:
        return bool(rejected)
    return ((orders - told) / orders) ** asked < ORDINARY and 2 * rejected >= asked * kept / orders
