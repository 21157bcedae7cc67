"""A query in SQL: rows joined to the (w_day, w_period) pairs of the window, every measure one aggregate.

Facts computed per period are grouped by their own `period`. A measure is computed at its own periods only,
although others of its query are read at more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.aggregate import aggregate, ends
from kpi_tui.engine.query.amounts.question_amounts import QuestionAmounts, under
from kpi_tui.engine.query.doubt_columns import DoubtColumns
from kpi_tui.engine.query.fact_joins import ColumnLacking, Joins, Lacks
from kpi_tui.engine.query.plan import PlacedMeasure, Query, Run
from kpi_tui.engine.query.row_filter import Placing, count_rows, placed
from kpi_tui.sql import guard


def write(run: Run, workspace: Workspace, lineage: Lineage, lacks: Lacks, *, rows: bool = False) -> Run:
    """The run with the SQL of its queries, or what a query lacks. `rows`: also count the rows behind each number."""
    for query in run.queries:
        try:
            query.sql = _write(query, run.asked, workspace, Joins(query, workspace, lineage, lacks, []), lineage, rows)
        except ColumnLacking as lack:
            query.lacks = str(lack)
    return run


def from_rows(query: Query, asked: Sequence[Period], joins: Joins, where: str) -> tuple[str, str, list[str]]:
    """What tells the period of a row, the condition that places all rows, and every condition on them, `where` of the
    question among them; `joins` reads them from there."""
    period = {"": "0", "own": "t.period"}.get(query.window, "w.w_period")
    joins.source.append(f"FROM {query.table} AS t")
    if query.window not in ("", "own"):
        joins.source.append(f"JOIN w ON t.{query.time} = w.w_day")
    wanted = placed(query, query.anchors, asked)
    restrict = [condition for condition in (query.condition, wanted) if condition]
    if where:
        restrict.append(joins.condition(where))
    if query.cut.campaign:
        restrict.append(joins.of_campaign())
    return period, wanted, restrict


def _write(
    query: Query, asked: Sequence[Period], workspace: Workspace, joins: Joins, lineage: Lineage, rows: bool
) -> str:
    amounts = QuestionAmounts(workspace, lineage, joins.lacks)
    rest = _hold(query, amounts, joins)
    period, wanted, restrict = from_rows(query, asked, joins, "")
    query.reaching = None
    if rest:
        joins.condition(rest)
        query.reaching, others = amounts.reaching(rest, query, joins.currency_of)
        restrict.append(others)
        if query.reaching and not query.reaching.currency:
            restrict.append(f"COALESCE({query.reaching.sql}, TRUE)")
    asks = [replace(ask, measure=under(ask.measure, query.held)) for ask in query.asks]
    several = [ask for ask in asks if ask.currency and not ask.measure.agg.traits.by_day]
    if query.held and not several:  # what is asked of an amount that is not known is neither true nor false
        restrict.append(f"COALESCE({query.held}, TRUE)")
    groups, source = [f"{period} AS w_period"], joins.source
    if query.cut.by:
        groups.append(joins.reach(query.cut.by, (query.cut.by,)) + " AS segment")
    tail = f" WHERE {' AND '.join(f'({r})' for r in restrict)}" if restrict else ""
    names = ["w_period", "segment"][: len(groups)]
    placing = Placing(query, wanted, asked, workspace.settings)
    filters = [placing.filter(ask) for ask in asks]
    pairs = list(enumerate(zip(query.measures, filters, strict=True)))
    select = [
        f"{aggregate(measure, own, workspace.settings, workspace.key_of(measure.table))} AS m{n}"
        for n, (measure, own) in pairs
    ]
    beside = DoubtColumns(query, placing, workspace, lineage)
    select += [column for n, ask in enumerate(asks) for column in beside.of(ask, n)]
    if rows:
        select += [f"{count_rows(own)} AS r{n}" for n, (_, own) in pairs]
    if any(m.agg.traits.by_day for m in query.measures):
        return _write_daily(query, groups, names, source, tail, select)
    body = f"SELECT {', '.join([*groups, *select])} {' '.join(source)}{tail}"
    having = _in_question(query, several) if query.cut.by else ""
    return body if query.window == "" and len(groups) == 1 else f"{body} GROUP BY {', '.join(_bare(groups))}{having}"


def _hold(query: Query, amounts: QuestionAmounts, joins: Joins) -> str:
    """What is left of the question's condition when the measures hold what it asks of their amounts."""
    query.held, rest = "", query.cut.where or ""
    if rest and not query.condition:
        query.held, rest = amounts.split(query.table, rest)
    if query.held:
        joins.reach(query.held, guard.predicate(query.held).written)
    return rest


def _in_question(query: Query, several: Sequence[PlacedMeasure]) -> str:
    """Segments with a row that counts or may count, or whose amounts are in currencies that were compared."""
    held = [query.held] if query.held and several else []
    mixed = dict.fromkeys(f"t.{ask.currency}" for ask in several) if held else {}
    if query.reaching and query.reaching.currency:
        held.append(query.reaching.sql)
        mixed[query.reaching.currency] = None
    counts = " AND ".join(f"COALESCE({one}, TRUE)" for one in held)
    several_of = [" <> ".join(ends(one, "")) for one in mixed]
    return f" HAVING {' OR '.join([f'{count_rows(counts)} > 0', *several_of])}" if held else ""


def _bare(groups: Sequence[str]) -> list[str]:
    return [group.rsplit(" AS ", 1)[0] for group in groups if not group.startswith("0 ")]


def _write_daily(
    query: Query, groups: list[str], names: list[str], source: list[str], tail: str, select: list[str]
) -> str:
    day = f"t.{query.time}"
    inner = f"SELECT {', '.join([*groups, f'{day} AS one_day', *select])} {' '.join(source)}{tail}"
    inner += f" GROUP BY {', '.join([*_bare(groups), day])}"
    outer = [f"SUM({s.rsplit(' AS ', 1)[1]}) AS {s.rsplit(' AS ', 1)[1]}" for s in select]
    return f"SELECT {', '.join([*names, *outer])} FROM ({inner}) AS daily GROUP BY {', '.join(names)}"
