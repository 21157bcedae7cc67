"""A keyboard table: its cursor, its keys and what it tells; two lines are repainted per arrow key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from kpi_tui.render.columns import Slot
from kpi_tui.render.folded_notes import folded_notes
from kpi_tui.tui.keys.action import TABLE
from kpi_tui.tui.keys.registry import local_bindings
from kpi_tui.tui.widgets.cells import GUTTER, folded, head, row_words
from kpi_tui.tui.widgets.row_order import RowOrder, in_order, starts_down
from kpi_tui.tui.widgets.sheet_lines import SheetLines
from kpi_tui.views.view import Column, Row, Sheet


class SheetTable(SheetLines):
    """Rows and columns with a cursor; `by_cell` lets the cursor stand on single cells."""

    BINDINGS: ClassVar[list[BindingType]] = [*local_bindings(TABLE)]

    trees: tuple[str, ...] = ()  # headings whose lines are never sorted
    whole_rows: tuple[Row, ...] = ()
    """The rows in their order, none of them folded into several lines: to be copied."""
    _unsorted: tuple[Row, ...] | None = None  # the rows as they came; None before `show`

    class Moved(Message):
        """The cursor stands on another row or cell."""

        def __init__(self, sheet: SheetTable) -> None:
            super().__init__()
            self.sheet = sheet

        @property
        def control(self) -> SheetTable:
            """The sheet, for `@on(SheetTable.Moved, "#id")`."""
            return self.sheet

    class Selected(Moved):
        """Enter or a click on the row under the cursor."""

    class Stepped(Message):
        """Left (-1) or right (1) on a sheet whose cursor is a row: the screen may change panes."""

        def __init__(self, sheet: SheetTable, by: int) -> None:
            super().__init__()
            self.sheet, self.by = sheet, by

    # --- what it shows ----------------------------------------------------------------------
    def show(self, rows: Iterable[Row], columns: Iterable[Column] | None = None, keep: bool = True) -> None:
        """New rows (and columns); with `keep` the cursor stays on the same row key."""
        key = self.row_key if keep else ""
        if columns is not None:
            self.columns = tuple(columns)
        self._unsorted = tuple(rows)
        self.whole_rows = self._in_order()
        self.rows = folded(self.whole_rows, self.room.width)
        self._places.forget()
        if self._by_section and self.room.width:
            self.rows = folded_notes(self.rows, self.columns, self._laid_out)
            self._places.forget()
        self._measure()
        place_of_key = next((i for i, row in enumerate(self.rows) if row.key == key and row.kind != "heading"), None)
        self.set_reactive(
            SheetTable.cursor, self._nearest(self.cursor if keep else 0, 1) if place_of_key is None else place_of_key
        )
        self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    def _laid_out(self, rows: Sequence[Row]) -> Callable[[int], Sequence[Slot]]:
        """Where the columns would stand with these rows."""
        self.rows = tuple(rows)
        self._places.forget()
        return self.slots_at

    def sort(self, order: RowOrder | None) -> None:
        """The rows by a column, also those shown later; None: as they come. The cursor stays on its row."""
        self.order = order
        self.show(self.rows if self._unsorted is None else self._unsorted)

    def _in_order(self) -> tuple[Row, ...]:
        """An order that the rows shown now know nothing of is given up."""
        order, rows = self.order, self._unsorted or ()
        known = order is not None and any(column.key == order.column for column in self.columns)
        if order is None or not known or (order.group and all(row.key != order.group for row in rows)):
            self.order = None
            return rows
        return in_order(rows, self.columns, order, self.trees)

    def update_row(self, row: Row) -> None:
        """One row anew, in its place; a sorted sheet is sorted when it is shown whole."""
        if self._unsorted is not None:
            self._unsorted = tuple(row if old.key == row.key else old for old in self._unsorted)
            self.whole_rows = tuple(row if old.key == row.key else old for old in self.whole_rows)
        super().update_row(row)

    def show_sheet(self, sheet: Sheet | None, keep: bool = True) -> None:
        """The rows and columns of a sheet of a View."""
        if sheet is not None:
            self.show(sheet.rows, sheet.columns, keep)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return (
            self.rows[self.cursor]
            if 0 <= self.cursor < len(self.rows) and self.rows[self.cursor].kind != "heading"
            else None
        )

    @property
    def row_key(self) -> str:
        """Key of the row under the cursor, "" when there is none."""
        return self.row.key if self.row else ""

    @property
    def column_key(self) -> str:
        """Key of the column under the cursor."""
        return self.columns[self.column].key if self.column < len(self.columns) else ""

    def go(self, row_key: str, column_key: str = "") -> None:
        """Put the cursor on a row (and column) by key; unknown keys change nothing."""
        for index, column in enumerate(self.columns):
            if column.key == column_key:
                self.column = index
        for index, row in enumerate(self.rows):
            if row.key == row_key and row.kind != "heading":
                self.cursor = index

    def on_mount(self) -> None:
        """Know the height from the start, and put the cursor on the first row that is no heading."""
        super().on_mount()  # type: ignore[no-untyped-call]
        self._measure()
        self.set_reactive(SheetTable.cursor, self._nearest(0, 1))

    def on_resize(self) -> None:
        """Sentences need more lines, or fewer."""
        if self._unsorted is not None and (self._by_section or any(row.told for row in self._unsorted)):
            self.show(self._unsorted)

    # --- cursor -----------------------------------------------------------------------------
    def _nearest(self, index: int, direction: int) -> int:
        """The row at `index`, or the next one in `direction` (else the other way) that is no heading."""
        ahead = range(index, len(self.rows)) if direction > 0 else range(index, -1, -1)
        behind = range(index, -1, -1) if direction > 0 else range(index, len(self.rows))
        return next((i for i in (*ahead, *behind) if 0 <= i < len(self.rows) and self.rows[i].kind != "heading"), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the line left and the line entered, nothing else."""
        self._refresh_row(old)
        self._refresh_row(new)
        self._scroll_to_cursor()
        self.post_message(self.Moved(self))

    def watch_column(self) -> None:
        """Repaint the cursor's line."""
        self._refresh_row(self.cursor)
        self.post_message(self.Moved(self))

    def _scroll_to_cursor(self) -> None:
        """Jump by a third of a page, so that a long walk costs few whole repaints."""
        page = self.room.height - self.header
        top = int(self.scroll_offset.y)
        if page <= 0 or top + (self.stuck(top) >= 0) <= self.cursor < top + page:
            return
        if self.cursor <= top:
            first = self._nearest(0, 1)
            target = 0 if self.cursor <= first else max(self.cursor - page // 3, 0)
        else:
            target = self.cursor - page + 1 + page // 3
        self.scroll_to(y=target, animate=False, immediate=True)

    def action_move(self, by: int) -> None:
        """Move the cursor by rows, headings skipped."""
        if self.rows:
            wanted = min(max(self.cursor + by, 0), len(self.rows) - 1)
            self.cursor = self._nearest(wanted, by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self.action_move(by * max(self.room.height - self.header - 1, 1))

    def action_step(self, by: int) -> None:
        """Move the cursor by visible columns (only `by_cell`)."""
        if not self.by_cell:
            self.post_message(self.Stepped(self, by))
        elif self.slots:
            shown = [slot.index for slot in self.slots]
            at = shown.index(self.column) if self.column in shown else 0
            self.column = shown[min(max(at + by, 0), len(shown) - 1)]

    def action_select(self) -> None:
        """Tell that the row under the cursor was chosen."""
        if self.row:
            self.post_message(self.Selected(self))

    def find(self, query: str, step: int, here: bool = False) -> bool:
        """Go to the next row (-1: the one before) that holds the text, around the end; `here`: this row counts too."""
        count, wanted = len(self.rows), query.casefold()
        for far in range(0 if here else 1, count + 1):
            index = (self.cursor + far * step) % count if count else 0
            if count and self.rows[index].kind != "heading" and wanted in self._words(index).casefold():
                self.cursor = index
                return True
        return False

    def _words(self, index: int) -> str:
        """All a row says, on the lines below it too."""
        more = takewhile(lambda row: row.told and row.cells, self.rows[index + 1 :])
        return " ".join(map(row_words, (self.rows[index], *more)))

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; one on the cursor's row chooses it, one on a heading sorts by its column."""
        if 0 <= event.y < self.header:
            self._sort_at(event.x)
            return
        index = self.row_at(event.y)
        if event.y < self.header or not 0 <= index < len(self.rows) or self.rows[index].kind == "heading":
            return
        again = index == self.cursor
        if self.by_cell:
            self.column = next((s.index for s in self.slots if event.x - GUTTER < s.x + s.width), self.column)
        self.cursor = index
        if again:
            self.action_select()

    def _sort_at(self, x: int) -> None:
        """By the column at a place; a second click turns the order round, a third gives it up."""
        slot = next((slot for slot in self.slots if slot.x <= x - GUTTER < slot.x + slot.width), None)
        if slot is None or not head(self.columns[slot.index]):
            return
        key, order = self.columns[slot.index].key, self.order
        if order is None or order.column != key:
            self.sort(RowOrder(key, starts_down(self.rows, slot.index)))
        else:
            self.sort(None if order.turned else order.reversed())
