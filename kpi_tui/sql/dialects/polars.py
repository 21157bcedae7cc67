"""polars as a dialect: what it would say differently from DuckDB is spelled out, what it cannot say is refused.

Found by comparison, statement by statement (`tests/unit/sql/test_one_meaning.py`).
"""

from __future__ import annotations

from sqlglot.dialects.duckdb import DuckDB

from kpi_tui.sql.dialects.dialect import Dialect
from kpi_tui.sql.dialects.polars_aggregates import AGGREGATE_WORDS
from kpi_tui.sql.dialects.polars_choices import CHOICE_WORDS
from kpi_tui.sql.dialects.polars_comparisons import COMPARISON_WORDS
from kpi_tui.sql.dialects.polars_numbers import NUMBER_WORDS
from kpi_tui.sql.dialects.polars_operands import refuse
from kpi_tui.sql.dialects.polars_texts import TEXT_WORDS
from kpi_tui.sql.dialects.polars_times import TIME_WORDS


class PolarsSql(DuckDB):
    """DuckDB's text, but rows without a value stand first in a descending order: it must be said where they go."""

    NULL_ORDERING = "nulls_are_large"


_WORDS = {**TEXT_WORDS, **TIME_WORDS, **NUMBER_WORDS, **AGGREGATE_WORDS, **COMPARISON_WORDS}

POLARS = Dialect("polars", {**_WORDS, **CHOICE_WORDS}, PolarsSql, refuse)

POLARS_ON_CELLS = Dialect("polars", _WORDS, PolarsSql, refuse)
"""Of a mapping: whether cells look like numbers differs from file to file, and what is chosen among numbers and texts
is judged before cells become numbers (`tables/mapping/mixed_choices.py`)."""
