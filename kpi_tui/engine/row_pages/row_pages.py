"""Rows a page at a time: those behind a number, those that a table refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.row_pages.counted_rows import CountedRowsReader, KnowsMeasures
from kpi_tui.engine.row_pages.refused_rows import RefusedRowsReader
from kpi_tui.engine.rows_asked.plain_rows import Engine


class RowPages:
    """Both, of one workspace; `one_question` holds the lock and reports progress."""

    def __init__(
        self,
        parts: tuple[Workspace, Data, Lineage, MeasureReader],
        engine: Engine,
        evaluator_for: Callable[[Cut], KnowsMeasures],
        one_question: Callable[[Progress | None], AbstractContextManager[None]],
    ) -> None:
        self.counted = CountedRowsReader(*parts, engine, evaluator_for, one_question)
        self.refused = RefusedRowsReader(*parts[:2], one_question)
