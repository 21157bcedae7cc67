"""DuckDB: the SQL of the workspace is its own, so there is nothing to spell."""

from __future__ import annotations

from kpi_tui.sql.dialects.dialect import Dialect

DUCKDB = Dialect("duckdb")
