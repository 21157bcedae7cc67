"""Numbers typed by hand as a list, which as a file can be changed and read back."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import NumberCell, finite, text
from kpi_tui.views.edits.edited_cell import cell_key, cell_name, cell_unit
from kpi_tui.views.edits.own_reasons import told_reason
from kpi_tui.views.record import record
from kpi_tui.views.targets.exported import exported, exported_column
from kpi_tui.views.view import Column, View, listed


def typed_numbers(cells: Mapping[str, Mapping[TargetKey, Target]], space: Workspace) -> View:
    """A line per number, in the order of their periods: period id -> cells."""
    found = [(period, key, target) for period, some in cells.items() for key, target in some.items()]
    lines = listed(
        found,
        [
            (Column("metric", phrase("Metric")), lambda one: text(one[1].metric)),
            (Column("name"), lambda one: text(cell_name(space, one[1]), "muted")),
            (Column("period", phrase("Period")), lambda one: text(one[0])),
            (
                Column("value", phrase("Number"), right=True),
                lambda one: NumberCell(finite(one[2].value), cell_unit(space, one[1])),
            ),
            (Column("by", phrase("By")), lambda one: text(one[2].by, "muted")),
            (Column("at", phrase("When")), lambda one: text(one[2].at, "muted")),
            (Column("why", phrase("Why")), lambda one: text(told_reason(one[2].why, space), "muted", one[2].why)),
            (exported_column(), lambda one: exported({one[0]: one[2].value})),
        ],
        lambda one: f"{one[0]} {cell_key(one[1])}",
        notes=[] if found else [phrase("No numbers typed by hand.")],
        name="actuals",
    )
    data = [
        {"metric": key.metric, "period": period, **record(target, "value", "by", "at", "why")}
        for period, key, target in found
    ]
    return View(phrase("Numbers typed by hand"), sheets=(lines,), data=data, name="actuals")
