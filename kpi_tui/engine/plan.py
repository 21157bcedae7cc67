"""Measures → queries: one query per (table, time column, window, filter with a sub-query).

Rows are placed in periods by joining their local day to the (w_day, w_period) pairs of the window;
facts computed per period are grouped by their own `period`. Every measure is one aggregate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.metric import Aggregation, Fact, Measure, Window
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.sql import guard

REACHABLE = {
    "user_id": "users",
    "sku_id": "products",
    "campaign_id": "campaigns",
    "content_id": "contents",
    "order_id": "orders",
    "staff_id": "staff",
    "guide_id": "staff",
    "owner_id": "staff",
}
"""Keys by which a dimension of another table is reached (metrics.toml, dims)."""


PARTICIPANTS = "d_campaign_joins"
"""The fact that says who took part in which campaign: columns campaign_id, user_id."""


@dataclass(frozen=True)
class Cut:
    """How the rows are cut: by a column, restricted by a predicate, and to the people of a campaign (R146)."""

    by: str | None = None
    where: str | None = None
    campaign: str = ""

    def whole(self) -> Cut:
        """The same rows, not broken down."""
        return Cut(None, self.where, self.campaign)


@dataclass
class Query:
    """One SELECT that answers several measures at once."""

    table: str
    time: str
    window: str  # "" (none), "own" (the fact's period), "period", "to_date", "trailing:N"
    condition: str
    cut: Cut
    measures: list[Measure] = field(default_factory=list)
    sql: str = ""


def window_of(measure: Measure, settings: Mapping[str, Setting], per_period: bool) -> str:
    """The window relation a measure's rows are joined to."""
    if per_period:
        return "own"
    if measure.window is Window.ALL:
        return ""
    if measure.window in (Window.TO_DATE, Window.AS_OF_END, Window.BEFORE_PERIOD):
        return "to_date"
    if measure.window is Window.TRAILING:
        return f"trailing:{days(measure.days, settings)}"
    return "period"


def days(text: str, settings: Mapping[str, Setting]) -> int:
    """A number of days, or the setting `:name` that holds it."""
    return int(guard.bind(text, settings)) if text else 0


def shift_of(measure: Measure) -> str:
    """Which earlier period the measure is read at: "", "previous" or "last_year"."""
    if measure.window in (Window.PREVIOUS_PERIOD, Window.BEFORE_PERIOD):
        return "previous"
    return "last_year" if measure.window is Window.SAME_PERIOD_LAST_YEAR else ""


def queries(
    measures: Iterable[Measure], cut: Cut, workspace: Workspace, lineage: Lineage, *, rows: bool = False
) -> list[Query]:
    """Group measures that can share one pass over a table, and write the SQL. `rows`: also count rows."""
    grouped: dict[tuple[str, ...], Query] = {}
    for measure in measures:
        where = guard.bind(measure.where, workspace.settings)
        shared = where if where and guard.predicate(where).tables else ""
        window = window_of(measure, workspace.settings, lineage.is_per_period(measure.table))
        daily = "daily" if measure.agg is Aggregation.MEAN_DAILY_DISTINCT else ""
        time = "" if window in ("", "own") else f"{measure.time}_day"
        key = (measure.table, time, window, shared, daily)
        query = grouped.setdefault(key, Query(measure.table, key[1], window, shared, cut))
        query.measures.append(measure)
    for query in grouped.values():
        query.sql = _write(query, workspace, lineage, rows)
    return list(grouped.values())


def _write(query: Query, workspace: Workspace, lineage: Lineage, rows: bool) -> str:
    period = {"": "0", "own": "t.period"}.get(query.window, "w.w_period")
    groups = [f"{period} AS w_period"]
    source = [f"FROM {query.table} AS t"]
    if query.window not in ("", "own"):
        source.append(f"JOIN w ON t.{query.time} = w.w_day")
    restrict = [query.condition] if query.condition else []
    if query.cut.where:
        restrict.append(_reach(query, query.cut.where, _columns(query.cut.where), source, workspace, lineage))
    if query.cut.campaign:
        restrict.append(_of_campaign(query, source, workspace, lineage))
    if query.cut.by:
        groups.append(_reach(query, query.cut.by, (query.cut.by,), source, workspace, lineage) + " AS segment")
    tail = f" WHERE {' AND '.join(f'({r})' for r in restrict)}" if restrict else ""
    names = ["w_period", "segment"][: len(groups)]
    select = [_aggregate(m, n, query, workspace.settings) for n, m in enumerate(query.measures)]
    if rows:
        select += [f"{_count(m, query, workspace.settings)} AS r{n}" for n, m in enumerate(query.measures)]
    if any(m.agg is Aggregation.MEAN_DAILY_DISTINCT for m in query.measures):
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


