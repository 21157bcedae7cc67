"""What works a number out, put together when something is asked that no kept answer tells: it brings sqlglot."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.check.questions import DataQuestions
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_metrics import with_measures
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.metric_values import Evaluator
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.plan import Query
from kpi_tui.engine.row_pages.row_pages import RowPages
from kpi_tui.engine.rows_asked.campaign_days import CampaignDays
from kpi_tui.engine.value_rests import ValueRests

if TYPE_CHECKING:
    from kpi_tui.engine.polars_engine import PolarsEngine

Asking = Callable[[Progress | None], AbstractContextManager[None]]
"""One question at a time, with its progress."""


class ValueParts:
    """The parts of one workspace, each given to the others."""

    def __init__(self, workspace: Workspace, data: Data, cache: Cache, asking: Asking) -> None:
        space = with_measures(workspace)
        self.lineage = Lineage(space)
        engine = LazyEngine(space, data, self.lineage)
        self.reader = MeasureReader(space, data, self.lineage, engine)
        self.campaigns = CampaignDays(space, data, self.lineage, self.reader.plain)
        self.questions = DataQuestions(space, data, self.lineage, self.reader, engine, cache, lambda: asking(None))
        self.inputs = MetricInputs(space, data, self.lineage, self.reader)
        parts = (space, data, self.lineage, self.reader)
        self._evaluator = Evaluator(*parts, self.questions.conditions)
        self._of_campaigns = Evaluator(*parts, self.questions.conditions, any_span=True)
        self.row_pages = RowPages(parts, engine, self.evaluator_for, asking)
        self.rests = ValueRests(space, data, self.lineage, self.inputs, self.reader.missing)

    def evaluator_for(self, cut: Cut) -> Evaluator:
        """Who computes it: a campaign is read over its own span, however short."""
        return self._of_campaigns if cut.campaign else self._evaluator


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
            from kpi_tui.engine.query.joins.join_budget import JoinBudget

            self._engine = PolarsEngine(self._data, self._lineage, JoinBudget(self._workspace))
        return self._engine.run(queries, asked, first)
