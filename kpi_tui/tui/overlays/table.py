"""A table on an opaque screen: differences to the file, history of a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.target import Change, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.format import number
from kpi_tui.text.i18n import _
from kpi_tui.tui.cell_names import holder_name, target_name, target_unit
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.screens.targets.rows import Pending, row_key
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column
from kpi_tui.tui.widgets.sheet import Sheet


class TableOverlay(Overlay[str]):
    """Answers the key of the row chosen with Enter; None when left."""

    BINDINGS: ClassVar[list[Any]] = [("escape,q", "close", "")]
    AUTO_FOCUS = "Sheet"

    def __init__(self, title: str, columns: Sequence[Column], rows: Sequence[Row], foot: str) -> None:
        super().__init__()
        self._title, self._columns, self._rows, self._foot = title, columns, rows, foot

    def compose(self) -> ComposeResult:
        """Title, table, keys."""
        yield Static(Content(clean(self._title)), id="title")
        yield Sheet(self._columns, self._rows)
        yield Static(Content(clean(self._foot)), id="foot")

    @on(Sheet.Selected)
    def _chosen(self, message: Sheet.Selected) -> None:
        self.dismiss(message.sheet.row_key)


def diff_overlay(pending: Pending, workspace: Workspace) -> TableOverlay:
    """Every unsaved cell: saved value → new value."""
    columns = [
        Column("role", _("Role"), most=16, drop=1),
        Column("metric", _("Metric"), flex=1, least=12),
        Column("period", _("Period"), most=12),
        Column("old", _("Saved"), most=14, right=True),
        Column("arrow", width=1),
        Column("new", _("New"), most=14, right=True),
    ]
    rows = [
        Row(
            f"{period} {row_key(key)}",
            (
                Cell(holder_name(workspace, key), "muted"),
                Cell(target_name(workspace, key)),
                Cell(period, "muted"),
                Cell(number(old, target_unit(workspace, key))),
                Cell("→"),
                Cell(number(new, target_unit(workspace, key)), "changed"),
            ),
        )
        for (period, key), (old, new) in pending.items()
    ]
    title = _("Differences to the saved targets: {count}", count=len(rows))
    return TableOverlay(title, columns, rows, _("Enter go to the cell   Esc back   (w saves, u undoes)"))


def history_overlay(changes: Sequence[Change], key: TargetKey, workspace: Workspace) -> TableOverlay:
    """Who changed this target, newest first."""
    columns = [
        Column("at", _("When"), width=16),
        Column("who", _("Who"), most=12),
        Column("period", _("Period"), most=10, drop=1),
        Column("old", _("From"), most=12, right=True),
        Column("new", _("To"), most=12, right=True),
        Column("why", _("Why"), flex=1, least=8),
    ]
    unit = target_unit(workspace, key)
    rows = [
        Row(
            f"{index}",
            (
                Cell(f"{change.at:%Y-%m-%d %H:%M}"),
                Cell(change.who),
                Cell(change.period, "muted"),
                Cell(number(change.before, unit)),
                Cell(number(change.after, unit), "strong"),
                Cell(" ".join(filter(None, (_("late") if change.late else "", change.why or change.kind))), "muted"),
            ),
        )
        for index, change in enumerate(reversed(changes))
    ]
    title = _("History of {metric}", metric=f"{target_name(workspace, key)} · {holder_name(workspace, key)}")
    return TableOverlay(title, columns, rows, _("↑↓ scroll   Esc back"))
