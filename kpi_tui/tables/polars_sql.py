"""SQL of the workspace run by polars, spelled so that it means what DuckDB makes of it (`sql/dialects/polars.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from kpi_tui.definitions.message import Message
from kpi_tui.sql import guard
from kpi_tui.sql.dialects.polars import POLARS, POLARS_ON_CELLS
from kpi_tui.sql.dialects.polars_failures import in_words
from kpi_tui.sql.kinds import ValueKind
from kpi_tui.tables.polars_panics import first_line

_Relation = tuple[str, tuple[tuple[str, ValueKind], ...]]


def execute(sql: str, frames: Mapping[str, pl.LazyFrame], *, cells: bool = False) -> pl.LazyFrame:
    """The lazy answer of a judged statement over frames by name. FragmentError for what polars cannot say.

    `cells`: it reads cells of a file, whose kinds are as they come.
    """
    read = {name: frames[name] for name in guard.statement(sql).tables}
    relations = tuple((name, _kinds(frame)) for name, frame in read.items())
    return pl.SQLContext(read, eager=False).execute(_spelled(sql, relations, cells))


def why_failed(error: BaseException) -> Message:
    """Why a statement cannot be computed: our own sentence, or what polars said in our words."""
    said = str(error)
    return said if isinstance(said, Message) else in_words(first_line(error))


def _kinds(frame: pl.LazyFrame) -> tuple[tuple[str, ValueKind], ...]:
    return tuple((name, kind_of(dtype)) for name, dtype in frame.collect_schema().items())


@lru_cache(maxsize=512)
def _spelled(sql: str, relations: tuple[_Relation, ...], cells: bool) -> str:
    dialect = POLARS_ON_CELLS if cells else POLARS
    return dialect.spelled(guard.statement(sql).tree.copy(), {name: dict(columns) for name, columns in relations})


def kind_of(dtype: pl.DataType) -> ValueKind:
    """The kind of values of a column of polars."""
    if dtype.is_integer():
        return ValueKind.INT
    if dtype.is_float():
        return ValueKind.DOUBLE
    return _KINDS.get(dtype.base_type(), ValueKind.UNKNOWN)


_KINDS: Mapping[object, ValueKind] = {
    pl.Decimal: ValueKind.DECIMAL,
    pl.String: ValueKind.TEXT,
    pl.Boolean: ValueKind.BOOL,
    pl.Date: ValueKind.DATE,
    pl.Datetime: ValueKind.STAMP,
    pl.Duration: ValueKind.INTERVAL,
    pl.Null: ValueKind.NULL,
}
