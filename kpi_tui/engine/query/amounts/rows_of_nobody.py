"""Rows that say nobody where people or things are counted: of such rows alone nobody knows how many there are."""

from __future__ import annotations

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import Repeated, TableSchema
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage


def names_somebody(measure: Measure, workspace: Workspace, lineage: Lineage) -> bool:
    """Whether a measure counts different values of a column that every row has one of, or that names a person.

    A column whose cells may be empty is none of them: an order without a campaign is of no campaign. Who did something
    is always somebody, logged in or not.
    """
    told = _counted(measure, workspace, lineage)
    return bool(told) and all(_is_somebody(schema, column, workspace) for schema, column in told)


def _counted(measure: Measure, workspace: Workspace, lineage: Lineage) -> list[tuple[TableSchema, str]]:
    """The tables and columns whose different values a measure counts."""
    if measure.agg is not Aggregation.COUNT_DISTINCT or not measure.column.isidentifier():
        return []
    named = lineage.raw_columns(measure.table, [measure.column])
    known = [(workspace.schemas[table], column) for table, column in named if table in workspace.schemas]
    return [(schema, column) for schema, column in known if column in schema.columns]


def _is_somebody(schema: TableSchema, column: str, workspace: Workspace) -> bool:
    other = workspace.schemas.get(schema.columns[column].references.partition(".")[0])
    is_person = other is not None and other.repeated is Repeated.FIRST
    return is_person or not schema.columns[column].nullable
