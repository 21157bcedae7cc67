"""Names of file columns inside the SQL of a mapping."""

from __future__ import annotations

from sqlglot import exp

from kpi_tui.sql import guard


def sql_name(name: str) -> str:
    """A column name as SQL wants it: quoted only when it must be (`order`, `unit price`, `device.category`)."""
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        tree = guard.expression(name).tree
    except guard.FragmentError:
        return quoted
    return name if isinstance(tree, exp.Column) and not tree.table and tree.sql() == name else quoted
