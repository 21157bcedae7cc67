"""Roles with their weighted lines and who holds them (R015)."""

from __future__ import annotations

from kpi_tui.definitions.role import Role
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, TextCell, text
from kpi_tui.views.names import holders, metric_name, owner_name
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, Sheet, View, sheet


def roles(space: Workspace) -> View:
    """A row per weighted line; the role, its name and its holders are shown beside the first, csv has them on each."""
    columns = [
        Column("role", phrase("Role")),
        Column("name", phrase("Name")),
        Column("metric", phrase("Metric")),
        Column("metric_name"),
        Column("weight", phrase("Weight"), right=True),
        Column("people", phrase("Held by")),
    ]
    paid = any(role.bonus_base is not None for role in space.roles.values())
    if paid:
        columns.append(_base_column(space))
    rows = [_cells(role, place, space, paid) for role in space.roles.values() for place in range(len(role.lines))]
    return View(
        sheets=(sheet(columns, rows, key="roles"),), data=[_role_data(role, space) for role in space.roles.values()]
    )


def _base_column(space: Workspace) -> Column:
    """Money is private: it stands only where the workspace says it of somebody."""
    return Column("bonus_base", joined(phrase("Bonus base"), space.currency, between=" "), right=True)


def _base(amount: float | None) -> Cell:
    return TextCell() if amount is None else NumberCell(amount, "currency", digits=2)


def _cells(role: Role, place: int, space: Workspace, paid: bool) -> list[Cell]:
    metric, people = role.lines[place].metric, joined(*holders(role.id, space), between=", ")
    return [
        text("" if place else role.id, exact=role.id),
        text("" if place else role.name, exact=role.name),
        text(metric),
        text(metric_name(space, metric), "muted"),
        NumberCell(role.lines[place].weight, "weight"),
        text("" if place else people, "muted", people),
        *((_base(None if place else role.bonus_base),) if paid else ()),
    ]


def people(space: Workspace) -> View:
    """Everybody and the posts they hold, the main one first (R033)."""
    columns = [
        Column("person", phrase("Person")),
        Column("name", phrase("Name")),
        Column("roles", phrase("Posts"), flex=1),
    ]
    rows: list[list[Cell]] = [
        [text(one.id), text(one.name), text(joined(*(owner_name(space, role) for role in one.roles), between=", "))]
        for one in space.people.values()
    ]
    if any(one.bonus_base is not None for one in space.people.values()):
        columns.append(_base_column(space))
        rows = [[*row, _base(one.bonus_base)] for row, one in zip(rows, space.people.values(), strict=True)]
    data = [record(one, "person=id", "name", "roles", "bonus_base") for one in space.people.values()]
    return View(sheets=(sheet(columns, rows, key="people"),), data=data)


def everyone(space: Workspace) -> Sheet:
    """Whose scorecards there are: roles, then people, each keyed by its id (R033)."""
    people = [id_ for id_, person in space.people.items() if not person.is_team]
    rows = [Row(id_, (text(owner_name(space, id_), exact=id_),)) for id_ in (*space.roles, *people)]
    return sheet([Column("role", flex=1)], rows, key="people")


def _role_data(role: Role, space: Workspace) -> Record:
    return {
        **record(role, "role=id", "name", "duty", "type", "aim", "bonus_base"),
        "lines": [record(line, "metric", "weight") for line in role.lines],
        "people": holders(role.id, space),
    }
