"""A link week by week: its targets and typed numbers are edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events

from kpi_tui.tui.widgets.cells import Row
from kpi_tui.tui.widgets.columns import Column
from kpi_tui.tui.widgets.target_sheet import TargetSheet

LABEL, REST = "label", "rest"
"""Columns that are no weeks: what is read, and the spare room behind a few weeks."""
_TURNS = {"enter": 0, "tab": 1, "shift+tab": -1}


class WeekSheet(TargetSheet):
    """Every week is a column; only the rows named in `show_weeks` can be edited."""

    DEFAULT_CSS: ClassVar[str] = "WeekSheet { height: auto; }"

    def __init__(self, commit: Callable[[str], bool], id: str | None = None) -> None:
        super().__init__(LABEL, commit, id=id)
        self.can_change: frozenset[str] = frozenset()

    def show_weeks(self, rows: Iterable[Row], columns: Iterable[Column], can_change: Iterable[str]) -> None:
        """New rows and weeks; the cursor stays where it is, and never on the labels."""
        self.can_change = frozenset(can_change)
        self.show(rows, columns)
        self.column = min(max(self.column, 1), max(self._weeks, 1))

    @property
    def _weeks(self) -> int:
        return sum(column.key not in (LABEL, REST) for column in self.columns)

    @property
    def on_cell(self) -> bool:
        """Whether the cell under the cursor can be edited."""
        return self.row_key in self.can_change and 1 <= self.column <= self._weeks

    def edit(self, text: str) -> None:
        """Begin with `text`, on a cell that can be edited."""
        if self.on_cell:
            self.editable = self.column_key
            super().edit(text)

    def action_step(self, by: int) -> None:
        """The week before or after; the labels are no cells."""
        if 1 <= self.column + by <= self._weeks:
            super().action_step(by)

    def _start_key(self, event: events.Key) -> bool:
        self.editable = self.column_key if self.on_cell else ""
        return super()._start_key(event)

    def _edit_key(self, event: events.Key) -> bool:
        if event.key not in _TURNS:
            return super()._edit_key(event)
        assert self.line is not None
        if self._commit(self.line.text):
            self._type(None)
            self.action_step(_TURNS[event.key])
        return True
