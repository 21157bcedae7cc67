"""Keys by which the columns of another table are reached, as the schema names them (`references`)."""

from __future__ import annotations

from kpi_tui.definitions.workspace import Workspace


def references(table: str, workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Column -> (table, column) that it names; what `table` itself says goes before what others say of that name.

    Facts carry the keys of the tables they read, so a name means the same everywhere. In the order of the schema's
    tables, so that a column which several of them have is always taken from the same one.
    """
    own = workspace.schemas.get(table)
    schemas = [own, *workspace.schemas.values()] if own else list(workspace.schemas.values())
    found: dict[str, tuple[str, str]] = {}
    for schema in schemas:
        for column in schema.columns.values():
            if column.references:
                other, _dot, target = column.references.partition(".")
                found.setdefault(column.name, (other, target))
    places = {name: place for place, name in enumerate(workspace.schemas)}
    return dict(sorted(found.items(), key=lambda pair: places.get(pair[1][0], len(places))))
