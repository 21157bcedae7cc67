"""Which columns of a table or fact tell its rows, and in which order a person looks for them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage, base_column
from kpi_tui.engine.missing_inputs import MissingInputs


class RowColumns:
    """Answers for the measures of one workspace."""

    def __init__(self, workspace: Workspace, lineage: Lineage, missing: MissingInputs) -> None:
        self._workspace, self._lineage, self._missing = workspace, lineage, missing

    def of(self, measure: Measure) -> list[str]:
        """What the measure counts, the key, the time, then as the fact or the schema names them.

        The local day of a moment is left out, and what no file supplies.
        """
        table = measure.table
        own = self._lineage.outputs(table)
        shown = {
            name
            for name in own
            if name != CURRENCY_OF_ROW
            and (base_column(name) == name or base_column(name) not in own)
            and not self._missing.lacks(table, name)
        }
        key, named = self._workspace.key_of(table), self._named(table)
        order = dict.fromkeys((measure.column, *key, measure.time, *named, *sorted(shown)))
        return [name for name in order if name in shown]

    def order(self, measure: Measure, names: Sequence[str]) -> list[str]:
        """By time, then by key."""
        return [name for name in (measure.time, *self._workspace.key_of(measure.table)) if name in names]

    def _named(self, table: str) -> list[str]:
        """The columns of a fact as its SELECT lists them, then those of the tables it rests on."""
        space = self._workspace
        tree = self._lineage.tree(table) if table in space.facts else None
        listed: list[str] = [one.alias_or_name for one in tree.selects] if isinstance(tree, exp.Query) else []
        raw = [name for name in self._lineage.raw_tables(table) if name in space.schemas]
        return listed + [column for name in raw for column in space.schemas[name].columns]
