"""Who changed which target or typed number, when, from, to, why (spec R038)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.target import Change, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.names import target_unit
from kpi_tui.views.view import Column, View, sheet


def changes(found: Sequence[Change], space: Workspace, none: Word = "") -> View:
    """Lines of the history, newest last; `none` is said when there are none."""
    columns = [
        Column("at", phrase("When"), width=16),
        Column("who", phrase("Who")),
        Column("kind", phrase("What")),
        Column("role", phrase("Role")),
        Column("metric", phrase("Metric")),
        Column("period", phrase("Period")),
        Column("from", phrase("Old"), right=True),
        Column("to", phrase("New"), right=True),
        Column("why", phrase("Why")),
    ]
    lines = sheet(columns, [_change(change, space) for change in found], notes=[] if found else [none])
    return View(sheets=(lines,), data=[change_data(change) for change in found])


def _change(change: Change, space: Workspace) -> list[Cell]:
    unit = target_unit(space, TargetKey(change.role, change.metric))
    return [
        text(f"{change.at:%Y-%m-%d %H:%M}", "muted", change.at.isoformat(timespec="seconds")),
        text(change.who),
        text(change.kind, "muted"),
        text(change.role),
        text(change.metric),
        text(change.period),
        NumberCell(change.before, unit),
        NumberCell(change.after, unit),
        text(change.why, "muted"),
    ]


def change_data(change: Change) -> dict[str, object]:
    """The JSON of one line of the history."""
    return {
        "at": change.at.isoformat(timespec="seconds"),
        "who": change.who,
        "account": change.account,
        "role": change.role,
        "metric": change.metric,
        "period": change.period,
        "from": change.before,
        "to": change.after,
        "why": change.why,
        "kind": change.kind,
        "late": change.late,
        "id": change.id,
        "batch": change.batch,
    }
