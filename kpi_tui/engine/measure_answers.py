"""What the answer of a query says of each of its measures: numbers by segment, doubtful rows, what was reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.issue import EngineError
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.days_covered import Span
from kpi_tui.engine.doubts.currencies import Currencies
from kpi_tui.engine.doubts.doubtful_rows import doubtful_rows
from kpi_tui.engine.doubts.related_keys import RelatedKeys
from kpi_tui.engine.doubts.tables_without_rows import TablesWithoutRows
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_results import MeasureResult, steady, without_rows
from kpi_tui.engine.partial_periods import Covered
from kpi_tui.engine.query import plan
from kpi_tui.engine.query.amounts.question_amounts import QuestionAmounts, under
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.failed_measure import failed
from kpi_tui.engine.query.segments import NULL_SEGMENT, segment_of

Days = Callable[[Measure, Cut, str | None], Span | None]
"""The days that a measure covers, in a segment of a cut."""

Past = Callable[[Iterable[tuple[str, str]], Period], Iterable[str]]
"""What is not known of the past that columns of tables and facts rest on, at a period."""


class MeasureAnswers:
    """Reads the answers of one workspace's queries."""

    def __init__(
        self,
        workspace: Workspace,
        data: Data,
        lineage: Lineage,
        currencies: Currencies,
        amounts: QuestionAmounts,
        days: Days,
        past: Past,
    ) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._keys = RelatedKeys(workspace, data)
        self._currencies = currencies
        self._amounts = amounts
        self._days = days
        self._past = past
        self._empty = TablesWithoutRows(workspace, data, lineage)

    def of(
        self, query: plan.Query, index: int, anchor: Period, mine: Sequence[plan.QueryRow] | EngineError
    ) -> MeasureResult:
        """What the rows of a period say of the measure at a place of the query, or why there is no number."""
        measure = query.measures[index]
        if isinstance(mine, EngineError):
            said = failed(measure, self._workspace, query.in_words(mine.why))
            return MeasureResult({None: Number(None, Reason.ERROR, said)}, rows={}, sql=query.sql)
        if query.lacks:
            return MeasureResult({None: Number(None, Reason.NO_COLUMN, query.lacks)}, rows={}, sql=query.sql)
        if nothing := self._nothing_known(query):
            return MeasureResult({_segment_of_none(query): nothing, None: nothing}, rows={}, sql=query.sql)
        numbers = {_segment(row, query): self._number(query, row, index, anchor) for row in mine}
        counted = {_segment(row, query): int(str(row[f"r{index}"] or 0)) for row in mine if f"r{index}" in row}
        if query.cut.by is None and not mine:
            numbers, counted = {None: without_rows(measure)}, {None: 0}
        asking = self._amounts.in_words(measure, query)
        doubtful = {_segment(row, query): doubt for row in mine if (doubt := doubtful_rows(row, index, asking))}
        notes = (*query.notes, *self._keys_apart(query), *self._ended(query, anchor), *self._past(query.cut_on, anchor))
        found = MeasureResult(numbers, counted, query.sql, Covered(notes=notes), doubtful, asked_of=query.asked_of)
        cut_on = (self._lineage.raw_columns(table, [column]) for table, column in query.cut_on)
        whose = query.whose.get(query.cut.by or "", "")
        return replace(found, whose=whose, cut_on=frozenset().union(*cut_on), campaign_in=query.campaign_in)

    def _nothing_known(self, query: plan.Query) -> Number | None:
        """That nothing is known of a table joined for the cut: what its columns would say, nobody knows."""
        tables = (raw for name in sorted(query.reached) for raw in self._lineage.raw_tables(name))
        return next((lost for raw in tables if (lost := self._empty.wholly(raw))), None)

    def _keys_apart(self, query: plan.Query) -> Iterable[str]:
        """The relations on the way to what was joined for the cut whose ids are found too seldom."""
        if not query.reached:
            return ()
        tables = {raw for name in (query.table, *query.reached) for raw in self._lineage.raw_tables(name)}
        return (found.in_words() for found in self._keys.that_do_not_meet(tables))

    def _ended(self, query: plan.Query, anchor: Period) -> Iterator[Message]:
        """Tables joined for the cut that end before the period does, and lack some of the ids that are looked up."""
        until = min(anchor.last_day, self._data.days.as_of())
        own = self._lineage.raw_tables(query.table) if query.reached else ()
        for table in dict.fromkeys(raw for name in sorted(query.reached) for raw in self._lineage.raw_tables(name)):
            span = self._data.days.span(table) if table not in own else None
            if span and span.last < until and self._keys.lacks_some(own, table):
                yield say("{table}: no rows since {day}", table=table, day=span.last)

    def _number(self, query: plan.Query, row: plan.QueryRow, index: int, anchor: Period) -> Number:
        measure, raw, unknown = query.measures[index], row[f"m{index}"], row.get(f"u{index}")
        if row.get(f"a{index}") != row.get(f"b{index}"):
            return Number(None, Reason.UNKNOWN, self._currencies.in_words(under(measure, query.held)))
        if query.reaching and query.reaching.mixed and self._are_compared(query.reaching, row, index):
            said = self._currencies.held_against(query.reaching.mixed, query.reaching.written)
            return Number(None, Reason.UNKNOWN, said)
        if raw is None and unknown:
            said = says(
                "its only row of {table} has no amount",
                "none of {count} rows of {table} has an amount",
                int(str(unknown)),
                table=measure.table,
            )
            return Number(None, Reason.UNKNOWN, said)
        if raw == 0 and (nobody := row.get(f"k{index}")) and not _asks_for_nobody(measure, row, query):
            return Number(None, Reason.UNKNOWN, _nobody_in_words(measure, int(str(nobody))))
        if raw is None:
            return without_rows(measure)
        assert isinstance(raw, int | float)
        if measure.agg.traits.by_day:
            span = self._days(measure, query.cut, _segment(row, query))
            first = max(anchor.start, span.first) if span else anchor.start
            last = min(anchor.last_day, span.last) if span else anchor.last_day
            return Number(raw / ((last - first).days + 1))
        return Number(steady(raw) if isinstance(raw, float) else raw)

    def _are_compared(self, asked: plan.ReachedAmounts, row: plan.QueryRow, index: int) -> bool:
        """Whether the rows that a condition asks amounts of are in several currencies, as far as they say."""
        return not asked.currency or row.get(f"g{index}") != row.get(f"h{index}")


def _asks_for_nobody(measure: Measure, row: plan.QueryRow, query: plan.Query) -> bool:
    """Whether a question asks who it is: of rows that name nobody nobody is counted."""
    return _segment(row, query) == NULL_SEGMENT or bool(re.search(rf"\b{measure.column}\b", query.cut.where or ""))


def _nobody_in_words(measure: Measure, count: int) -> Message:
    return says(
        "its only row of {table} has no {column}",
        "none of {count:,} rows of {table} has a {column}",
        count,
        table=measure.table,
        column=measure.column,
    )


def _segment_of_none(query: plan.Query) -> str | None:
    return None if query.cut.by is None else NULL_SEGMENT


def _segment(row: Mapping[str, object], query: plan.Query) -> str | None:
    return None if query.cut.by is None else segment_of(row["segment"])
