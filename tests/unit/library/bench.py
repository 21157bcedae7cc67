"""Run shipped facts on rows written down in a test, in polars or in DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
import polars as pl

from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine import procedures
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query import period_relations as relations

Rows = Sequence[Mapping[str, Any]]

_TYPES = {
    ColumnType.STR: pl.String,
    ColumnType.INT: pl.Int64,
    ColumnType.FLOAT: pl.Float64,
    ColumnType.BOOL: pl.Boolean,
    ColumnType.DATE: pl.Date,
    ColumnType.DATETIME: pl.Datetime("us"),
}


def at(text: str) -> datetime:
    """`2026-10-01 09:00`, or the midnight of a day."""
    return datetime.fromisoformat(text)


class Bench:
    """Facts of the shipped library over a few rows; `engine` is "polars" or "duckdb"."""

    def __init__(self, workspace: Workspace, engine: str) -> None:
        self._workspace = workspace
        self._lineage = Lineage(workspace)
        self.engine = engine

    def rows(self, fact: str, *periods: str, **tables: Rows) -> list[dict[str, Any]]:
        """Rows of a fact; columns a row does not mention are null."""
        frames = {name: self._prepared(name, tables.get(name, ())) for name in self._lineage.raw_tables(fact)}
        asked = [Period.parse(text) for text in periods]
        made = {"periods": relations.periods(asked), "period_days": relations.period_days(asked)}
        frames |= {name: _frame(relation) for name, relation in made.items()}
        for name in self._lineage.facts_below(fact):
            shape = self._lineage.shape(name)
            frame = self._run(shape.sql, {read: frames[read] for read in shape.reads})
            frames[name] = procedures.run(shape.call, frame) if shape.call else frame
        return frames[fact].to_dicts()

    def _run(self, sql: str, context: dict[str, pl.DataFrame]) -> pl.DataFrame:
        if self.engine == "polars":
            answer = pl.SQLContext({name: frame.lazy() for name, frame in context.items()}, eager=False).execute(sql)
            return answer.collect(engine="streaming")
        with duckdb.connect() as connection:
            for name, frame in context.items():
                connection.register(name, frame.to_arrow())
            return connection.sql(sql).pl()

    def _prepared(self, table: str, rows: Rows) -> pl.DataFrame:
        schema = {c.name: _TYPES[c.type] for c in self._workspace.schemas[table].columns.values()}
        unknown = {name for row in rows for name in row} - set(schema)
        assert not unknown, unknown
        frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
        dates = [name for name, kind in schema.items() if kind in (pl.Date, pl.Datetime)]
        return frame.with_columns(pl.col(name).cast(pl.Date).alias(f"{name}_day") for name in dates)


def _frame(relation: relations.Relation) -> pl.DataFrame:
    kinds = {name: pl.Int64 if name in ("back", "day_no") else pl.Date for name in relation.columns}
    return pl.DataFrame(relation.rows, schema=kinds, orient="row")


def user(user_id: str, registered: str, **more: Any) -> dict[str, Any]:
    """A registered user."""
    return {"user_id": user_id, "registered_at": at(registered), "side": "buyer"} | more


def event(visitor: str, moment: str, kind: str = "page_view", **more: Any) -> dict[str, Any]:
    """A tracked action on the web; the id keeps the order of equal moments."""
    own = {"event_id": f"{moment}/{visitor}/{more.get('page_id', kind)}", "visitor_id": visitor, "ts": at(moment)}
    return own | {"event": kind, "platform": "web"} | more


def order(order_id: str, user_id: str, moment: str, amount: float = 100.0, **more: Any) -> dict[str, Any]:
    """A paid order."""
    money = {"order_amount": amount, "paid_amount": amount, "paid_from_balance": 0.0}
    when = {"created_at": at(moment), "paid_at": at(moment)}
    return {"order_id": order_id, "user_id": user_id, "domain": "public"} | when | money | more
