"""Whose scorecards there are: roles, then people (spec R033)."""

from __future__ import annotations

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.views.cells import TextCell
from kpi_tui.views.names import owner_name
from kpi_tui.views.view import Column, Row, Sheet, sheet


def everyone(space: Workspace) -> Sheet:
    """A row per role and person, keyed by its id."""
    rows = [Row(id_, (TextCell(owner_name(space, id_), exact=id_),)) for id_ in (*space.roles, *space.people)]
    return sheet([Column("role", flex=1)], rows, key="people")
