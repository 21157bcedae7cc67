"""Whose column a cut means where the measures of a metric would take it from several tables: one for all of them.

`channel_id` of an order and of the buyer's registration are two things, so orders of one channel are no part of the
buyers of the other: a share of them means nothing, and can be 400 %. A table that names the same thing by an id of its
own and leads to no person (spend per channel) stands beside either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.fact_joins import ColumnLacking, Joins, Lacks, SeveralOfARow
from kpi_tui.engine.query.plan import PlacedMeasure, runs
from kpi_tui.engine.query.segments import NULL_SEGMENT
from kpi_tui.sql import guard
from kpi_tui.sql.other_names import renamed


@dataclass(frozen=True, slots=True)
class OwnedCut:
    """The cut as the measures of one metric are asked; `said`: whose columns it means, in words.

    `refused`: why the metric has no number under its condition, `in_parts`: why it has none in any segment; "" where it
    has.
    """

    cut: Cut
    said: tuple[str, ...] = ()
    refused: str = ""
    in_parts: str = ""

    def on(self, values: Iterable[Value]) -> Iterator[Value]:
        """The values of a metric under it, the total first, with what it says."""
        for value in values:
            if self.refused:
                value = replace(value, value=None, reason=Reason.NO_COLUMN, detail=self.refused, partial=False)
            yield replace(value, asked_of=tuple(dict.fromkeys((*value.asked_of, *self.said)))) if self.said else value
        if self.in_parts:
            yield Value(
                value.metric, value.period, None, Reason.NO_COLUMN, self.in_parts, NULL_SEGMENT, unit=value.unit
            )


@dataclass(frozen=True, slots=True)
class _Taken:
    """Where a measure takes a column from; `reached`: another table, by a key."""

    measure: Measure
    owner: str
    reached: bool


class OneOwner:
    """Answers for the metrics of one workspace; told by the definitions and by which columns files supply."""

    def __init__(self, workspace: Workspace, lineage: Lineage, lacks: Lacks) -> None:
        self._workspace = workspace
        self._lineage = lineage
        self._lacks = lacks
        self._naming = {
            column.name for schema in workspace.schemas.values() for column in schema.columns.values()
            if column.references
        }  # fmt: skip

    def of(self, metric: str, measures: Sequence[Measure], period: Period, cut: Cut) -> OwnedCut:
        """The cut with the table of every column that would be taken from several."""
        found = OwnedCut(cut)
        if len(measures) < 2:
            return found
        where = guard.predicate(cut.where).written if cut.where else ()
        for column in dict.fromkeys((*where, *([cut.by] if cut.by else []))):
            if "." not in column and column not in self._naming:
                found = self._with(found, metric, column, self._taken(measures, period, column), period)
        return found

    def _with(self, found: OwnedCut, metric: str, column: str, taken: Sequence[_Taken], period: Period) -> OwnedCut:
        cut, owners = found.cut, {one.owner for one in taken}
        where = guard.predicate(cut.where).written if cut.where else ()
        borrowed = sorted({one.owner for one in taken if one.reached})
        if len(owners) < 2:
            return found
        apart = {
            owner: [one for one in taken if not self._can_take(one.measure, period, owner)]
            for owner in (*borrowed, *sorted(owners - {*borrowed}))
        }
        if owner := next((owner for owner, those in apart.items() if not those), ""):
            said = say(
                "{column} is {owner} on every side of {metric}; {others} is another",
                column=column, owner=owner, metric=metric, others=listed(sorted(owners - {owner})),
            )  # fmt: skip
            by = owner if cut.by == column else cut.by
            text = renamed(cut.where, {column: owner}) if cut.where and column in where else cut.where
            return replace(found, cut=replace(cut, by=by, where=text), said=(*found.said, said))
        if not borrowed or (column.endswith("_id") and any(_stand_beside(taken, apart[one], one) for one in borrowed)):
            return replace(found, said=(*found.said, _each(column, taken)))
        if column == cut.by and column not in where:
            return replace(found, cut=cut.whole(), in_parts=_each(column, taken))
        return replace(found, refused=_each(column, taken))

    def _taken(self, measures: Sequence[Measure], period: Period, column: str) -> list[_Taken]:
        """For each measure; nothing of one that has no such column."""
        found = []
        for measure in measures:
            joins = self._joins(measure, period, column)
            try:
                joins.reach(column, (column,))
            except (UsageError, ColumnLacking):
                continue
            reached = next(iter(joins.query.reached), "")
            owner = f"{reached}.{column}" if reached else self._own(measure.table, column)
            found.append(_Taken(measure, owner, bool(reached)))
        return found

    def _own(self, table: str, column: str) -> str:
        """The raw table whose column a table has under this name, where it is one."""
        for one in self._workspace.schemas:
            if self._lineage.passes_on(table, one, column):
                return f"{one}.{column}"
        pairs = self._lineage.raw_columns(table, [column])
        raw = [one for one, name in pairs if name == column and column in self._lineage.outputs(one)]
        return f"{raw[0]}.{column}" if len(raw) == 1 else f"{table}.{column}"

    def _can_take(self, measure: Measure, period: Period, owner: str) -> bool:
        if self._own(measure.table, owner.rpartition(".")[2]) == owner:
            return True
        try:
            self._joins(measure, period, owner).reach(owner, (owner,))
        except (UsageError, SeveralOfARow):
            return False
        except ColumnLacking:
            return True  # then it has no number, which is said
        return True

    def _joins(self, measure: Measure, period: Period, column: str) -> Joins:
        asked = [PlacedMeasure(measure, frozenset((period,)))]
        (run,) = runs(asked, Cut(column), self._workspace, self._lineage)
        return Joins(run.queries[0], self._workspace, self._lineage, self._lacks, [])


def _stand_beside(taken: Sequence[_Taken], apart: Sequence[_Taken], owner: str) -> bool:
    """Whether those that lead to no such owner have an id of their own, and all others are of this owner already."""
    return not any(one.reached for one in apart) and {one.owner for one in taken if one not in apart} == {owner}


def _each(column: str, taken: Sequence[_Taken]) -> str:
    """`channel_id is orders.channel_id of paid_amount_sum, users.channel_id of active_user_count`."""
    by_owner: dict[str, list[str]] = {}
    for one in taken:
        by_owner.setdefault(one.owner, []).append(one.measure.id)
    whose = [say("{owner} of {measures}", owner=one, measures=listed(by)) for one, by in by_owner.items()]
    return say("{column} is {whose}", column=column, whose=listed(whose))
