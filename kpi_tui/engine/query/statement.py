"""A query in SQL: rows joined to the (w_day, w_period) pairs of the window, every measure one aggregate.

Facts computed per period are grouped by their own `period`. A measure is computed at its own periods only,
although others of its query are read at more.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.aggregate import aggregate
from kpi_tui.engine.query.doubt_columns import DoubtColumns
from kpi_tui.engine.query.fact_joins import ColumnLacking, Joins, Lacks
from kpi_tui.engine.query.plan import Query, Run
from kpi_tui.engine.query.row_filter import Placing, count_rows, placed


def write(run: Run, workspace: Workspace, lineage: Lineage, lacks: Lacks, *, rows: bool = False) -> Run:
    """The run with the SQL of its queries, or what a query lacks. `rows`: also count the rows behind each number."""
    for query in run.queries:
        try:
            query.sql = _write(query, run.asked, workspace, Joins(query, workspace, lineage, lacks, []), lineage, rows)
        except ColumnLacking as lack:
            query.lacks = str(lack)
    return run


def from_rows(query: Query, asked: Sequence[Period], joins: Joins) -> tuple[str, str, list[str]]:
    """What tells the period of a row, the condition that places all rows, and every condition on them; `joins` reads
    them from there."""
    period = {"": "0", "own": "t.period"}.get(query.window, "w.w_period")
    joins.source.append(f"FROM {query.table} AS t")
    if query.window not in ("", "own"):
        joins.source.append(f"JOIN w ON t.{query.time} = w.w_day")
    wanted = placed(query, query.anchors, asked)
    restrict = [condition for condition in (query.condition, wanted) if condition]
    if query.cut.where:
        restrict.append(joins.condition(query.cut.where))
    if query.cut.campaign:
        restrict.append(joins.of_campaign())
    return period, wanted, restrict


def _write(
    query: Query, asked: Sequence[Period], workspace: Workspace, joins: Joins, lineage: Lineage, rows: bool
) -> str:
    period, wanted, restrict = from_rows(query, asked, joins)
    groups, source = [f"{period} AS w_period"], joins.source
    if query.cut.by:
        groups.append(joins.reach(query.cut.by, (query.cut.by,)) + " AS segment")
    tail = f" WHERE {' AND '.join(f'({r})' for r in restrict)}" if restrict else ""
    names = ["w_period", "segment"][: len(groups)]
    placing = Placing(query, wanted, asked, workspace.settings)
    filters = [placing.filter(ask) for ask in query.asks]
    pairs = list(enumerate(zip(query.measures, filters, strict=True)))
    select = [
        f"{aggregate(measure, own, workspace.settings, workspace.key_of(measure.table))} AS m{n}"
        for n, (measure, own) in pairs
    ]
    beside = DoubtColumns(query, placing, workspace, lineage)
    select += [column for n, ask in enumerate(query.asks) for column in beside.of(ask, n)]
    if rows:
        select += [f"{count_rows(own)} AS r{n}" for n, (_, own) in pairs]
    if any(m.agg.traits.by_day for m in query.measures):
        return _write_daily(query, groups, names, source, tail, select)
    body = f"SELECT {', '.join([*groups, *select])} {' '.join(source)}{tail}"
    return body if query.window == "" and len(groups) == 1 else f"{body} GROUP BY {', '.join(_bare(groups))}"


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
