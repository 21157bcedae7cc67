"""A measure of a union of facts (`d_funnel`) is read part by part: one without data or with an error spoils no other.

What a condition can ask of columns whose words are known without computing (funnel, step) chooses the parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from kpi_tui.definitions.library.metric import FactPart, Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.cut import Cut
from kpi_tui.sql import guard

Labels = Mapping[str, str | int]


class FactParts:
    """Answers for the measures of one workspace."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage

    def of(self, measure: Measure, where: str) -> list[Measure]:
        """The measures that make a measure up under a condition: one of each part asked for, else itself."""
        if not (parts := self._lineage.parts_of(measure)):
            return [measure]
        pairs = zip(parts, self._workspace.facts[measure.table].parts, strict=True)
        return [one for one, part in pairs if self._rows(part, measure, where)]

    def segments(self, union: str, part: Measure, cut: Cut) -> list[str]:
        """What the rows of a part have in the column of a cut, where that is known without computing them."""
        parts = [one for one in self._workspace.facts[union].parts if one.fact == part.table]
        rows = [row for one in parts for row in self._rows(one, part, cut.where or "")]
        by = cut.by or ""
        return [str(row[by]) for row in rows if by in row]

    def _rows(self, part: FactPart, measure: Measure, where: str) -> list[Labels]:
        asked = [*equalities(where), *equalities(self._lineage.condition(measure).sql)]
        return [row for row in part.rows if all(str(row.get(name, words[0])) in words for name, words in asked)]


def equalities(where: str) -> Iterator[tuple[str, list[str]]]:
    """Columns that must be one of some words or numbers for a condition to hold."""
    waiting: list[exp.Expr] = [guard.predicate(where).tree] if where else []
    while waiting:
        node = waiting.pop().unnest()
        if isinstance(node, exp.And):
            waiting += [node.left, node.right]
        elif isinstance(node, exp.EQ | exp.In) and isinstance(node.this, exp.Column):
            listed = node.expressions if isinstance(node, exp.In) else [node.expression]
            if listed and all(isinstance(one, exp.Literal) for one in listed):
                yield node.this.name, [str(one.this) for one in listed]
