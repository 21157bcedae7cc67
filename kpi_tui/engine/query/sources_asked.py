"""Which sources of a table a question is about: each covers its own days, so each is judged by its own."""

from __future__ import annotations

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import SOURCE
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.fact_parts import equalities
from kpi_tui.sql.parameters import bind

Sources = frozenset[str]
"""Ids of the parts of tables: `orders.sources.west`. None at all: all of them."""
NO_SOURCE = Sources()


class SourcesAsked:
    """Answers for the measures of one workspace whose own rows say their source."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage

    def of(self, measure: Measure, cut: Cut) -> Sources:
        """The sources that the condition of a question or of the measure names; none where they leave them open."""
        conditions = (cut.where or "", bind(measure.where, self._workspace.settings))
        words = [set(some) for where in conditions for name, some in equalities(where) if name == SOURCE]
        return self._named(measure, set.intersection(*words)) if words else Sources()

    def segments(self, measure: Measure, cut: Cut) -> dict[str, Sources]:
        """Segment -> its source, where a question is cut by source."""
        if (cut.by or "").rpartition(".")[2] != SOURCE:
            return {}
        asked = self.of(measure, cut)
        names = {name for table in self._tables(measure) for name in self._workspace.tables[table].sources}
        own = {name: self._named(measure, {name}) for name in sorted(names)}
        return {name: parts for name, parts in own.items() if not asked or parts <= asked}

    def _named(self, measure: Measure, names: set[str]) -> Sources:
        tables = [self._workspace.tables[table] for table in self._tables(measure)]
        return Sources(part.id for table in tables for name, part in table.sources.items() if name in names)

    def _tables(self, measure: Measure) -> list[str]:
        """Raw tables of several sources whose `source` the rows of a measure carry."""
        found = [table for table in self._lineage.tables_of(measure) if table in self._workspace.tables]
        several = [table for table in found if self._workspace.tables[table].sources]
        return [table for table in several if self._lineage.passes_on(measure.table, table, SOURCE)]
