"""Amounts that a condition with a sub-query asks for (`user_id in (select … where paid_amount > 100)`) and rows lack.

Whom such a row would let in or keep out is in no row of the measure: they are counted where they lie, of all days. So
are those that its own rows lack beside a sub-query, whose answer keeps rows before any of them is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlglot import exp

from kpi_tui.definitions.answers.conditions import LackingInside
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure
from kpi_tui.definitions.period import Period
from kpi_tui.engine.check.row_counts import RowCounts
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.query.amounts.amounts_asked import AmountsAsked
from kpi_tui.engine.query.amounts.question_amounts import QuestionAmounts, under
from kpi_tui.sql.column_origins import sources

_Inside = tuple[exp.Select | None, str, tuple[str, ...]]
"""A sub-query (None: the condition around it), a table it reads, and the columns of it whose amounts it asks for."""


class InnerAmounts:
    """Answers for the measures of one workspace; counts are remembered with the files."""

    def __init__(self, asked: AmountsAsked, of_question: QuestionAmounts, lineage: Lineage, counts: RowCounts) -> None:
        self._asked = asked
        self._of_question = of_question
        self._lineage = lineage
        self._counts = counts

    def on(self, value: Value, inputs: MetricInputs, where: str) -> Value:
        """The value, with what sub-queries of its measures lack; `where`: the condition of the question beside them."""
        if value.value is None:
            return value
        measures = inputs.measures_of(value.metric.removesuffix(GROWTH_SUFFIX))
        found = self.lacking(
            under(one, self._of_question.split(one.table, where)[0] if where else "") for one in measures
        )
        return replace(value, notes=tuple(dict.fromkeys((*value.notes, *(one.in_words() for one in found)))))

    def lacking(self, measures: Iterable[Measure]) -> list[LackingInside]:
        """Sub-queries of conditions that ask for amounts which rows of their tables lack."""
        return [found for measure in measures if "select" in measure.where.lower() for found in self._of(measure)]

    def unasked(self, measure: Measure, period: Period, people: str = "") -> int:
        """Rows of a period that lack an amount which a condition without a sub-query asks for, and so do not count;
        `people`: a condition on the rows that are meant, "" for all."""
        names = self._asked.amounts(measure) if not self._lineage.condition(measure).tables else ()
        if not names:
            return 0
        one = self._rows_lacking(measure, 0, (None, measure.table, names))
        days = f"cast({measure.time} as date) between date '{period.start}' and date '{period.last_day}'"
        where = " AND ".join(filter(None, (one.where, days, people)))
        found = self._counts.of([replace(one, where=where)]).get(one.id)
        return found.count if found and not found.error else 0

    def _of(self, measure: Measure) -> Iterator[LackingInside]:
        if not self._lineage.condition(measure).tables:
            return
        inside = list(self._inside(measure))
        counting = [self._rows_lacking(measure, place, one) for place, one in enumerate(inside)]
        counts = self._counts.of(counting)
        for (select, table, names), asked in zip(inside, counting, strict=True):
            if (found := counts.get(asked.id)) and found.count and not found.error:
                place = measure.places.get("where", measure.place)
                yield LackingInside(measure.id, table, names, found.count, found.of, place, select is None)

    def _inside(self, measure: Measure) -> Iterator[_Inside]:
        if names := self._asked.amounts(measure):
            yield None, measure.table, names
        for select in self._lineage.condition(measure).tree.find_all(exp.Select):
            for table in (one for one in sources(select) if isinstance(one, exp.Table)):
                if names := self._asked.inside(select, table):
                    yield select, table.name, names

    def _rows_lacking(self, measure: Measure, place: int, inside: _Inside) -> Measure:
        """Rows that the condition of a sub-query might keep, would their amount be known."""
        select, table, names = inside
        empty = " OR ".join(f"{name} IS NULL" for name in names)
        if select is None:
            rest = (f"({part})" for part in self._asked.without(measure, names))
            return Measure(f"{measure.id} {place}", table, Aggregation.COUNT, where=" AND ".join((f"({empty})", *rest)))
        where = select.args.get("where") if len(sources(select)) == 1 else None
        said = f" AND coalesce({_without_names(where.this)}, TRUE)" if where else ""
        return Measure(f"{measure.id} {place}", table, Aggregation.COUNT, where=f"({empty}){said}")


def _without_names(where: exp.Expr) -> str:
    """A condition on one table whose columns do not name it."""
    plain = where.transform(lambda node: exp.column(node.name) if isinstance(node, exp.Column) else node)
    return plain.sql(dialect="duckdb")
