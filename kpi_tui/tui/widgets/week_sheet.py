"""A link week by week: its targets and typed numbers are edited where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from kpi_tui.tui.widgets.target_sheet import CellOwner, TargetSheet
from kpi_tui.views.view import Column, Row

LABEL, REST = "label", "rest"
"""Columns that are no weeks: what is read, and the spare room behind a few weeks."""


class WeekSheet(TargetSheet):
    """Every week is a column; only the rows named in `show_weeks` can be edited."""

    DEFAULT_CSS: ClassVar[str] = "WeekSheet { height: auto; }"

    def __init__(self, owner: CellOwner, id: str | None = None) -> None:
        super().__init__(LABEL, owner, id=id)
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

    def _go_on(self, by: int) -> None:
        """The next week."""
        self.action_step(by)
