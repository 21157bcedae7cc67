"""Amounts per distinct buyer, visitor …: rows of nobody are above the line and not below it (docs/data.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlglot import exp

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.sql import guard

_ADDS = (Aggregation.SUM, Aggregation.COUNT)


class PerHead:
    """Answers for the formulas of one workspace; each is looked at once."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, formula: str) -> Mapping[str, str]:
        """Measure -> the column whose distinct values its sum or count is divided by, where its rows have it too."""
        if formula not in self._known:
            self._known[formula] = dict(self._pairs(formula)) if "/" in formula else {}
        return self._known[formula]

    def of_nobody(self, measure: Measure, column: str) -> Measure:
        """The measure over its rows that lack the column; itself where there is none."""
        if not column:
            return measure
        where = f"({measure.where}) and {column} is null" if measure.where else f"{column} is null"
        return replace(measure, id=f"{measure.id} (no {column})", where=where)

    def _pairs(self, formula: str) -> Iterator[tuple[str, str]]:
        for quotient in guard.expression(formula).tree.find_all(exp.Div):
            heads = [one for one in self._in(quotient.expression) if one.agg is Aggregation.COUNT_DISTINCT]
            for one in self._in(quotient.this):
                shared = [head.column for head in heads if one.agg in _ADDS and self._share_rows(one, head)]
                if shared:
                    yield one.id, shared[0]

    def _share_rows(self, measure: Measure, head: Measure) -> bool:
        """Whether rows of a measure are counted where heads are, or made of such, and may lack the head."""
        table, column = measure.table, head.column
        made_of = table == head.table or head.table in self._lineage.raw_tables(table)
        known = made_of and column in self._lineage.outputs(table)
        return known and column not in self._workspace.key_of(table) and _when(measure) == _when(head)

    def _in(self, side: exp.Expression) -> list[Measure]:
        names = dict.fromkeys(column.name for column in side.find_all(exp.Column))
        return [self._workspace.measures[name] for name in names if name in self._workspace.measures]


def _when(measure: Measure) -> tuple[object, ...]:
    return measure.time, measure.window, measure.days, measure.mature
