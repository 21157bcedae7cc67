"""Both sides of a quotient from the same rows: a row whose amount is not known counts on neither (docs/data.md).

`sum of amounts ÷ count of rows` with some amounts unknown is neither the mean of the known ones nor that of all. Where
everything in a quotient is read row by row from the same rows of one table, the rows are left out on both sides; buyers
are not: whose other order is known would be lost with the unknown one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlglot import exp

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.amounts.unknown_rows import adds_amounts, is_known
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind


class SameRows:
    """Answers for the formulas of one workspace; each is looked at once."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage
        self._known: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def of(self, formula: str) -> Mapping[str, tuple[str, ...]]:
        """Measure -> the sums whose rows of unknown amount it leaves out; a sum in no such quotient is not named."""
        if formula not in self._known:
            self._known[formula] = dict(self._partners(formula)) if "/" in formula else {}
        return self._known[formula]

    def without(self, measure: Measure, sums: Sequence[str]) -> Measure:
        """The measure over the rows whose amount is known to all of some sums."""
        if not sums:
            return measure
        known = [self._is_known(self._workspace.measures[name], measure) for name in sums]
        where = " and ".join(f"({part})" for part in ([measure.where] if measure.where else []) + known)
        return replace(measure, id=f"{measure.id} (known to {', '.join(sums)})", where=where)

    def _partners(self, formula: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for names in self._quotients(guard.expression(formula).tree):
            measures = [self._workspace.measures[name] for name in names]
            sums = [measure for measure in measures if adds_amounts(measure)]
            for measure in measures if sums else ():
                yield measure.id, tuple(one.id for one in sums if not _same_amounts(one, measure))

    def _quotients(self, tree: exp.Expression) -> Iterator[tuple[str, ...]]:
        """The names in each quotient of measures that are read from the same rows and stand nowhere else."""
        everywhere = [column.name for column in tree.find_all(exp.Column)]
        waiting = [tree]
        while waiting:
            node = waiting.pop()
            inside = [column.name for column in node.find_all(exp.Column)]
            alone = all(everywhere.count(name) == inside.count(name) for name in inside)
            if isinstance(node, exp.Div) and alone and self._is_of_same_rows(node):
                yield tuple(name for name in dict.fromkeys(inside) if name in self._workspace.measures)
            else:
                waiting += node.iter_expressions()

    def _is_of_same_rows(self, quotient: exp.Div) -> bool:
        above, below = (self._names(side) for side in (quotient.this, quotient.expression))
        measures = [self._workspace.measures.get(name) for name in above | below]
        known = [measure for measure in measures if measure is not None]
        rows = {(one.table, one.time, one.window, one.days, one.mature) for one in known}
        reads_others = {one.where for one in known if self._lineage.condition(one).tables}
        return (
            bool(above and below)
            and len(known) == len(measures)
            and len(rows) == 1
            and all(map(self._is_row_by_row, known))
            and not any(self._may_be_empty(one, known) for one in known)
            and (not reads_others or len({one.where for one in known}) == 1)
        )

    def _names(self, side: exp.Expression) -> set[str]:
        """What a side of a quotient names, but settings."""
        space = self._workspace
        names = {column.name for column in side.find_all(exp.Column)}
        return {name for name in names if name in space.measures or name not in space.settings}

    def _is_row_by_row(self, measure: Measure) -> bool:
        """Whether a row adds to the measure what it adds alone: distinct buyers do not, distinct keys do."""
        if measure.agg is Aggregation.COUNT_DISTINCT:
            space = self._workspace
            holder = space.facts.get(measure.table) or space.schemas.get(measure.table)
            return holder is not None and tuple(holder.key) == (measure.column,)
        return measure.agg in (Aggregation.COUNT, Aggregation.SUM)

    def _may_be_empty(self, measure: Measure, beside: Sequence[Measure]) -> bool:
        """Whether an empty cell is in order in what a sum adds (`nullable` of its column): then nothing is unknown.

        Where all others in the quotient ask for the cell (`cost_each is not null`), its rows are on neither side.
        """
        if not adds_amounts(measure):
            return False
        columns = guard.expression(bind(measure.column, self._workspace.settings)).columns
        others = [one for one in beside if one is not measure]
        asked = set.intersection(*(self._asked_for(one) for one in others)) if others else set()
        schemas = self._workspace.schemas
        made_of = self._lineage.raw_columns(measure.table, [column for column in columns if column not in asked])
        return any(name in schemas[table].columns and schemas[table].columns[name].nullable for table, name in made_of)

    def _asked_for(self, measure: Measure) -> set[str]:
        """Columns that the condition of a measure demands to be known: `x is not null`, beside whatever else."""
        if not measure.where:
            return set()
        tree = guard.expression(bind(measure.where, self._workspace.settings)).tree
        parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree]
        known = [part.this for part in parts if isinstance(part, exp.Not) and isinstance(part.this, exp.Is)]
        return {
            one.this.name for one in known if isinstance(one.this, exp.Column) and isinstance(one.expression, exp.Null)
        }

    def _is_known(self, amount: Measure, of: Measure) -> str:
        """The condition that a row's amount is known, or that the row is none of the sum's."""
        known = is_known(amount, self._workspace.settings)
        return known if amount.where in ("", of.where) else f"{known} or not coalesce(({amount.where}), false)"


def _same_amounts(one: Measure, other: Measure) -> bool:
    """Whether a sum leaves the other's unknown rows out by itself: it adds the same column."""
    return adds_amounts(other) and one.column == other.column
