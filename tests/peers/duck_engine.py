"""The same plan answered by DuckDB: every fact and query is run there from the prepared rows on.

A test double for `kpi_tui.engine.polars_engine.PolarsEngine`, so that the numbers of the shipped library
can be compared between two engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import sqlglot

from kpi_tui.definitions.period import Period
from kpi_tui.engine import procedures
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import MADE, Lineage
from kpi_tui.engine.query import period_relations as relations
from kpi_tui.engine.query.plan import Query


class DuckEngine:
    """Speaks DuckDB's SQL; returns plain rows."""

    dialect = "duckdb"

    def __init__(self, data: Data, lineage: Lineage) -> None:
        self._data = data
        self._lineage = lineage
        self._kept: dict[str, pl.DataFrame] = {}
        self._connection = duckdb.connect(config={"threads": 1})  # small tables: more threads wait for each other
        self._there: dict[str, pl.DataFrame] = {}  # what the connection knows by each name

    def run(self, queries: Sequence[Query], asked: Sequence[Period], first: date) -> list[list[dict[str, Any]]]:
        """Rows of every query, as the polars engine returns them."""
        self._asked = list(asked)
        self._own: dict[str, pl.DataFrame] = {}
        self._windows: dict[str, pl.DataFrame] = {}
        return [self._select(query, first) for query in queries]

    def _select(self, query: Query, first: date) -> list[dict[str, Any]]:
        context = {}
        if query.window not in ("", "own"):
            if query.window not in self._windows:
                self._windows[query.window] = self._window(query, first)
            context["w"] = self._windows[query.window]
        for name in _tables(query.sql):
            if name != "w":
                context[name] = self._relation(name)
        if query.window not in ("", "own"):
            context[query.table] = _as_days(context[query.table], query.time)
        rows = self._execute(query.sql, context).to_dicts()
        return [{name: _plain(cell) for name, cell in row.items()} for row in rows]

    def _relation(self, name: str) -> pl.DataFrame:
        if name in MADE:
            return self._made(name)
        if name not in self._lineage.facts:
            if name not in self._kept:
                self._kept[name] = self._data.frame(name).collect()
            return self._kept[name]
        store = self._own if self._lineage.is_per_period(name) else self._kept
        if name not in store:
            shape = self._lineage.shape(name)
            frame = self._execute(shape.sql, {read: self._relation(read) for read in shape.reads})
            store[name] = procedures.run(shape.call, frame) if shape.call else frame
        return store[name]

    def _execute(self, sql: str, context: dict[str, pl.DataFrame]) -> pl.DataFrame:
        for name, frame in context.items():
            if self._there.get(name) is not frame:
                self._connection.register(name, frame.to_arrow())
                self._there[name] = frame
        return pl.DataFrame(pl.from_arrow(self._connection.sql(sql).to_arrow_table()))

    def _made(self, name: str) -> pl.DataFrame:
        if name == "calendar":
            first = min([self._data.days.first_day() or self._asked[0].start, *(p.start for p in self._asked)])
            return _frame(relations.calendar(first, max([self._data.days.as_of(), *(p.end for p in self._asked)])))
        relation = relations.periods if name == "periods" else relations.period_days
        return _frame(relation(self._asked, self._data.days.cutoff()))

    def _window(self, query: Query, first: date) -> pl.DataFrame:
        if query.window == "to_date":
            return _frame(relations.window_to_date(self._asked, first, self._data.days.cutoff()))
        if query.window.startswith("trailing:"):
            return _frame(
                relations.window_trailing(self._asked, int(query.window.split(":")[1]), self._data.days.cutoff())
            )
        return _frame(relations.window_of_period(self._asked, self._data.days.cutoff()))


def _plain(cell: Any) -> Any:
    """DuckDB adds integers up as HUGEINT, which Arrow carries as decimals."""
    return int(cell) if isinstance(cell, Decimal) else cell


def _frame(relation: relations.Relation) -> pl.DataFrame:
    schema = {name: pl.Int64 if name in relations.NUMBERS else pl.Date for name in relation.columns}
    return pl.DataFrame(relation.rows, schema=schema, orient="row")


def _as_days(frame: pl.DataFrame, time: str) -> pl.DataFrame:
    if time in frame.columns:
        return frame if frame.schema[time] == pl.Date else frame.with_columns(pl.col(time).cast(pl.Date))
    return frame.with_columns(pl.col(time.removesuffix("_day")).cast(pl.Date).alias(time))


def _tables(sql: str) -> list[str]:
    tree = sqlglot.parse_one(sql, read="duckdb")
    own = {cte.alias for cte in tree.find_all(sqlglot.exp.CTE)}
    return [t for t in {table.name for table in tree.find_all(sqlglot.exp.Table)} if t not in own]
