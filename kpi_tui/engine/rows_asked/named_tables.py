"""Tables that only say who or what it was: others name their rows by a key, and tell when it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage


class NamedTables:
    """Answers for the measures of one workspace."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage

    def of(self, table: str) -> frozenset[str]:
        """The tables that name this one by its key, without itself."""
        return self._naming.get(table, frozenset())

    def only_named(self, table: str, tables: Collection[str], measure: Measure) -> bool:
        """Whether another of some tables refers to this one, and this one does not say when the measure happens."""
        naming = not self.of(table).isdisjoint(tables)
        return naming and measure.window is not Window.COHORT and not self.says_when(table, measure)

    def says_when(self, table: str, measure: Measure) -> bool:
        """Whether the time of a measure is a column of this table."""
        if not measure.time:
            return True
        facts = self._lineage.facts
        names = self._lineage.copies_of(measure.table, measure.time) if measure.table in facts else {measure.time}
        return any(self._lineage.has(table, name) for name in names)

    @cached_property
    def _naming(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for schema in self._workspace.schemas.values():
            for column in schema.columns.values():
                found[column.references.partition(".")[0]].add(schema.id)
        return {table: frozenset(others - {table}) for table, others in found.items()}
