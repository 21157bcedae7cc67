"""What a query counts beside a measure to tell what is doubtful about it; read by `engine/doubts/doubtful_rows.py`.

u: rows without an amount; x: rows out for want of an amount that the condition asks for; p: rows that are not final,
e: the day on which the last of those will be; n: rows it cannot place, s: what they would add;
d: rows that are shares spread over what the question is cut by; k: rows of nobody, where people or things are counted;
a, b: the least and the greatest currency; g, h: those of the amounts of a joined table that the question asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.aggregate import ends
from kpi_tui.engine.query.amounts.amounts_asked import AmountsAsked
from kpi_tui.engine.query.amounts.rows_of_nobody import names_somebody
from kpi_tui.engine.query.amounts.unknown_rows import adds_amounts, count_unknown, may_lack_amounts
from kpi_tui.engine.query.plan import PlacedMeasure, Query
from kpi_tui.engine.query.row_filter import Placing, count_rows, kept
from kpi_tui.sql.parameters import bind


class DoubtColumns:
    """Writes them for the measures of one query."""

    def __init__(self, query: Query, placing: Placing, workspace: Workspace, lineage: Lineage) -> None:
        self._query = query
        self._placing = placing
        self._workspace = workspace
        self._lineage = lineage
        self._asked = AmountsAsked(workspace, lineage)

    def of(self, ask: PlacedMeasure, place: int) -> Iterator[str]:
        """Aggregates with their names, for the measure at a place of the query, under what it holds of the question."""
        own, settings = self._placing.filter(ask), self._workspace.settings
        if may_lack_amounts(ask.measure, self._workspace, self._lineage):
            yield f"{count_unknown(ask.measure, own, settings)} AS u{place}"
        if names_somebody(ask.measure, self._workspace, self._lineage):
            yield f"{count_rows(self._both(own, f'{ask.measure.column} IS NULL'))} AS k{place}"
        lacks = [part for part in (self._lacks_what_is_asked(ask), self._lacks_elsewhere(ask)) if part]
        if lacks:
            yield f"{count_rows(' OR '.join(f'({part})' for part in lacks))} AS x{place}"
        if ask.measure.provisional:
            yield from self._provisional(ask.measure, own, place)
        if ask.measure.apart:
            yield from self._apart(ask, ask.measure.apart.where, place)
        if ask.measure.spread and self._query.cut_by & {*ask.measure.spread.by}:
            yield f"{count_rows(self._both(own, ask.measure.spread.where))} AS d{place}"
        if ask.currency and not ask.measure.agg.traits.by_day:
            yield from self._currencies(ask, place)
        if self._query.reaching and self._query.reaching.currency and not ask.measure.agg.traits.by_day:
            least, greatest = ends(self._query.reaching.currency, self._placing.filter(ask, reaching=False))
            yield f"{least} AS g{place}"
            yield f"{greatest} AS h{place}"

    def _lacks_what_is_asked(self, ask: PlacedMeasure) -> str:
        """The condition that a row might count, would the amount be known that the measure's condition asks for."""
        names = () if self._query.condition else self._asked.amounts(ask.measure)
        if not names:
            return ""
        where = bind(ask.measure.where, self._workspace.settings)
        empty = " OR ".join(f"{name} IS NULL" for name in names)
        placed = self._placing.filter(_asking(ask, ""))
        return " AND ".join(f"({part})" for part in (placed, f"({where}) IS NULL", empty) if part)

    def _lacks_elsewhere(self, ask: PlacedMeasure) -> str:
        """The same of what the question asks of amounts of joined tables."""
        if (asked := self._query.reaching) is None:
            return ""
        placed = self._placing.filter(ask, reaching=False)
        return " AND ".join(f"({part})" for part in (placed, f"({asked.sql}) IS NULL", asked.unknown) if part)

    def _provisional(self, measure: Measure, own: str, place: int) -> Iterator[str]:
        assert measure.provisional is not None
        these = self._both(own, measure.provisional.where)
        yield f"{count_rows(these)} AS p{place}"
        if measure.provisional.until and not measure.agg.traits.by_day:
            yield f"MAX({kept(measure.provisional.until, these)}) AS e{place}"

    def _both(self, own: str, where: str) -> str:
        where = bind(where, self._workspace.settings)
        return f"({own}) AND ({where})" if own else where

    def _apart(self, ask: PlacedMeasure, where: str, place: int) -> Iterator[str]:
        placed = self._placing.filter(_asking(ask, self._query.held))
        these = " AND ".join(f"({part})" for part in (placed, bind(where, self._workspace.settings)) if part)
        yield f"{count_rows(these)} AS n{place}"
        if adds_amounts(ask.measure):
            yield f"SUM({kept(bind(ask.measure.column, self._workspace.settings), these)}) AS s{place}"

    def _currencies(self, ask: PlacedMeasure, place: int) -> Iterator[str]:
        """Of all rows whose amounts are compared or added: those that an amount kept out were compared too."""
        where = "" if self._query.condition else self._asked.without_comparisons(ask.measure)
        where = " AND ".join(f"({part})" for part in (where, ask.currency_where) if part)
        least, greatest = ends(f"t.{ask.currency}", self._placing.filter(_asking(ask, where)))
        yield f"{least} AS a{place}"
        yield f"{greatest} AS b{place}"


def _asking(ask: PlacedMeasure, where: str) -> PlacedMeasure:
    return replace(ask, measure=replace(ask.measure, where=where))
