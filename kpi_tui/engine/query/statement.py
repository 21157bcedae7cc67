"""A query in SQL: rows joined to the (w_day, w_period) pairs of the window, every measure one aggregate.

Facts computed per period are grouped by their own `period`. A measure is computed at its own periods only,
although others of its query are read at more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Fact
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.aggregate import aggregate, count_rows
from kpi_tui.engine.query.plan import PARTICIPANTS, PlacedMeasure, Query, Run
from kpi_tui.engine.query.references import references
from kpi_tui.sql import guard


def write(run: Run, workspace: Workspace, lineage: Lineage, *, rows: bool = False) -> Run:
    """The run with the SQL of its queries. `rows`: also count the rows behind each number."""
    for query in run.queries:
        query.sql = _write(query, run.asked, workspace, lineage, rows)
    return run


def _write(query: Query, asked: Sequence[Period], workspace: Workspace, lineage: Lineage, rows: bool) -> str:
    period = {"": "0", "own": "t.period"}.get(query.window, "w.w_period")
    groups = [f"{period} AS w_period"]
    source = [f"FROM {query.table} AS t"]
    if query.window not in ("", "own"):
        source.append(f"JOIN w ON t.{query.time} = w.w_day")
    wanted = _places(query, query.anchors, asked)
    restrict = [condition for condition in (query.condition, wanted) if condition]
    if query.cut.where:
        restrict.append(_reach(query, query.cut.where, _columns(query.cut.where), source, workspace, lineage))
    if query.cut.campaign:
        restrict.append(_of_campaign(query, source, workspace, lineage))
    if query.cut.by:
        groups.append(_reach(query, query.cut.by, (query.cut.by,), source, workspace, lineage) + " AS segment")
    tail = f" WHERE {' AND '.join(f'({r})' for r in restrict)}" if restrict else ""
    names = ["w_period", "segment"][: len(groups)]
    filters = [_own_filter(ask, query, wanted, asked, workspace.settings) for ask in query.asks]
    pairs = list(enumerate(zip(query.measures, filters, strict=True)))
    select = [f"{aggregate(measure, own, workspace.settings)} AS m{n}" for n, (measure, own) in pairs]
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


def _own_filter(
    ask: PlacedMeasure, query: Query, wanted: str, asked: Sequence[Period], settings: Mapping[str, Setting]
) -> str:
    """What a measure leaves out of the rows of its query; other measures' periods only to save work."""
    where = "" if query.condition else guard.bind(ask.measure.where, settings)
    places = _places(query, ask.anchors, asked)
    parts = [part for part in (places if places != wanted else "", where) if part]
    return " AND ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)


def _places(query: Query, anchors: frozenset[Period], asked: Sequence[Period]) -> str:
    """The condition that a row is placed in one of some periods, or between them; "" when that leaves nothing out."""
    if query.window in ("", "own"):
        return ""
    places = [place for place, period in enumerate(asked) if period in anchors]
    first, last = places[0], places[-1]
    if last - first + 1 == len(asked):
        return ""
    return f"w.w_period = {first}" if first == last else f"w.w_period BETWEEN {first} AND {last}"


def _columns(predicate: str) -> tuple[str, ...]:
    return guard.predicate(predicate).columns


def _reach(
    query: Query, text: str, columns: tuple[str, ...], source: list[str], workspace: Workspace, lineage: Lineage
) -> str:
    """`text` with its columns found in the table itself or, by key, in a related table (joined once)."""
    own = lineage.outputs(query.table)
    if all(column in own for column in columns):
        return text
    for key, (other, target) in references(query.table, workspace).items():
        if key not in own or other not in workspace.tables or other == query.table:
            continue
        theirs = lineage.outputs(other)
        wanted = [column for column in columns if column not in own]
        if all(column in theirs for column in wanted):
            alias = f"by_{key}"
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
