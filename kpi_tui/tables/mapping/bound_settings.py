"""Settings put in for `:name` in the SQL of a source."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.sql.guard import FragmentError
from kpi_tui.sql.parameters import bind
from kpi_tui.tables.source.files import fail, issue


def bound(source: TableSource, settings: Mapping[str, object]) -> TableSource:
    """The source with the values of the settings it mentions. TableError names unknown settings."""
    issues: list[Issue] = []

    def put_in(key: str, sql: str) -> str:
        try:
            return bind(sql, settings)
        except FragmentError as error:
            issues.append(issue(source, key, str(error)))
            return sql

    where = put_in("where", source.where)
    columns = {name: put_in(name, sql) for name, sql in source.columns.items()}
    if issues:
        raise fail(issues)
    joins = {
        name: dataclasses.replace(join, source=bound(join.source, settings)) for name, join in source.joins.items()
    }
    return dataclasses.replace(source, where=where, columns=columns, joins=joins)
