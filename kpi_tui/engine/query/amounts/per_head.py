"""Amounts per distinct buyer, visitor …: rows of nobody are on one side of the line alone (docs/data.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlglot import exp

from kpi_tui.definitions.library.aggregation import DISTINCT, Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind

USERS = "users"
_ADDS = (Aggregation.SUM, Aggregation.COUNT)


class PerHead:
    """Answers for the formulas of one workspace; each is looked at once."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, formula: str) -> Mapping[str, str]:
        """Measure -> what is counted, each once, on the other side of a quotient, where its rows may lack that."""
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
            above, below = self._in(quotient.this), self._in(quotient.expression)
            for sums, others in ((above, below), (below, above)):
                heads = list(dict.fromkeys(head for one in others if (head := self._head(one))))
                for one in sums:
                    if shared := [head for head in heads if one.agg in _ADDS and self._may_lack(one, head)]:
                        yield one.id, shared[0]

    def _head(self, measure: Measure) -> str:
        """What a measure counts, each once: by its column, or by the rows of a table that has one of each user."""
        if measure.agg in DISTINCT:
            return measure.column
        key = set(self._workspace.key_of(measure.table)) - {"period"}
        users = self._workspace.key_of(USERS)
        return users[0] if measure.agg is Aggregation.COUNT and len(users) == 1 and key == {*users} else ""

    def _may_lack(self, measure: Measure, head: str) -> bool:
        """Whether rows of a measure have what is counted, and may lack it: their key they never do."""
        key = set(self._workspace.key_of(measure.table))
        columns = set(guard.expression(bind(head, self._workspace.settings)).columns)
        return bool(columns) and columns <= self._lineage.outputs(measure.table) and not columns <= key

    def _in(self, side: exp.Expression) -> list[Measure]:
        names = dict.fromkeys(column.name for column in side.find_all(exp.Column))
        return [self._workspace.measures[name] for name in names if name in self._workspace.measures]
