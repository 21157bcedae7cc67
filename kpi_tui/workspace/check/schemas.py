"""schema.toml: what a column references is there."""

from __future__ import annotations

from kpi_tui.definitions.library.table import SchemaColumn, TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.workspace.check.contradiction import Contradictions, Located
from kpi_tui.workspace.parse.collected import Collected


def check_references(schema: TableSchema, schemas: Collected[TableSchema], report: Contradictions) -> None:
    """Every `references` names a column of a known table."""
    for column in schema.columns.values():
        if column.references:
            _reference(Located(schema.id, column.place), column, schemas, report)


def _reference(at: Located, column: SchemaColumn, schemas: Collected[TableSchema], report: Contradictions) -> None:
    table, dot, name = column.references.partition(".")
    if not dot or not name:
        message = say("references = {text!r} names no column", text=column.references)
        report.error(at, "references", message, say('write it as "users.user_id"'), "references")
    elif table in schemas.broken:
        return  # said already; the reference leads nowhere until it is corrected
    elif table not in schemas.items:
        report.unknown(at, "references", say("canonical table"), table, schemas.items)
    elif name not in schemas.items[table].columns:
        report.unknown(at, "references", say("column"), name, schemas.items[table].columns)
