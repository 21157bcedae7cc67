"""Which cells of a sheet can be edited, and where Enter goes on: down one column, or along the weeks of a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.view import Column, Row

LABEL, REST = "label", "rest"
"""Columns that are no weeks: what is read, and the spare room behind a few weeks."""


class EditableCells(Protocol):
    """What a sheet that is edited in place is given."""

    def column(self, sheet: SheetTable) -> str:
        """Key of the column that is edited in the row of the cursor; empty where nothing is."""

    def may_step(self, sheet: SheetTable, by: int) -> bool:
        """Whether the cursor may go to the column before or after."""

    def go_on(self, sheet: SheetTable, by: int) -> None:
        """To the next cell, or the one before."""


@dataclass(frozen=True, slots=True)
class OneColumn:
    """One column can be edited; the next cell is the one below."""

    key: str

    def column(self, _sheet: SheetTable) -> str:
        """The same in every row."""
        return self.key

    def may_step(self, _sheet: SheetTable, _by: int) -> bool:
        """The cursor walks over all columns."""
        return True

    def go_on(self, sheet: SheetTable, by: int) -> None:
        """The row below, or above."""
        sheet.action_move(by)


class WeekCells:
    """Every week is a column; the next cell is the next week. Only the rows named in `show` can be edited."""

    def __init__(self) -> None:
        self.can_change: frozenset[str] = frozenset()

    def show(
        self, sheet: SheetTable, rows: Iterable[Row], columns: Iterable[Column], can_change: Iterable[str]
    ) -> None:
        """New rows and weeks; the cursor stays where it is, and never on the labels."""
        self.can_change = frozenset(can_change)
        sheet.show(rows, columns)
        sheet.column = min(max(sheet.column, 1), max(_weeks(sheet), 1))

    def column(self, sheet: SheetTable) -> str:
        """The week under the cursor, where it can be edited."""
        here = sheet.row_key in self.can_change and 1 <= sheet.column <= _weeks(sheet)
        return sheet.column_key if here else ""

    def may_step(self, sheet: SheetTable, by: int) -> bool:
        """The labels are no cells."""
        return 1 <= sheet.column + by <= _weeks(sheet)

    def go_on(self, sheet: SheetTable, by: int) -> None:
        """The week after, or before."""
        sheet.action_step(by)


def _weeks(sheet: SheetTable) -> int:
    return sum(column.key not in (LABEL, REST) for column in sheet.columns)
