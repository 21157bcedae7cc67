"""Settings put in for `:name` in the SQL of a source."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.sql import guard
from kpi_tui.tables.source.files import fail, issue


def bound(source: TableSource, settings: Mapping[str, object]) -> TableSource:
    """The source with the values of the settings it mentions. TableError names unknown settings."""
    issues: list[Issue] = []

    def bind(key: str, sql: str) -> str:
        try:
            return guard.bind(sql, settings)
        except guard.FragmentError as error:
            issues.append(issue(source, key, str(error)))
            return sql

    where = bind("where", source.where)
    columns = {name: bind(name, sql) for name, sql in source.columns.items()}
    if issues:
        raise fail(issues)
    joins = {
        name: dataclasses.replace(join, source=bound(join.source, settings)) for name, join in source.joins.items()
    }
    return dataclasses.replace(source, where=where, columns=columns, joins=joins)