def _aggregate(measure: Measure, index: int, query: Query, settings: Mapping[str, Setting]) -> str:
    value = guard.bind(measure.column, settings) if measure.column else ""
    where = _own_filter(measure, query, settings)
    picked = f"CASE WHEN {where} THEN {value} END" if where else f"({value})"
    number = f"CAST({picked} AS DOUBLE)"
    text = {
        Aggregation.COUNT: _count(measure, query, settings),
        Aggregation.COUNT_DISTINCT: f"COUNT(DISTINCT {picked})",
        Aggregation.MEAN_DAILY_DISTINCT: f"COUNT(DISTINCT {picked})",
        Aggregation.SUM: f"SUM({number})",
        Aggregation.MEAN: f"AVG({number})",
        Aggregation.MIN: f"MIN({number})",
        Aggregation.MAX: f"MAX({number})",
        Aggregation.MEDIAN: f"MEDIAN({number})",
        Aggregation.QUANTILE: f"QUANTILE_CONT({number}, {measure.quantile})",
    }[measure.agg]
    return f"{text} AS m{index}"


def _count(measure: Measure, query: Query, settings: Mapping[str, Setting]) -> str:
    where = _own_filter(measure, query, settings)
    return f"SUM(CASE WHEN {where} THEN 1 ELSE 0 END)" if where else "COUNT(*)"


def _own_filter(measure: Measure, query: Query, settings: Mapping[str, Setting]) -> str:
    return "" if query.condition else guard.bind(measure.where, settings)


def _columns(predicate: str) -> tuple[str, ...]:
    return guard.predicate(predicate).columns


def _reach(
    query: Query, text: str, columns: tuple[str, ...], source: list[str], workspace: Workspace, lineage: Lineage
) -> str:
    """`text` with its columns found in the table itself or, by key, in a related table (joined once)."""
    own = lineage.outputs(query.table)
    if all(column in own for column in columns):
        return text
    for key, other in REACHABLE.items():
        if key not in own or other not in workspace.tables or other == query.table:
            continue
        theirs = lineage.outputs(other)
        wanted = [column for column in columns if column not in own]
        if all(column in theirs for column in wanted):
            alias = f"by_{key}"
            target = workspace.schemas[other].key[0]
            joined = f"SELECT {target} AS {alias}_key, {', '.join(wanted)} FROM {other}"
            line = f"LEFT JOIN ({joined}) AS {alias} ON t.{key} = {alias}.{alias}_key"
            if line not in source:
                source.append(line)
            return text
    for fact in workspace.facts.values():
        if fact.dimension and _has_key(fact, query, own) and _is_supplied(fact, workspace, lineage):
            wanted = [column for column in columns if column not in own]
            if set(wanted) <= lineage.outputs(fact.id):
                _join_fact(fact, wanted, source)
                return text
    raise UsageError(
        say("{table} has no column {columns}", table=query.table, columns=", ".join(c for c in columns if c not in own))
    )


def _of_campaign(query: Query, source: list[str], workspace: Workspace, lineage: Lineage) -> str:
    """Rows of the campaign's participants; of a table that knows no users, rows noted for the campaign."""
    name = "'" + query.cut.campaign.replace("'", "''") + "'"
    people = f"user_id IN (SELECT p.user_id FROM {PARTICIPANTS} AS p WHERE p.campaign_id = {name})"
    for column, text in (("user_id", people), ("campaign_id", f"campaign_id = {name}")):
        try:
            return _reach(query, text, (column,), source, workspace, lineage)
        except UsageError:
            continue
    raise UsageError(
        say("{table} knows neither users nor campaigns, so it cannot be restricted to a campaign", table=query.table)
    )


def _has_key(fact: Fact, query: Query, own: frozenset[str]) -> bool:
    """A fact per period breaks down other facts per period that have its key."""
    return query.window == "own" and query.table != fact.id and "period" in fact.key and set(fact.key) <= own


def _is_supplied(fact: Fact, workspace: Workspace, lineage: Lineage) -> bool:
    return set(lineage.raw_tables(fact.id)) <= set(workspace.tables)


def _join_fact(fact: Fact, wanted: Sequence[str], source: list[str]) -> None:
    """Join the wanted columns of a fact by its key, once."""
    alias = f"by_{fact.id}"
    keys = ", ".join(f"{key} AS {alias}_{key}" for key in fact.key)
    match = " AND ".join(f"t.{key} = {alias}.{alias}_{key}" for key in fact.key)
    line = f"LEFT JOIN (SELECT {keys}, {', '.join(wanted)} FROM {fact.id}) AS {alias} ON {match}"
    if line not in source:
        source.append(line)
