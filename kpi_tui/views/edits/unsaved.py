"""What is not saved yet: how much, and each cell as it is saved → as it is now."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, text
from kpi_tui.views.edits.edited_cell import cell_holder, cell_key, cell_name, cell_unit
from kpi_tui.views.view import Column, Row, Sheet, sheet

Pending = Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]
"""Unsaved cells: (period id, key) -> (value as last seen in the file, new value)."""

CHANGED = "✎"


def unsaved(count: int) -> Word:
    """`✎ 3 unsaved`; nothing when all is saved."""
    return joined(CHANGED, phrases("{count} unsaved", "{count} unsaved", count), between=" ") if count else ""


def differences(pending: Pending, space: Workspace) -> Sheet:
    """Every unsaved cell: saved value → new value. A row's key is its period and its cell."""
    columns = [
        Column("role", phrase("Role"), most=16, drop=1),
        Column("metric", phrase("Metric"), flex=1, least=12),
        Column("period", phrase("Period"), most=12),
        Column("old", phrase("Saved"), most=14, right=True),
        Column("arrow", width=1, csv=False),
        Column("new", phrase("New"), most=14, right=True),
    ]
    rows = []
    for (period, key), (old, new) in pending.items():
        unit = cell_unit(space, key)
        whose, what = text(cell_holder(space, key), "muted", key.role), text(cell_name(space, key), exact=key.metric)
        step = NumberCell(old, unit), TextCell("→"), NumberCell(new, unit, "changed")
        rows.append(Row(f"{period} {cell_key(key)}", (whose, what, text(period, "muted"), *step)))
    return sheet(columns, rows, phrase("Differences to the saved targets: {count}", count=len(rows)), key="differences")
