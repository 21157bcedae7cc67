"""The rows behind a number: those that a measure of a metric counted, a page at a time (R172)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.numbers import sound_condition
from kpi_tui.definitions.answers.rows.counted_rows import FIRST_ROWS, CountedRows, RowsWish
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX
from kpi_tui.definitions.message import say

if TYPE_CHECKING:
    from kpi_tui.book.library import Library
    from kpi_tui.definitions.answers.rows.refused_rows import RefusedRows
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers


class RowsBehind:
    """Rows that were counted, of any metric that the engine counts from rows."""

    def __init__(self, workspace: Workspace, library: Library, engine: Numbers) -> None:
        self._workspace, self._library, self._engine = workspace, library, engine

    def of(
        self,
        metric: str,
        period: Period,
        measure: str = "",
        *,
        where: str | None = None,
        campaign: str = "",
        wish: RowsWish = FIRST_ROWS,
        progress: Progress | None = None,
    ) -> CountedRows:
        """The rows of a measure of a metric ("": its first one), or of a base measure; of a growth form those of the
        period itself.

        Their sum, or how many they are, is the number of the measure. UsageError on an unknown metric, measure or
        column, a condition that may not run, and a metric that is read off a chain.
        """
        from kpi_tui.engine.query.cut import Cut

        base = metric.removesuffix(GROWTH_SUFFIX)
        asked = self._asked(base)
        cut = Cut(None, sound_condition(where) if where else None, campaign)
        found = self._engine.row_pages.counted.of(asked, period, cut, measure, wish, progress)
        return replace(found, metric=base)

    def refused(self, table: str, *, wish: RowsWish = FIRST_ROWS, progress: Progress | None = None) -> RefusedRows:
        """The rows of a table's files that did not arrive, with the reason of each; the files are read once more.

        UsageError on an unknown table or column, TableError when the files cannot be read.
        """
        if table not in self._workspace.tables:
            raise UsageError(say("this workspace maps no table {table!r}", table=table))
        return self._engine.row_pages.refused.of(table, wish, progress)

    def _asked(self, name: str) -> str:
        """How the engine calls a metric, or a base measure that is asked for by itself."""
        from kpi_tui.engine.measure_metrics import metric_for

        space = self._workspace
        if name in space.measures and name not in space.metrics:
            return metric_for(space, name)
        if chain := self._library.metric(name).chain:
            raise UsageError(say("{metric} is read off the chain {chain}, not off rows", metric=name, chain=chain))
        return name
