"""The library as an analyst would write it by hand: one DuckDB query per base measure, each from the prepared rows on.

Written from the definitions alone (`docs/architecture.md`), not with the planner of the program: periods are
ranges of days, facts are views that every query works out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import MADE, Lineage
from kpi_tui.engine.query import period_relations as relations
from kpi_tui.sql.parameters import bind

END = (Window.TO_DATE, Window.AS_OF_END, Window.BEFORE_PERIOD)


@dataclass(frozen=True)
class Separate:
    """One measure at the periods whose days feed it: tables to make first, and the query (place, number)."""

    measure: str
    anchors: tuple[str, ...]
    setup: tuple[str, ...]
    sql: str


def views(workspace: Workspace, lineage: Lineage, first: date, last: date) -> list[str]:
    """Statements that declare the prepared tables, the calendar and every fact without a procedure."""
    made = [_table("calendar", relations.calendar(first, last))]
    made += [f"CREATE TEMP TABLE periods AS {_EMPTY['periods']}", f"CREATE TEMP TABLE period_days AS {_EMPTY['days']}"]
    facts = dict.fromkeys(name for fact in workspace.facts for name in lineage.facts_below(fact))
    plain = [fact for fact in facts if not with_procedure(lineage, fact)]
    return [*made, *(f"CREATE TEMP VIEW {fact} AS {lineage.shape(fact).sql}" for fact in plain)]


def with_procedure(lineage: Lineage, table: str) -> bool:
    """Whether a table rests on a procedure, which no SQL can say."""
    return any(lineage.shape(fact).call is not None for fact in lineage.facts_below(table))


def separate(
    measure: Measure, anchors: Sequence[Period], workspace: Workspace, lineage: Lineage, as_of: date | None
) -> Separate:
    """The query of one measure."""
    setup: tuple[str, ...] = ()
    where = [bind(measure.where, workspace.settings)] if measure.where else []
    source, place, day = f"FROM {measure.table} AS t", "0", _day(measure, lineage)
    if lineage.is_per_period(measure.table):
        setup, place = _periods(anchors, as_of), "t.period"
    elif measure.window is not Window.ALL:
        ranges = [_range(measure, anchor, workspace, as_of) for anchor in anchors]
        if len(ranges) == 1:
            where += [f"{day} >= {_cell(ranges[0][0])}", f"{day} < {_cell(ranges[0][1])}"]
        else:
            setup, place = (_places(ranges),), "p.place"
            source += f" JOIN places AS p ON {day} = p.place_day"
    tail = source + (f" WHERE {' AND '.join(f'({part})' for part in where)}" if where else "")
    sql = _select(measure, place, day, tail, workspace)
    return Separate(measure.id, tuple(anchor.id for anchor in anchors), setup, sql)


def _select(measure: Measure, place: str, day: str, tail: str, workspace: Workspace) -> str:
    value = bind(measure.column, workspace.settings) if measure.column else ""
    if measure.agg is Aggregation.MEAN_DAILY_DISTINCT:
        inner = f"SELECT {place} AS place, {day} AS one_day, count(DISTINCT {value}) AS n {tail} GROUP BY ALL"
        return f"SELECT place, sum(n) FROM ({inner}) GROUP BY place"
    number = f"CAST({value} AS DOUBLE)"
    text = {
        Aggregation.COUNT: "count(*)",
        Aggregation.COUNT_DISTINCT: f"count(DISTINCT {value})",
        Aggregation.SUM: f"sum({number})",
        Aggregation.MEAN: f"avg({number})",
        Aggregation.MIN: f"min({number})",
        Aggregation.MAX: f"max({number})",
        Aggregation.MEDIAN: f"median({number})",
        Aggregation.QUANTILE: f"quantile_cont({number}, {measure.quantile})",
    }[measure.agg]
    return f"SELECT {place} AS place, {text} {tail}" + ("" if place == "0" else " GROUP BY ALL")


def _day(measure: Measure, lineage: Lineage) -> str:
    """The day of a row; a fact may offer the moment only."""
    offered = f"{measure.time}_day" in lineage.outputs(measure.table)
    return f"t.{measure.time}_day" if offered else f"CAST(t.{measure.time} AS DATE)"


def _range(measure: Measure, anchor: Period, workspace: Workspace, as_of: date | None) -> tuple[date, date]:
    """First day, and the day after the last one."""
    stop = anchor.end if as_of is None or anchor.start > as_of else min(anchor.end, as_of + timedelta(days=1))
    if measure.window in END:
        return date(1, 1, 1), stop
    if measure.window is Window.TRAILING:
        return stop - timedelta(days=int(bind(measure.days, workspace.settings))), stop
    return anchor.start, stop


def _places(ranges: Iterable[tuple[date, date]]) -> str:
    rows = ", ".join(f"({n}, {_cell(first)}, {_cell(stop)})" for n, (first, stop) in enumerate(ranges))
    days = "unnest(generate_series(greatest(first, DATE '1990-01-01'), stop - 1, INTERVAL 1 DAY))"
    named = f"(VALUES {rows}) AS v(place, first, stop)"
    return f"CREATE OR REPLACE TEMP TABLE places AS SELECT place, CAST({days} AS DATE) AS place_day FROM {named}"


def _periods(anchors: Sequence[Period], as_of: date | None) -> tuple[str, ...]:
    made = (relations.periods(anchors, as_of), relations.period_days(anchors, as_of))
    return tuple(_table(name, relation) for name, relation in zip(("periods", "period_days"), made, strict=True))


def _table(name: str, relation: relations.Relation) -> str:
    rows = ", ".join(f"({', '.join(map(_cell, row))})" for row in relation.rows)
    columns = ", ".join(relation.columns)
    return f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM (VALUES {rows}) AS v({columns})"


def _cell(value: date | int) -> str:
    return f"DATE '{value.isoformat()}'" if isinstance(value, date) else str(value)


_NO_DAY = "DATE '2000-01-01'"
_EMPTY = {
    "periods": f"SELECT {_NO_DAY} AS period, {_NO_DAY} AS period_start, {_NO_DAY} AS period_end, "
    f"{_NO_DAY} AS prev_start WHERE false",
    "days": f"SELECT {_NO_DAY} AS period, 0 AS back, {_NO_DAY} AS day WHERE false",
}
assert frozenset({"periods", "period_days", "calendar"}) == MADE
