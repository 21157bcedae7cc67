"""Cells whose columns are periods: more of them than fit, so that a window of columns follows the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.cells import cell_len

from kpi_tui.render.columns import GAP
from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import joined
from kpi_tui.tui.widgets.cells import GUTTER
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.view import Column, Row

NAMES = 16
"""Cells kept for the names of lines on a narrow screen; a wider one keeps more."""
WIDE = 110
"""Cells from which on it is a wider one."""
COMPACT = 6
"""Cells of a compact number."""


class PeriodCells:
    """The first column are the names; `whole` is the column of the whole, `parts` those of its parts."""

    def __init__(self, aside: Iterable[str] = ()) -> None:
        """`aside`: keys of the columns that leave where not every period has room."""
        self._aside = frozenset(aside)
        self._columns: tuple[Column, ...] = ()
        self._whole = ""
        self._parts: tuple[str, ...] = ()
        self._first = self._count = 0
        self._rows: tuple[Row, ...] = ()
        self._compact = False

    # --- what is shown -----------------------------------------------------------------------
    def show(
        self, sheet: SheetTable, rows: Iterable[Row], columns: Iterable[Column], parts: Sequence[str], begin: int
    ) -> None:
        """New rows and columns; of new periods the one at `begin` is gone to, else the cursor stays where it is."""
        self._columns, self._rows = tuple(columns), tuple(rows)
        new = tuple(parts) != self._parts
        here = min(begin, len(parts) - 1) if new else max(self._index(sheet), 0)
        self._parts, self._whole = tuple(parts), self._columns[1].key
        sheet.show(tuple(map(self.row, self._rows)), self._columns)
        if new:
            sheet.go("", self._parts[here])
        self.fit(sheet)

    def fit(self, sheet: SheetTable) -> None:
        """As many periods as there is room for now, the one under the cursor among the first of them."""
        if not self._parts:
            return
        self._compact = False
        self._count = self._fitting(sheet)
        if self._count < len(self._parts):
            self._compact = True
            self._count = self._fitting(sheet)
        self._first = self._kept(max(self._index(sheet), 0) - self._count // 3)
        self._lay(sheet)

    @property
    def unseen(self) -> tuple[int, int]:
        """How many periods stand to the left and to the right of those shown."""
        return self._first, max(len(self._parts) - self._first - self._count, 0)

    def row(self, row: Row) -> Row:
        """A row as it is shown: its numbers compact where not every period has room for whole ones."""
        if not self._compact:
            return row
        cells = (replace(cell, compact=True) if isinstance(cell, NumberCell) else cell for cell in row.cells)
        return replace(row, cells=tuple(cells))

    def update(self, sheet: SheetTable, row: Row) -> None:
        """A line whose numbers are new."""
        self._rows = tuple(row if row.key == one.key and row.key else one for one in self._rows)
        sheet.update_row(self.row(row))

    def _lay(self, sheet: SheetTable) -> None:
        shown = self._parts[self._first : self._first + self._count]
        hidden = {*self._parts} - {*shown} | (self._aside if self._compact else frozenset())
        columns = tuple(
            replace(self._headed(column), hidden=column.hidden or column.key in hidden) for column in self._columns
        )
        rows = tuple(map(self.row, self._rows))
        if columns != sheet.columns or rows != tuple(sheet.rows):
            sheet.show(rows, columns)

    def _headed(self, column: Column) -> Column:
        """The head of a period without its year where room is short; ‹ and › where periods stand outside."""
        if not self._compact or not column.right:
            return column
        if column.key not in self._parts:
            return replace(column, least=min(column.least, COMPACT))
        index = self._parts.index(column.key)
        before = "‹" if self._first and index == self._first else ""
        after = "›" if self.unseen[1] and index == self._first + self._count - 1 else ""
        named = column.key.partition("-")[2] or column.key
        return replace(column, title=joined(before, named, after, between=" "), least=COMPACT)

    def _fitting(self, sheet: SheetTable) -> int:
        """At least one."""
        rows = [self.row(one) for one in self._rows]
        widths = {column.key: self._width(rows, place) for place, column in enumerate(self._columns)}
        fixed = [key for key in widths if key not in self._parts and not self._column(key).hidden]
        if self._compact:
            fixed = [key for key in fixed if key not in self._aside]
        names, *others = fixed
        room = sheet.room.width - GUTTER - min(widths[names], NAMES if sheet.room.width < WIDE else NAMES * 3 // 2)
        room -= sum(widths[key] + GAP for key in others)
        wide = max(widths[key] for key in self._parts) + GAP
        return min(max(room // wide, 1), len(self._parts))

    def _width(self, rows: Iterable[Row], place: int) -> int:
        column = self._columns[place]
        texts = (clean(drawn(row.cells[place], brief=True)) for row in rows if place < len(row.cells))
        least = min(column.least, COMPACT) if self._compact and column.right else column.least
        return max(least, min(max(map(cell_len, texts), default=0), column.most))

    def _column(self, key: str) -> Column:
        return next(column for column in self._columns if column.key == key)

    def _follow(self, index: int) -> None:
        """Move the window by a third of itself, so that a long walk costs few whole repaints."""
        if index < self._first:
            self._first = index - self._count // 3
        elif index >= self._first + self._count:
            self._first = index - self._count + 1 + self._count // 3
        self._first = self._kept(self._first)

    def _kept(self, first: int) -> int:
        return min(max(first, 0), max(len(self._parts) - self._count, 0))

    def _index(self, sheet: SheetTable) -> int:
        """Place of the period under the cursor; -1 on the whole and elsewhere."""
        key = sheet.column_key
        return self._parts.index(key) if key in self._parts else -1

    # --- what can be edited --------------------------------------------------------------------
    def column(self, sheet: SheetTable) -> str:
        """The period under the cursor, the whole or a part."""
        key = sheet.column_key
        return key if key == self._whole or key in self._parts else ""

    def may_step(self, sheet: SheetTable, by: int) -> bool:
        """Steps go from the whole to its first part and along them; the sheet need not do it."""
        self.step(sheet, by)
        return False

    def step(self, sheet: SheetTable, by: int) -> None:
        """To the period before or after; the whole stands before the first part."""
        index = min(max(self._index(sheet) + by, -1), len(self._parts) - 1)
        if index >= 0:
            self._follow(index)
            self._lay(sheet)
        sheet.go("", self._parts[index] if index >= 0 else self._whole)

    def go_on(self, sheet: SheetTable, by: int) -> None:
        """The period after, or before; behind the last one the next line."""
        before = sheet.column_key
        self.step(sheet, by)
        if by > 0 and sheet.column_key == before:
            row = sheet.cursor
            sheet.action_move(1)
            if sheet.cursor != row:
                self.go(sheet, "", self._parts[0])

    def go(self, sheet: SheetTable, row: str, period: str) -> None:
        """To a line and a period, whichever are shown."""
        if period in self._parts:
            self._follow(self._parts.index(period))
            self._lay(sheet)
        sheet.go(row, period)

    def following(self, sheet: SheetTable) -> tuple[str, ...]:
        """The periods from the one under the cursor on; the whole stands for itself."""
        index = self._index(sheet)
        return self._parts[index:] if index >= 0 else (self._whole, *self._parts)
