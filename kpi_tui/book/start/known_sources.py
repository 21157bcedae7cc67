"""Whose rows a table of a workspace has, told by the exports it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import TOLD_BY, Recipe
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.start.add_tables import KnownSource


def known_sources(space: Workspace, tables: Iterable[str], recipes: Mapping[str, Recipe]) -> dict[str, KnownSource]:
    """Of orders and of each of these tables that the workspace maps: the export behind it, where one is recognised."""
    return {table: _known(space, table, recipes) for table in {"orders", *tables} & space.tables.keys()}


def _known(space: Workspace, table: str, recipes: Mapping[str, Recipe]) -> KnownSource:
    from kpi_tui.tables.propose.propose import propose
    from kpi_tui.tables.source.files import resolve

    part = space.tables[table].parts()[0]
    try:
        files = resolve(part, space.data, space.data_roots)
    except TableError:  # `check` says what is wrong with them
        return KnownSource()
    found = propose(files[:1], space.schemas, space.timezone, recipes)
    tellers = {one.told_by: one.source for one in found.tables if one.table == table and one.recipe}
    return next((KnownSource(tellers[told], told) for told in TOLD_BY if told in tellers), KnownSource())
