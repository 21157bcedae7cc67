"""How related tables and facts are joined to the rows of a query for its cut: by key, each once.

The keys are those the schema names (`engine/query/references.py`); of facts, those that are a `dimension`.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Fact
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.plan import PARTICIPANTS, Query
from kpi_tui.engine.query.references import references


def reach(
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


def of_campaign(query: Query, source: list[str], workspace: Workspace, lineage: Lineage) -> str:
    """Rows of the campaign's participants; of a table that knows no users, rows noted for the campaign."""
    name = "'" + query.cut.campaign.replace("'", "''") + "'"
    people = f"user_id IN (SELECT p.user_id FROM {PARTICIPANTS} AS p WHERE p.campaign_id = {name})"
    for column, text in (("user_id", people), ("campaign_id", f"campaign_id = {name}")):
        try:
            return reach(query, text, (column,), source, workspace, lineage)
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
