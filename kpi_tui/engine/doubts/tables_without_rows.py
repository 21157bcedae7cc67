"""Tables that have no row: a header alone says of no day that nothing happened, nor do rows that were all rejected."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Number
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import Repeated
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.doubts.lost_rows import nothing_known
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.sources_asked import Sources
from kpi_tui.engine.rows_asked.named_tables import NamedTables


class TablesWithoutRows:
    """Answers for the measures of one workspace."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._names = NamedTables(workspace, lineage)

    def behind(self, measure: Measure, sources: Sources) -> Number | None:
        """Why a measure has no number at any period, for want of rows; of the sources that are asked for.

        Who is only named by others (users of orders, products of lines) is missed where something is asked of it.
        """
        tables = self._lineage.tables_of(measure)
        missed = (table for table in tables if self._data.days.parts_unknown(table))
        for table in missed:
            only_named = self._names.only_named(table, tables, measure)
            lost = self.wholly(table) if only_named else self._in_part(table, sources)
            if lost and (not only_named or self._is_missed(table, measure)):
                return lost
        return None

    def wholly(self, table: str) -> Number | None:
        """Why nothing is known of a table; None where a source of it has rows, or there were none."""
        unknown = self._data.days.parts_unknown(table)
        is_whole = unknown and len(unknown) == len(self._workspace.tables[table].parts())
        return nothing_known(self._data, table, unknown[0]) if is_whole else None

    def _in_part(self, table: str, sources: Sources) -> Number | None:
        """The same of one of its sources: of those that are asked for, else of all."""
        parts = [part.id for part in self._workspace.tables[table].parts()]
        asked = [part for part in parts if part in sources] or parts
        unknown = [part for part in self._data.days.parts_unknown(table) if part in asked]
        return nothing_known(self._data, table, unknown[0]) if unknown else None

    def _is_missed(self, table: str, measure: Measure) -> bool:
        """Whether a measure asks something of a table whose rows others name."""
        if self._workspace.schemas[table].repeated is Repeated.ALL:
            return True  # something happened there, and the others are told by it: orders of refunds
        facts = (self._workspace.facts[one] for one in self._lineage.facts_below(measure.table))
        if any(table in fact.optional for fact in facts):
            return False
        asked = self._lineage.raw_columns(measure.table, self._lineage.columns_of(measure))
        keys = self._workspace.key_of(table)
        return any(of == table and column not in keys for of, column in asked)
