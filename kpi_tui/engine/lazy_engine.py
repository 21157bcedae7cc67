"""The polars engine, imported with the first query and not before: an answer from the cache needs none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.plan import Query

if TYPE_CHECKING:
    from kpi_tui.engine.polars_engine import PolarsEngine


class LazyEngine:
    """Stands for the polars engine until the first query."""

    dialect = "polars"

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._workspace, self._data, self._lineage = workspace, data, lineage
        self._engine: PolarsEngine | None = None

    def run(self, queries: list[Query], asked: list[Period], first: date) -> list[list[dict[str, object]]]:
        """Import polars now, then pass every query on."""
        self._data.expect_rows()
        if self._engine is None:
            from kpi_tui.engine.polars_engine import PolarsEngine
            from kpi_tui.engine.query.join_budget import JoinBudget

            self._engine = PolarsEngine(self._data, self._lineage, JoinBudget(self._workspace))
        return self._engine.run(queries, asked, first)
